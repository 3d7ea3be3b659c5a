/* enter: logging in and choosing a password. */

#include "shop/enter.h"

#include <string.h>

#include "base/secret.h"
#include "base/text.h"
#include "data/account.h"
#include "data/audit.h"
#include "data/guess.h"
#include "data/session.h"
#include "data/work.h"
#include "shop/common_password.h"

/* One hash is computed whoever it is, so that the time tells nothing. */
static enum secret_match
match(const struct account *account, const char *password)
{
	const bool usable = account && account->disabled_at == 0 &&
			    strlen(password) <= ENTER_MOST;

	return secret_password_check(
	    usable ? account->password_hash : NULL, usable ? password : "");
}

static enum db_status
find_account(
    struct work *work, const char *login, const struct account **account_r)
{
	enum db_status status = account_by_login(work, login, account_r);

	if (status != DB_NONE)
		return status;
	*account_r = NULL;
	return DB_OK;
}

/* What an administrator looks for when somebody complains. An unknown login
 * may be a password typed into the wrong field: it is not written down. */
static enum db_status
note_failure(
    struct work *work, const struct account *account, const char *address)
{
	enum db_status status = DB_OK;

	if (account)
		status = account_fail(work, account->account_id);
	if (status != DB_OK)
		return status;
	return audit_add(
	    work, "login.wrong", account ? account->login : "?", address);
}

static enum db_status
note_success(struct work *work, const struct account *account,
    const char *login, const char *address)
{
	enum db_status status =
	    guess_right(work, login, address, account->account_id);

	return status == DB_OK
		   ? account_clear_failures(work, account->account_id)
		   : status;
}

/* The hashes a provider brought along become ours at the first login. */
static enum db_status
renew_hash(
    struct work *work, const struct account *account, const char *password)
{
	return account_set_password(work, account->account_id,
	    secret_password_hash(work->arena, password),
	    account->password_initial != 0);
}

/* Everything but the session. */
static enum db_status
judge(struct work *work, const char *login, const char *password,
    const struct enter_from *from, struct entered *entered)
{
	const struct account *account = NULL;
	enum secret_match matched;
	bool allowed = false;
	enum db_status status =
	    guess_begin(work, login, from->address, &allowed);

	*entered = (struct entered){ .end = ENTER_TOO_MANY };
	if (status != DB_OK || !allowed)
		return status;
	status = find_account(work, login, &account);
	if (status != DB_OK)
		return status;
	matched = match(account, password);
	if (matched == SECRET_WRONG) {
		entered->end = ENTER_WRONG;
		return note_failure(work, account, from->address);
	}
	entered->end = ENTER_OK;
	entered->account = account;
	status = note_success(work, account, login, from->address);
	if (status == DB_OK && matched == SECRET_OLD)
		status = renew_hash(work, account, password);
	return status;
}

/* A token that was known before the login is worth nothing after it. */
static enum db_status
open_session(
    struct work *work, const struct enter_from *from, struct entered *entered)
{
	enum db_status status = DB_OK;

	if (from->session)
		status = session_end(work, from->session);
	if (status == DB_OK || status == DB_NONE)
		status = session_add(work, entered->account->account_id,
		    from->address, from->user_agent, &entered->token);
	return status;
}

enum db_status
enter_check(struct work *work, const char *login, const char *password,
    const struct enter_from *from, struct entered *entered_r)
{
	enum db_status status = judge(work, login, password, from, entered_r);

	if (status != DB_OK || entered_r->end != ENTER_OK)
		return status;
	status = open_session(work, from, entered_r);
	if (status == DB_OK)
		status = audit_add(work, "login.right",
		    entered_r->account->login, from->address);
	return status;
}

enum db_status
enter_again(struct work *work, const struct account *account,
    const char *password, const struct enter_from *from,
    struct entered *entered_r)
{
	return judge(work, account->login, password, from, entered_r);
}

enum enter
enter_rules(struct work *work, const char *login, const char *password)
{
	const char *folded = text_fold(work->arena, password);
	const char *name = text_fold(work->arena, login);

	if (strlen(password) > ENTER_MOST)
		return ENTER_TOO_LONG;
	if (text_count(password) < ENTER_LEAST)
		return ENTER_TOO_SHORT;
	if (strcmp(folded, name) == 0 ||
	    common_password(work->arena, folded, name))
		return ENTER_TOO_COMMON;
	return ENTER_OK;
}

/* What staff gave is known to staff: it must not be chosen again. */
static enum db_status
judge_new(struct work *work, const struct account *account,
    const char *password, enum enter *end_r)
{
	const struct account *whole;
	enum db_status status;

	*end_r = enter_rules(work, account->login, password);
	if (*end_r != ENTER_OK || account->password_initial == 0)
		return DB_OK;
	status = account_by_id(work, account->account_id, &whole);
	if (status == DB_OK && secret_password_check(whole->password_hash,
				   password) != SECRET_WRONG)
		*end_r = ENTER_TOO_COMMON;
	return status;
}

enum db_status
enter_choose(struct work *work, const struct account *account,
    const char *password, const struct enter_from *from,
    struct entered *entered_r)
{
	enum db_status status;

	*entered_r = (struct entered){ .end = ENTER_WRONG };
	status = judge_new(work, account, password, &entered_r->end);
	if (status != DB_OK || entered_r->end != ENTER_OK)
		return status;
	entered_r->account = account;
	status = account_set_password(work, account->account_id,
	    secret_password_hash(work->arena, password), false);
	if (status == DB_OK)
		status = session_end_all(work, account->account_id);
	if (status == DB_OK)
		status = session_add(work, account->account_id, from->address,
		    from->user_agent, &entered_r->token);
	if (status == DB_OK)
		status = audit_add(
		    work, "password.chosen", account->login, from->address);
	return status;
}
