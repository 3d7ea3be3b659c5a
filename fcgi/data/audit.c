/* audit: who did what. */

#include "data/audit.h"

#include "data/work.h"

static const struct db_column columns[] = {
	DB_INT_AT(struct audit, audit_id),
	DB_TIME_AT(struct audit, at),
	DB_TEXT_AT(struct audit, actor),
	DB_TEXT_AT(struct audit, action),
	DB_TEXT_AT(struct audit, object),
	DB_TEXT_AT(struct audit, detail),
};

static const struct db_statement add = { .name = "audit_add",
	.sql = "INSERT INTO audit (at, actor, action, object, detail)"
	       " VALUES (?, LEFT(?, 80), LEFT(?, 40), LEFT(?, 80),"
	       " LEFT(?, 1000))" };

static const struct db_statement list = { "audit_list",
	"SELECT audit_id, at, actor, action, object, detail FROM audit"
	" ORDER BY audit_id DESC LIMIT 100",
	DB_ROW(struct audit, columns) };

static const struct db_statement *const statements[] = { &add, &list };
DB_REGISTER("audit", statements)

enum db_status
audit_add(struct work *work, const char *action, const char *object,
    const char *detail)
{
	return db_change(work, &add,
	    DB_ARGS(db_time(work->now), db_text(work->actor), db_text(action),
		db_text(object), db_text(detail)));
}

enum db_status
audit_list(struct work *work, const struct audit **audits_r, size_t *count_r)
{
	return db_rows(work, &list, DB_NO_ARGS, audits_r, count_r);
}
