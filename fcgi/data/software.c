/* software: what the shop offers. */

#include "data/software.h"

#include "base/arena.h"
#include "base/text.h"
#include "data/work.h"

static const struct db_column columns[] = {
	DB_INT_AT(struct software, software_id),
	DB_TEXT_AT(struct software, code),
	DB_INT_AT(struct software, depot_id),
	DB_TEXT_AT(struct software, maker),
	DB_TEXT_AT(struct software, maker_url),
	DB_TEXT_AT(struct software, category),
	DB_TEXT_AT(struct software, kind),
	DB_TEXT_AT(struct software, model),
	DB_INT_AT(struct software, trial_days),
	DB_INT_AT(struct software, ng_after_install),
	DB_INT_AT(struct software, ng_after_trial),
	DB_INT_AT(struct software, latest_version_id),
	DB_INT_AT(struct software, visible),
	DB_TIME_AT(struct software, created_at),
	DB_TEXT_AT(struct software, language),
	DB_TEXT_AT(struct software, name),
	DB_TEXT_AT(struct software, summary),
	DB_TEXT_AT(struct software, description),
};

/* The first argument is the language asked for. */
#define SOFTWARE                                                               \
	"SELECT s.software_id, s.code, s.depot_id, s.maker, s.maker_url,"      \
	" s.category, s.kind, s.model, s.trial_days, s.ng_after_install,"      \
	" s.ng_after_trial, s.latest_version_id, s.visible, s.created_at,"     \
	" t.language, t.name, t.summary, t.description"                        \
	" FROM software s JOIN software_text t"                                \
	" ON t.software_id = s.software_id AND t.language ="                   \
	" (SELECT x.language FROM software_text x"                             \
	"  WHERE x.software_id = s.software_id"                                \
	"  ORDER BY x.language = ? DESC, x.language LIMIT 1)"

static const struct db_statement by_code = { "software_by_code",
	SOFTWARE " WHERE s.code = ? AND (s.visible = 1 OR EXISTS"
		 " (SELECT 1 FROM license l WHERE l.account_id = ?"
		 "  AND l.software_id = s.software_id AND l.status <> 'U'))",
	DB_ROW(struct software, columns) };

static const struct db_statement any = { "software_any",
	SOFTWARE " WHERE s.code = ?", DB_ROW(struct software, columns) };

static const struct db_statement by_id = { "software_by_id",
	SOFTWARE " WHERE s.software_id = ?", DB_ROW(struct software, columns) };

static const struct db_statement list = { "software_list",
	SOFTWARE " ORDER BY s.code", DB_ROW(struct software, columns) };

static const struct db_column related_columns[] = {
	DB_INT_AT(struct software_related, software_id),
	DB_TEXT_AT(struct software_related, code),
	DB_TEXT_AT(struct software_related, name),
	DB_TEXT_AT(struct software_related, summary),
};

static const struct db_statement related = { "software_related",
	"SELECT s.software_id, s.code, t.name, t.summary"
	" FROM software_related r JOIN software s ON s.code = r.code"
	" JOIN software_text t ON t.software_id = s.software_id"
	" AND t.language = (SELECT x.language FROM software_text x"
	"  WHERE x.software_id = s.software_id"
	"  ORDER BY x.language = ? DESC, x.language LIMIT 1)"
	" WHERE r.software_id = ? AND s.visible = 1"
	" ORDER BY t.name, s.code",
	DB_ROW(struct software_related, related_columns) };

static const struct db_statement add = { .name = "software_add",
	.sql = "INSERT INTO software (code, depot_id, maker, maker_url,"
	       " category, kind, model, trial_days, ng_after_install,"
	       " ng_after_trial, created_at)"
	       " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)" };

static const struct db_statement set = { .name = "software_set",
	.sql = "UPDATE software SET maker = ?, maker_url = ?, category = ?,"
	       " kind = ?, model = ?, trial_days = ? WHERE software_id = ?" };

static const struct db_statement set_visible = { .name = "software_set_visible",
	.sql = "UPDATE software SET visible = ? WHERE software_id = ?" };

static const struct db_statement set_latest = { .name = "software_set_latest",
	.sql = "UPDATE software s SET s.latest_version_id ="
	       " (SELECT v.version_id FROM version v"
	       "  WHERE v.software_id = s.software_id"
	       "  AND v.withdrawn_at IS NULL"
	       "  ORDER BY v.position DESC LIMIT 1)"
	       " WHERE s.software_id = ?" };

