/* form_show: a form onto the page. */

#include <string.h>

#include "base/arena.h"
#include "base/must.h"
#include "base/secret.h"
#include "web/field.h"
#include "web/form_part.h"
#include "web/guard.h"
#include "web/page.h"
#include "web/visit.h"

struct shown {
	struct visit *visit;
	const char *name; /* the form's */
	bool post;
};

static void
show_limits(struct page *page, const struct field *field)
{
	size_t longest = field_longest(field);

	if (longest != 0)
		page_number(page, "longest", (int64_t)longest);
	if (field->kind == FIELD_NUMBER && field->least != field->most) {
		page_number(page, "least", field->least);
		page_number(page, "most", field->most);
	}
	page_attribute(page, "autocomplete", field->autocomplete);
}

/* What was typed stays; a flag of a form that was sent without it is off. */
static const char *
value_to_show(const struct shown *shown, const struct form_value *value)
{
	if (value->field->kind == FIELD_PASSWORD)
		return NULL;
	if (value->field->kind == FIELD_FLAG && value->came)
		return value->checked[0] != '\0' ? value->checked : NULL;
	if (value->came)
		return value->typed;
	if (value->field->kind == FIELD_FLAG && shown->post &&
	    strcmp(form_sent(shown->visit), shown->name) == 0)
		return NULL;
	return value->prefill;
}

static void
show_choice(
    struct page *page, const char *value, const char *label, const char *chosen)
{
	page_open(page, "choice");
	page_attribute(page, "value", value);
	if (chosen != NULL && strcmp(value, chosen) == 0)
		page_flag(page, "selected", true);
	page_content(page, label);
	page_close(page);
}

static void
show_choices(
    struct page *page, const struct form_value *value, const char *chosen)
{
	const char *const *fixed = value->field->choices;
	const struct form_choice *choice = value->choices;

	for (; fixed != NULL && *fixed != NULL; fixed++)
		show_choice(page, *fixed, NULL, chosen);
	for (; choice != NULL; choice = choice->next)
		show_choice(page, choice->value, choice->label, chosen);
}

static void
show_field(const struct shown *shown, const struct form_value *value)
{
	struct page *page = shown->visit->page;
	const char *text = value_to_show(shown, value);

	page_open(page, "field");
	page_attribute(page, "name", value->field->name);
	page_attribute(page, "kind", field_kind_name(value->field->kind));
	page_flag(page, "required", value->field->required);
	show_limits(page, value->field);
	if (value->wrong)
		page_flag(page, "problem", true);
	page_text(page, "label", value->label);
	page_text(page, "value", text);
	show_choices(page, value, text);
	page_close(page);
}

static void
show_carried(
    struct page *page, const char *name, const char *kind, const char *value)
{
	page_open(page, "field");
	page_attribute(page, "name", name);
	page_attribute(page, "kind", kind);
	page_flag(page, "required", true);
	page_text(page, "value", value);
	page_close(page);
}

static void
show_named(const struct shown *shown, const char *fields)
{
	while (*(fields += strspn(fields, " ")) != '\0') {
		size_t n = strcspn(fields, " ");
		const struct form_value *value = form_value(shown->visit,
		    arena_copy_n(shown->visit->work->arena, fields, n));

		must(value != NULL);
		show_field(shown, value);
		fields += n;
	}
}

static bool
belongs(const struct shown *shown, const struct field *field)
{
	if (field->kind == FIELD_EXTRA ||
	    field->source == (shown->post ? FIELD_QUERY : FIELD_BODY))
		return false;
	return field->form == NULL || strcmp(field->form, shown->name) == 0;
}

static void
show_all(const struct shown *shown)
{
	const struct form_value *value = shown->visit->form->first;

	for (; value != NULL; value = value->next)
		if (belongs(shown, value->field))
			show_field(shown, value);
}

void
form_show(struct visit *visit, const char *name, const char *method,
    const char *action, const char *fields)
{
	struct page *page = visit->page;
	const struct shown shown = { visit, name, strcmp(method, "post") == 0 };

	page_part_open(page, PAGE_FORM, "form");
	page_attribute(page, "name", name);
	page_attribute(page, "method", method);
	page_attribute(page, "action", action);
	if (fields != NULL)
		show_named(&shown, fields);
	else
		show_all(&shown);
	if (shown.post) {
		show_carried(page, "form", "hidden", name);
		show_carried(page, "request", "hidden",
		    secret_token(visit->work->arena));
		show_carried(
		    page, "token", "token", guard_token(visit, action));
	}
	page_close(page);
}
