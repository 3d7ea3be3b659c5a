/* chain: how a maker's key became another, and following that from the key
 * one knows. Whoever has the old key alone, or the new one alone, can add
 * nothing. */

#ifndef DEPOT_CHAIN_H
#define DEPOT_CHAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/secret.h"
#include "base/xml.h"

struct arena;
struct text;

enum {
	CHAIN_LIMIT = 256 << 10,	/* bytes of keys.xml */
	CHAIN_STEPS = 500,
};

struct chain_step {
	int64_t number;		/* of the new key; the first key is 1 */
	unsigned char old[SECRET_PUBLIC];
	unsigned char new[SECRET_PUBLIC];
	const char *by_old;	/* base64url */
	const char *by_new;
};

struct chain {
	const char *depot;
	const struct chain_step *steps;
	size_t count;
};

/* The key that is believed. */
struct chain_pin {
	unsigned char key[SECRET_PUBLIC];
	int64_t number;		/* 0: not known yet */
};

/* NULL when malformed; says nothing of signatures. */
const struct chain *chain_read(struct arena *arena, const void *bytes,
    size_t n, const struct xml_watcher *watcher);
void chain_write(struct text *out, const struct chain *chain);

/* A step from one pair to the next; number is the new one's. */
void chain_sign(struct arena *arena, const char *depot, int64_t number,
    const struct secret_key *old, const struct secret_key *new,
    struct chain_step *step_r);

/* From the pinned key to the last one, each step by one and signed by both of
 * its keys; false, and the pin stays, when there is no way. */
bool chain_follow(struct arena *arena, const struct chain *chain,
    const char *depot, struct chain_pin *pin);

#endif
