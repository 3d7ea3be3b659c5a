/* depot: hands archives out against the manager's ticket; the web server
 * sends the bytes. Everything else in a depot is public and its affair. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/secret.h"
#include "base/text.h"
#include "depot/manifest.h"
#include "depot/ticket.h"
#include "web/gate.h"

static struct secret_key *manager_key;
static const char *accel; /* internal location, ends in / */

static struct arena *
lasting(void)
{
	static struct arena *arena;

	if (arena == NULL)
		arena = arena_new();
	return arena;
}

static void
end(void)
{
	arena_free(lasting());
}

static bool
start(void)
{
	const char *path = getenv("KAGIYA_DEPOT_KEY");

	accel = getenv("KAGIYA_DEPOT_ACCEL");
	if (accel == NULL)
		accel = "/-/archive/";
	if (path != NULL)
		manager_key = secret_key_load(lasting(), path);
	if (manager_key == NULL) {
		fputs("depot: KAGIYA_DEPOT_KEY names no file with the "
		      "manager's public key\n",
		    stderr);
		return false;
	}
	atexit(end);
	return true;
}

/* "/NAME/VERSION/archive.tar.gz" */
struct wanted {
	const char *name;
	const char *version;
	const char *file;
};

static bool
parse_path(struct arena *arena, const char *path, struct wanted *wanted_r)
{
	const char *parts[3];

	for (size_t i = 0; i < 3; i++) {
		size_t length;

		if (*path != '/')
			return false;
		length = strcspn(++path, "/");
		parts[i] = arena_copy_n(arena, path, length);
		path += length;
	}
	*wanted_r = (struct wanted){ parts[0], parts[1], parts[2] };
	return *path == '\0' && manifest_is_name(wanted_r->name) &&
	       manifest_is_version(wanted_r->version) &&
	       (strcmp(wanted_r->file, "archive.tar.gz") == 0 ||
		   strcmp(wanted_r->file, "archive.tar.zst") == 0);
}

/* Where the program stands for the whole depot, no path is left over. */
static const char *
path_of(const struct call *call)
{
	const char *path = call->path_info;

	if (path == NULL || *path == '\0')
		path = call_header(call, "SCRIPT_NAME");
	return path == NULL ? "" : path;
}

static const char *
ticket_of(const struct call *call)
{
	const char *ticket = call_header(call, "HTTP_KAGIYA_TICKET");
	const char *bearer = call_header(call, "HTTP_AUTHORIZATION");

	if (ticket == NULL && bearer != NULL &&
	    strncmp(bearer, "Bearer ", 7) == 0)
		ticket = bearer + 7;
	return ticket == NULL ? "" : ticket;
}

static void
deliver(const struct call *call, const struct wanted *wanted,
    const struct ticket *ticket, struct answer *answer)
{
	struct arena *arena = call->work->arena;

	log_event(LOG_NOTE, "depot.delivered",
	    "package=%s version=%s server=%s job=%lld address=%s", wanted->name,
	    wanted->version, ticket->server, (long long)ticket->job,
	    call->address);
	answer->status = 200;
	answer->content_type = "application/octet-stream";
	answer->headers[0] = "X-Accel-Redirect";
	answer->headers[1] =
	    arena_print(arena, "%s%s/%s/%s", accel, wanted->name,
		text_percent(arena, wanted->version, ""), wanted->file);
	answer->headers[2] = "Cache-Control";
	answer->headers[3] = "private, no-store";
}

static void
act(const struct call *call, struct answer *answer)
{
	struct arena *arena = call->work->arena;
	struct wanted wanted;
	struct ticket ticket;

	if (!parse_path(arena, path_of(call), &wanted)) {
		gate_say(answer, 404, "There is no such archive.\n");
		return;
	}
	if (!ticket_read(
		arena, manager_key, ticket_of(call), clock_now(), &ticket)) {
		log_event(LOG_WARN, "depot.no-ticket",
		    "package=%s version=%s address=%s", wanted.name,
		    wanted.version, call->address);
		gate_say(answer, 403, "A ticket of the manager is wanted.\n");
		return;
	}
	if (strcmp(ticket.package, wanted.name) != 0 ||
	    strcmp(ticket.version, wanted.version) != 0) {
		log_event(LOG_WARN, "depot.other-ticket",
		    "package=%s version=%s server=%s", wanted.name,
		    wanted.version, ticket.server);
		gate_say(answer, 403, "The ticket is for another package.\n");
		return;
	}
	deliver(call, &wanted, &ticket, answer);
}

const struct gate gate = {
	.name = "depot",
	.methods = GATE_GET,
	.limit = 0,
	.start = start,
	.act = act,
};
