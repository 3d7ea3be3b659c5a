/* poll: asking the manager. */

#ifndef AGENT_POLL_H
#define AGENT_POLL_H

#include <stdbool.h>
#include <stddef.h>

#include "depot/order.h"

struct agent;
struct arena;

struct polled {
	const struct order_answer *answer;	/* NULL: nobody to be believed
						   answered; logged */
	const char *bytes;	/* of the answer, to be kept with its job */
	size_t length;
};

/* Reports, and asks for a job unless busy. */
struct polled poll_manager(const struct agent *agent, struct arena *arena,
    const struct order_report *reports, size_t count, bool busy);

#endif
