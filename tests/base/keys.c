/* keys: a seed becomes a PEM file, as RFC 8410 says. */

#include "keys.h"

#include "base/arena.h"
#include "base/secret.h"
#include "base/text.h"
#include "lab.h"

struct secret_key *
key_of_seed(struct arena *arena, const char *folder, const char *seed)
{
	unsigned char der[48];
	const char *hex =
	    arena_print(arena, "302e020100300506032b657004220420%s", seed);

	assert_true(text_unhex(hex, der, sizeof der));
	/* 48 bytes need no padding; PEM's alphabet is the older one. */
	char *base64 =
	    arena_copy(arena, text_base64url(arena, der, sizeof der));
	for (char *c = base64; *c != '\0'; c++)
		*c = *c == '-' ? '+' : *c == '_' ? '/' : *c;
	const char *path = lab_file(arena, folder, "seed.key",
	    arena_print(arena,
		"-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n",
		base64));
	struct secret_key *key = secret_key_load(arena, path);
	assert_non_null(key);
	return key;
}
