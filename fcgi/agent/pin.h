/* pin: what is believed of a depot: the maker's key that this server was given
 * and what it has become since, and how far the index was seen. The manager
 * has no say in it but one: he may revoke. */

#ifndef AGENT_PIN_H
#define AGENT_PIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "depot/chain.h"

struct agent;
struct arena;

struct pin {
	const char *depot;
	struct chain_pin at;	/* the key that signs now, as far as known */
	unsigned char given[SECRET_PUBLIC];	/* depot.keys/NAME.pub */
	int64_t serial;		/* highest seen of the index */
};

/* "", depot.unknown NAME, or depot.revoked NAME. A key that was given anew
 * begins anew: with its own index, and not revoked. */
const char *pin_read(const struct agent *agent, struct arena *arena,
    const char *depot, struct pin *pin_r);

/* On disk when it returns true: there is no way back from it. */
bool pin_write(const struct agent *agent, struct arena *arena,
    const struct pin *pin);

/* From now on nothing of that depot is installed, until it is given another
 * key; in whichever way the manager thinks of it later. */
bool pin_revoke(
    const struct agent *agent, struct arena *arena, const char *depot);

#endif
