/* job: what an agent is to do, and how far it is. */

#include "data/job.h"

#include "data/work.h"

static const struct db_column columns[] = {
	DB_INT_AT(struct job, job_id),
	DB_TEXT_AT(struct job, serial),
	DB_INT_AT(struct job, server_id),
	DB_TEXT_AT(struct job, action),
	DB_INT_AT(struct job, version_id),
	DB_TEXT_AT(struct job, state),
	DB_TEXT_AT(struct job, step),
	DB_TEXT_AT(struct job, reason),
	DB_INT_AT(struct job, bytes_done),
	DB_INT_AT(struct job, bytes_total),
	DB_INT_AT(struct job, backup),
	DB_TEXT_AT(struct job, left_over),
	DB_INT_AT(struct job, from_version_id),
	DB_INT_AT(struct job, backup_id),
	DB_INT_AT(struct job, move_id),
	DB_TIME_AT(struct job, cancel_at),
	DB_TIME_AT(struct job, sent_at),
	DB_TIME_AT(struct job, created_at),
	DB_TIME_AT(struct job, ended_at),
	DB_TEXT_AT(struct job, version),
	DB_TEXT_AT(struct job, from_version),
	DB_TEXT_AT(struct job, server),
	DB_TIME_AT(struct job, last_contact),
};

/* Subqueries, not joins: FOR UPDATE then locks the job alone. */
#define SELECT_JOB                                                             \
	"SELECT j.job_id, j.serial, j.server_id, j.action, j.version_id,"      \
	" j.state, j.step, j.reason, j.bytes_done, j.bytes_total, j.backup,"   \
	" j.left_over, j.from_version_id, j.backup_id, j.move_id,"             \
	" j.cancel_at, j.sent_at, j.created_at, j.ended_at,"                   \
	" (SELECT version FROM version v WHERE v.version_id = j.version_id)"   \
	"  AS version,"                                                        \
	" (SELECT version FROM version v WHERE v.version_id ="                 \
	"  j.from_version_id) AS from_version,"                                \
	" (SELECT name FROM server r WHERE r.server_id = j.server_id)"         \
	"  AS server,"                                                         \
	" (SELECT last_contact FROM server r WHERE r.server_id ="              \
	"  j.server_id) AS last_contact FROM job j "

static const struct db_statement latest = { "job_latest",
	SELECT_JOB "WHERE j.serial = ? AND EXISTS (SELECT 1 FROM license l"
		   " WHERE l.serial = j.serial AND l.account_id = ?)"
		   " ORDER BY j.job_id DESC LIMIT 1",
	DB_ROW(struct job, columns) };

static const struct db_statement latest_any = { "job_latest_any",
	SELECT_JOB "WHERE j.serial = ? ORDER BY j.job_id DESC LIMIT 1",
	DB_ROW(struct job, columns) };

static const struct db_statement any = { "job_any",
	SELECT_JOB "WHERE j.job_id = ?", DB_ROW(struct job, columns) };

static const struct db_statement latest_now = { "job_latest_now",
	SELECT_JOB "WHERE j.serial = ? ORDER BY j.job_id DESC LIMIT 1"
		   " FOR UPDATE",
	DB_ROW(struct job, columns) };

/* A job that began goes on first; what puts a program back where customers
 * find it does not stand behind others' installs. */
static const struct db_statement list_open = { "job_list_open",
	SELECT_JOB "WHERE j.server_id = ? AND j.state IN ('waiting', 'running')"
		   " ORDER BY j.state = 'running' DESC,"
		   " j.action IN ('import', 'return') DESC, j.job_id LIMIT 50",
	DB_ROW(struct job, columns) };

static const struct db_statement of_move = { "job_list_of_move",
	SELECT_JOB "WHERE j.move_id = ? ORDER BY j.job_id",
	DB_ROW(struct job, columns) };

static const struct db_column queue_columns[] = {
	DB_INT_AT(struct job_queue, ahead),
	DB_INT_AT(struct job_queue, handed),
};

static const struct db_statement queue = { "job_queue",
	"SELECT (SELECT COUNT(*) FROM job a WHERE a.server_id = r.server_id"
	"  AND a.state IN ('waiting', 'running') AND a.job_id < ?) AS ahead,"
	" (SELECT COUNT(*) FROM job h WHERE h.server_id = r.server_id"
	"  AND h.sent_at > ? AND h.sent_at <= ?) AS handed"
	" FROM server r WHERE r.server_id = ?",
	DB_ROW(struct job_queue, queue_columns) };

static const struct db_statement lock = { "job_lock",
	SELECT_JOB "WHERE j.job_id = ? AND j.server_id = ? FOR UPDATE",
	DB_ROW(struct job, columns) };

static const struct db_column step_columns[] = {
	DB_TEXT_AT(struct job_step, step),
	DB_TEXT_AT(struct job_step, state),
	DB_TIME_AT(struct job_step, at),
	DB_TEXT_AT(struct job_step, detail),
};

static const struct db_statement steps = { "job_steps",
	"SELECT step, state, at, detail FROM job_step WHERE job_id = ?"
	" ORDER BY at, step",
	DB_ROW(struct job_step, step_columns) };

static const struct db_statement add = { "job_add",
	"INSERT INTO job (serial, server_id, action, version_id, bytes_total,"
	" backup, left_over, from_version_id, backup_id, move_id, created_at)"
	" VALUES (?, ?, ?, ?, ?, ?, '', NULLIF(?, 0), NULLIF(?, 0),"
	" NULLIF(?, 0), ?)",
	NULL, 0, 0 };

static const struct db_statement cancel = { "job_cancel",
	"UPDATE job SET state = 'cancelled', ended_at = ?"
	" WHERE job_id = ? AND state = ?",
	NULL, 0, 0 };

