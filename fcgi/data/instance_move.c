/* instance_move: a license and the install it is bound to. */

#include "data/instance_move.h"

#include "data/work.h"

static const struct db_column columns[] = {
	DB_TIME_AT(struct instance_move, created_at),
	DB_TEXT_AT(struct instance_move, instance_before),
	DB_TEXT_AT(struct instance_move, instance),
	DB_INT_AT(struct instance_move, lifted),
	DB_TEXT_AT(struct instance_move, actor),
};

#define SELECT_MOVE                                                            \
	"SELECT m.created_at, m.instance_before, m.instance, m.lifted,"        \
	" m.actor FROM instance_move m "
#define NEWEST_FIRST " ORDER BY m.instance_move_id DESC LIMIT 100"

static const struct db_statement list = { "instance_move_list",
	SELECT_MOVE "JOIN license l ON l.serial = m.serial"
		    " WHERE m.serial = ? AND l.account_id = ?" NEWEST_FIRST,
	DB_ROW(struct instance_move, columns) };

static const struct db_statement any = { "instance_move_any",
	SELECT_MOVE "WHERE m.serial = ?" NEWEST_FIRST,
	DB_ROW(struct instance_move, columns) };

static const struct db_column count_columns[] = {
	DB_INT_AT(struct instance_move_count, count),
	DB_TIME_AT(struct instance_move_count, first_at),
};

static const struct db_statement counted = { "instance_move_counted",
	"SELECT COUNT(*) AS count, MIN(m.created_at) AS first_at"
	" FROM instance_move m JOIN license l ON l.serial = m.serial"
	" WHERE m.serial = ? AND l.account_id = ? AND m.lifted = 0"
	" AND m.created_at > ?",
	DB_ROW(struct instance_move_count, count_columns) };

static const struct db_statement bind = { .name = "instance_move_bind",
	.sql = "UPDATE license SET instance = ?, revision = revision + 1"
	       " WHERE serial = ? AND account_id = ? AND instance = ?" };

static const struct db_statement add = { .name = "instance_move_add",
	.sql = "INSERT INTO instance_move (serial, instance_before, instance,"
	       " actor, created_at) VALUES (?, ?, ?, LEFT(?, 80), ?)" };

static const struct db_statement lift = { .name = "instance_move_lift",
	.sql = "UPDATE instance_move SET lifted = 1"
	       " WHERE serial = ? AND lifted = 0" };

static const struct db_statement *const statements[] = { &list, &any, &counted,
	&bind, &add, &lift };
DB_REGISTER("instance_move", statements)

enum db_status
instance_move_list(struct work *work, const char *serial,
    const struct instance_move **list_r, size_t *count_r)
{
	return db_rows(work, &list,
	    DB_ARGS(db_text(serial), db_int(work->account)), list_r, count_r);
}

enum db_status
instance_move_any(struct work *work, const char *serial,
    const struct instance_move **list_r, size_t *count_r)
{
	return db_rows(work, &any, DB_ARGS(db_text(serial)), list_r, count_r);
}

enum db_status
instance_move_counted(struct work *work, const char *serial, int64_t after,
    const struct instance_move_count **count_r)
{
	return db_row(work, &counted,
	    DB_ARGS(db_text(serial), db_int(work->account), db_time(after)),
	    count_r);
}

enum db_status
instance_move_add(struct work *work, const char *serial, const char *before,
    const char *instance)
{
	enum db_status status = db_change(work, &bind,
	    DB_ARGS(db_text(instance), db_text(serial), db_int(work->account),
		db_text(before)));

	if (status != DB_OK)
		return status;
	return db_change(work, &add,
	    DB_ARGS(db_text(serial), db_text(before), db_text(instance),
		db_text(work->actor), db_time(work->now)));
}

enum db_status
instance_move_lift(struct work *work, const char *serial)
{
	return db_change(work, &lift, DB_ARGS(db_text(serial)));
}
