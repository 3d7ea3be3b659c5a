/* account: the customer's profile, password and sessions. */

#include <string.h>

#include "data/account.h"
#include "data/session.h"
#include "screen/part.h"
#include "shop/enter.h"
#include "web/screen.h"

static const char *const languages[] = { "ja", "en", NULL };

static const struct field fields[] = {
	{ .name = "name",
	    .kind = FIELD_TEXT,
	    .required = true,
	    .longest = 80,
	    .autocomplete = "name",
	    .form = "profile" },
	{ .name = "email",
	    .kind = FIELD_EMAIL,
	    .required = true,
	    .longest = 254,
	    .autocomplete = "email",
	    .form = "profile" },
	{ .name = "language",
	    .kind = FIELD_CHOICE,
	    .required = true,
	    .choices = languages,
	    .autocomplete = "language",
	    .form = "profile" },
	{ .name = "password",
	    .kind = FIELD_PASSWORD,
	    .required = true,
	    .longest = ENTER_MOST,
	    .autocomplete = "current-password",
	    .form = "password" },
	{ .name = "new_password",
	    .kind = FIELD_PASSWORD,
	    .required = true,
	    .longest = ENTER_MOST,
	    .autocomplete = "new-password",
	    .form = "password" },
	{ .name = "new_password_again",
	    .kind = FIELD_PASSWORD,
	    .required = true,
	    .longest = ENTER_MOST,
	    .autocomplete = "new-password",
	    .form = "password" },
	{ .name = "end", .kind = FIELD_HIDDEN, .form = "sessions" },
	{ .name = NULL },
};

static bool
is_current(const struct visit *visit, const struct session *session)
{
	const struct db_bytes mine = visit->session->token_hash;

	return mine.length == session->token_hash.length &&
	       memcmp(mine.bytes, session->token_hash.bytes, mine.length) == 0;
}

static void
show_session(struct visit *visit, const struct session *session)
{
	struct page *page = visit->page;

	page_open(page, "session");
	page_flag(page, "current", is_current(visit, session));
	page_time(page, "created", session->created_at);
	page_time(page, "seen", session->seen_at);
	page_attribute(page, "address", session->address);
	page_text(page, "user_agent", session->user_agent);
	page_close(page);
}

static void
show_forms(struct visit *visit)
{
	form_prefill(visit, "name", visit->account->name);
	form_prefill(visit, "email", visit->account->email);
	form_prefill(visit, "language", visit->account->language);
	form_prefill(visit, "end", "others");
	form_show(visit, "profile", "post", "account", "name email language");
	form_show(visit, "password", "post", "account",
	    "password new_password new_password_again");
	form_show(visit, "sessions", "post", "account", "end");
}

static enum outcome
show(struct visit *visit)
{
	const struct session *sessions;
	size_t count;
	const enum db_status status = session_list(
	    visit->work, visit->account->account_id, &sessions, &count);

	if (status != DB_OK)
		return outcome_of(status);
	show_forms(visit);
	page_open(visit->page, "account");
	page_time(visit->page, "created", visit->account->created_at);
	for (size_t i = 0; i < count; i++)
		show_session(visit, &sessions[i]);
	page_close(visit->page);
	return SHOW;
}

static enum outcome
done(struct visit *visit, const char *message)
{
	go_with(visit, message);
	return go_to(visit, "account", NULL, NULL);
}

static enum outcome
change_profile(struct visit *visit)
{
	const char *language = form_text(visit, "language");
	enum db_status status;

	if (!part_came(visit, "name") || !part_came(visit, "email"))
		return show(visit);
	if (language[0] == '\0')
		language = visit->account->language;
	status = account_set_profile(visit->work, visit->account->account_id,
	    form_text(visit, "name"), form_text(visit, "email"), language);
	visit_set_language(visit, language);
	return status == DB_OK ? done(visit, "account.profile-done")
			       : outcome_of(status);
}

static bool
is_same_twice(struct visit *visit)
{
	if (part_same(form_text(visit, "new_password"),
		form_text(visit, "new_password_again")))
		return true;
	form_problem(visit, "new_password_again", "login.not-same", NULL);
	return false;
}

static void
tell_problem(struct visit *visit, enum enter end)
{
	if (end == ENTER_WRONG)
		form_problem(visit, "password", "account.wrong-password", NULL);
	else
		part_enter_problem(visit, end, "password", "new_password");
}

static enum outcome
change_password(struct visit *visit)
{
	const struct enter_from from = part_from(visit);
	struct entered entered;
	enum db_status status;

	if (!part_came(visit, "password") || !is_same_twice(visit))
		return show(visit);
	status = enter_again(visit->work, visit->account,
	    form_text(visit, "password"), &from, &entered);
	if (status == DB_OK && entered.end == ENTER_OK)
		status = enter_choose(visit->work, visit->account,
		    form_text(visit, "new_password"), &from, &entered);
	if (status != DB_OK)
		return outcome_of(status);
	if (entered.end != ENTER_OK) {
		visit_keep(visit); /* a wrong try counts */
		tell_problem(visit, entered.end);
		return show(visit);
	}
	visit_set_session(visit, entered.token);
	return done(visit, "account.password-done");
}

static enum outcome
end_sessions(struct visit *visit)
{
	const enum db_status status =
	    session_end_others(visit->work, visit->session);

	return status == DB_OK ? done(visit, "account.sessions-done")
			       : outcome_of(status);
}

static enum outcome
act(struct visit *visit)
{
	if (form_has(visit, "new_password"))
		return change_password(visit);
	if (form_has(visit, "end"))
		return end_sessions(visit);
	return change_profile(visit);
}

const struct screen screen = {
	.name = "account",
	.visitor = CUSTOMER,
	.fields = fields,
	.show = show,
	.act = act,
};
