/* schema: the files of schema/sql are applied in order, once each. */

#include "data/schema.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "data/db_admin.h"
#include "data/schema_file.h"
#include "data/work.h"

struct change {
	int64_t number;
	const char *sha256;
};

static const struct db_column change_columns[] = {
	DB_INT_AT(struct change, number),
	DB_TEXT_AT(struct change, sha256),
};

struct highest {
	int64_t number;
};

static const struct db_column highest_columns[] = {
	DB_INT_AT(struct highest, number),
};

static const struct db_statement highest = { "schema_highest",
	"SELECT COALESCE(MAX(number), 0) AS number FROM schema_change",
	DB_ROW(struct highest, highest_columns) };

static const struct db_statement made = { "schema_made",
	"SELECT COUNT(*) AS number FROM information_schema.TABLES"
	" WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = 'schema_change'",
	DB_ROW(struct highest, highest_columns) };

static const struct db_statement list = { "schema_list",
	"SELECT number, sha256 FROM schema_change ORDER BY number",
	DB_ROW(struct change, change_columns) };

static const struct db_statement add = { .name = "schema_add",
	.sql = "INSERT INTO schema_change (number, name, sha256, applied_at)"
	       " VALUES (?, ?, ?, ?)" };

static const struct db_statement *const statements[] = { &highest, &made, &list,
	&add };
DB_REGISTER("schema", statements)

/* Of one call: the way to the server, the files, and what to say. */
struct visit {
	struct work work;
	const char *folder;
	struct schema_file *files;
	struct schema_report *report;
};

enum db_status
schema_is_ours(struct work *work)
{
	const struct highest *row;
	enum db_status status = db_row(work, &highest, DB_NO_ARGS, &row);

	if (status != DB_OK || row->number == SCHEMA_NUMBER)
		return status;
	log_event(LOG_FAULT, "schema.other", "ours=%d database=%" PRId64,
	    SCHEMA_NUMBER, row->number);
	return DB_NONE;
}

static enum schema_end
trouble_with(struct visit *visit, enum db_status status, const char *what)
{
	struct arena *arena = visit->work.arena;

	if (status == DB_LOST) {
		visit->report->trouble = "the database server does not answer";
		return SCHEMA_NO_SERVER;
	}
	visit->report->trouble =
	    arena_print(arena, "%s: %s", what, visit->report->trouble);
	return SCHEMA_FAILED;
}

static enum schema_end
compare(struct visit *visit, const struct change *changes, size_t count)
{
	struct schema_report *report = visit->report;

	if (count > report->count) {
		report->trouble = "the database knows more schema files";
		return SCHEMA_NEWER;
	}
	for (size_t i = 0; i < count; i++) {
		struct schema_file *file = &visit->files[i];

		if (changes[i].number != file->number) {
			report->trouble = "schema_change has a gap";
			return SCHEMA_GAP;
		}
		file->applied = true;
		file->edited = strcmp(changes[i].sha256, file->sha256) != 0;
	}
	return SCHEMA_DONE;
}

static enum schema_end
look(struct visit *visit)
{
	const struct highest *row;
	const struct change *changes;
	size_t count;
	enum db_status status = db_row(&visit->work, &made, DB_NO_ARGS, &row);

	if (status == DB_OK && row->number == 0)
		return SCHEMA_DONE;
	if (status == DB_OK)
		status =
		    db_rows(&visit->work, &list, DB_NO_ARGS, &changes, &count);
	if (status != DB_OK)
		return trouble_with(visit, status, "schema_change");
	return compare(visit, changes, count);
}

