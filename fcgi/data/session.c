/* session: a browser that has logged in. */

#include "data/session.h"

#include <string.h>

#include "base/arena.h"
#include "base/secret.h"
#include "base/setting.h"
#include "base/text.h"
#include "data/account.h"
#include "data/work.h"

enum { TOUCH_SECONDS = 60, AGENT_MOST = 200, ADDRESS_MOST = 45 };

/* Session, account and number of unread notices: all a page's frame asks. */
struct visitor_row {
	struct session session;
	struct account account;
};

static const struct db_column visitor_columns[] = {
	DB_BYTES_AT(struct visitor_row, session.token_hash),
	DB_BYTES_AT(struct visitor_row, session.form_secret),
	DB_TEXT_AT(struct visitor_row, session.user_agent),
	DB_TEXT_AT(struct visitor_row, session.address),
	DB_TIME_AT(struct visitor_row, session.created_at),
	DB_TIME_AT(struct visitor_row, session.seen_at),
	DB_INT_AT(struct visitor_row, session.unread),
	DB_INT_AT(struct visitor_row, account.account_id),
	DB_TEXT_AT(struct visitor_row, account.login),
	DB_TEXT_AT(struct visitor_row, account.kind),
	DB_TEXT_AT(struct visitor_row, account.name),
	DB_TEXT_AT(struct visitor_row, account.email),
	DB_TEXT_AT(struct visitor_row, account.language),
	DB_INT_AT(struct visitor_row, account.password_initial),
	DB_INT_AT(struct visitor_row, account.notice_mail),
	DB_INT_AT(struct visitor_row, account.failures),
	DB_TIME_AT(struct visitor_row, account.failed_at),
	DB_TIME_AT(struct visitor_row, account.created_at),
};

static const struct db_column columns[] = {
	DB_BYTES_AT(struct session, token_hash),
	DB_INT_AT(struct session, account_id),
	DB_BYTES_AT(struct session, form_secret),
	DB_TEXT_AT(struct session, user_agent),
	DB_TEXT_AT(struct session, address),
	DB_TIME_AT(struct session, created_at),
	DB_TIME_AT(struct session, seen_at),
};

/* Arguments: seen and created not before, for customers, then for staff. */
#define ALIVE                                                                  \
	" a.disabled_at IS NULL AND IF(a.kind = 'customer',"                   \
	" s.seen_at >= ? AND s.created_at >= ?,"                               \
	" s.seen_at >= ? AND s.created_at >= ?)"

static const struct db_statement by_token = { "session_by_token",
	"SELECT s.token_hash, s.form_secret, s.user_agent, s.address,"
	" s.created_at, s.seen_at,"
	" (SELECT COUNT(*) FROM notice n WHERE n.account_id = s.account_id"
	"  AND n.read_at IS NULL) AS unread,"
	" a.account_id, a.login, a.kind, a.name, a.email, a.language,"
	" a.password_initial, a.notice_mail, a.failures, a.failed_at,"
	" a.created_at"
	" FROM session s JOIN account a ON a.account_id = s.account_id"
	" WHERE s.token_hash = ? AND" ALIVE,
	DB_ROW(struct visitor_row, visitor_columns) };

static const struct db_statement list = { "session_list",
	"SELECT s.token_hash, s.account_id, s.form_secret, s.user_agent,"
	" s.address, s.created_at, s.seen_at"
	" FROM session s JOIN account a ON a.account_id = s.account_id"
	" WHERE s.account_id = ? AND" ALIVE
	" ORDER BY s.seen_at DESC, s.token_hash",
	DB_ROW(struct session, columns) };

static const struct db_statement add = { .name = "session_add",
	.sql = "INSERT INTO session (token_hash, account_id, form_secret,"
	       " user_agent, address, created_at, seen_at)"
	       " VALUES (?, ?, ?, ?, ?, ?, ?)" };

/* Those beyond the newest SESSION_MOST. */
static const struct db_statement surplus = { .name = "session_surplus",
	.sql = "DELETE FROM session WHERE account_id = ? AND token_hash NOT IN"
	       " (SELECT token_hash FROM (SELECT token_hash FROM session"
	       "  WHERE account_id = ? ORDER BY token_hash = ? DESC,"
	       "  seen_at DESC LIMIT ?) newest)" };

static const struct db_statement touch = { .name = "session_touch",
	.sql = "UPDATE session SET seen_at = ? WHERE token_hash = ?" };

static const struct db_statement end = { .name = "session_end",
	.sql = "DELETE FROM session WHERE token_hash = ?" };

static const struct db_statement end_others = { .name = "session_end_others",
	.sql = "DELETE FROM session WHERE account_id = ? AND token_hash <> ?" };

static const struct db_statement end_all = { .name = "session_end_all",
	.sql = "DELETE FROM session WHERE account_id = ?" };

