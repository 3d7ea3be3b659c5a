/* ticket: the manager's permission to load one package for one server. */

#include "depot/ticket.h"

#include <jansson.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/jws.h"
#include "base/must.h"

#define TYPE "kagiya-ticket"

const char *
ticket_make(struct arena *arena, const struct secret_key *key,
    const struct ticket *ticket)
{
	json_t *json = json_pack("{sssssssIsI}", "package", ticket->package,
	    "version", ticket->version, "server", ticket->server, "job",
	    (json_int_t)ticket->job, "exp", (json_int_t)ticket->expires);
	char *payload;
	const char *jws;

	must(json != NULL);
	payload = json_dumps(json, JSON_COMPACT);
	must(payload != NULL);
	jws = jws_sign(arena, key, TYPE, payload);
	free(payload);
	json_decref(json);
	return jws;
}

bool
ticket_read(struct arena *arena, struct secret_key *key, const char *jws,
    int64_t now, struct ticket *ticket_r)
{
	struct secret_key *const keys[] = { key };
	const char *payload = jws_verify(arena, jws, TYPE, keys, 1);
	const char *package, *version, *server;
	json_int_t job, expires;
	json_t *json;
	bool right;

	if (payload == NULL)
		return false;
	json = json_loads(payload, JSON_REJECT_DUPLICATES, NULL);
	if (json == NULL)
		return false;
	right = json_unpack(json, "{s:s, s:s, s:s, s:I, s:I}", "package",
		    &package, "version", &version, "server", &server, "job",
		    &job, "exp", &expires) == 0 &&
		expires > now;
	if (right)
		*ticket_r = (struct ticket){
			.package = arena_copy(arena, package),
			.version = arena_copy(arena, version),
			.server = arena_copy(arena, server),
			.job = job,
			.expires = expires,
		};
	json_decref(json);
	return right;
}
