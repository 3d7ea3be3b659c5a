/* logout: ends the session. */

#include "data/session.h"
#include "web/screen.h"

static const struct field fields[] = {
	{ .name = NULL },
};

static enum outcome
show(struct visit *visit)
{
	form_show(visit, "logout", "post", "logout", NULL);
	page_open(visit->page, "logout");
	page_close(visit->page);
	return SHOW;
}

static enum outcome
act(struct visit *visit)
{
	if (visit->session != NULL) {
		const enum db_status status =
		    session_end(visit->work, visit->session);

		if (status != DB_OK && status != DB_NONE)
			return outcome_of(status);
	}
	visit_set_session(visit, "");
	return go_to(visit, "login", NULL, NULL);
}

const struct screen screen = {
	.name = "logout",
	.visitor = ANYBODY,
	.fields = fields,
	.show = show,
	.act = act,
	.while_initial = true,
};
