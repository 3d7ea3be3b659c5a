/* job_order: the order as an agent needs it, from all tables it touches. */

#include "data/job.h"

#include "data/work.h"

static const struct db_column columns[] = {
	DB_INT_AT(struct job_order, job_id),
	DB_TEXT_AT(struct job_order, action),
	DB_TEXT_AT(struct job_order, serial),
	DB_TEXT_AT(struct job_order, product),
	DB_TEXT_AT(struct job_order, instance),
	DB_TEXT_AT(struct job_order, directory),
	DB_TEXT_AT(struct job_order, settings),
	DB_INT_AT(struct job_order, backup),
	DB_INT_AT(struct job_order, users),
	DB_TEXT_AT(struct job_order, version),
	DB_BYTES_AT(struct job_order, manifest_sha256),
	DB_INT_AT(struct job_order, archive_size),
	DB_INT_AT(struct job_order, unpacked_size),
	DB_TEXT_AT(struct job_order, area),
	DB_TEXT_AT(struct job_order, owner),
	DB_INT_AT(struct job_order, quota_mb),
	DB_TEXT_AT(struct job_order, area_url),
	DB_TEXT_AT(struct job_order, depot),
	DB_TEXT_AT(struct job_order, depot_url),
	DB_BYTES_AT(struct job_order, depot_key),
	DB_TIME_AT(struct job_order, depot_revoked_at),
	DB_TEXT_AT(struct job_order, server),
	DB_TEXT_AT(struct job_order, language),
	DB_TEXT_AT(struct job_order, from),
	DB_TEXT_AT(struct job_order, restore),
	DB_INT_AT(struct job_order, move_id),
	DB_BYTES_AT(struct job_order, parcel_sha256),
	DB_INT_AT(struct job_order, parcel_size),
};

static const struct db_statement order = { "job_order",
	"SELECT j.job_id, j.action, l.serial, l.product, l.instance,"
	" COALESCE(IF(j.action = 'import', m.to_directory, m.from_directory),"
	"  l.directory) AS directory, l.settings, j.backup, l.users, v.version,"
	" v.manifest_sha256, v.archive_size, v.unpacked_size,"
	" a.name AS area, a.owner, a.quota_mb, a.url AS area_url,"
	" d.name AS depot, d.url AS depot_url, d.public_key AS depot_key,"
	" d.revoked_at AS depot_revoked_at,"
	" r.name AS server, c.language, f.version AS `from`,"
	" b.name AS restore, j.move_id, m.parcel_sha256, m.parcel_size"
	" FROM job j"
	" JOIN license l ON l.serial = j.serial"
	" JOIN version v ON v.version_id = j.version_id"
	" JOIN software s ON s.software_id = l.software_id"
	" JOIN depot d ON d.depot_id = s.depot_id"
	" LEFT JOIN move m ON m.move_id = j.move_id"
	" LEFT JOIN version f ON f.version_id = j.from_version_id"
	" LEFT JOIN backup b ON b.backup_id = j.backup_id"
	" JOIN area a ON a.area_id = COALESCE(IF(j.action = 'import',"
	"  m.to_area_id, m.from_area_id), l.area_id)"
	" JOIN server r ON r.server_id = j.server_id"
	" JOIN account c ON c.account_id = l.account_id"
	" WHERE j.job_id = ?",
	DB_ROW(struct job_order, columns) };

static const struct db_statement *const statements[] = { &order };
DB_REGISTER("job_order", statements)

enum db_status
job_order(struct work *work, int64_t job_id, const struct job_order **order_r)
{
	return db_row(work, &order, DB_ARGS(db_int(job_id)), order_r);
}