static const struct db_statement set_text = { .name = "software_set_text",
	.sql = "INSERT INTO software_text (software_id, language, name,"
	       " summary, description, search) VALUES (?, ?, ?, ?, ?, ?)"
	       " ON DUPLICATE KEY UPDATE name = VALUES(name),"
	       " summary = VALUES(summary),"
	       " description = VALUES(description),"
	       " search = VALUES(search)" };

static const struct db_statement clear_related = { .name =
						       "software_clear_related",
	.sql = "DELETE FROM software_related WHERE software_id = ?" };

static const struct db_statement add_related = { .name = "software_add_related",
	.sql = "INSERT INTO software_related (software_id, code)"
	       " VALUES (?, ?)" };

static const struct db_statement *const statements[] = { &by_code, &any, &by_id,
	&list, &related, &add, &set, &set_visible, &set_latest, &set_text,
	&clear_related, &add_related };
DB_REGISTER("software", statements)

enum db_status
software_by_code(struct work *work, const char *code, const char *language,
    const struct software **software_r)
{
	return db_row(work, &by_code,
	    DB_ARGS(db_text(language), db_text(code), db_int(work->account)),
	    software_r);
}

enum db_status
software_any(struct work *work, const char *code, const char *language,
    const struct software **software_r)
{
	return db_row(
	    work, &any, DB_ARGS(db_text(language), db_text(code)), software_r);
}

enum db_status
software_by_id(struct work *work, int64_t software_id, const char *language,
    const struct software **software_r)
{
	return db_row(work, &by_id,
	    DB_ARGS(db_text(language), db_int(software_id)), software_r);
}

enum db_status
software_list(struct work *work, const char *language,
    const struct software **softwares_r, size_t *count_r)
{
	return db_rows(
	    work, &list, DB_ARGS(db_text(language)), softwares_r, count_r);
}

enum db_status
software_related(struct work *work, int64_t software_id, const char *language,
    const struct software_related **related_r, size_t *count_r)
{
	return db_rows(work, &related,
	    DB_ARGS(db_text(language), db_int(software_id)), related_r,
	    count_r);
}

enum db_status
software_add(
    struct work *work, const struct software *software, int64_t *software_id_r)
{
	enum db_status status = db_change(work, &add,
	    DB_ARGS(db_text(software->code), db_int(software->depot_id),
		db_text(software->maker), db_text(software->maker_url),
		db_text(software->category), db_text(software->kind),
		db_text(software->model), db_int(software->trial_days),
		db_int(software->ng_after_install),
		db_int(software->ng_after_trial), db_time(work->now)));

	*software_id_r = status == DB_OK ? db_insert_id(work) : 0;
	return status;
}

enum db_status
software_set(struct work *work, const struct software *software)
{
	return db_change(work, &set,
	    DB_ARGS(db_text(software->maker), db_text(software->maker_url),
		db_text(software->category), db_text(software->kind),
		db_text(software->model), db_int(software->trial_days),
		db_int(software->software_id)));
}

enum db_status
software_set_visible(struct work *work, int64_t software_id, bool visible)
{
	return db_change(
	    work, &set_visible, DB_ARGS(db_int(visible), db_int(software_id)));
}

enum db_status
software_set_latest(struct work *work, int64_t software_id)
{
	return db_change(work, &set_latest, DB_ARGS(db_int(software_id)));
}

enum db_status
software_set_text(struct work *work, const struct software *software)
{
	const char *search = text_fold(work->arena,
	    arena_print(work->arena, "%s %s %s %s", software->name,
		software->summary, software->maker, software->code));

	return db_change(work, &set_text,
	    DB_ARGS(db_int(software->software_id), db_text(software->language),
		db_text(software->name), db_text(software->summary),
		db_text(software->description), db_text(search)));
}

enum db_status
software_clear_related(struct work *work, int64_t software_id)
{
	enum db_status status =
	    db_change(work, &clear_related, DB_ARGS(db_int(software_id)));

	return status == DB_NONE ? DB_OK : status;
}

enum db_status
software_add_related(struct work *work, int64_t software_id, const char *code)
{
	return db_change(
	    work, &add_related, DB_ARGS(db_int(software_id), db_text(code)));
}
