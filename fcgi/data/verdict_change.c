/* verdict_change: the history of the right to run. */

#include "data/verdict_change.h"

#include "base/clock.h"
#include "data/work.h"

static const struct db_column columns[] = {
	DB_TIME_AT(struct verdict_change, at),
	DB_INT_AT(struct verdict_change, permission_code),
	DB_TEXT_AT(struct verdict_change, reason),
	DB_TEXT_AT(struct verdict_change, rule),
	DB_DAY_AT(struct verdict_change, day),
	DB_TEXT_AT(struct verdict_change, invoice_no),
	DB_TEXT_AT(struct verdict_change, actor),
};

static const struct db_statement list = { "verdict_change_list",
	"SELECT c.at, c.permission_code, c.reason, c.rule, c.day,"
	" c.invoice_no, c.actor FROM verdict_change c"
	" JOIN license l ON l.serial = c.serial"
	" WHERE c.serial = ? AND l.account_id = ?"
	" ORDER BY c.change_id DESC LIMIT 100",
	DB_ROW(struct verdict_change, columns) };

static const struct db_statement add = { "verdict_change_add",
	"INSERT INTO verdict_change (serial, at, permission_code, reason,"
	" rule, day, invoice_no, actor)"
	" VALUES (?, ?, ?, ?, ?, ?, ?, LEFT(?, 80))",
	NULL, 0, 0 };

static const struct db_statement *const statements[] = { &list, &add };
DB_REGISTER("verdict_change", statements)

enum db_status
verdict_change_list(struct work *work, const char *serial,
    const struct verdict_change **list_r, size_t *count_r)
{
	return db_rows(work, &list,
	    DB_ARGS(db_text(serial), db_int(work->account)), list_r, count_r);
}

enum db_status
verdict_change_add(
    struct work *work, const char *serial, const struct verdict_change *change)
{
	int32_t day = change->day == 0 ? CLOCK_NO_DAY : change->day;

	return db_change(work, &add,
	    DB_ARGS(db_text(serial), db_time(work->now),
		db_int(change->permission_code), db_text(change->reason),
		db_text(change->rule == NULL ? "" : change->rule), db_day(day),
		db_text(change->invoice_no), db_text(work->actor)));
}
