/* gate_serve: main() of every gate; one call after the other. */

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/secret.h"
#include "base/setting.h"
#include "base/text.h"
#include "data/db.h"
#include "web/fcgi.h"
#include "web/gate.h"
#include "web/input.h"
#include "web/query.h"
#include "web/reply.h"

const char *
call_header(const struct call *call, const char *name)
{
	return input_parameter(call->input, name);
}

const char *
call_field(const struct call *call, const char *name, bool *doubled_r)
{
	const struct query_pair *pair;
	size_t count;

	*doubled_r = call->fields == NULL;
	if (call->fields == NULL)
		return NULL;
	count = query_find(call->fields, name, &pair);
	if (count == 0)
		return NULL;
	*doubled_r = count > 1 || !pair->good;
	return pair->value;
}

ssize_t
call_read(const struct call *call, void *bytes, size_t size)
{
	const size_t n = fcgi_read(call->wire, bytes, size);

	if (n == 0 && !fcgi_is_whole(call->wire))
		return -1;
	return (ssize_t)n;
}

void
gate_say(struct answer *answer, int status, const char *words)
{
	answer->status = status;
	answer->content_type = "text/plain; charset=utf-8";
	answer->body = words;
	answer->length = strlen(words);
}

static bool
is_allowed(const char *method)
{
	if (strcmp(method, "POST") == 0)
		return (gate.methods & GATE_POST) != 0;
	return strcmp(method, "GET") == 0 && (gate.methods & GATE_GET) != 0;
}

static const char *
allowed(void)
{
	switch (gate.methods) {
	case GATE_POST | GATE_GET:
		return "GET, HEAD, POST";
	case GATE_GET:
		return "GET, HEAD";
	default:
		return "POST";
	}
}

static const struct query *
fields_of(const struct call *call)
{
	static const char form[] = "application/x-www-form-urlencoded";
	struct arena *arena = call->work->arena;

	if (strcmp(call->method, "GET") == 0)
		return query_parse(arena, call->query, strlen(call->query));
	if (gate.streams ||
	    strncasecmp(call->content_type, form, strlen(form)) != 0)
		return query_parse(arena, "", 0);
	return query_parse(arena, call->body, call->length);
}

static struct call
call_of(struct work *work, const struct input *input, const char *request_id)
{
	struct call call = {
		.work = work,
		.input = input,
		.request_id = request_id,
		.method = input->method,
		.path_info = input_text(input, "PATH_INFO"),
		.query = input_text(input, "QUERY_STRING"),
		.content_type = input_text(input, "CONTENT_TYPE"),
		.accept = input_text(input, "HTTP_ACCEPT"),
		.address = input_address(input),
		.body = input->body,
		.length = input->length,
	};

	call.fields = fields_of(&call);
	return call;
}

/* A call that never reaches the gate. */
static void
refuse(struct reply *reply, int status)
{
	reply->status = status;
	reply->type = "text/plain; charset=utf-8";
	reply->body = arena_print(reply->arena, "%d\n", status);
	reply->length = strlen(reply->body);
	if (status == 405)
		reply_header(reply, "Allow", allowed());
}

static bool
has_header(const struct answer *answer, const char *name)
{
	for (size_t i = 0; answer->headers[i] != NULL; i += 2)
		if (strcasecmp(answer->headers[i], name) == 0)
			return true;
	return false;
}

static void
take_answer(struct reply *reply, const struct answer *answer)
{
	reply->status = answer->status;
	reply->type = answer->body != NULL || answer->file != 0
			  ? answer->content_type
			  : NULL;
	reply->body = answer->body != NULL ? answer->body : "";
	reply->length =
	    answer->body != NULL || answer->file != 0 ? answer->length : 0;
	reply->file = answer->file;
	for (size_t i = 0; answer->headers[i] != NULL; i += 2)
		reply_header(reply, answer->headers[i], answer->headers[i + 1]);
	if (!has_header(answer, "Cache-Control"))
		reply_header(reply, "Cache-Control", "no-store");
}

static void
serve(struct fcgi *fcgi, struct work *work, const struct input *input)
{
	unsigned char id[12];
	const char *request_id;
	struct reply *reply;
	struct answer answer = { .status = 500 };

	secret_random(id, sizeof(id));
	request_id = text_base64url(work->arena, id, sizeof(id));
	reply = reply_new(work->arena, request_id);
	log_request(request_id);
	if (input->fault != 0) {
		refuse(reply, input->fault);
	} else if (!is_allowed(input->method)) {
		refuse(reply, 405);
	} else {
		struct call call = call_of(work, input, request_id);

		call.wire = fcgi;
		gate.act(&call, &answer);
		take_answer(reply, &answer);
	}
	if (reply->status >= 500)
		log_event(LOG_FAULT, "gate.broken", "status=%d", reply->status);
	reply_send(reply, fcgi, input->head);
	log_request(NULL);
}

static bool
accept_one(struct fcgi *fcgi, struct arena *arena, struct input *input)
{
	if (!gate.streams)
		return fcgi_accept(fcgi, arena, gate.limit, input);
	if (!fcgi_accept_head(fcgi, arena, input))
		return false;
	input->length = input_length(input, SIZE_MAX);
	return true;
}

static void
serve_all(struct fcgi *fcgi, struct db *db)
{
	bool more = true;

	while (more) {
		struct arena *arena = arena_new();
		struct input input;

		more = accept_one(fcgi, arena, &input);
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

	if (!setting_load(gate.name) || (gate.start != NULL && !gate.start()))
		return 3;
	log_trace(setting_flag("log.trace"));
	fcgi = fcgi_new();
	if (fcgi == NULL) {
		fprintf(stderr,
		    "%s: descriptor 0 must be a local listening socket; "
		    "use spawn-fcgi -n or a systemd socket\n",
		    gate.name);
		return 2;
	}
	db = db_new();
	serve_all(fcgi, db);
	if (gate.end != NULL)
		gate.end();
	db_free(db);
	fcgi_free(fcgi);
	return 0;
}
