/* keycheck_event: what the gate answered, and whether the worker has acted on
 * it. */

#include "data/keycheck_event.h"

#include "base/clock.h"
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

struct oldest {
	int64_t event_id;
};

static const struct db_column oldest_columns[] = {
	DB_INT_AT(struct oldest, event_id),
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

/* Many at once, as one JSON text: [[seconds, serial, instance, version, why,
 * code, key_state, address, done, count], ...]. */
static const struct db_statement add_all = { .name = "keycheck_event_add_all",
	.sql = "INSERT INTO keycheck_event (at, serial, instance, version,"
	       " why, code, key_state, address, done, count)"
	       " SELECT '1970-01-01' + INTERVAL t.seconds SECOND, t.serial,"
	       " t.instance, t.version, t.why, t.code, t.key_state,"
	       " t.address, t.done, t.count FROM JSON_TABLE(?, '$[*]' COLUMNS"
	       " (seconds BIGINT PATH '$[0]', serial VARCHAR(20) PATH '$[1]',"
	       " instance VARCHAR(40) PATH '$[2]',"
	       " version VARCHAR(40) PATH '$[3]', why VARCHAR(8) PATH '$[4]',"
	       " code VARCHAR(20) PATH '$[5]',"
	       " key_state VARCHAR(10) PATH '$[6]',"
	       " address VARCHAR(45) PATH '$[7]', done INT PATH '$[8]',"
	       " count INT PATH '$[9]')) t" };

/* The oldest come first by their number, too: a few that came late wait for
 * the next time. */
static const struct db_statement old = { "keycheck_event_old",
	"SELECT COALESCE(MAX(t.event_id), 0) AS event_id FROM"
	" (SELECT event_id, at, done FROM keycheck_event"
	"  ORDER BY event_id LIMIT 1000) t WHERE t.at < ? AND t.done = 1",
	DB_ROW(struct oldest, oldest_columns) };

/* Who counts them is alone with them. */
static const struct db_statement hold = { "keycheck_event_hold",
	"SELECT event_id FROM keycheck_event WHERE event_id <= ? AND at < ?"
	" AND done = 1 FOR UPDATE",
	DB_ROW(struct oldest, oldest_columns) };

static const struct db_statement count_old = { .name = "keycheck_event_count",
	.sql = "INSERT INTO keycheck_day (day, serial, code, count)"
	       " SELECT DATE(at + INTERVAL ? SECOND), serial, code, SUM(count)"
	       " FROM keycheck_event WHERE event_id <= ? AND at < ?"
	       " AND done = 1 GROUP BY 1, 2, 3"
	       " ON DUPLICATE KEY UPDATE"
	       " count = keycheck_day.count + VALUES(count)" };

static const struct db_statement drop_old = { .name = "keycheck_event_drop",
	.sql = "DELETE FROM keycheck_event WHERE event_id <= ? AND at < ?"
	       " AND done = 1" };

static const struct db_statement set_done = { "keycheck_event_set_done",
	"UPDATE keycheck_event SET done = 1 WHERE event_id = ? AND done = 0",
	NULL, 0, 0 };

static const struct db_statement *const statements[] = { &waiting, &list, &add,
	&add_all, &old, &hold, &count_old, &drop_old, &set_done };
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
keycheck_event_add_all(struct work *work, const char *json)
{
	return db_change(work, &add_all, DB_ARGS(db_text(json)));
}

/* How far the provider's zone is ahead of UTC on that day. */
static int64_t
zone_seconds(int64_t at)
{
	const int32_t day = clock_day(at);

	return ((int64_t)day + 1) * 86400 - (clock_day_end(day) + 1);
}

enum db_status
keycheck_event_fold(struct work *work, int64_t before, int64_t *count_r)
{
	const struct oldest *last, *held;
	size_t count = 0;
	enum db_status status =
	    db_row(work, &old, DB_ARGS(db_time(before)), &last);

	if (status == DB_OK)
		status = db_rows(work, &hold,
		    DB_ARGS(db_int(last->event_id), db_time(before)), &held,
		    &count);
	*count_r = (int64_t)count;
	if (status != DB_OK || count == 0)
		return status;
	status = db_change(work, &count_old,
	    DB_ARGS(db_int(zone_seconds(before)), db_int(last->event_id),
		db_time(before)));
	if (status != DB_OK)
		return status;
	return db_change(
	    work, &drop_old, DB_ARGS(db_int(last->event_id), db_time(before)));
}

enum db_status
keycheck_event_set_done(struct work *work, int64_t event_id)
{
	return db_change(work, &set_done, DB_ARGS(db_int(event_id)));
}
