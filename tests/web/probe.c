/* probe: a screen with every kind of field, for tests of the frame. The field
 * `do` says how its act ends; each act writes one line of audit. */

#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "data/audit.h"
#include "web/screen.h"

static const char *const letters[] = { "a", "b", NULL };

static const struct field fields[] = {
	{ .name = "text", .kind = FIELD_TEXT, .required = true, .longest = 20 },
	{ .name = "password", .kind = FIELD_PASSWORD, .longest = 10 },
	{ .name = "number", .kind = FIELD_NUMBER, .least = 1, .most = 100 },
	{ .name = "any", .kind = FIELD_NUMBER },
	{ .name = "letter", .kind = FIELD_CHOICE, .choices = letters },
	{ .name = "area", .kind = FIELD_CHOICE },
	{ .name = "flag", .kind = FIELD_FLAG },
	{ .name = "email", .kind = FIELD_EMAIL, .autocomplete = "email" },
	{ .name = "tel", .kind = FIELD_TEL },
	{ .name = "postcode", .kind = FIELD_POSTCODE },
	{ .name = "address", .kind = FIELD_ADDRESS },
	{ .name = "directory", .kind = FIELD_DIRECTORY },
	{ .name = "serial", .kind = FIELD_SERIAL },
	{ .name = "code", .kind = FIELD_CODE },
	{ .name = "kana", .kind = FIELD_KANA },
	{ .name = "do", .kind = FIELD_HIDDEN },
	{ .name = "q", .kind = FIELD_TEXT, .source = FIELD_QUERY },
	{ .name = "both", .kind = FIELD_TEXT, .source = FIELD_BOTH },
	{ .name = "other",
	    .kind = FIELD_TEXT,
	    .required = true,
	    .form = "second" },
	{ .name = "setting.", .kind = FIELD_EXTRA },
	{ .name = NULL },
};

static const struct field late = {
	.name = "setting.late", .kind = FIELD_TEXT, .longest = 5
};

static void
show_checked(struct visit *visit, const char *name, const char *value)
{
	page_open(visit->page, "checked");
	page_attribute(visit->page, "name", name);
	page_content(visit->page, value);
	page_close(visit->page);
}

static void
choices(struct visit *visit)
{
	form_choice(visit, "area", "east", "East & more");
	form_choice(visit, "area", "west", NULL);
	form_choice(visit, "area", "east", "again");
}

static enum outcome
show(struct visit *visit)
{
	choices(visit);
	form_add(visit, &late, "Late <one>");
	form_prefill(visit, "tel", "03-1234-5678");
	form_prefill(visit, "flag", "yes");
	form_prefill_number(visit, "number", 7);
	page_open(visit->page, "probe");
	page_attribute(visit->page, "address", visit->address);
	page_attribute(visit->page, "agent", visit->user_agent);
	for (size_t i = 0; fields[i].name != NULL; i++)
		if (fields[i].kind != FIELD_EXTRA &&
		    fields[i].kind != FIELD_PASSWORD &&
		    form_has(visit, fields[i].name))
			show_checked(visit, fields[i].name,
			    form_text(visit, fields[i].name));
	for (size_t i = 0; i < form_extra_count(visit, "setting."); i++) {
		const char *value;
		const char *name = form_extra(visit, "setting.", i, &value);

		show_checked(visit, name, value);
	}
	form_show(visit, "probe", "post", "probe", NULL);
	form_show(visit, "second", "post", "probe", "other");
	form_show(visit, "search", "get", "probe", "q");
	page_text_in(visit->page, "mended", "ja",
	    "a\xFF\x01"
	    "b");
	page_markup(visit->page, "rich", "en",
	    "<p onclick='x()'>Tom &amp; <em>Jerry</em> "
	    "<a href='javascript:x()'>bad</a> "
	    "<a href='https://example.org/'>good</a>"
	    "<script>alert(1)</script></p>");
	page_close(visit->page);
	if (form_has(visit, "q") &&
	    strcmp(form_text(visit, "q"), "missing") == 0)
		return MISSING;
	return SHOW;
}

/* Twice the database asks for it again. */
static enum outcome
again(struct visit *visit)
{
	static unsigned turns;

	return turns++ < 2 ? RETRY : go_to(visit, "probe", NULL, NULL);
}

static enum outcome
end_as(struct visit *visit, const char *what)
{
	if (strcmp(what, "missing") == 0)
		return MISSING;
	if (strcmp(what, "refused") == 0)
		return REFUSED;
	if (strcmp(what, "broken") == 0)
		return BROKEN;
	if (strcmp(what, "retry") == 0)
		return again(visit);
	if (strcmp(what, "show") == 0)
		return show(visit);
	if (strcmp(what, "crash") == 0)
		_exit(9);
	if (strcmp(what, "problem") == 0 || strcmp(what, "keep") == 0) {
		form_problem(visit, "text", "probe.wrong", "1 < 2");
		if (strcmp(what, "keep") == 0)
			visit_keep(visit);
		return show(visit);
	}
	if (strcmp(what, "next") == 0)
		return go_on(visit, form_text(visit, "both"), "probe");
	go_with(visit, "probe.done");
	return go_to(visit, "probe", "q", form_text(visit, "text"));
}

static enum outcome
act(struct visit *visit)
{
	enum db_status status;

	choices(visit);
	if (form_wrong(visit))
		return show(visit);
	status =
	    audit_add(visit->work, "probe.act", form_text(visit, "text"), "");
	if (status != DB_OK)
		return outcome_of(status);
	return end_as(visit, form_text(visit, "do"));
}

const struct screen screen = {
	.name = "probe",
	.visitor = CUSTOMER,
	.fields = fields,
	.show = show,
	.act = act,
};
