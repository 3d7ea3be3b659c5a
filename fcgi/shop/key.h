/* key: license keys. 25 characters of Crockford's base 32 (no I, L, O, U) in
 * five groups of five; 24 of them random, 120 bits, and a check character:
 * the sum of a(i) * c(i) in the field of 32 elements, the a(i) all different
 * and none zero, so each single wrong character and each swap of two
 * characters, neighbours or not, is found. (Damm and ISO 7064 mod 37-2 would
 * need other alphabets.) */

#ifndef SHOP_KEY_H
#define SHOP_KEY_H

#include <stdbool.h>

#include "base/secret.h"
#include "data/license_check.h"

struct arena;

/* The words of the key check's answer. */
enum key_state { KEY_MISSING, KEY_VALID, KEY_WRONG, KEY_REVOKED };
const char *key_state_name(enum key_state state);

/* "XXXXX-XXXXX-XXXXX-XXXXX-XXXXX". */
const char *key_make(struct arena *arena);

/* As typed, to the 25 characters without groups: width, case, blanks and
 * dashes folded, O to 0, I and L to 1. What is no key comes back folded too. */
const char *key_fold(struct arena *arena, const char *typed);

/* Of a folded key: length, alphabet and check character. */
bool key_is_well_formed(const char *folded);

/* Reads the secret of secret.key_file, once; false (logged) without it. For
 * programs that look at start. */
bool key_load(void);

/* HMAC-SHA-256 of a folded key with that secret. Without it the process ends:
 * no program may answer for keys it cannot compare. */
void key_digest(const char *folded, unsigned char digest_r[SECRET_DIGEST]);

/* A key as somebody typed it, ready to be looked up. */
struct key_typed {
	const char *folded;	/* "" when it is missing: empty or blanks */
	bool well_formed;
	unsigned char digest[SECRET_DIGEST];	/* of a well-formed one */
};
void key_read(
    struct arena *arena, const char *typed, struct key_typed *key_r);
/* What it is to the license; check->was_revoked must be known when the answer
 * is KEY_WRONG and the key is well formed. */
enum key_state key_compare(
    const struct license_check *check, const struct key_typed *key);

#endif
