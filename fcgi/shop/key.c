/* key: made, folded, checked, compared. */

#include "shop/key.h"

#include <ctype.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/log.h"
#include "base/must.h"
#include "base/setting.h"
#include "base/text.h"
#include "shop/base32.h"

enum { LENGTH = 25, GROUP = 5, SECRET_BYTES = 32 };

/* Lives as long as the process; NULL before the secret was read. */
static struct secret_mac *key_mac;

const char *
key_state_name(enum key_state state)
{
	switch (state) {
	case KEY_MISSING:
		return "missing";
	case KEY_VALID:
		return "valid";
	case KEY_WRONG:
		return "wrong";
	case KEY_REVOKED:
		break;
	}
	return "revoked";
}

/* Times x in GF(2)[x] / (x^5 + x^2 + 1), whose powers of x are all 31
 * elements but zero. */
static unsigned
times_x(unsigned element)
{
	element <<= 1;
	return element & 32 ? element ^ 0x25 : element;
}

/* The sum of x^(LENGTH - 1 - i) * c(i): zero for a whole key. */
static unsigned
sum(const char *digits, size_t count)
{
	unsigned result = 0;

	for (size_t i = 0; i < count; i++)
		result = times_x(result) ^ (unsigned)base32_value(digits[i]);
	return result;
}

const char *
key_make(struct arena *arena)
{
	const char *random = base32_random(arena, LENGTH - 1);
	char check = base32_digits[times_x(sum(random, LENGTH - 1))];
	struct text *key = text_new(arena, 2 * LENGTH);

	for (size_t i = 0; i < LENGTH; i++) {
		if (i > 0 && i % GROUP == 0)
			text_add(key, "-");
		text_add_n(key, i < LENGTH - 1 ? &random[i] : &check, 1);
	}
	return key->bytes;
}

static char
alike(char c)
{
	char upper = (char)toupper((unsigned char)c);

	if (upper == 'O')
		return '0';
	return upper == 'I' || upper == 'L' ? '1' : upper;
}

const char *
key_fold(struct arena *arena, const char *typed)
{
	const char *narrow = text_fold(arena, text_narrow(arena, typed));
	char *folded = arena_alloc(arena, strlen(narrow) + 1);
	size_t length = 0;

	for (const char *c = narrow; *c != '\0'; c++)
		if (*c != ' ' && *c != '-')
			folded[length++] = alike(*c);
	return folded;
}

bool
key_is_well_formed(const char *folded)
{
	if (strlen(folded) != LENGTH)
		return false;
	for (const char *c = folded; *c != '\0'; c++)
		if (base32_value(*c) < 0)
			return false;
	return sum(folded, LENGTH) == 0;
}

static void
read_secret(void)
{
	struct arena *arena = arena_new();
	const char *path = setting_text("secret.key_file");
	const char *hex = file_read(arena, path, 1024, NULL);
	unsigned char secret[SECRET_BYTES] = { 0 };

	if (hex != NULL && strlen(text_trim(arena, hex)) == 2 * SECRET_BYTES &&
	    text_unhex(text_trim(arena, hex), secret, SECRET_BYTES))
		key_mac = secret_mac_new(arena_new(), secret, SECRET_BYTES);
	else
		log_event(LOG_FAULT, "key.no-secret", "file=%s", path);
	explicit_bzero(secret, sizeof(secret));
	arena_free(arena);
}

bool
key_load(void)
{
	if (key_mac == NULL)
		read_secret();
	return key_mac != NULL;
}

void
key_digest(const char *folded, unsigned char digest_r[SECRET_DIGEST])
{
	must(key_load());
	secret_mac_of(key_mac, folded, strlen(folded), digest_r);
}

void
key_read(struct arena *arena, const char *typed, struct key_typed *key_r)
{
	*key_r = (struct key_typed){ .folded = key_fold(arena, typed) };
	key_r->well_formed = key_is_well_formed(key_r->folded);
	if (key_r->well_formed)
		key_digest(key_r->folded, key_r->digest);
}

enum key_state
key_compare(const struct license_check *check, const struct key_typed *key)
{
	if (key->folded[0] == '\0')
		return KEY_MISSING;
	if (!key->well_formed)
		return KEY_WRONG;
	if (check->key_digest.length == SECRET_DIGEST &&
	    secret_equal(check->key_digest.bytes, key->digest, SECRET_DIGEST))
		return check->key_revoked ? KEY_REVOKED : KEY_VALID;
	return check->was_revoked ? KEY_REVOKED : KEY_WRONG;
}
