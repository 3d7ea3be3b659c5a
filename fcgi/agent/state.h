/* state: the folder of the agent's own files, which is the chief's. */

#ifndef AGENT_STATE_H
#define AGENT_STATE_H

#include <stdbool.h>

struct agent;

/* Made where it is missing, given to the chief's user where it is still
 * root's; a descriptor that names it, -1 with errno. In the broker. */
int state_open(const struct agent *agent);

/* In the chief: its folders, and its lock opened; -1, told on stderr. */
int state_lock(const struct agent *agent);
/* Takes the lock unless another process has it. */
bool state_is_locked(int lock);

#endif
