/* rebind: a key moves to another install of the same program. A license is
 * bound to the instance that its program names at each check; who asks from
 * another one is answered INSTANCE_MISMATCH and sent to the page that calls
 * this. */

#ifndef SHOP_REBIND_H
#define SHOP_REBIND_H

#include "data/instance_move.h"

enum {
	REBIND_MOST = 3,	/* moves by the customer himself ... */
	REBIND_DAYS = 365,	/* ... in that many days */
};

enum rebind_result {
	REBIND_DONE,
	REBIND_SAME,		/* it is bound there already: nothing counted */
	REBIND_MISSING,		/* not his */
	REBIND_ENDED,		/* uninstalled */
	REBIND_BAD,		/* no instance has such a name */
	REBIND_TAKEN,		/* another license's program */
	REBIND_TOO_MANY,	/* see rebind_room; staff can lift */
	REBIND_RETRY,
	REBIND_BROKEN,
};

/* The acting customer's license belongs to that instance from now on; its
 * revision goes up, the program of before stops at its next check. */
enum rebind_result rebind_instance(
    struct work *work, const char *serial, const char *instance);

/* 26 letters and digits, as the agent makes them. */
bool rebind_is_instance(const char *instance);

struct rebind_room {
	int64_t used;	/* of REBIND_MOST, in the last REBIND_DAYS */
	int64_t left;
	int64_t more_at; /* when the oldest counts no more; 0: none does */
};
/* The acting customer's license; DB_NONE for another's. */
enum db_status rebind_room(
    struct work *work, const char *serial, struct rebind_room *room_r);

/* For staff: what was moved until now counts no more. DB_NONE when there is
 * no such license; *count_r moves were lifted. */
enum db_status rebind_lift(
    struct work *work, const char *serial, int64_t *count_r);

#endif
