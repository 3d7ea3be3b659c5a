/* guard: only forms of ours are carried out. Two layers: what the browser
 * says about where a request comes from, and a token in the form. */

#include "web/guard.h"

#include <errno.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/log.h"
#include "base/must.h"
#include "base/secret.h"
#include "base/setting.h"
#include "base/text.h"
#include "data/session.h"
#include "web/cookie.h"
#include "web/input.h"
#include "web/screen.h"

enum { LONGEST_FILE = 1024, SHORTEST_SECRET = 32 };

/* Longer than a visit: read once, kept by the process. */
static unsigned char secret[SECRET_DIGEST];

bool
guard_start(void)
{
	const char *path = setting_text("secret.form_file");
	struct arena *arena = arena_new();
	size_t length = 0;
	const char *bytes = file_read(arena, path, LONGEST_FILE, &length);
	bool good = bytes != NULL && length >= SHORTEST_SECRET;

	if (good)
		secret_sha256(bytes, length, secret);
	else
		log_event(LOG_FAULT, "guard.secret", "file=%s error=%s", path,
		    bytes == NULL ? strerror(errno) : "too short");
	arena_free(arena);
	return good;
}

static void
key_of_visitor(struct visit *visit, const char *cookie)
{
	unsigned char *key = arena_alloc(visit->work->arena, SECRET_DIGEST);

	secret_hmac(secret, sizeof(secret), cookie, strlen(cookie), key);
	visit->form_key = key;
}

void
guard_begin(struct visit *visit)
{
	const char *cookie = cookie_text(visit, "visitor");

	visit->form_key = NULL;
	if (visit->session != NULL) {
		must(visit->session->form_secret.length == SECRET_DIGEST);
		visit->form_key = visit->session->form_secret.bytes;
	} else if (cookie[0] != '\0') {
		key_of_visitor(visit, cookie);
	}
}

static const char *
make_token(const struct visit *visit, const char *screen_name)
{
	unsigned char digest[SECRET_DIGEST];

	secret_hmac(visit->form_key, SECRET_DIGEST, screen_name,
	    strlen(screen_name), digest);
	return text_base64url(visit->work->arena, digest, sizeof(digest));
}

const char *
guard_token(struct visit *visit, const char *screen_name)
{
	if (visit->form_key == NULL) {
		visit->set_visitor = secret_token(visit->work->arena);
		key_of_visitor(visit, visit->set_visitor);
	}
	return make_token(visit, screen_name);
}

bool
guard_is_token(const struct visit *visit, const char *token)
{
	if (visit->form_key == NULL)
		return false;
	return secret_equal_text(token, make_token(visit, visit->screen->name));
}

/* host[:port] of an http(s) address; "" for anything else. */
static const char *
host_of(struct arena *arena, const char *url)
{
	const char *host = strstr(url, "://");

	if (host == NULL || strncmp(url, "http", 4) != 0)
		return "";
	host += 3;
	return arena_copy_n(arena, host, strcspn(host, "/?#"));
}

static bool
is_ours(const struct input *input, const char *url)
{
	const char *host = host_of(input->arena, url);

	if (host[0] == '\0')
		return false;
	return strcmp(host, input_text(input, "HTTP_HOST")) == 0 ||
	       strcmp(host, host_of(input->arena, setting_text("site.url"))) ==
		   0;
}

/* Every browser sends Origin with a form posted from another site, and those
 * of today Sec-Fetch-Site, too; neither can be set or taken away by a page.
 * So a request that has none of the three comes from a program that no
 * foreign page steers, or from a browser so old that the token, which a
 * foreign page cannot read, has to do alone. The token is asked for in any
 * case. */
bool
guard_is_same_site(const struct input *input)
{
	const char *site = input_parameter(input, "HTTP_SEC_FETCH_SITE");
	const char *origin = input_parameter(input, "HTTP_ORIGIN");
	const char *referer = input_parameter(input, "HTTP_REFERER");

	if (site != NULL && site[0] != '\0')
		return strcmp(site, "same-origin") == 0 ||
		       strcmp(site, "none") == 0;
	if (origin != NULL && origin[0] != '\0')
		return is_ours(input, origin);
	if (referer != NULL && referer[0] != '\0')
		return is_ours(input, referer);
	return true;
}
