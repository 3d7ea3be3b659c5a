/* keycheck_event: what the gate answered, and whether the worker has acted on
 * it. */

#include "data/keycheck_event.h"

#include "data/work.h"

static const struct db_column columns[] = {
	DB_INT_AT(struct keycheck_event, event_id),
	DB_TIME_AT(struct keycheck_event, at),
	DB_TEXT_AT(struct keycheck_event, serial),
	DB_TEXT_AT(struct keycheck_event, instance),
	DB_TEXT_AT(struct keycheck_event, version),
	DB_TEXT_AT(struct keycheck_event, why),
	DB_TEXT_AT(struct keycheck_event, code),
	DB_TEXT_AT(struct keycheck_event, key_state),
	DB_TEXT_AT(struct keycheck_event, address),
	DB_INT_AT(struct keycheck_event, entered),
};

#define SELECT_EVENT                                                           \
	"SELECT e.event_id, e.at, e.serial, e.instance, e.version, e.why,"     \
	" e.code, e.key_state, e.address,"                                     \
	" COALESCE(l.key_entered_at IS NOT NULL, 0) AS entered"                \
	" FROM keycheck_event e LEFT JOIN license l ON l.serial = e.serial "

static const struct db_statement waiting = { "keycheck_event_waiting",
	SELECT_EVENT "WHERE e.done = 0 ORDER BY e.event_id LIMIT ?",
	DB_ROW(struct keycheck_event, columns) };

static const struct db_statement list = { "keycheck_event_list",
	SELECT_EVENT "WHERE e.serial = ? AND l.account_id = ?"
		     " ORDER BY e.event_id DESC LIMIT ?",
	DB_ROW(struct keycheck_event, columns) };

static const struct db_statement add = { "keycheck_event_add",
	"INSERT INTO keycheck_event (at, serial, instance, version, why,"
	" code, key_state, address) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
	NULL, 0, 0 };

static const struct db_statement set_done = { "keycheck_event_set_done",
	"UPDATE keycheck_event SET done = 1 WHERE event_id = ? AND done = 0",
	NULL, 0, 0 };

static const struct db_statement *const statements[] = { &waiting, &list, &add,
	&set_done };
DB_REGISTER("keycheck_event", statements)

enum db_status
keycheck_event_waiting(struct work *work, int64_t limit,
    const struct keycheck_event **list_r, size_t *count_r)
{
	return db_rows(work, &waiting, DB_ARGS(db_int(limit)), list_r, count_r);
}

enum db_status
keycheck_event_list(struct work *work, const char *serial, int64_t limit,
    const struct keycheck_event **list_r, size_t *count_r)
{
	return db_rows(work, &list,
	    DB_ARGS(db_text(serial), db_int(work->account), db_int(limit)),
	    list_r, count_r);
}

enum db_status
keycheck_event_add(struct work *work, const struct keycheck_event *event)
{
	return db_change(work, &add,
	    DB_ARGS(db_time(work->now), db_text(event->serial),
		db_text(event->instance), db_text(event->version),
		db_text(event->why), db_text(event->code),
		db_text(event->key_state), db_text(event->address)));
}

enum db_status
keycheck_event_set_done(struct work *work, int64_t event_id)
{
	return db_change(work, &set_done, DB_ARGS(db_int(event_id)));
}
