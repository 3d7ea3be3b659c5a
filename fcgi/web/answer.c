/* answer: a page becomes bytes. */

#include "web/answer.h"

#include <stddef.h>

#include "base/arena.h"
#include "base/log.h"
#include "web/head.h"
#include "web/page.h"
#include "web/reply.h"
#include "web/screen.h"
#include "web/skin.h"
#include "web/valid.h"
#include "web/visit.h"

static const char *
bytes_of(struct visit *visit, const struct page *page, const char *name,
    struct reply *reply)
{
	struct arena *arena = visit->work->arena;

	if (visit->wants_xml) {
		reply->type = "application/xml; charset=utf-8";
		return skin_document(arena, page, &reply->length);
	}
	reply->type = "text/html; charset=utf-8";
	return skin_apply(arena, page, "screen", name, &reply->length);
}

/* Headers that speak of the body. */
static void
describe(struct visit *visit, struct reply *reply)
{
	reply_header(reply, "Content-Language", visit->language);
	reply_header(reply, "Vary", "Accept, Accept-Language, Cookie");
}

static void
give(struct visit *visit, struct page *page, const char *name,
    struct reply *reply)
{
	head_add(visit, page, reply->status);
	valid_check(visit->work->arena, page, name);
	reply->body = bytes_of(visit, page, name, reply);
	if (reply->body != NULL)
		describe(visit, reply);
	else
		reply_plain(reply, 500);
}

void
answer_page(struct visit *visit, struct reply *reply, int status)
{
	reply->status = status;
	give(visit, visit->page, visit->screen->name, reply);
}

void
answer_error(
    struct visit *visit, struct reply *reply, int status, const char *id)
{
	struct page *page =
	    page_new(visit->work->arena, "error", visit->language);

	page_open(page, "error");
	page_number(page, "status", status);
	page_attribute(page, "id", id);
	page_close(page);
	reply->status = status;
	give(visit, page, "error", reply);
}

const char *
answer_id(int status)
{
	switch (status) {
	case 400:
		return "bad-request";
	case 403:
		return "refused";
	case 404:
		return "missing";
	case 405:
		return "method";
	case 413:
		return "too-large";
	default:
		return "broken";
	}
}
