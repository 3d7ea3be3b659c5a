/* cookie: the shop's cookies, named and bounded as browsers protect them. */

#include "web/cookie.h"

#include <stdbool.h>
#include <string.h>

#include "base/arena.h"
#include "base/setting.h"
#include "web/input.h"
#include "web/reply.h"
#include "web/visit.h"

/* A cookie with __Host- has to have the path /. */
static const char *
full_name(const struct visit *visit, const char *name)
{
	const char *prefix = "";

	if (reply_is_secure())
		prefix =
		    strcmp(visit->base, "/") == 0 ? "__Host-" : "__Secure-";
	return arena_print(visit->work->arena, "%s%s", prefix, name);
}

const char *
cookie_text(const struct visit *visit, const char *name)
{
	return input_cookie(visit->input, full_name(visit, name));
}

void
cookie_set(struct reply *reply, const struct visit *visit, const char *name,
    const char *value, int seconds)
{
	const char *age = "";

	if (value[0] == '\0')
		age = "; Max-Age=0";
	else if (seconds != COOKIE_OF_SESSION)
		age = arena_print(visit->work->arena, "; Max-Age=%d", seconds);
	reply_header(reply, "Set-Cookie",
	    arena_print(visit->work->arena,
		"%s=%s; Path=%s%s; HttpOnly; SameSite=Lax%s",
		full_name(visit, name), value, visit->base, age,
		reply_is_secure() ? "; Secure" : ""));
}
