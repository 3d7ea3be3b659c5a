/* visit: what a request says of itself, and where its answer leads. */

#include "web/visit.h"

#include <string.h>

#include "base/arena.h"
#include "base/secret.h"
#include "base/setting.h"
#include "base/text.h"
#include "web/cookie.h"
#include "web/input.h"
#include "web/markup.h"
#include "web/query.h"
#include "web/screen.h"

static const char *const languages[] = { "ja", "en", NULL };

/* The path without the program's name at its end; NULL when it ends in
 * something else or would not be a path of this host. */
static const char *
prefix_of(struct arena *arena, const char *path, const char *name)
{
	size_t whole = strlen(path);
	size_t last = strlen(name);

	if (whole <= last || path[0] != '/' || path[1] == '/' ||
	    strcmp(path + whole - last, name) != 0 ||
	    path[whole - last - 1] != '/' || !text_is_plain(path))
		return NULL;
	return text_percent(
	    arena, arena_copy_n(arena, path, whole - last), "/");
}

static const char *
path_of_url(struct arena *arena, const char *url)
{
	const char *path = strstr(url, "://");

	path = path != NULL ? strchr(path + 3, '/') : NULL;
	return path != NULL ? arena_copy(arena, path) : "/";
}

/* Works below any prefix of the web server's. */
static const char *
base_of(const struct input *input, const char *name)
{
	static const char *const sources[] = { "DOCUMENT_URI", "SCRIPT_NAME" };
	const char *base = NULL;

	for (size_t i = 0; i < 2 && base == NULL; i++)
		base = prefix_of(
		    input->arena, input_text(input, sources[i]), name);
	return base != NULL
		   ? base
		   : path_of_url(input->arena, setting_text("site.url"));
}

static const char *
known_language(const char *code)
{
	for (size_t i = 0; languages[i] != NULL; i++)
		if (strcmp(languages[i], code) == 0)
			return languages[i];
	return NULL;
}

static const char *
asked_language(const struct visit *visit)
{
	const struct query_pair *pair;

	if (query_find(visit->query, "language", &pair) != 1)
		return NULL;
	return known_language(pair->value);
}

/* The first language of Accept-Language that we speak; browsers write them in
 * their order. */
static const char *
accepted_language(const struct input *input)
{
	const char *list = input_text(input, "HTTP_ACCEPT_LANGUAGE");

	while (*list != '\0') {
		const char *code;

		list += strspn(list, ", ");
		code = known_language(
		    arena_copy_n(input->arena, list, strcspn(list, "-;, ")));
		if (code != NULL)
			return code;
		list += strcspn(list, ",");
	}
	return NULL;
}

/* The browser's wish; visit->account may know better (who.c). */
static void
choose_language(struct visit *visit)
{
	visit->set_language = asked_language(visit);
	visit->language = visit->set_language;
	if (visit->language == NULL)
		visit->language =
		    known_language(cookie_text(visit, "language"));
	visit->language_chosen = visit->language != NULL;
	if (visit->language == NULL)
		visit->language = accepted_language(visit->input);
	if (visit->language == NULL)
		visit->language = known_language(setting_text("site.language"));
	if (visit->language == NULL)
		visit->language = languages[0];
}

struct visit *
visit_new(
    struct work *work, const struct screen *declared, const struct input *input)
{
	struct visit *visit = arena_alloc(work->arena, sizeof(*visit));
	unsigned char id[12];

	secret_random(id, sizeof(id));
	visit->work = work;
	visit->screen = declared;
	visit->input = input;
	visit->request_id = text_base64url(work->arena, id, sizeof(id));
	visit->method = input->method;
	visit->base = base_of(input, declared->name);
	visit->address = input_address(input);
	visit->user_agent =
	    markup_mend(work->arena, input_text(input, "HTTP_USER_AGENT"));
	visit->wants_xml = input_prefers(input, "application/xml");
	visit->body = visit->query = query_parse(work->arena, "", 0);
	choose_language(visit);
	return visit;
}

bool
visit_read(struct visit *visit)
{
	struct arena *arena = visit->work->arena;
	const char *address = input_text(visit->input, "QUERY_STRING");
	const struct query *body =
	    query_parse(arena, visit->input->body, visit->input->length);
	const struct query *query =
	    query_parse(arena, address, strlen(address));

	if (body == NULL || query == NULL)
		return false;
	visit->body = body;
	visit->query = query;
	choose_language(visit);
	return true;
}

const char *
visit_location(const struct visit *visit, const char *screen_name,
    const char *name, const char *value)
{
	struct arena *arena = visit->work->arena;

	if (name == NULL)
		return arena_print(arena, "%s%s", visit->base, screen_name);
	return arena_print(arena, "%s%s?%s=%s", visit->base, screen_name, name,
	    text_percent(arena, value, ""));
}

const char *
visit_address(const struct visit *visit, const char *address)
{
	if (address[0] == '/' || strstr(address, "://") != NULL)
		return address;
	return arena_print(visit->work->arena, "%s%s", visit->base, address);
}

void
visit_set_session(struct visit *visit, const char *token)
{
	visit->set_session = token;
}

void
visit_set_language(struct visit *visit, const char *language)
{
	visit->set_language = known_language(language);
}

void
visit_keep(struct visit *visit)
{
	visit->keep = true;
}

enum outcome
go_to(struct visit *visit, const char *screen_name, const char *name,
    const char *value)
{
	visit->location = visit_location(visit, screen_name, name, value);
	return GONE_TO;
}

/* A screen's name, or that and a query: nothing that leads to another host. */
static bool
is_ours(const char *next)
{
	size_t n = strspn(next, "abcdefghijklmnopqrstuvwxyz");

	if (n == 0 || (next[n] != '\0' && next[n] != '?'))
		return false;
	return strspn(next + n,
		   "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
		   "0123456789-._~%?&=+") == strlen(next + n);
}

enum outcome
go_on(struct visit *visit, const char *next, const char *screen_name)
{
	return go_to(visit, is_ours(next) ? next : screen_name, NULL, NULL);
}

void
go_with(struct visit *visit, const char *message)
{
	visit->done = message;
}

enum outcome
outcome_of(enum db_status status)
{
	switch (status) {
	case DB_OK:
		return SHOW;
	case DB_NONE:
		return MISSING;
	case DB_RETRY:
	case DB_LOST:
		return RETRY;
	case DB_DUPLICATE:
	case DB_FAILED:
		break;
	}
	return BROKEN;
}
