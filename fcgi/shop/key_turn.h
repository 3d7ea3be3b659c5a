/* key_turn: the key check's keys are changed: another is announced, takes
 * over, the one before it ends. Only two count at a time. Killed at any point
 * it leaves a set that signs; done again it goes on. One at a time: others
 * wait. */

#ifndef SHOP_KEY_TURN_H
#define SHOP_KEY_TURN_H

#include "shop/key_set.h"

enum key_turn {
	KEY_TURN_DONE,
	KEY_TURN_NO_KEY,	/* there is none yet */
	KEY_TURN_ANNOUNCED,	/* one is announced already */
	KEY_TURN_TWO,		/* the one before is still accepted */
	KEY_TURN_OPEN,		/* check.pem may be read by everybody */
	KEY_TURN_UNKNOWN,	/* no such kid */
	KEY_TURN_FAILED,	/* errno */
};

/* Announces a new key; at_once: it, or the one announced before, signs from
 * now on. set_r: what counts then (of a refusal: what counts now). */
enum key_turn key_turn_rotate(
    struct arena *arena, int64_t now, bool at_once, struct key_set *set_r);

/* That key counts no more. When it is the one that signs, the announced one,
 * else a new one, signs at once. */
enum key_turn key_turn_revoke(struct arena *arena, int64_t now,
    const char *kid, struct key_set *set_r);

/* Only tidies: what the time has changed is brought into the files. */
enum key_turn key_turn_settle(struct arena *arena, int64_t now);

#endif
