/* who: the session and the account behind a request, and what they may. */

#include "web/who.h"

#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/must.h"
#include "data/account.h"
#include "data/session.h"
#include "web/cookie.h"
#include "web/input.h"
#include "web/screen.h"
#include "web/visit.h"

/* When it was last seen; a page is not refused for that. */
static void
touch(struct visit *visit)
{
	enum db_status status;

	if (!session_is_stale(visit->work, visit->session))
		return;
	status = db_begin(visit->work, DB_READ_WRITE);
	if (status == DB_OK)
		status = session_touch(visit->work, visit->session);
	if (status == DB_OK)
		status = db_commit(visit->work);
	else
		db_rollback(visit->work);
	if (status != DB_OK)
		log_event(LOG_TRACE, "session.touch", "status=%d", status);
}

/* A language chosen here goes before the account's own. */
static void
use(struct visit *visit)
{
	visit->work->account = visit->account->account_id;
	visit->work->actor = visit->account->login;
	if (!visit->language_chosen)
		visit->language = visit->account->language;
	touch(visit);
}

enum db_status
who_find(struct visit *visit)
{
	const char *token = cookie_text(visit, "session");
	const struct session *session;
	const struct account *account;
	enum db_status status;

	if (token[0] == '\0')
		return DB_OK;
	status = session_by_token(visit->work, token, &session, &account);
	if (status == DB_NONE)
		return DB_OK;
	if (status != DB_OK)
		return status;
	visit->session = session;
	visit->account = account;
	use(visit);
	return DB_OK;
}

/* The page asked for comes after the login, if it was only looked at. */
static int
to_login(struct visit *visit)
{
	const char *query = input_text(visit->input, "QUERY_STRING");
	const char *next = visit->screen->name;

	if (strcmp(visit->method, "GET") != 0) {
		go_to(visit, "login", NULL, NULL);
		return 303;
	}
	if (query[0] != '\0')
		next = arena_print(visit->work->arena, "%s?%s", next, query);
	go_to(visit, "login", "next", next);
	return 303;
}

int
who_may(struct visit *visit)
{
	const struct account *account = visit->account;
	enum visitor visitor = visit->screen->visitor;

	if (visitor == ANYBODY)
		return 0;
	if (visitor == NOBODY)
		return 403;
	if (account == NULL)
		return to_login(visit);
	if (account_is_staff(account) != (visitor == STAFF))
		return 403;
	if (account->password_initial != 0 && !visit->screen->while_initial)
		return to_login(visit);
	return 0;
}
