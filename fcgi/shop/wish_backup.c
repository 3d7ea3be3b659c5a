/* wish_backup: back up, and restore. */

#include "shop/wish.h"

#include "data/audit.h"
#include "data/backup.h"
#include "data/job.h"
#include "data/license.h"
#include "data/work.h"

enum wish_result
wish_back_up(struct work *work, const char *serial)
{
	struct wish wish;
	const enum wish_result result = wish_open_free(work, serial, &wish);

	if (result != WISH_DONE)
		return result;
	const struct job_new job = {
		.serial = serial,
		.server_id = wish.license->server_id,
		.action = "backup",
		.version_id = wish.license->version_id,
	};
	enum db_status status = job_add(work, &job);
	if (status == DB_OK)
		status = audit_add(work, "backup.request", serial, "");
	return wish_end(status);
}

/* The version comes back with it, whatever is installed now. */
static enum db_status
order(struct work *work, const struct license *license,
    const struct backup *backup)
{
	const struct job_new job = {
		.serial = license->serial,
		.server_id = license->server_id,
		.action = "restore",
		.version_id = backup->version_id,
		.from_version_id = license->version_id,
		.backup_id = backup->backup_id,
	};
	enum db_status status = job_add(work, &job);

	return status == DB_OK ? audit_add(work, "restore.request",
				     license->serial, backup->name)
			       : status;
}

enum wish_result
wish_restore(struct work *work, const char *serial, const char *name)
{
	const struct backup *backup;
	struct wish wish;
	const enum wish_result result = wish_open_free(work, serial, &wish);
	enum db_status status;

	if (result != WISH_DONE)
		return result;
	status = backup_by_name(work, serial, name, &backup);
	if (status == DB_NONE)
		return WISH_NOTHING;
	if (status == DB_OK)
		status = order(work, wish.license, backup);
	return wish_end(status);
}
