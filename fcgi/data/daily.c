/* daily: one mark for a license, a rule and a day. */

#include "data/daily.h"

#include "data/work.h"

static const struct db_statement add = { "daily_step_add",
	"INSERT INTO daily_step (serial, rule, day, done_at)"
	" VALUES (?, ?, ?, ?)",
	NULL, 0, 0 };

struct step {
	const char *serial;
};
static const struct db_column columns[] = {
	DB_TEXT_AT(struct step, serial),
};
static const struct db_statement done = { "daily_step_done",
	"SELECT serial FROM daily_step"
	" WHERE serial = ? AND rule = ? AND day = ?",
	DB_ROW(struct step, columns) };

static const struct db_statement *const statements[] = { &add, &done };
DB_REGISTER("daily", statements)

enum db_status
daily_step_add(
    struct work *work, const char *serial, const char *rule, int32_t day)
{
	return db_change(work, &add,
	    DB_ARGS(db_text(serial), db_text(rule), db_day(day),
		db_time(work->now)));
}

enum db_status
daily_step_done(
    struct work *work, const char *serial, const char *rule, int32_t day)
{
	const struct step *step;

	return db_row(work, &done,
	    DB_ARGS(db_text(serial), db_text(rule), db_day(day)), &step);
}
