/* delivery: hands jobs out, takes reports in. */

#include "shop/delivery.h"

#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/setting.h"
#include "data/license.h"
#include "data/work.h"
#include "shop/action.h"

enum { MINUTE = 60, HOUR = 3600 };

static enum delivery_result
broken(enum db_status status)
{
	return status == DB_RETRY ? DELIVERY_RETRY : DELIVERY_BROKEN;
}

int64_t
delivery_cap_since(struct work *work)
{
	return work->now - HOUR;
}

static bool
is_held(const struct delivery_held *held, int64_t job_id)
{
	for (size_t i = 0; held != NULL && i < held->count; i++)
		if (held->jobs[i] == job_id)
			return true;
	return false;
}

/* The customer called it off and no agent is at it: it was reported neither
 * as running nor as set aside. */
static enum db_status
call_off(struct work *work, const struct job *job)
{
	const struct license *license;
	enum db_status status = license_lock(work, job->serial, &license);

	if (status == DB_OK)
		status = action_cancel(work, license, job);
	/* It has ended in between. */
	return status == DB_NONE ? DB_OK : status;
}

/* For the staff, once a minute: the agent asks every other second. */
static void
warn(struct work *work, const struct job *job)
{
	static int64_t warned_at;

	if (work->now >= warned_at && work->now - warned_at < MINUTE)
		return;
	warned_at = work->now;
	log_event(LOG_WARN, "delivery.too-many", "server=%s waiting=%s",
	    job->server, job->serial);
}

/* One that began is handed out again whatever the hour's number is. */
static enum db_status
look_at_cap(struct work *work, const struct job *job, bool *full_r)
{
	const struct job_queue *queue;
	enum db_status status;

	*full_r = false;
	if (job->sent_at != 0 || action_find(job->action)->from > 0)
		return DB_OK;
	status = job_queue(work, job, delivery_cap_since(work), &queue);
	if (status == DB_OK)
		*full_r =
		    queue->handed >= setting_number("agent.jobs_per_hour");
	if (*full_r)
		warn(work, job);
	return status;
}

static enum db_status
finish(struct work *work, struct job *job, const struct delivery_report *report)
{
	const struct action *action = action_find(job->action);
	const struct license *license;
	const bool done = strcmp(report->state, "done") == 0;
	enum db_status status;

	job->state = done                  ? "done"
		     : job->cancel_at != 0 ? "cancelled"
					   : "failed";
	job->reason = done ? "" : report->detail;
	job->left_over = report->left_over == NULL ? "" : report->left_over;
	status = job_end(work, job);
	if (status == DB_OK)
		status = license_lock(work, job->serial, &license);
	if (status != DB_OK)
		return status;
	const struct action_end end = { license, job, report->detail };
	return done ? action->done(work, &end) : action->undone(work, &end);
}

static enum db_status
store_step(struct work *work, const struct delivery_report *report)
{
	const bool held = strcmp(report->state, "held") == 0;
	const struct job_step step = { .step = report->step,
		.state = held ? "running" : report->state,
		.detail = report->detail };

	return job_step_set(work, report->job_id, &step);
}

/* The package would come from a maker who is not to be believed any more. */
static bool
is_revoked(const struct job *job, const struct job_order *order)
{
	return order->depot_revoked_at != 0 && job->move_id == 0 &&
	       action_step(action_find(job->action), "FETCHED") >= 0;
}

static enum db_status
refuse_depot(
    struct work *work, const struct job *job, const struct job_order *order)
{
	struct job ended = *job;
	const struct delivery_report report = {
		.job_id = job->job_id,
		.step = "PLANNED",
		.state = "failed",
		.detail =
		    arena_print(work->arena, "depot.revoked %s", order->depot),
	};
	enum db_status status = store_step(work, &report);

	ended.step = report.step;
	if (status == DB_OK)
		status = finish(work, &ended, &report);
	return status == DB_OK ? DB_NONE : status;
}

static enum db_status
hand_out(struct work *work, int64_t server_id, const struct job *job,
    const struct job_order **order_r)
{
	bool full;
	enum db_status status = look_at_cap(work, job, &full);

	if (full)
		return DB_NONE;
	if (status == DB_OK)
		status = job_order(work, job->job_id, order_r);
	if (status == DB_OK && is_revoked(job, *order_r))
		return refuse_depot(work, job, *order_r);
	return status == DB_OK ? job_set_sent(work, server_id, job->job_id)
			       : status;
}

enum delivery_result
delivery_next(struct work *work, int64_t server_id,
    const struct delivery_held *held, const struct job_order **order_r)
{
	const struct job *jobs;
	size_t count, i = 0;
	enum db_status status = job_list_open(work, server_id, &jobs, &count);

	for (; status == DB_OK && i < count; i++) {
		if (is_held(held, jobs[i].job_id))
			continue;
		if (jobs[i].cancel_at == 0)
			break;
		status = call_off(work, &jobs[i]);
	}
	if (status != DB_OK)
		return broken(status);
	if (i == count)
		return DELIVERY_NOTHING;
	status = hand_out(work, server_id, &jobs[i], order_r);
	/* Too many, its depot is revoked, or the customer was quicker and
	 * cancelled it. */
	if (status == DB_NONE)
		return DELIVERY_NOTHING;
	return status == DB_OK ? DELIVERY_DONE : broken(status);
}

static enum db_status
store(struct work *work, const struct job *job,
    const struct delivery_report *report)
{
	struct job going = *job;
	enum db_status status = store_step(work, report);

	going.step = report->step;
	going.reason = strcmp(report->state, "held") == 0 ? report->detail : "";
	if (report->bytes_total > 0) {
		going.bytes_done = report->bytes_done;
		going.bytes_total = report->bytes_total;
	}
	if (status == DB_OK)
		status = job_set_progress(work, &going);
	if (status != DB_OK)
		return status;
	if (strcmp(report->state, "failed") == 0 ||
	    (strcmp(report->state, "done") == 0 &&
		strcmp(report->step, "REPORTED") == 0))
		return finish(work, &going, report);
	return DB_OK;
}

static bool
is_state(const char *state)
{
	return strcmp(state, "running") == 0 || strcmp(state, "done") == 0 ||
	       strcmp(state, "failed") == 0 || strcmp(state, "held") == 0;
}

/* Called off, and it is not too late: the agent is to undo it and to report
 * that. */
static bool
must_stop(const struct job *job, const struct delivery_report *report)
{
	struct job now = *job;

	now.step = report->step;
	return job->cancel_at != 0 && strcmp(report->state, "failed") != 0 &&
	       action_may_stop(&now);
}

enum delivery_result
delivery_report(
    struct work *work, int64_t server_id, const struct delivery_report *report)
{
	struct delivery_report whole = *report;
	const struct job *job;

	if (!delivery_is_step(report->step) || !is_state(report->state))
		return DELIVERY_REFUSED;
	if (whole.detail == NULL)
		whole.detail = "";
	enum db_status status = job_lock(work, server_id, report->job_id, &job);
	if (status == DB_NONE)
		return DELIVERY_NOTHING;
	if (status == DB_OK && !action_is_open(job))
		return DELIVERY_OVER;
	if (status == DB_OK)
		status = store(work, job, &whole);
	if (status != DB_OK)
		return broken(status);
	return must_stop(job, &whole) ? DELIVERY_OVER : DELIVERY_DONE;
}