static const struct db_statement set_cancel = { "job_set_cancel",
	"UPDATE job SET cancel_at = COALESCE(cancel_at, ?)"
	" WHERE job_id = ? AND state = 'running'",
	NULL, 0, 0 };

static const struct db_statement set_sent = { "job_set_sent",
	"UPDATE job SET state = 'running', sent_at = COALESCE(sent_at, ?)"
	" WHERE job_id = ? AND server_id = ?"
	" AND state IN ('waiting', 'running')",
	NULL, 0, 0 };

static const struct db_statement set_progress = { "job_set_progress",
	"UPDATE job SET step = ?, bytes_done = ?, bytes_total = ?,"
	" reason = LEFT(?, 200) WHERE job_id = ? AND state IN ('waiting', "
	"'running')",
	NULL, 0, 0 };

static const struct db_statement end = { "job_end",
	"UPDATE job SET state = ?, step = ?, reason = LEFT(?, 200),"
	" left_over = LEFT(?, 16000), ended_at = ?"
	" WHERE job_id = ? AND state IN ('waiting', 'running')",
	NULL, 0, 0 };

static const struct db_statement step_set = { "job_step_set",
	"INSERT INTO job_step (job_id, step, state, at, detail)"
	" VALUES (?, ?, ?, ?, LEFT(?, 500)) ON DUPLICATE KEY UPDATE"
	" at = IF(state = VALUES(state), at, VALUES(at)),"
	" state = VALUES(state), detail = VALUES(detail)",
	NULL, 0, 0 };

static const struct db_statement *const statements[] = { &latest, &latest_any,
	&any, &latest_now, &list_open, &of_move, &queue, &lock, &steps, &add,
	&cancel, &set_cancel, &set_sent, &set_progress, &end, &step_set };
DB_REGISTER("job", statements)

enum db_status
job_latest(struct work *work, const char *serial, const struct job **job_r)
{
	return db_row(work, &latest,
	    DB_ARGS(db_text(serial), db_int(work->account)), job_r);
}

enum db_status
job_latest_any(struct work *work, const char *serial, const struct job **job_r)
{
	return db_row(work, &latest_any, DB_ARGS(db_text(serial)), job_r);
}

enum db_status
job_any(struct work *work, int64_t job_id, const struct job **job_r)
{
	return db_row(work, &any, DB_ARGS(db_int(job_id)), job_r);
}

enum db_status
job_latest_now(struct work *work, const char *serial, const struct job **job_r)
{
	return db_row(work, &latest_now, DB_ARGS(db_text(serial)), job_r);
}

enum db_status
job_list_open(struct work *work, int64_t server_id, const struct job **list_r,
    size_t *count_r)
{
	return db_rows(
	    work, &list_open, DB_ARGS(db_int(server_id)), list_r, count_r);
}

enum db_status
job_list_of_move(struct work *work, int64_t move_id, const struct job **list_r,
    size_t *count_r)
{
	return db_rows(
	    work, &of_move, DB_ARGS(db_int(move_id)), list_r, count_r);
}

enum db_status
job_queue(struct work *work, const struct job *job, int64_t since,
    const struct job_queue **queue_r)
{
	return db_row(work, &queue,
	    DB_ARGS(db_int(job->job_id), db_time(since), db_time(work->now),
		db_int(job->server_id)),
	    queue_r);
}

enum db_status
job_lock(struct work *work, int64_t server_id, int64_t job_id,
    const struct job **job_r)
{
	return db_row(
	    work, &lock, DB_ARGS(db_int(job_id), db_int(server_id)), job_r);
}

enum db_status
job_steps(struct work *work, int64_t job_id, const struct job_step **list_r,
    size_t *count_r)
{
	return db_rows(work, &steps, DB_ARGS(db_int(job_id)), list_r, count_r);
}

enum db_status
job_add(struct work *work, const struct job_new *job)
{
	return db_change(work, &add,
	    DB_ARGS(db_text(job->serial), db_int(job->server_id),
		db_text(job->action), db_int(job->version_id),
		db_int(job->bytes_total), db_int(job->backup),
		db_int(job->from_version_id), db_int(job->backup_id),
		db_int(job->move_id), db_time(work->now)));
}

enum db_status
job_cancel(struct work *work, int64_t job_id, const char *state_before)
{
	return db_change(work, &cancel,
	    DB_ARGS(db_time(work->now), db_int(job_id), db_text(state_before)));
}

enum db_status
job_set_cancel(struct work *work, int64_t job_id)
{
	return db_change(
	    work, &set_cancel, DB_ARGS(db_time(work->now), db_int(job_id)));
}

enum db_status
job_set_sent(struct work *work, int64_t server_id, int64_t job_id)
{
	return db_change(work, &set_sent,
	    DB_ARGS(db_time(work->now), db_int(job_id), db_int(server_id)));
}

enum db_status
job_set_progress(struct work *work, const struct job *job)
{
	return db_change(work, &set_progress,
	    DB_ARGS(db_text(job->step), db_int(job->bytes_done),
		db_int(job->bytes_total), db_text(job->reason),
		db_int(job->job_id)));
}

enum db_status
job_end(struct work *work, const struct job *job)
{
	return db_change(work, &end,
	    DB_ARGS(db_text(job->state), db_text(job->step),
		db_text(job->reason), db_text(job->left_over),
		db_time(work->now), db_int(job->job_id)));
}

enum db_status
job_step_set(struct work *work, int64_t job_id, const struct job_step *step)
{
	return db_change(work, &step_set,
	    DB_ARGS(db_int(job_id), db_text(step->step), db_text(step->state),
		db_time(work->now), db_text(step->detail)));
}
