/* area: a customer's folder, found by its name and looked at before anything
 * is done in it. */

#ifndef AGENT_AREA_H
#define AGENT_AREA_H

#include "agent/child.h"

struct agent;
struct arena;

struct area {
	int fd;			/* names the folder, reads nothing */
	struct rights rights;	/* its owner's */
};

/* "" or why not: the owner is nobody who may own one, or the folder is not
 * there, or not his. */
const char *area_open(const struct agent *agent, struct arena *arena,
    const char *name, const char *owner, struct area *area_r);

#endif
