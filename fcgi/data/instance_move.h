/* instance_move: which install a license was bound to, and when that
 * changed. */

#ifndef DATA_INSTANCE_MOVE_H
#define DATA_INSTANCE_MOVE_H

#include "data/db.h"

struct instance_move {
	int64_t created_at;
	const char *instance_before;
	const char *instance;
	int64_t lifted;		/* 1: staff let it not count */
	const char *actor;
};

/* Newest first. Of the acting customer's license; of anybody's. */
enum db_status instance_move_list(struct work *work, const char *serial,
    const struct instance_move **list_r, size_t *count_r);
enum db_status instance_move_any(struct work *work, const char *serial,
    const struct instance_move **list_r, size_t *count_r);

/* Those of the acting customer's license after that moment that count. */
struct instance_move_count {
	int64_t count;
	int64_t first_at;	/* the oldest of them; 0 for none */
};
enum db_status instance_move_counted(struct work *work, const char *serial,
    int64_t after, const struct instance_move_count **count_r);

/* Binds the acting customer's license to another instance; DB_NONE when it is
 * not bound to `before`, DB_DUPLICATE when another license has that one. */
enum db_status instance_move_add(struct work *work, const char *serial,
    const char *before, const char *instance);

/* DB_NONE when none counted. */
enum db_status instance_move_lift(struct work *work, const char *serial);

#endif
