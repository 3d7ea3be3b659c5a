/* kept: the trees that were replaced are kept for some days, then they go. */

#ifndef AGENT_KEPT_H
#define AGENT_KEPT_H

#include <stdint.h>

struct agent;

/* Removes those whose days are over at that time by the manager's clock: a
 * clock of this server's that jumps takes nothing away. Looks once an hour. */
void kept_sweep(const struct agent *agent, int64_t now);

#endif
