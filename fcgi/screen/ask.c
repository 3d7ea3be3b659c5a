/* ask: a package's settings as fields of a form. */

#include "screen/ask.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/must.h"
#include "base/xml.h"
#include "data/version.h"
#include "screen/part.h"
#include "shop/sealed.h"

enum {
	MANIFEST_LIMIT = 16 << 20,
	LONGEST = 300, /* of an answer, where the package does not say */
};

struct setting {
	const char *name;     /* inside the package */
	const char *standard; /* for an answer left out; "" for none */
	bool is_url;
	bool is_secret;
	struct field field; /* setting.NAME */
};

struct ask {
	const char *form; /* of the fields; NULL: the page's only one */
	bool database;
	struct setting *settings;
	size_t count;
};

static const struct {
	const char *name;
	enum field_kind kind;
} kinds[] = {
	{ "text", FIELD_TEXT },
	{ "number", FIELD_NUMBER },
	{ "flag", FIELD_FLAG },
	{ "choice", FIELD_CHOICE },
	{ "email", FIELD_EMAIL },
	{ "url", FIELD_TEXT },
	{ "secret", FIELD_PASSWORD },
};

static enum field_kind
kind_named(const char *name)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (part_same(kinds[i].name, name))
			return kinds[i].kind;
	/* A newer package's: asked for as text. */
	return FIELD_TEXT;
}

/* In the visitor's language, else in English, else the first. */
static const char *
label_of(struct visit *visit, struct xml_node *node)
{
	struct arena *arena = visit->work->arena;
	struct xml_node *best = xml_child(node, "label");
	int rank = 0;

	for (struct xml_node *label = best; label != NULL;
	     label = xml_next(label, "label")) {
		const char *language = xml_language(arena, label);
		const int here = part_same(language, visit->language) ? 2
				 : part_same(language, "en")          ? 1
								      : 0;

		if (here > rank) {
			rank = here;
			best = label;
		}
	}
	return xml_text(arena, best);
}

static void
add_choices(struct visit *visit, const char *field, struct xml_node *node)
{
	struct arena *arena = visit->work->arena;

	for (struct xml_node *choice = xml_child(node, "choice");
	     choice != NULL; choice = xml_next(choice, "choice"))
		form_choice(visit, field, xml_attribute(arena, choice, "value"),
		    label_of(visit, choice));
}

/* A required answer may be left out, not empty, where the package has one. */
static bool
is_required(struct visit *visit, const struct setting *setting)
{
	return setting->field.kind != FIELD_FLAG &&
	       (setting->standard[0] == '\0' ||
		   strcmp(visit->method, "POST") != 0 ||
		   form_brought(visit, setting->field.name));
}

static void
read_setting(
    struct visit *visit, struct xml_node *node, struct setting *setting)
{
	struct arena *arena = visit->work->arena;
	const char *kind = xml_attribute(arena, node, "kind");
	struct field *field = &setting->field;
	int64_t longest = LONGEST;

	setting->name = xml_attribute(arena, node, "name");
	setting->is_url = part_same(kind, "url");
	setting->is_secret = part_same(kind, "secret");
	field->name = arena_print(arena, "setting.%s", setting->name);
	field->kind = kind_named(kind);
	setting->standard = xml_attribute(arena, node, "value");
	field->required =
	    part_same(xml_attribute(arena, node, "required"), "yes") &&
	    is_required(visit, setting);
	field->least = INT64_MIN;
	field->most = INT64_MAX;
	(void)xml_number(
	    arena, node, "least", INT64_MIN, INT64_MAX, &field->least);
	(void)xml_number(
	    arena, node, "most", INT64_MIN, INT64_MAX, &field->most);
	(void)xml_number(arena, node, "longest", 1, LONGEST, &longest);
	field->longest = (size_t)longest;
}

static void
add_setting(struct visit *visit, struct xml_node *node, struct ask *ask)
{
	struct setting *setting = &ask->settings[ask->count++];

	read_setting(visit, node, setting);
	setting->field.form = ask->form;
	form_add(visit, &setting->field, label_of(visit, node));
	add_choices(visit, setting->field.name, node);
	form_prefill(visit, setting->field.name, setting->standard);
}

/* It was checked when it was published; one that cannot be read any more asks
 * nothing. */
