/* form: declared fields, and the values a request brought for them. */

#include "web/form.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/must.h"
#include "web/field.h"
#include "web/form_part.h"
#include "web/page.h"
#include "web/query.h"
#include "web/screen.h"
#include "web/visit.h"

static bool
is_post(const struct visit *visit)
{
	return strcmp(visit->method, "POST") == 0;
}

static const char *
sent_as(const struct query *query, const char *name)
{
	const struct query_pair *pair;

	if (query_find(query, name, &pair) != 1 || !pair->good)
		return "";
	return pair->value;
}

const char *
form_raw(struct visit *visit, const char *name)
{
	const char *value = sent_as(visit->form->body, name);

	return value[0] != '\0' ? value : sent_as(visit->form->address, name);
}

const char *
form_sent(struct visit *visit)
{
	return sent_as(visit->form->body, "form");
}

struct form_value *
form_value(struct visit *visit, const char *name)
{
	struct form_value *value = visit->form->first;

	while (value != NULL && strcmp(value->field->name, name) != 0)
		value = value->next;
	return value;
}

static struct form_value *
declared(struct visit *visit, const char *name)
{
	struct form_value *value = form_value(visit, name);

	must(value != NULL);
	return value;
}

/* Where the field's values are; both: the body goes before the address. */
static const struct query *
source_of(const struct form *form, const struct field *field)
{
	const struct query_pair *pair;

	if (field->source == FIELD_QUERY)
		return form->address;
	if (field->source == FIELD_BOTH &&
	    query_find(form->body, field->name, &pair) == 0)
		return form->address;
	return form->body;
}

void
form_problem(struct visit *visit, const char *field, const char *id,
    const char *argument)
{
	struct form_value *value =
	    field != NULL ? form_value(visit, field) : NULL;

	if (value != NULL)
		value->wrong = true;
	page_problem(visit->page, field, id, argument);
}

static bool
is_required(struct visit *visit, const struct field *field)
{
	if (!field->required || !is_post(visit))
		return false;
	return field->form == NULL ||
	       strcmp(field->form, form_sent(visit)) == 0;
}

/* The checked value, or the problem. */
static void
check(struct visit *visit, struct form_value *value)
{
	const char *name = value->field->name;
	struct field_result result =
	    field_check(visit->work->arena, value->field, value->typed);

	value->checked = result.value;
	value->number = result.number;
	if (result.problem != NULL)
		form_problem(visit, name, result.problem, result.argument);
	else if (result.value[0] == '\0' && is_required(visit, value->field))
		form_problem(visit, name, "problem.missing", NULL);
}

/* Text that is not UTF-8 or came twice is shown as it came, but not used. */
static void
read_value(struct visit *visit, struct form_value *value)
{
	const struct query_pair *pair;
	size_t count = query_find(
	    source_of(visit->form, value->field), value->field->name, &pair);

	value->typed = value->checked = "";
	value->came = count > 0;
	if (count > 0)
		value->typed = pair->value;
	if (count > 1)
		form_problem(visit, value->field->name, "problem.twice", NULL);
	else if (count == 1 && !pair->good)
		form_problem(
		    visit, value->field->name, "problem.not-utf8", NULL);
	else
		check(visit, value);
}

void
form_add(struct visit *visit, const struct field *field, const char *label)
{
	struct form *form = visit->form;
	struct form_value *value;

	if (form_value(visit, field->name) != NULL)
		return;
	value = arena_alloc(visit->work->arena, sizeof(*value));
	value->field = field;
	value->label = label;
	*form->end = value;
	form->end = &value->next;
	if (field->kind != FIELD_EXTRA)
		read_value(visit, value);
}

void
form_begin(
    struct visit *visit, const struct query *body, const struct query *address)
{
	struct form *form = arena_alloc(visit->work->arena, sizeof(*form));
	const struct field *field = visit->screen->fields;

	form->body = body;
	form->address = address;
	form->end = &form->first;
	visit->form = form;
	for (; field != NULL && field->name != NULL; field++)
		form_add(visit, field, NULL);
}

const char *
form_text(struct visit *visit, const char *name)
{
	return declared(visit, name)->checked;
}

int64_t
form_number(struct visit *visit, const char *name)
{
	return declared(visit, name)->number;
}

bool
form_flag(struct visit *visit, const char *name)
{
	return declared(visit, name)->checked[0] != '\0';
}

bool
form_has(struct visit *visit, const char *name)
{
	return declared(visit, name)->checked[0] != '\0';
}

bool
form_brought(struct visit *visit, const char *name)
{
	const struct query_pair *pair;

	return query_find(visit->form->body, name, &pair) > 0;
}

void
form_prefill(struct visit *visit, const char *name, const char *value)
{
	declared(visit, name)->prefill = value;
}

void
form_prefill_number(struct visit *visit, const char *name, int64_t number)
{
	form_prefill(
	    visit, name, arena_print(visit->work->arena, "%" PRId64, number));
}

void
form_set(struct visit *visit, const char *name, const char *value)
{
	struct form_value *field = declared(visit, name);

	field->came = true;
	field->typed = field->checked = value;
}

void
form_choice(
    struct visit *visit, const char *name, const char *value, const char *label)
{
	struct form_choice **end = &declared(visit, name)->choices;

	for (; *end != NULL; end = &(*end)->next)
		if (strcmp((*end)->value, value) == 0)
			return;
	*end = arena_alloc(visit->work->arena, sizeof(**end));
	(*end)->value = arena_copy(visit->work->arena, value);
	(*end)->label = label;
}

static bool
is_offered(const struct form_value *value)
{
	const struct form_choice *choice = value->choices;

	if (choice == NULL || value->checked[0] == '\0')
		return true;
	while (choice != NULL && strcmp(choice->value, value->checked) != 0)
		choice = choice->next;
	return choice != NULL;
}

bool
form_wrong(struct visit *visit)
{
	struct form_value *value = visit->form->first;

	for (; value != NULL; value = value->next)
		if (!is_offered(value)) {
			value->checked = "";
			form_problem(visit, value->field->name,
			    "problem.not-a-choice", NULL);
		}
	return page_has_problem(visit->page);
}

static const struct query *
extra_source(struct visit *visit, const char *prefix)
{
	return source_of(visit->form, declared(visit, prefix)->field);
}

size_t
form_extra_count(struct visit *visit, const char *prefix)
{
	const struct query *query = extra_source(visit, prefix);
	size_t count = 0;

	for (size_t i = 0; i < query->count; i++)
		count +=
		    strncmp(query->pairs[i].name, prefix, strlen(prefix)) == 0;
	return count;
}

const char *
form_extra(
    struct visit *visit, const char *prefix, size_t n, const char **value_r)
{
	const struct query *query = extra_source(visit, prefix);

	for (size_t i = 0; i < query->count; i++) {
		const struct query_pair *pair = &query->pairs[i];

		if (strncmp(pair->name, prefix, strlen(prefix)) != 0 || n-- > 0)
			continue;
		*value_r = pair->good ? pair->value : "";
		return pair->name + strlen(prefix);
	}
	must(false);
	return NULL;
}
