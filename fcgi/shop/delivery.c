/* delivery: hands jobs out, takes reports in. */

#include "shop/delivery.h"

#include <string.h>

#include "base/clock.h"
#include "data/license.h"
#include "data/license_set.h"
#include "data/mail.h"
#include "data/trial.h"
#include "data/verdict_change.h"
#include "data/work.h"
#include "shop/install.h"

static enum delivery_result
broken(enum db_status status)
{
	return status == DB_RETRY ? DELIVERY_RETRY : DELIVERY_BROKEN;
}

enum delivery_result
delivery_next(
    struct work *work, int64_t server_id, const struct job_order **order_r)
{
	const struct job *job;
	enum db_status status = job_next(work, server_id, &job);

	if (status == DB_OK)
		status = job_set_sent(work, server_id, job->job_id);
	/* None waits, or the customer was quicker and cancelled it. */
	if (status == DB_NONE)
		return DELIVERY_NOTHING;
	if (status == DB_OK)
		status = job_order(work, job->job_id, order_r);
	return status == DB_OK ? DELIVERY_DONE : broken(status);
}

static enum db_status
tell(struct work *work, const struct license *license, const char *kind)
{
	const struct mail_new mail = {
		.kind = kind,
		.object = license->serial,
		.account_id = license->account_id,
		.serial = license->serial,
	};
	const struct verdict_change change = {
		.permission_code = license->permission_code,
		.reason = kind,
	};
	enum db_status status =
	    verdict_change_add(work, license->serial, &change);

	return status == DB_OK ? mail_add(work, &mail) : status;
}

static enum db_status
start_trial(struct work *work, const struct license *license)
{
	struct install_trial trial;
	enum db_status status = install_trial_of(work, license->account_id,
	    license->software_id, license->version_id, &trial);
	const struct trial fresh = { .trial_start = work->today,
		.trial_end = trial.end,
		.version_id = license->version_id };

	if (status == DB_OK && !trial.left && trial.end != CLOCK_NO_DAY)
		status = trial_set(
		    work, license->account_id, license->software_id, &fresh);
	if (status == DB_OK)
		status = license_set_installed(
		    work, license->serial, work->today, trial.end);
	return status;
}

static enum db_status
installed(struct work *work, const struct license *license)
{
	enum db_status status = start_trial(work, license);

	return status == DB_OK ? tell(work, license, "installed") : status;
}

static enum db_status
upgraded(
    struct work *work, const struct license *license, const struct job *job)
{
	const struct verdict_change change = {
		.permission_code = license->permission_code,
		.reason = "upgraded",
	};
	enum db_status status =
	    license_set_version(work, license->serial, job->version_id);

	return status == DB_OK
		   ? verdict_change_add(work, license->serial, &change)
		   : status;
}

static enum db_status
uninstalled(struct work *work, const struct license *license)
{
	enum db_status status = license_set_uninstalled(work, license->serial);

	return status == DB_OK ? tell(work, license, "uninstalled") : status;
}

/* What the job's good end means for its license. */
static enum db_status
take_effect(struct work *work, const struct job *job)
{
	const struct license *license;
	enum db_status status = license_lock(work, job->serial, &license);

	if (status != DB_OK)
		return status;
	if (strcmp(job->action, "install") == 0)
		return installed(work, license);
	if (strcmp(job->action, "upgrade") == 0)
		return upgraded(work, license, job);
	if (strcmp(job->action, "uninstall") == 0)
		return uninstalled(work, license);
	return DB_OK;
}

static enum db_status
end(struct work *work, const struct job *job, const char *state,
    const struct delivery_report *report)
{
	struct job ended = *job;

	ended.state = state;
	ended.step = report->step;
	ended.reason = strcmp(state, "failed") == 0 ? report->detail : "";
	ended.left_over = report->left_over == NULL ? "" : report->left_over;
	enum db_status status = job_end(work, &ended);
	if (status == DB_OK && strcmp(state, "done") == 0)
		status = take_effect(work, &ended);
	return status;
}

static enum db_status
progress(struct work *work, const struct job *job,
    const struct delivery_report *report)
{
	struct job going = *job;

	going.step = report->step;
	if (report->bytes_total > 0) {
		going.bytes_done = report->bytes_done;
		going.bytes_total = report->bytes_total;
	}
	return job_set_progress(work, &going);
}

static enum db_status
store(struct work *work, const struct job *job,
    const struct delivery_report *report)
{
	const struct job_step step = { .step = report->step,
		.state = report->state,
		.detail = report->detail };
	enum db_status status = job_step_set(work, job->job_id, &step);

	if (status == DB_OK)
		status = progress(work, job, report);
	if (status != DB_OK)
		return status;
	if (strcmp(report->state, "failed") == 0)
		return end(work, job, "failed", report);
	if (strcmp(report->state, "done") == 0 &&
	    strcmp(report->step, "REPORTED") == 0)
		return end(work, job, "done", report);
	return DB_OK;
}

static bool
is_state(const char *state)
{
	return strcmp(state, "running") == 0 || strcmp(state, "done") == 0 ||
	       strcmp(state, "failed") == 0;
}

static bool
has_ended(const struct job *job)
{
	return strcmp(job->state, "waiting") != 0 &&
	       strcmp(job->state, "running") != 0;
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
	if (status == DB_OK && has_ended(job))
		return DELIVERY_OVER;
	if (status == DB_OK)
		status = store(work, job, &whole);
	return status == DB_OK ? DELIVERY_DONE : broken(status);
}
