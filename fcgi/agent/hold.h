/* hold: jobs that are set aside and tried again, later and later. Known as
 * long as the process: after a start each is tried at once. */

#ifndef AGENT_HOLD_H
#define AGENT_HOLD_H

#include <stdbool.h>
#include <stdint.h>

enum { HOLD_LONGEST = 600 };	/* seconds between two tries */

/* Aside for 5 seconds, then for twice as long each time. How often it was by
 * now. */
int hold_put(int64_t number);
/* True for one that is not set aside. */
bool hold_is_due(int64_t number);
void hold_end(int64_t number);

#endif
