/* uninstall: from the customer's wish to a job for the agent. */

#include "shop/uninstall.h"

#include "data/audit.h"
#include "data/job.h"
#include "data/license.h"
#include "data/work.h"
#include "shop/action.h"

static enum uninstall_result
broken(enum db_status status)
{
	if (status == DB_NONE)
		return UNINSTALL_MISSING;
	return status == DB_RETRY ? UNINSTALL_RETRY : UNINSTALL_BROKEN;
}

static enum db_status
order(struct work *work, const struct license *license, bool backup,
    int64_t *job_id_r)
{
	const struct job_new job = {
		.serial = license->serial,
		.server_id = license->server_id,
		.action = "uninstall",
		.version_id = license->version_id,
		.backup = backup,
	};
	enum db_status status = job_add(work, &job);

	*job_id_r = db_insert_id(work);
	return status;
}

enum uninstall_result
uninstall_request(
    struct work *work, const char *serial, bool backup, int64_t *job_id_r)
{
	const struct license *license;
	const struct job *job;
	enum db_status status = license_lock_own(work, serial, &license);

	*job_id_r = 0;
	if (status == DB_OK)
		status = job_latest_now(work, serial, &job);
	if (status != DB_OK)
		return broken(status);
	if (license->status[0] == 'U')
		return UNINSTALL_MISSING;
	if (action_is_open(job))
		return UNINSTALL_RUNNING;
	status = license->status[0] == '0'
		     ? action_cancel(work, license, job)
		     : order(work, license, backup, job_id_r);
	if (status == DB_OK)
		status = audit_add(work, "uninstall.request", serial,
		    backup ? "backup=yes" : "backup=no");
	return status == DB_OK ? UNINSTALL_REQUESTED : broken(status);
}
