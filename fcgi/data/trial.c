/* trial: what is known of a customer's trial of a software. */

#include "data/trial.h"

#include "data/work.h"

static const struct db_column columns[] = {
	DB_DAY_AT(struct trial, trial_start),
	DB_DAY_AT(struct trial, trial_end),
	DB_INT_AT(struct trial, version_id),
};

static const struct db_statement of = { "trial_of",
	"SELECT trial_start, trial_end, version_id FROM trial"
	" WHERE account_id = ? AND software_id = ?",
	DB_ROW(struct trial, columns) };

static const struct db_statement set = { "trial_set",
	"INSERT INTO trial (account_id, software_id, trial_start, trial_end,"
	" version_id) VALUES (?, ?, ?, ?, ?)"
	" ON DUPLICATE KEY UPDATE trial_start = VALUES(trial_start),"
	" trial_end = VALUES(trial_end), version_id = VALUES(version_id)",
	NULL, 0, 0 };

static const struct db_statement *const statements[] = { &of, &set };
DB_REGISTER("trial", statements)

enum db_status
trial_of(struct work *work, int64_t account_id, int64_t software_id,
    const struct trial **trial_r)
{
	return db_row(work, &of,
	    DB_ARGS(db_int(account_id), db_int(software_id)), trial_r);
}

enum db_status
trial_set(struct work *work, int64_t account_id, int64_t software_id,
    const struct trial *trial)
{
	return db_change(work, &set,
	    DB_ARGS(db_int(account_id), db_int(software_id),
		db_day(trial->trial_start), db_day(trial->trial_end),
		db_int(trial->version_id)));
}
