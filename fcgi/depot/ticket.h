/* ticket: the manager's permission to load one package for one server, a JWS
 * of type kagiya-ticket. */

#ifndef DEPOT_TICKET_H
#define DEPOT_TICKET_H

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct secret_key;

struct ticket {
	const char *package;
	const char *version;
	const char *server;
	int64_t job;
	int64_t expires;
};

const char *ticket_make(struct arena *arena, const struct secret_key *key,
    const struct ticket *ticket);

/* False when the key did not sign it, it is over, or it is malformed. */
bool ticket_read(struct arena *arena, struct secret_key *key,
    const char *jws, int64_t now, struct ticket *ticket_r);

#endif
