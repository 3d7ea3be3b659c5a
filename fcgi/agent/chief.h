/* chief: asks the manager for jobs and has them carried out. It owns
 * state.dir, starts no process itself and reaches neither network nor area. */

#ifndef AGENT_CHIEF_H
#define AGENT_CHIEF_H

#include <stdbool.h>

struct agent;

/* In its own process, to whose broker the socket leads; the exit status. */
int chief_run(struct agent *agent, int socket, bool once);

#endif
