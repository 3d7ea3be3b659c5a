/* daily: one mark for a license, a rule and a day. */

#include "data/daily.h"

#include "data/work.h"

static const struct db_statement add = { "daily_step_add",
	"INSERT INTO daily_step (serial, rule, day, done_at)"
	" VALUES (?, ?, ?, ?)",
	NULL, 0, 0 };

static const struct db_statement *const statements[] = { &add };
DB_REGISTER("daily", statements)

enum db_status
daily_step_add(
    struct work *work, const char *serial, const char *rule, int32_t day)
{
	return db_change(work, &add,
	    DB_ARGS(db_text(serial), db_text(rule), db_day(day),
		db_time(work->now)));
}
