/* serve: main() of every screen; one request after the other, each through
 * the same steps. */

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/setting.h"
#include "data/schema.h"
#include "web/answer.h"
#include "web/carry.h"
#include "web/cookie.h"
#include "web/fcgi.h"
#include "web/form.h"
#include "web/guard.h"
#include "web/input.h"
#include "web/query.h"
#include "web/reply.h"
#include "web/screen.h"
#include "web/skin.h"
#include "web/who.h"

enum { LONGEST_BODY = 65536 };

/* True once the database was asked; false again when it was away. */
static bool schema_is_known;

/* Each step returns 0 to go on, or the status of the answer. */
typedef int step(struct visit *visit);

static bool
is_post(const struct visit *visit)
{
	return strcmp(visit->method, "POST") == 0;
}

static int
check_whole(struct visit *visit)
{
	return visit->input->fault;
}

static int
check_method(struct visit *visit)
{
	if (strcmp(visit->method, "GET") == 0)
		return 0;
	return is_post(visit) && visit->screen->act != NULL ? 0 : 405;
}

static int
check_form(struct visit *visit)
{
	static const char type[] = "application/x-www-form-urlencoded";
	const char *said = input_text(visit->input, "CONTENT_TYPE");

	if (is_post(visit) && visit->input->length > 0 &&
	    (strncasecmp(said, type, strlen(type)) != 0 ||
		strchr("; ", said[strlen(type)]) == NULL))
		return 400;
	return visit_read(visit) ? 0 : 400;
}

static int
check_schema(struct visit *visit)
{
	enum db_status status;

	if (schema_is_known)
		return 0;
	status = schema_is_ours(visit->work);
	schema_is_known = status == DB_OK;
	visit->other_schema = status == DB_NONE;
	return schema_is_known ? 0 : 503;
}

static int
find_visitor(struct visit *visit)
{
	return who_find(visit) == DB_OK ? 0 : 503;
}

static int
check_origin(struct visit *visit)
{
	return is_post(visit) && !guard_is_same_site(visit->input) ? 403 : 0;
}

static int
check_token(struct visit *visit)
{
	const struct query_pair *pair;
	size_t count = query_find(visit->body, "token", &pair);

	guard_begin(visit);
	if (is_post(visit))
		visit->stale =
		    count != 1 || !guard_is_token(visit, pair->value);
	return 0;
}

static step *const steps[] = { check_whole, check_method, check_form,
	check_origin, check_schema, find_visitor, who_may, check_token,
	carry_out };

static int
take_steps(struct visit *visit)
{
	int status = 0;

	for (size_t i = 0; status == 0; i++)
		status = steps[i](visit);
	return status;
}

static void
add_headers(struct visit *visit, struct reply *reply)
{
	reply_header(reply, "Cache-Control", "no-store");
	if (visit->set_session != NULL)
		cookie_set(reply, visit, "session", visit->set_session,
		    COOKIE_OF_SESSION);
	if (visit->set_visitor != NULL)
		cookie_set(reply, visit, "visitor", visit->set_visitor,
		    COOKIE_OF_SESSION);
	if (visit->set_language != NULL)
		cookie_set(
		    reply, visit, "language", visit->set_language, COOKIE_YEAR);
	if (reply->status == 405)
		reply_header(reply, "Allow",
		    visit->screen->act != NULL ? "GET, HEAD, POST"
					       : "GET, HEAD");
	if (reply->status == 503)
		reply_header(reply, "Retry-After", "5");
}

static void
note(const struct visit *visit, int status)
{
	if (status < 500) {
		log_event(LOG_TRACE, "request", "method=%s status=%d",
		    visit->method, status);
		return;
	}
	schema_is_known = false;
	log_event(LOG_FAULT,
	    visit->other_schema ? "request.schema" : "request.broken",
	    "method=%s status=%d", visit->method, status);
}

static void
answer(struct visit *visit, struct reply *reply, int status)
{
	if (status == 303) {
		reply->status = 303;
		reply_header(reply, "Location", visit->location);
	} else if (visit->page != NULL) {
		answer_page(visit, reply, status);
	} else {
		answer_error(visit, reply, status,
		    visit->other_schema ? "schema" : answer_id(status));
	}
}

static void
serve(struct fcgi *fcgi, struct work *work, const struct input *input)
{
	struct visit *visit = visit_new(work, &screen, input);
	struct reply *reply = reply_new(work->arena, visit->request_id);
	int status;

	log_request(visit->request_id);
	status = take_steps(visit);
	answer(visit, reply, status);
	note(visit, reply->status);
	add_headers(visit, reply);
	reply_send(reply, fcgi, input->head);
	log_request(NULL);
}

static void
serve_all(struct fcgi *fcgi, struct db *db)
{
	bool more = true;

	while (more) {
		struct arena *arena = arena_new();
		struct input input;

		more = fcgi_accept(fcgi, arena, LONGEST_BODY, &input);
		if (more) {
			struct work work = work_now(arena, db);

			serve(fcgi, &work, &input);
		}
		arena_free(arena);
	}
}

int
main(void)
{
	struct fcgi *fcgi;
	struct db *db;

	if (!setting_load(screen.name) || !guard_start())
		return 3;
	log_trace(setting_flag("log.trace"));
	fcgi = fcgi_new();
	if (fcgi == NULL) {
		fprintf(stderr,
		    "%s: descriptor 0 must be a local listening socket; "
		    "use spawn-fcgi -n or a systemd socket\n",
		    screen.name);
		return 2;
	}
	skin_start();
	db = db_new();
	serve_all(fcgi, db);
	db_free(db);
	fcgi_free(fcgi);
	skin_end();
	return 0;
}
