/* reply: status, header lines and body of an answer. */

#include "web/reply.h"

#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/must.h"
#include "base/setting.h"
#include "base/text.h"
#include "web/fcgi.h"

enum { MOST_HEADERS = 32768 };

static const char *const always[][2] = {
	{ "Content-Security-Policy",
	    "default-src 'none'; style-src 'self'; script-src 'self'; "
	    "img-src 'self' data:; connect-src 'self'; form-action 'self'; "
	    "frame-ancestors 'none'; base-uri 'none'" },
	{ "X-Content-Type-Options", "nosniff" },
	{ "X-Frame-Options", "DENY" },
	{ "Referrer-Policy", "same-origin" },
	{ "Cross-Origin-Opener-Policy", "same-origin" },
	{ "Cross-Origin-Resource-Policy", "same-origin" },
};

static const struct {
	int status;
	const char *words;
} phrases[] = {
	{ 200, "OK" },
	{ 204, "No Content" },
	{ 303, "See Other" },
	{ 400, "Bad Request" },
	{ 403, "Forbidden" },
	{ 404, "Not Found" },
	{ 405, "Method Not Allowed" },
	{ 409, "Conflict" },
	{ 413, "Content Too Large" },
	{ 422, "Unprocessable Content" },
	{ 429, "Too Many Requests" },
	{ 500, "Internal Server Error" },
	{ 503, "Service Unavailable" },
	{ 507, "Insufficient Storage" },
};

static const char *
phrase(int status)
{
	for (size_t i = 0; i < sizeof(phrases) / sizeof(phrases[0]); i++)
		if (phrases[i].status == status)
			return phrases[i].words;
	return "Answer";
}

bool
reply_is_secure(void)
{
	return strncmp(setting_text("site.url"), "https:", 6) == 0;
}

static void
put_header(struct text *headers, const char *name, const char *value)
{
	text_add(headers, name);
	text_add(headers, ": ");
	text_add(headers, value);
	text_add(headers, "\r\n");
}

/* Those of every answer, made once. */
static const char *
common_headers(void)
{
	static struct text *common;

	if (common != NULL)
		return common->bytes;
	common = text_new(arena_new(), MOST_HEADERS);
	for (size_t i = 0; i < sizeof(always) / sizeof(always[0]); i++)
		put_header(common, always[i][0], always[i][1]);
	if (reply_is_secure())
		put_header(common, "Strict-Transport-Security",
		    "max-age=31536000; includeSubDomains");
	return common->bytes;
}

struct reply *
reply_new(struct arena *arena, const char *request_id)
{
	struct reply *reply = arena_alloc(arena, sizeof(*reply));

	reply->arena = arena;
	reply->request_id = request_id;
	reply->headers = text_new(arena, MOST_HEADERS);
	reply->body = "";
	text_add(reply->headers, common_headers());
	reply_header(reply, "X-Request-Id", request_id);
	return reply;
}

void
reply_header(struct reply *reply, const char *name, const char *value)
{
	must(text_is_plain(value) && text_is_plain(name));
	put_header(reply->headers, name, value);
}

void
reply_plain(struct reply *reply, int status)
{
	reply->status = status;
	reply->type = "text/html; charset=utf-8";
	reply->body = arena_print(reply->arena,
	    "<!DOCTYPE html>\n<html lang=\"en\">\n<head>"
	    "<meta charset=\"utf-8\">"
	    "<title>%d</title></head>\n<body>\n<h1>%d %s</h1>\n"
	    "<p>%s</p>\n</body>\n</html>\n",
	    status, status, phrase(status), reply->request_id);
	reply->length = strlen(reply->body);
}

void
reply_send(struct reply *reply, struct fcgi *fcgi, bool head)
{
	must(!reply->headers->over);
	if (reply->type != NULL && reply->status != 204)
		reply_header(reply, "Content-Type", reply->type);
	if (reply->status != 204)
		reply_header(reply, "Content-Length",
		    arena_print(reply->arena, "%zu", reply->length));
	struct text *lines = text_new(reply->arena, 2 * MOST_HEADERS);
	text_print(
	    lines, "Status: %d %s\r\n", reply->status, phrase(reply->status));
	text_add_n(lines, reply->headers->bytes, reply->headers->length);
	text_add(lines, "\r\n");
	if (reply->file == 0) {
		fcgi_answer(
		    fcgi, lines->bytes, reply->body, head ? 0 : reply->length);
		return;
	}
	fcgi_answer_file(
	    fcgi, lines->bytes, reply->file, head ? 0 : reply->length);
	(void)close(reply->file);
}
