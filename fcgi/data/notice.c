/* notice: what customers were told, and what they have read. */

#include "data/notice.h"

#include "data/work.h"

static const struct db_column columns[] = {
	DB_INT_AT(struct notice, notice_id),
	DB_TEXT_AT(struct notice, kind),
	DB_TEXT_AT(struct notice, software),
	DB_TEXT_AT(struct notice, name),
	DB_TEXT_AT(struct notice, version),
	DB_TEXT_AT(struct notice, features),
	DB_TEXT_AT(struct notice, related),
	DB_TEXT_AT(struct notice, related_name),
	DB_TEXT_AT(struct notice, serial),
	DB_TIME_AT(struct notice, created_at),
	DB_TIME_AT(struct notice, read_at),
};

#define NAME_OF(column)                                                        \
	"(SELECT name FROM software_text t WHERE t.software_id = n." column    \
	" ORDER BY t.language = ? DESC LIMIT 1)"
#define SELECT_NOTICE                                                          \
	"SELECT n.notice_id, n.kind, s.code AS software,"                      \
	" COALESCE(" NAME_OF(                                                  \
	    "software_id") ", s.code) AS name, v.version,"                     \
			   " v.features, r.code AS related,"                   \
			   " COALESCE(" NAME_OF(                               \
			       "related_id") ", r.code) AS related_name,"      \
					     " (SELECT l.serial FROM license " \
					     "l WHERE n.kind = 'upgrade'"      \
					     "  AND l.account_id = "           \
					     "n.account_id"                    \
					     "  AND l.software_id = "          \
					     "n.software_id AND l.status IN "  \
					     "('1', '2', '3')"                 \
					     "  ORDER BY l.created_at DESC "   \
					     "LIMIT 1) AS serial,"             \
					     " n.created_at, n.read_at FROM "  \
					     "notice n"                        \
					     " JOIN software s ON "            \
					     "s.software_id = n.software_id"   \
					     " LEFT JOIN version v ON "        \
					     "v.version_id = n.version_id"     \
					     " LEFT JOIN software r ON "       \
					     "r.software_id = n.related_id "

static const struct db_statement list = { "notice_list",
	SELECT_NOTICE
	"WHERE n.account_id = ?"
	" ORDER BY n.kind, n.created_at DESC, n.notice_id DESC LIMIT 200",
	DB_ROW(struct notice, columns) };

static const struct db_statement any = { "notice_any",
	SELECT_NOTICE "WHERE n.notice_id = ?", DB_ROW(struct notice, columns) };

struct count {
	int64_t unread;
};
static const struct db_column count_columns[] = {
	DB_INT_AT(struct count, unread),
};
static const struct db_statement unread = { "notice_unread",
	"SELECT COUNT(*) AS unread FROM notice"
	" WHERE account_id = ? AND read_at IS NULL",
	DB_ROW(struct count, count_columns) };

/* The number that a key check tells is kept with the account: changed first,
 * so that all who change notices of one account wait in one order. */
static const struct db_statement will_add = { .name = "notice_will_add",
	.sql = "UPDATE account SET unread = 1 + (SELECT COUNT(*) FROM notice n"
	       " WHERE n.account_id = account.account_id"
	       " AND n.read_at IS NULL) WHERE account_id = ?" };

static const struct db_statement will_read = { .name = "notice_will_read",
	.sql = "UPDATE account SET unread = (SELECT COUNT(*) FROM notice n"
	       " WHERE n.account_id = account.account_id"
	       " AND n.read_at IS NULL AND n.notice_id <> ?)"
	       " WHERE account_id = ?" };

static const struct db_statement will_read_all = { .name =
						       "notice_will_read_all",
	.sql = "UPDATE account SET unread = 0 WHERE account_id = ?" };

static const struct db_statement set_read = { "notice_set_read",
	"UPDATE notice SET read_at = COALESCE(read_at, ?)"
	" WHERE notice_id = ? AND account_id = ?",
	NULL, 0, 0 };

static const struct db_statement set_all_read = { "notice_set_all_read",
	"UPDATE notice SET read_at = ?"
	" WHERE account_id = ? AND read_at IS NULL",
	NULL, 0, 0 };

static const struct db_statement add = { "notice_add",
	"INSERT INTO notice (account_id, kind, software_id, version_id,"
	" related_id, about, created_at)"
	" VALUES (?, ?, ?, NULLIF(?, 0), NULLIF(?, 0), ?, ?)",
	NULL, 0, 0 };

static const struct db_statement *const statements[] = { &list, &any, &unread,
	&will_add, &will_read, &will_read_all, &set_read, &set_all_read, &add };
DB_REGISTER("notice", statements)

const char *
notice_kind_name(enum notice_kind kind)
{
	switch (kind) {
	case NOTICE_UPGRADE:
		return "upgrade";
	case NOTICE_FEATURE:
		return "feature";
	case NOTICE_RELATED:
		break;
	}
	return "related";
}

enum db_status
notice_list(struct work *work, const char *language,
    const struct notice **list_r, size_t *count_r)
{
	return db_rows(work, &list,
	    DB_ARGS(
		db_text(language), db_text(language), db_int(work->account)),
	    list_r, count_r);
}

enum db_status
notice_any(struct work *work, const char *language, int64_t notice_id,
    const struct notice **notice_r)
{
	return db_row(work, &any,
	    DB_ARGS(db_text(language), db_text(language), db_int(notice_id)),
	    notice_r);
}

enum db_status
notice_unread(struct work *work, int64_t *unread_r)
{
	const struct count *count;
	enum db_status status =
	    db_row(work, &unread, DB_ARGS(db_int(work->account)), &count);

	*unread_r = status == DB_OK ? count->unread : 0;
	return status;
}

enum db_status
notice_set_read(struct work *work, int64_t notice_id)
{
	enum db_status status = db_change(work, &will_read,
	    DB_ARGS(db_int(notice_id), db_int(work->account)));

	if (status != DB_OK)
		return status;
	return db_change(work, &set_read,
	    DB_ARGS(
		db_time(work->now), db_int(notice_id), db_int(work->account)));
}

enum db_status
notice_set_all_read(struct work *work)
{
	enum db_status status =
	    db_change(work, &will_read_all, DB_ARGS(db_int(work->account)));

	if (status == DB_OK)
		status = db_change(work, &set_all_read,
		    DB_ARGS(db_time(work->now), db_int(work->account)));

	return status == DB_NONE ? DB_OK : status;
}

enum db_status
notice_add(struct work *work, enum notice_kind kind,
    const struct notice_wanted *wanted)
{
	enum db_status status =
	    db_change(work, &will_add, DB_ARGS(db_int(wanted->account_id)));

	if (status != DB_OK)
		return status;
	return db_change(work, &add,
	    DB_ARGS(db_int(wanted->account_id), db_text(notice_kind_name(kind)),
		db_int(wanted->software_id), db_int(wanted->version_id),
		db_int(wanted->related_id), db_text(wanted->about),
		db_time(work->now)));
}
