/* login: the way in (figure 12 a), and the first password of one's own. */

#include "data/account.h"
#include "screen/part.h"
#include "shop/enter.h"
#include "web/screen.h"

static const struct field fields[] = {
	{ .name = "login",
	    .kind = FIELD_TEXT,
	    .required = true,
	    .longest = 80,
	    .autocomplete = "username",
	    .form = "login" },
	{ .name = "password",
	    .kind = FIELD_PASSWORD,
	    .required = true,
	    .longest = ENTER_MOST,
	    .autocomplete = "current-password",
	    .form = "login" },
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
	{ .name = "next",
	    .kind = FIELD_HIDDEN,
	    .source = FIELD_BOTH,
	    .longest = 500 },
	{ .name = NULL },
};

static bool
is_initial(const struct visit *visit)
{
	return visit->account != NULL && visit->account->password_initial != 0;
}

static enum outcome
show(struct visit *visit)
{
	const bool initial = is_initial(visit);

	if (visit->account != NULL && !initial && part_is_get(visit))
		return go_on(visit, form_text(visit, "next"), "catalog");
	if (initial)
		form_show(visit, "password", "post", "login",
		    "new_password new_password_again next");
	else
		form_show(
		    visit, "login", "post", "login", "login password next");
	page_open(visit->page, "login");
	page_flag(visit->page, "initial", initial);
	page_close(visit->page);
	return SHOW;
}

static enum outcome
enter(struct visit *visit)
{
	const struct enter_from from = part_from(visit);
	struct entered entered;
	const char *next = part_some(form_text(visit, "next"));
	enum db_status status;

	if (!part_came(visit, "login") || !part_came(visit, "password"))
		return show(visit);
	status = enter_check(visit->work, form_text(visit, "login"),
	    form_text(visit, "password"), &from, &entered);
	if (status != DB_OK)
		return outcome_of(status);
	if (entered.end != ENTER_OK) {
		visit_keep(visit); /* the wrong try counts */
		part_enter_problem(visit, entered.end, "password", "password");
		return show(visit);
	}
	visit_set_session(visit, entered.token);
	if (entered.account->password_initial != 0)
		return go_to(
		    visit, "login", next != NULL ? "next" : NULL, next);
	return go_on(visit, form_text(visit, "next"), "catalog");
}

static enum outcome
choose(struct visit *visit)
{
	const struct enter_from from = part_from(visit);
	const char *password = form_text(visit, "new_password");
	struct entered entered;
	enum db_status status;

	if (!part_came(visit, "new_password"))
		return show(visit);
	if (!part_same(password, form_text(visit, "new_password_again"))) {
		form_problem(
		    visit, "new_password_again", "login.not-same", NULL);
		return show(visit);
	}
	status = enter_choose(
	    visit->work, visit->account, password, &from, &entered);
	if (status != DB_OK)
		return outcome_of(status);
	if (entered.end != ENTER_OK) {
		part_enter_problem(
		    visit, entered.end, "new_password", "new_password");
		return show(visit);
	}
	visit_set_session(visit, entered.token);
	return go_on(visit, form_text(visit, "next"), "catalog");
}

static enum outcome
act(struct visit *visit)
{
	if (!form_has(visit, "new_password"))
		return enter(visit);
	/* Later passwords are changed at /account, against the old one. */
	return is_initial(visit) ? choose(visit) : REFUSED;
}

const struct screen screen = {
	.name = "login",
	.visitor = ANYBODY,
	.fields = fields,
	.show = show,
	.act = act,
	.while_initial = true,
};