static enum db_status
read_manifest(struct visit *visit, int64_t version_id, struct xml_node **root_r)
{
	const char *manifest;
	const enum db_status status =
	    version_manifest(visit->work, version_id, &manifest);

	if (status == DB_OK)
		*root_r = xml_read(visit->work->arena, manifest,
		    strlen(manifest), MANIFEST_LIMIT, NULL);
	return status;
}

static bool
asks(struct visit *visit, struct xml_node *root, const char *name)
{
	struct xml_node *node = xml_child(root, "setting");

	while (
	    node != NULL &&
	    !part_same(xml_attribute(visit->work->arena, node, "name"), name))
		node = xml_next(node, "setting");
	return node != NULL;
}

/* before: of the version whose questions are not asked again, or NULL. */
static struct ask *
read_settings(struct visit *visit, struct xml_node *root,
    struct xml_node *before, const char *form)
{
	struct arena *arena = visit->work->arena;
	struct ask *ask = arena_alloc(arena, sizeof(*ask));

	ask->form = form;
	ask->database = xml_child(root, "database") != NULL;
	ask->settings = arena_array(
	    arena, xml_count(root, "setting"), sizeof(*ask->settings));
	for (struct xml_node *node = xml_child(root, "setting"); node != NULL;
	     node = xml_next(node, "setting"))
		if (before == NULL ||
		    !asks(visit, before, xml_attribute(arena, node, "name")))
			add_setting(visit, node, ask);
	return ask;
}

enum db_status
ask_settings(struct visit *visit, int64_t version_id, const struct ask **ask_r)
{
	struct xml_node *root;
	const enum db_status status = read_manifest(visit, version_id, &root);

	if (status == DB_OK)
		*ask_r = read_settings(visit, root, NULL, NULL);
	return status;
}

enum db_status
ask_new_settings(struct visit *visit, const struct ask_change *change,
    const struct ask **ask_r)
{
	struct xml_node *before, *root;
	enum db_status status =
	    read_manifest(visit, change->from_version_id, &before);

	if (status == DB_OK)
		status = read_manifest(visit, change->to_version_id, &root);
	if (status == DB_OK)
		*ask_r = read_settings(visit, root, before, change->form);
	return status;
}

const char *
ask_fields(struct visit *visit, const struct ask *ask)
{
	const char *names = "";

	for (size_t i = 0; i < ask->count; i++)
		names = arena_print(visit->work->arena, "%s %s", names,
		    ask->settings[i].field.name);
	return names;
}

bool
ask_wants_database(const struct ask *ask)
{
	return ask->database;
}

static bool
is_url(const char *text)
{
	return text[0] == '\0' || strncmp(text, "https://", 8) == 0 ||
	       strncmp(text, "http://", 7) == 0;
}

void
ask_check(struct visit *visit, const struct ask *ask)
{
	for (size_t i = 0; i < ask->count; i++) {
		const char *name = ask->settings[i].field.name;

		if (ask->settings[i].is_url && !is_url(form_text(visit, name)))
			form_problem(visit, name, "problem.bad-url", NULL);
	}
}

static void
release_json(void *json)
{
	json_decref(json);
}

/* As it is stored; NULL when a secret cannot be. */
static const char *
answer_to(struct visit *visit, const struct setting *setting)
{
	const struct field *field = &setting->field;
	const char *value = form_text(visit, field->name);

	if (field->kind == FIELD_FLAG)
		return form_flag(visit, field->name) ? "yes" : "no";
	if (setting->is_secret)
		return sealed_make(visit->work->arena, value);
	return value[0] == '\0' ? setting->standard : value;
}

const char *
ask_answers(struct visit *visit, const struct ask *ask, const char *known)
{
	struct arena *arena = visit->work->arena;
	json_t *answers = json_loads(known, JSON_REJECT_DUPLICATES, NULL);
	char *text;

	must(answers != NULL);
	arena_defer(arena, release_json, answers);
	for (size_t i = 0; i < ask->count; i++) {
		const char *value = answer_to(visit, &ask->settings[i]);

		if (value == NULL)
			return NULL;
		must(json_object_set_new(answers, ask->settings[i].name,
			 json_string(value)) == 0);
	}
	text = json_dumps(answers, JSON_COMPACT | JSON_SORT_KEYS);
	must(text != NULL);
	arena_defer(arena, free, text);
	return text;
}
