/* key_set: the keys that sign the key check's answers, as they lie in
 * key.dir. One signs; one may be announced, which installs learn before it
 * signs; one may have signed until lately and is still accepted.
 *
 *   check.pem check.pub            signs, until check-next does
 *   check-next.pem check-next.pub  signs from the time in check-next.pub on
 *   check-old.pub                  accepted until the time in it
 *   check-revoked                  a line for each key that counts no more
 *
 * Keys are told by their kid, not by their file, so that a set that is just
 * being changed (key_turn) is whole at any moment. */

#ifndef SHOP_KEY_SET_H
#define SHOP_KEY_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct secret_key;

enum { KEY_SET_MOST = 3, KEY_SET_TEXT = 16 * 1024 };

struct key_set_key {
	const char *kid;
	const char *raw;	/* public half, base64url, as in the ini file */
	const struct secret_key *pair;	/* NULL: the private half is not here */
	int64_t announced;	/* 0: it is the first */
	int64_t signs;		/* from then on; 0: always did */
	int64_t until;		/* then it is accepted no more; 0: no end */
};

struct key_set {
	struct key_set_key keys[KEY_SET_MOST];	/* in the order of signing */
	size_t count;
};

enum key_set_state {
	KEY_SET_SIGNING,
	KEY_SET_ANNOUNCED,
	KEY_SET_ACCEPTED,	/* signed before */
	KEY_SET_ENDED,
};

/* "signing", "announced", "accepted", "ended". */
const char *key_set_state_name(enum key_set_state state);

/* What lies in key.dir now; false when no key of it can sign. */
bool key_set_read(struct arena *arena, struct key_set *set_r);

/* Who signs at that time. NULL only when no key can. */
const struct key_set_key *key_set_signer(
    const struct key_set *set, int64_t now);
enum key_set_state key_set_state(
    const struct key_set *set, const struct key_set_key *key, int64_t now);

/* The raw keys for kagiya-license.ini at that time: all but the ended. */
size_t key_set_accepted(const struct key_set *set, int64_t now,
    const char *raws_r[KEY_SET_MOST]);

/* For programs that live long: the set as it is now. Files are looked at once
 * a second at most; the set before stays good while what lies there is not.
 * What it returns lasts until the next call. NULL (logged) while there never
 * was a key. */
const struct key_set *key_set_now(void);

#endif
