/* version: the published versions of a software. */

#include "data/version.h"

#include <string.h>

#include "base/arena.h"
#include "data/work.h"

static const struct db_column columns[] = {
	DB_INT_AT(struct version, version_id),
	DB_INT_AT(struct version, software_id),
	DB_TEXT_AT(struct version, version),
	DB_INT_AT(struct version, position),
	DB_DAY_AT(struct version, released_on),
	DB_BYTES_AT(struct version, manifest_sha256),
	DB_INT_AT(struct version, archive_size),
	DB_INT_AT(struct version, unpacked_size),
	DB_INT_AT(struct version, file_count),
	DB_TEXT_AT(struct version, os),
	DB_TEXT_AT(struct version, php_min),
	DB_TEXT_AT(struct version, mariadb_min),
	DB_TEXT_AT(struct version, entry),
	DB_TEXT_AT(struct version, icon),
	DB_TEXT_AT(struct version, features),
	DB_TEXT_AT(struct version, upgrade_from),
	DB_INT_AT(struct version, may_retry_trial),
	DB_TIME_AT(struct version, withdrawn_at),
};

#define VERSION                                                                \
	"SELECT v.version_id, v.software_id, v.version, v.position,"           \
	" v.released_on, v.manifest_sha256, v.archive_size,"                   \
	" v.unpacked_size, v.file_count, v.os, v.php_min, v.mariadb_min,"      \
	" v.entry, v.icon, v.features, v.upgrade_from, v.may_retry_trial,"     \
	" v.withdrawn_at"                                                      \
	" FROM version v"

static const struct db_statement by_id = { "version_by_id",
	VERSION " WHERE v.version_id = ?", DB_ROW(struct version, columns) };

static const struct db_statement by_name = { "version_by_name",
	VERSION " JOIN software s ON s.software_id = v.software_id"
		" WHERE s.code = ? AND v.version = ?",
	DB_ROW(struct version, columns) };

static const struct db_statement latest = { "version_latest",
	VERSION " JOIN software s ON s.latest_version_id = v.version_id"
		" WHERE s.software_id = ?",
	DB_ROW(struct version, columns) };

static const struct db_statement list = { "version_list",
	VERSION " WHERE v.software_id = ? ORDER BY v.position DESC",
	DB_ROW(struct version, columns) };

struct manifest {
	const char *manifest;
};

static const struct db_column manifest_columns[] = {
	DB_TEXT_AT(struct manifest, manifest),
};

static const struct db_statement manifest = { "version_manifest",
	"SELECT manifest FROM version WHERE version_id = ?",
	DB_ROW(struct manifest, manifest_columns) };

static const struct db_column screenshot_columns[] = {
	DB_INT_AT(struct screenshot, position),
	DB_TEXT_AT(struct screenshot, file),
};

static const struct db_statement screenshots = { "version_screenshots",
	"SELECT position, file FROM screenshot WHERE version_id = ?"
	" ORDER BY position",
	DB_ROW(struct screenshot, screenshot_columns) };

static const struct db_statement add = { .name = "version_add",
	.sql = "INSERT INTO version (software_id, version, position,"
	       " released_on, manifest_sha256, manifest, archive_size,"
	       " unpacked_size, file_count, os, php_min, mariadb_min, entry,"
	       " icon, features, upgrade_from)"
	       " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)" };

static const struct db_statement add_screenshot = {
	.name = "version_add_screenshot",
	.sql = "INSERT INTO screenshot (version_id, position, file)"
	       " VALUES (?, ?, ?)"
};

static const struct db_statement set_retry = { .name = "version_set_retry",
	.sql = "UPDATE version SET may_retry_trial = ? WHERE version_id = ?" };

static const struct db_statement withdraw = { .name = "version_withdraw",
	.sql = "UPDATE version SET withdrawn_at = ? WHERE version_id = ?" };

static const struct db_statement *const statements[] = { &by_id, &by_name,
	&latest, &list, &manifest, &screenshots, &add, &add_screenshot,
	&set_retry, &withdraw };
DB_REGISTER("version", statements)

enum db_status
version_by_id(
    struct work *work, int64_t version_id, const struct version **version_r)
{
	return db_row(work, &by_id, DB_ARGS(db_int(version_id)), version_r);
}

enum db_status
version_by_name(struct work *work, const char *code, const char *name,
    const struct version **version_r)
{
	return db_row(
	    work, &by_name, DB_ARGS(db_text(code), db_text(name)), version_r);
}

enum db_status
version_latest(
    struct work *work, int64_t software_id, const struct version **version_r)
{
	return db_row(work, &latest, DB_ARGS(db_int(software_id)), version_r);
}

enum db_status
version_list(struct work *work, int64_t software_id,
    const struct version **versions_r, size_t *count_r)
{
	return db_rows(
	    work, &list, DB_ARGS(db_int(software_id)), versions_r, count_r);
}

enum db_status
version_manifest(struct work *work, int64_t version_id, const char **manifest_r)
{
	const struct manifest *row;
	enum db_status status =
	    db_row(work, &manifest, DB_ARGS(db_int(version_id)), &row);

	*manifest_r = status == DB_OK ? row->manifest : NULL;
	return status;
}

enum db_status
version_screenshots(struct work *work, int64_t version_id,
    const struct screenshot **screenshots_r, size_t *count_r)
{
	return db_rows(work, &screenshots, DB_ARGS(db_int(version_id)),
	    screenshots_r, count_r);
}

const char *
version_feature(
    struct work *work, const struct version *version, const char *language)
{
	char *rest = arena_copy(work->arena, version->features), *line;
	const size_t length = strlen(language);
	const char *other = "";

	while ((line = strsep(&rest, "\n")) != NULL) {
		if (strncmp(line, language, length) == 0 && line[length] == '=')
			return line + length + 1;
		if (*other == '\0' && strchr(line, '='))
			other = strchr(line, '=') + 1;
	}
	return other;
}

enum db_status
version_add(struct work *work, const struct version *version, const char *text,
    int64_t *version_id_r)
{
	enum db_status status = db_change(work, &add,
	    DB_ARGS(db_int(version->software_id), db_text(version->version),
		db_int(version->position), db_day(version->released_on),
		db_bytes(version->manifest_sha256.bytes,
		    version->manifest_sha256.length),
		db_text(text), db_int(version->archive_size),
		db_int(version->unpacked_size), db_int(version->file_count),
		db_text(version->os), db_text(version->php_min),
		db_text(version->mariadb_min), db_text(version->entry),
		db_text(version->icon), db_text(version->features),
		db_text(version->upgrade_from != NULL ? version->upgrade_from
						      : "")));

	*version_id_r = status == DB_OK ? db_insert_id(work) : 0;
	return status;
}

enum db_status
version_add_screenshot(
    struct work *work, int64_t version_id, int64_t position, const char *file)
{
	return db_change(work, &add_screenshot,
	    DB_ARGS(db_int(version_id), db_int(position), db_text(file)));
}

enum db_status
version_set_retry(struct work *work, int64_t version_id, bool may_retry_trial)
{
	return db_change(work, &set_retry,
	    DB_ARGS(db_int(may_retry_trial), db_int(version_id)));
}

enum db_status
version_withdraw(struct work *work, int64_t version_id)
{
	return db_change(
	    work, &withdraw, DB_ARGS(db_time(work->now), db_int(version_id)));
}
