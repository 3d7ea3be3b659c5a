/* install_job: the job page's buttons. */

#include "shop/install.h"

#include <string.h>

#include "data/audit.h"
#include "data/job.h"
#include "data/license.h"
#include "data/license_set.h"
#include "data/verdict_change.h"
#include "data/work.h"

static enum job_result
broken(enum db_status status)
{
	if (status == DB_NONE)
		return JOB_MISSING;
	return status == DB_RETRY ? JOB_RETRY : JOB_BROKEN;
}

/* The license first, so that two buttons pressed at once see each other. */
static enum db_status
find(struct work *work, const char *serial, const struct license **license_r,
    const struct job **job_r)
{
	enum db_status status = license_lock_own(work, serial, license_r);

	return status == DB_OK ? job_latest_now(work, serial, job_r) : status;
}

static bool
is_install(const struct job *job)
{
	return strcmp(job->action, "install") == 0;
}

/* An install's place may have been taken since. */
static enum job_result
check_retry(
    struct work *work, const struct license *license, const struct job *job)
{
	bool is_free = true;
	enum db_status status = DB_OK;

	if (strcmp(job->state, "failed") != 0 || license->status[0] == 'U')
		return JOB_NOT_NOW;
	if (is_install(job))
		status = install_directory_is_free(work, license->area_id,
		    license->directory, license->serial, &is_free);
	if (status != DB_OK)
		return broken(status);
	return is_free ? JOB_DONE : JOB_DIRECTORY_IN_USE;
}

enum job_result
install_job_retry(struct work *work, const char *serial)
{
	const struct license *license;
	const struct job *job;
	enum db_status status = find(work, serial, &license, &job);

	if (status != DB_OK)
		return broken(status);
	enum job_result result = check_retry(work, license, job);
	if (result != JOB_DONE)
		return result;
	/* Agents know jobs by number: a new try is a new job. */
	const struct job_new again = {
		.serial = serial,
		.server_id = job->server_id,
		.action = job->action,
		.version_id = job->version_id,
		.bytes_total = job->bytes_total,
		.backup = job->backup,
	};
	status = job_add(work, &again);
	if (status == DB_OK)
		status = audit_add(work, "job.retry", serial, job->action);
	return status == DB_OK ? JOB_DONE : broken(status);
}

enum db_status
install_give_up(
    struct work *work, const struct license *license, const struct job *job)
{
	const struct verdict_change change = {
		.permission_code = license->permission_code,
		.reason = "cancelled",
	};
	enum db_status status = job_cancel(work, job->job_id, job->state);

	if (status == DB_OK)
		status = license_set_uninstalled(work, license->serial);
	if (status == DB_OK)
		status = verdict_change_add(work, license->serial, &change);
	return status;
}

enum job_result
install_job_cancel(struct work *work, const char *serial)
{
	const struct license *license;
	const struct job *job;
	enum db_status status = find(work, serial, &license, &job);

	if (status != DB_OK)
		return broken(status);
	bool waits = strcmp(job->state, "waiting") == 0;
	bool came_to_nothing = is_install(job) &&
			       strcmp(job->state, "failed") == 0 &&
			       license->status[0] == '0';
	if (!waits && !came_to_nothing)
		return JOB_NOT_NOW;
	status = is_install(job) ? install_give_up(work, license, job)
				 : job_cancel(work, job->job_id, job->state);
	if (status == DB_OK)
		status = audit_add(work, "job.cancel", serial, job->action);
	if (status == DB_NONE)
		return JOB_NOT_NOW;
	return status == DB_OK ? JOB_DONE : broken(status);
}
