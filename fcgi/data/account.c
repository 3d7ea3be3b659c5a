/* account: who may log in. */

#include "data/account.h"

#include <string.h>

#include "base/text.h"
#include "data/session.h"
#include "data/work.h"

#define COLUMNS                                                                \
	"account_id, login, kind, name, email, language, password_hash,"       \
	" password_initial, notice_mail, failures, failed_at, disabled_at,"    \
	" created_at"

static const struct db_column columns[] = {
	DB_INT_AT(struct account, account_id),
	DB_TEXT_AT(struct account, login),
	DB_TEXT_AT(struct account, kind),
	DB_TEXT_AT(struct account, name),
	DB_TEXT_AT(struct account, email),
	DB_TEXT_AT(struct account, language),
	DB_TEXT_AT(struct account, password_hash),
	DB_INT_AT(struct account, password_initial),
	DB_INT_AT(struct account, notice_mail),
	DB_INT_AT(struct account, failures),
	DB_TIME_AT(struct account, failed_at),
	DB_TIME_AT(struct account, disabled_at),
	DB_TIME_AT(struct account, created_at),
};

static const struct db_statement by_login = { "account_by_login",
	"SELECT " COLUMNS " FROM account WHERE login = ?",
	DB_ROW(struct account, columns) };

static const struct db_statement by_id = { "account_by_id",
	"SELECT " COLUMNS " FROM account WHERE account_id = ?",
	DB_ROW(struct account, columns) };

static const struct db_statement list = { "account_list",
	"SELECT " COLUMNS " FROM account ORDER BY login",
	DB_ROW(struct account, columns) };

static const struct db_statement add = { .name = "account_add",
	.sql = "INSERT INTO account (login, kind, name, email, language,"
	       " password_hash, password_initial, created_at)"
	       " VALUES (?, ?, ?, ?, ?, ?, ?, ?)" };

static const struct db_statement set_password = { .name =
						      "account_set_password",
	.sql = "UPDATE account SET password_hash = ?, password_initial = ?"
	       " WHERE account_id = ?" };

static const struct db_statement set_profile = { .name = "account_set_profile",
	.sql = "UPDATE account SET name = ?, email = ?, language = ?"
	       " WHERE account_id = ?" };

static const struct db_statement set_language = { .name =
						      "account_set_language",
	.sql = "UPDATE account SET language = ? WHERE account_id = ?" };

static const struct db_statement set_notice_mail = {
	.name = "account_set_notice_mail",
	.sql = "UPDATE account SET notice_mail = ? WHERE account_id = ?"
};

static const struct db_statement fail = { .name = "account_fail",
	.sql = "UPDATE account SET failures = failures + 1, failed_at = ?"
	       " WHERE account_id = ?" };

static const struct db_statement clear_failures = {
	.name = "account_clear_failures",
	.sql = "UPDATE account SET failures = 0 WHERE account_id = ?"
};

static const struct db_statement disable = { .name = "account_disable",
	.sql = "UPDATE account SET disabled_at = ? WHERE account_id = ?" };

static const struct db_statement *const statements[] = { &by_login, &by_id,
	&list, &add, &set_password, &set_profile, &set_language,
	&set_notice_mail, &fail, &clear_failures, &disable };
DB_REGISTER("account", statements)

bool
account_is_staff(const struct account *account)
{
	return strcmp(account->kind, "staff") == 0;
}

enum db_status
account_by_login(
    struct work *work, const char *login, const struct account **account_r)
{
	return db_row(work, &by_login,
	    DB_ARGS(db_text(text_fold(work->arena, login))), account_r);
}

enum db_status
account_by_id(
    struct work *work, int64_t account_id, const struct account **account_r)
{
	return db_row(work, &by_id, DB_ARGS(db_int(account_id)), account_r);
}

enum db_status
account_list(
    struct work *work, const struct account **accounts_r, size_t *count_r)
{
	return db_rows(work, &list, DB_NO_ARGS, accounts_r, count_r);
}

enum db_status
account_add(
    struct work *work, const struct account *account, int64_t *account_id_r)
{
	enum db_status status = db_change(work, &add,
	    DB_ARGS(db_text(text_fold(work->arena, account->login)),
		db_text(account->kind), db_text(account->name),
		db_text(account->email), db_text(account->language),
		db_text(account->password_hash),
		db_int(account->password_initial), db_time(work->now)));

	*account_id_r = status == DB_OK ? db_insert_id(work) : 0;
	return status;
}

enum db_status
account_set_password(
    struct work *work, int64_t account_id, const char *hash, bool initial)
{
	return db_change(work, &set_password,
	    DB_ARGS(db_text(hash), db_int(initial), db_int(account_id)));
}

enum db_status
account_set_profile(struct work *work, int64_t account_id, const char *name,
    const char *email, const char *language)
{
	return db_change(work, &set_profile,
	    DB_ARGS(db_text(name), db_text(email), db_text(language),
		db_int(account_id)));
}

enum db_status
account_set_language(
    struct work *work, int64_t account_id, const char *language)
{
	return db_change(work, &set_language,
	    DB_ARGS(db_text(language), db_int(account_id)));
}

enum db_status
account_set_notice_mail(struct work *work, int64_t account_id, bool mail)
{
	return db_change(
	    work, &set_notice_mail, DB_ARGS(db_int(mail), db_int(account_id)));
}

enum db_status
account_fail(struct work *work, int64_t account_id)
{
	return db_change(
	    work, &fail, DB_ARGS(db_time(work->now), db_int(account_id)));
}

enum db_status
account_clear_failures(struct work *work, int64_t account_id)
{
	return db_change(work, &clear_failures, DB_ARGS(db_int(account_id)));
}

enum db_status
account_disable(struct work *work, int64_t account_id)
{
	enum db_status status = db_change(
	    work, &disable, DB_ARGS(db_time(work->now), db_int(account_id)));

	return status == DB_OK ? session_end_all(work, account_id) : status;
}