static enum schema_end
open_server(struct visit *visit, const struct schema_admin *admin, bool make)
{
	struct arena *arena = visit->work.arena;
	const char **trouble = &visit->report->trouble;
	enum db_status status = DB_OK;

	if (strspn(admin->database, "abcdefghijklmnopqrstuvwxyz0123456789_") !=
	    strlen(admin->database)) {
		*trouble = "database.name has other signs than a-z, 0-9 and _";
		return SCHEMA_FAILED;
	}
	visit->work.db = db_admin_new(admin);
	if (make)
		status = db_admin_run(arena, visit->work.db,
		    arena_print(arena,
			"CREATE DATABASE IF NOT EXISTS `%s` CHARACTER SET"
			" utf8mb4 COLLATE utf8mb4_nopad_bin",
			admin->database),
		    trouble);
	if (status == DB_OK)
		status = db_admin_run(arena, visit->work.db,
		    arena_print(arena, "USE `%s`", admin->database), trouble);
	if (status != DB_OK)
		return trouble_with(visit, status, admin->database);
	return SCHEMA_DONE;
}

static enum schema_end
begin(struct visit *visit, struct arena *arena,
    const struct schema_admin *admin, const char *folder, bool make)
{
	struct schema_report *report = visit->report;
	enum schema_end end;

	*report = (struct schema_report){ .trouble = "" };
	visit->work = work_now(arena, NULL);
	visit->folder = folder;
	end = schema_files(
	    arena, folder, &visit->files, &report->count, &report->trouble);
	report->files = visit->files;
	if (end == SCHEMA_DONE)
		end = open_server(visit, admin, make);
	return end == SCHEMA_DONE ? look(visit) : end;
}

static enum db_status
record(struct work *work, void *context)
{
	const struct schema_file *file = context;

	return db_change(work, &add,
	    DB_ARGS(db_int(file->number), db_text(file->name),
		db_text(file->sha256), db_time(work->now)));
}

/* Statements of tables commit by themselves, so each file is written to be
 * run again: one cut short by a fault is repeated from its beginning. */
static enum schema_end
apply(struct visit *visit, struct schema_file *file)
{
	struct arena *arena = visit->work.arena;
	const char *rest = schema_text(arena, visit->folder, file->name);
	const char *sql;
	enum db_status status = DB_OK;

	if (rest == NULL) {
		visit->report->trouble = "a schema file went away";
		return SCHEMA_NO_FILE;
	}
	while (
	    status == DB_OK && (sql = schema_statement(arena, &rest)) != NULL)
		status = db_admin_run(
		    arena, visit->work.db, sql, &visit->report->trouble);
	if (status == DB_OK)
		status = db_transact(&visit->work, record, file);
	/* Somebody else applied it at the same time. */
	if (status != DB_OK && status != DB_DUPLICATE)
		return trouble_with(visit, status, file->name);
	file->applied = true;
	visit->report->applied_now++;
	visit->report->trouble = "";
	return SCHEMA_DONE;
}

static enum schema_end
apply_missing(struct visit *visit)
{
	struct schema_report *report = visit->report;
	enum schema_end end = SCHEMA_DONE;

	for (size_t i = 0; i < report->count; i++)
		if (visit->files[i].edited) {
			report->trouble = arena_print(visit->work.arena,
			    "%s was applied and has been edited since",
			    visit->files[i].name);
			return SCHEMA_EDITED;
		}
	for (size_t i = 0; i < report->count && end == SCHEMA_DONE; i++)
		if (!visit->files[i].applied)
			end = apply(visit, &visit->files[i]);
	return end;
}

enum schema_end
schema_upgrade(struct arena *arena, const struct schema_admin *admin,
    const char *folder, struct schema_report *report_r)
{
	struct visit visit = { .report = report_r };
	enum schema_end end = begin(&visit, arena, admin, folder, true);

	if (end == SCHEMA_DONE)
		end = apply_missing(&visit);
	db_free(visit.work.db);
	return end;
}

enum schema_end
schema_status(struct arena *arena, const struct schema_admin *admin,
    const char *folder, struct schema_report *report_r)
{
	struct visit visit = { .report = report_r };
	enum schema_end end = begin(&visit, arena, admin, folder, false);

	db_free(visit.work.db);
	return end;
}