static const struct db_statement purge = { .name = "session_purge",
	.sql = "DELETE FROM session WHERE seen_at < ? LIMIT 1000" };

static const struct db_statement *const statements[] = { &by_token, &list, &add,
	&surplus, &touch, &end, &end_others, &end_all, &purge };
DB_REGISTER("session", statements)

struct limits {
	struct db_value seen, created, staff_seen, staff_created;
};

static int64_t
lesser(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static struct limits
limits_at(int64_t now)
{
	const int64_t idle = setting_number("session.idle_minutes") * 60;
	const int64_t most = setting_number("session.hours") * 3600;

	return (struct limits){
		.seen = db_time(now - idle),
		.created = db_time(now - most),
		.staff_seen = db_time(now - lesser(idle, SESSION_STAFF_IDLE)),
		.staff_created =
		    db_time(now - lesser(most, SESSION_STAFF_MOST)),
	};
}

/* No more than the column takes, whole characters only. */
static const char *
cut(struct work *work, const char *string, size_t most)
{
	char *copy = arena_copy(work->arena, string);
	size_t n = 0;

	if (!text_is_utf8(copy, strlen(copy)))
		return "";
	for (char *at = copy; *at; at++)
		if ((*at & 0xc0) != 0x80 && n++ == most)
			*at-- = '\0';
	return copy;
}

enum db_status
session_add(struct work *work, int64_t account_id, const char *address,
    const char *user_agent, const char **token_r)
{
	const char *token = secret_token(work->arena);
	unsigned char hash[SECRET_DIGEST], form_secret[SECRET_DIGEST];
	enum db_status status;

	secret_sha256(token, strlen(token), hash);
	secret_random(form_secret, sizeof(form_secret));
	status = db_change(work, &add,
	    DB_ARGS(db_bytes(hash, sizeof(hash)), db_int(account_id),
		db_bytes(form_secret, sizeof(form_secret)),
		db_text(cut(work, user_agent, AGENT_MOST)),
		db_text(cut(work, address, ADDRESS_MOST)), db_time(work->now),
		db_time(work->now)));
	if (status == DB_OK)
		status = db_change(work, &surplus,
		    DB_ARGS(db_int(account_id), db_int(account_id),
			db_bytes(hash, sizeof(hash)), db_int(SESSION_MOST)));
	*token_r = token;
	return status == DB_NONE ? DB_OK : status;
}

enum db_status
session_by_token(struct work *work, const char *token,
    const struct session **session_r, const struct account **account_r)
{
	const struct limits limits = limits_at(work->now);
	unsigned char hash[SECRET_DIGEST];
	struct visitor_row *row;
	enum db_status status;

	secret_sha256(token, strlen(token), hash);
	status = db_row(work, &by_token,
	    DB_ARGS(db_bytes(hash, sizeof(hash)), limits.seen, limits.created,
		limits.staff_seen, limits.staff_created),
	    &row);
	if (status != DB_OK)
		return status;
	row->session.account_id = row->account.account_id;
	row->account.password_hash = "";
	*session_r = &row->session;
	*account_r = &row->account;
	return DB_OK;
}

bool
session_is_stale(const struct work *work, const struct session *session)
{
	return work->now - session->seen_at >= TOUCH_SECONDS;
}

static struct db_value
name_of(const struct session *session)
{
	return db_bytes(session->token_hash.bytes, session->token_hash.length);
}

enum db_status
session_touch(struct work *work, const struct session *session)
{
	return db_change(
	    work, &touch, DB_ARGS(db_time(work->now), name_of(session)));
}

enum db_status
session_end(struct work *work, const struct session *session)
{
	return db_change(work, &end, DB_ARGS(name_of(session)));
}

enum db_status
session_end_others(struct work *work, const struct session *session)
{
	enum db_status status = db_change(work, &end_others,
	    DB_ARGS(db_int(session->account_id), name_of(session)));

	return status == DB_NONE ? DB_OK : status;
}

enum db_status
session_end_all(struct work *work, int64_t account_id)
{
	enum db_status status =
	    db_change(work, &end_all, DB_ARGS(db_int(account_id)));

	return status == DB_NONE ? DB_OK : status;
}

enum db_status
session_list(struct work *work, int64_t account_id,
    const struct session **sessions_r, size_t *count_r)
{
	const struct limits limits = limits_at(work->now);

	return db_rows(work, &list,
	    DB_ARGS(db_int(account_id), limits.seen, limits.created,
		limits.staff_seen, limits.staff_created),
	    sessions_r, count_r);
}

enum db_status
session_purge(struct work *work)
{
	enum db_status status =
	    db_change(work, &purge, DB_ARGS(limits_at(work->now).seen));

	return status == DB_NONE ? DB_OK : status;
}
