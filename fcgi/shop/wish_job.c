/* wish_job: the job page's buttons. */

#include "shop/wish.h"

#include <string.h>

#include "data/audit.h"
#include "data/backup.h"
#include "data/job.h"
#include "data/license.h"
#include "data/move.h"
#include "data/work.h"
#include "shop/action.h"
#include "shop/install.h"

static bool
is_action(const struct job *job, const char *action)
{
	return strcmp(job->action, action) == 0;
}

static bool
is_state(const struct job *job, const char *state)
{
	return strcmp(job->state, state) == 0;
}

/* Agents know jobs by number: a new try is a new job. */
static enum wish_result
add_again(struct work *work, const struct job *job)
{
	const struct job_new again = {
		.serial = job->serial,
		.server_id = job->server_id,
		.action = job->action,
		.version_id = job->version_id,
		.bytes_total = job->bytes_total,
		.backup = job->backup,
		.move_id = job->move_id,
	};

	return wish_end(job_add(work, &again));
}

/* An install's place may have been taken since. */
static enum wish_result
install_again(struct work *work, const struct wish *wish)
{
	const struct license *license = wish->license;
	bool is_free;
	const enum db_status status = install_directory_is_free(work,
	    license->area_id, license->directory, license->serial, &is_free);

	if (status != DB_OK)
		return wish_end(status);
	return is_free ? add_again(work, wish->last) : WISH_DIRECTORY_IN_USE;
}

static enum wish_result
restore_again(struct work *work, const struct job *job)
{
	const char *name;
	const enum db_status status = backup_name(work, job->backup_id, &name);

	return status == DB_OK ? wish_restore(work, job->serial, name)
			       : wish_end(status);
}

static enum wish_result
move_again(struct work *work, const struct job *job, struct wish_done *done)
{
	const struct move *move;
	const enum db_status status = move_by_id(work, job->move_id, &move);

	if (status != DB_OK)
		return wish_end(status);
	const struct wish_place place = { move->to_area_id,
		move->to_directory };
	return wish_move(work, job->serial, &place, done);
}

static enum wish_result
order_again(struct work *work, const struct wish *wish, struct wish_done *done)
{
	const struct job *job = wish->last;

	if (is_action(job, "install"))
		return install_again(work, wish);
	if (is_action(job, "upgrade"))
		return wish_upgrade(work, job->serial, NULL, done);
	if (is_action(job, "rollback"))
		return wish_roll_back(work, job->serial);
	if (is_action(job, "backup"))
		return wish_back_up(work, job->serial);
	if (is_action(job, "restore"))
		return restore_again(work, job);
	if (is_action(job, "export") || is_state(job, "done"))
		return move_again(work, job, done);
	return add_again(work, job);
}

/* A move that came to nothing ends with a return done well. A cancelled
 * install has ended its license. */
bool
wish_may_again(const struct license *license, const struct job *last)
{
	if (license->status[0] == 'U')
		return false;
	return is_state(last, "failed") || is_state(last, "cancelled") ||
	       (is_state(last, "done") && is_action(last, "return"));
}

enum wish_result
wish_again(struct work *work, const char *serial, struct wish_done *done_r)
{
	struct wish wish;
	enum wish_result result = wish_open(work, serial, &wish);
	enum db_status status;

	*done_r = (struct wish_done){ 0 };
	if (result != WISH_DONE)
		return result;
	if (!wish_may_again(wish.license, wish.last))
		return WISH_NOT_NOW;
	result = order_again(work, &wish, done_r);
	if (result != WISH_DONE)
		return result;
	status = audit_add(work, "job.retry", serial, wish.last->action);
	return wish_end(status);
}

/* Once only; an install that never came about is given up. */
bool
wish_may_call_off(const struct license *license, const struct job *last)
{
	if (is_state(last, "failed"))
		return is_action(last, "install") && license->status[0] == '0';
	return last->cancel_at == 0 && action_may_stop(last);
}

static enum db_status
call_off(struct work *work, const struct wish *wish)
{
	enum db_status status;

	if (is_state(wish->last, "running"))
		status = job_set_cancel(work, wish->last->job_id);
	else
		status = action_cancel(work, wish->license, wish->last);
	if (status == DB_OK)
		status = audit_add(work, "job.cancel", wish->license->serial,
		    wish->last->action);
	return status;
}

enum wish_result
wish_call_off(struct work *work, const char *serial)
{
	struct wish wish;
	const enum wish_result result = wish_open(work, serial, &wish);
	enum db_status status;

	if (result != WISH_DONE)
		return result;
	if (!wish_may_call_off(wish.license, wish.last))
		return WISH_NOT_NOW;
	status = call_off(work, &wish);
	return status == DB_NONE ? WISH_NOT_NOW : wish_end(status);
}
