/* parcel: which program it is that came from another area, as it says in
 * front. */

#ifndef AGENT_PARCEL_H
#define AGENT_PARCEL_H

#include <stdbool.h>
#include <stddef.h>

struct agent;
struct arena;

struct parcel {
	const char *manifest;
	size_t manifest_length;
	const char *record;	/* lines */
};

/* False when it does not begin so. */
bool parcel_open(const struct agent *agent, struct arena *arena, int archive,
    struct parcel *parcel_r);

#endif
