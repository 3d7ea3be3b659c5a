/* backup: files in the customers' areas to restore a program from. */

#include "data/backup.h"

#include "data/work.h"

static const struct db_column columns[] = {
	DB_INT_AT(struct backup, backup_id),
	DB_TEXT_AT(struct backup, serial),
	DB_INT_AT(struct backup, area_id),
	DB_INT_AT(struct backup, version_id),
	DB_TEXT_AT(struct backup, name),
	DB_INT_AT(struct backup, bytes),
	DB_TIME_AT(struct backup, made_at),
	DB_TEXT_AT(struct backup, version),
};

/* For the license l of the acting customer. */
#define SELECT_BACKUP                                                          \
	"SELECT b.backup_id, b.serial, b.area_id, b.version_id, b.name,"       \
	" b.bytes, b.made_at, v.version FROM license l"                        \
	" JOIN backup b ON b.area_id = l.area_id AND b.missing_at IS NULL"     \
	" JOIN license o ON o.serial = b.serial"                               \
	"  AND o.account_id = l.account_id AND o.software_id = l.software_id"  \
	" JOIN version v ON v.version_id = b.version_id"                       \
	" WHERE l.serial = ? AND l.account_id = ?"

static const struct db_statement list = { "backup_list",
	SELECT_BACKUP " ORDER BY b.made_at DESC, b.backup_id DESC LIMIT 100",
	DB_ROW(struct backup, columns) };

static const struct db_statement by_name = { "backup_by_name",
	SELECT_BACKUP " AND b.name = ?", DB_ROW(struct backup, columns) };

struct name {
	const char *name;
};

static const struct db_column name_columns[] = {
	DB_TEXT_AT(struct name, name),
};

static const struct db_statement name_of = { "backup_name",
	"SELECT name FROM backup WHERE backup_id = ?",
	DB_ROW(struct name, name_columns) };

static const struct db_statement add = { "backup_add",
	"INSERT INTO backup (serial, area_id, version_id, name, bytes,"
	" made_at) VALUES (?, ?, ?, ?, ?, ?)"
	" ON DUPLICATE KEY UPDATE missing_at = NULL",
	NULL, 0, 0 };

static const struct db_statement set_missing = { "backup_set_missing",
	"UPDATE backup SET missing_at = ? WHERE backup_id = ?", NULL, 0, 0 };

static const struct db_statement *const statements[] = { &list, &by_name,
	&name_of, &add, &set_missing };
DB_REGISTER("backup", statements)

enum db_status
backup_add(struct work *work, const struct backup *backup)
{
	return db_change(work, &add,
	    DB_ARGS(db_text(backup->serial), db_int(backup->area_id),
		db_int(backup->version_id), db_text(backup->name),
		db_int(backup->bytes), db_time(work->now)));
}

enum db_status
backup_list(struct work *work, const char *serial, const struct backup **list_r,
    size_t *count_r)
{
	return db_rows(work, &list,
	    DB_ARGS(db_text(serial), db_int(work->account)), list_r, count_r);
}

enum db_status
backup_by_name(struct work *work, const char *serial, const char *name,
    const struct backup **backup_r)
{
	return db_row(work, &by_name,
	    DB_ARGS(db_text(serial), db_int(work->account), db_text(name)),
	    backup_r);
}

enum db_status
backup_name(struct work *work, int64_t backup_id, const char **name_r)
{
	const struct name *row;
	const enum db_status status =
	    db_row(work, &name_of, DB_ARGS(db_int(backup_id)), &row);

	*name_r = status == DB_OK ? row->name : NULL;
	return status;
}

enum db_status
backup_set_missing(struct work *work, int64_t backup_id)
{
	return db_change(
	    work, &set_missing, DB_ARGS(db_time(work->now), db_int(backup_id)));
}
