/* sign: signatures over documents, and the times that stand in them. */

#include "depot/sign.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/secret.h"
#include "base/text.h"

static const char *
whole(struct arena *arena, const char *domain, const void *bytes, size_t n)
{
	const size_t start = strlen(domain);
	char *all = arena_alloc(arena, start + n + 1);

	memcpy(all, domain, start);
	if (n > 0)
		memcpy(all + start, bytes, n);
	return all;
}

const char *
sign_make(struct arena *arena, const struct secret_key *key, const char *domain,
    const void *bytes, size_t n)
{
	unsigned char signature[SECRET_SIGNATURE];

	secret_sign(
	    key, whole(arena, domain, bytes, n), strlen(domain) + n, signature);
	return text_base64url(arena, signature, sizeof(signature));
}

bool
sign_is_right(struct arena *arena, const struct secret_key *key,
    const char *domain, const void *bytes, size_t n, const char *signature)
{
	const void *raw;
	size_t length;

	if (signature == NULL)
		return false;
	raw = text_unbase64url(arena, signature, strlen(signature), &length);
	return raw != NULL && length == SECRET_SIGNATURE &&
	       secret_verify(key, whole(arena, domain, bytes, n),
		   strlen(domain) + n, raw, length);
}

static const char *
grant_lines(struct arena *arena, const struct sign_grant *grant)
{
	return arena_print(arena, "%s\n%lld\n%s\n%s\n%s\n", grant->server,
	    (long long)grant->number, grant->action, grant->area, grant->owner);
}

const char *
sign_grant_make(struct arena *arena, const struct secret_key *key,
    const struct sign_grant *grant)
{
	const char *lines = grant_lines(arena, grant);

	return sign_make(arena, key, SIGN_GRANT, lines, strlen(lines));
}

static bool
is_line(const char *word)
{
	return strchr(word, '\n') == NULL;
}

bool
sign_grant_is_right(struct arena *arena, const struct secret_key *key,
    const struct sign_grant *grant, const char *signature)
{
	const char *lines = grant_lines(arena, grant);

	return is_line(grant->server) && is_line(grant->action) &&
	       is_line(grant->area) && is_line(grant->owner) &&
	       sign_is_right(
		   arena, key, SIGN_GRANT, lines, strlen(lines), signature);
}

bool
sign_time_parse(const char *string, int64_t *time_r)
{
	struct tm moment = { 0 };
	struct tm back;
	char again[32];
	time_t time;

	if (strlen(string) != strlen("2026-11-22T00:21:21Z") ||
	    sscanf(string, "%4d-%2d-%2dT%2d:%2d:%2dZ", &moment.tm_year,
		&moment.tm_mon, &moment.tm_mday, &moment.tm_hour,
		&moment.tm_min, &moment.tm_sec) != 6)
		return false;
	moment.tm_year -= 1900;
	moment.tm_mon -= 1;
	time = timegm(&moment);
	if (gmtime_r(&time, &back) == NULL ||
	    strftime(again, sizeof(again), "%Y-%m-%dT%H:%M:%SZ", &back) == 0 ||
	    strcmp(again, string) != 0)
		return false;
	*time_r = time;
	return true;
}
