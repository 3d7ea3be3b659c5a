/* keycheck_word: the sentences of the answers, from the skin's message
 * catalogs. They are read once: a stylesheet for each answer would cost more
 * than all the rest of the check. */

#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "base/setting.h"
#include "base/text.h"
#include "base/xml.h"
#include "gate/keycheck.h"

static const char *const languages[] = { "ja", "en" };

enum {
	LANGUAGES = sizeof(languages) / sizeof(languages[0]),
	CATALOG_LIMIT = 1024 * 1024,
	SENTENCE_LIMIT = 1000,
	MONTHS = 12,
};

struct word {
	const char *id;
	const char *words;
	struct word *next;
};

/* Live as long as the process. */
static struct arena *kept;
static struct word *catalogs[LANGUAGES];

static bool
is_ours(const char *id)
{
	return strncmp(id, "keycheck.", 9) == 0 || strncmp(id, "date.", 5) == 0;
}

/* One line, however the catalog breaks it. */
static const char *
one_line(struct arena *arena, const char *words)
{
	char *copy = arena_copy(kept, text_trim(arena, words));

	for (char *c = copy; *c != '\0'; c++)
		if (strchr("\t\r\n", *c) != NULL)
			*c = ' ';
	return copy;
}

static void
take(struct word **catalog, struct arena *arena, struct xml_node *root)
{
	for (struct xml_node *node = xml_child(root, "message"); node != NULL;
	     node = xml_next(node, "message")) {
		const char *id = xml_attribute(arena, node, "id");
		struct word *word;

		if (!is_ours(id))
			continue;
		word = arena_alloc(kept, sizeof(*word));
		word->id = arena_copy(kept, id);
		word->words = one_line(arena, xml_text(arena, node));
		word->next = *catalog;
		*catalog = word;
	}
}

static bool
read_catalog(struct arena *arena, size_t language)
{
	const char *path = arena_print(arena, "%s/message/%s.xml",
	    setting_text("skin.dir"), languages[language]);
	size_t length = 0;
	const char *bytes = file_read(arena, path, CATALOG_LIMIT, &length);
	struct xml_node *root =
	    bytes == NULL ? NULL
			  : xml_read(arena, bytes, length, CATALOG_LIMIT, NULL);

	if (root == NULL) {
		log_event(LOG_FAULT, "keycheck.no-words", "file=%s", path);
		return false;
	}
	take(&catalogs[language], arena, root);
	return true;
}

bool
word_start(void)
{
	struct arena *arena = arena_new();
	bool done = true;

	kept = arena_new();
	for (size_t i = 0; i < LANGUAGES; i++)
		done = read_catalog(arena, i) && done;
	arena_free(arena);
	return done;
}

static const char *
find(const struct word *catalog, const char *id)
{
	for (; catalog != NULL; catalog = catalog->next)
		if (strcmp(catalog->id, id) == 0)
			return catalog->words;
	return NULL;
}

static const struct word *
catalog_of(const char *language)
{
	if (language == NULL)
		language = setting_text("site.language");
	for (size_t i = 0; i < LANGUAGES; i++)
		if (strcmp(languages[i], language) == 0)
			return catalogs[i];
	return catalogs[LANGUAGES - 1];
}

/* arguments stand for {1}, {2}, {3}. */
static const char *
fill(struct arena *arena, const char *words, const char *const arguments[3])
{
	struct text *out = text_new(arena, SENTENCE_LIMIT);

	while (*words != '\0') {
		size_t plain = strcspn(words, "{");

		text_add_n(out, words, plain);
		words += plain;
		if (*words == '{' && words[1] >= '1' && words[1] <= '3' &&
		    words[2] == '}') {
			text_add(out, arguments[words[1] - '1']);
			words += 3;
		} else if (*words == '{') {
			text_add_n(out, words++, 1);
		}
	}
	return out->bytes;
}

/* As the pages write a day: date.day with the year, date.month.N, the day. */
static const char *
day_words(struct arena *arena, const struct word *catalog, int32_t day)
{
	const char *iso = clock_day_text(arena, day);
	const char *pattern = find(catalog, "date.day");
	const char *month;
	int64_t month_number, day_number;

	if (pattern == NULL || strlen(iso) != 10 ||
	    !text_number(
		arena_copy_n(arena, iso + 5, 2), 1, MONTHS, &month_number) ||
	    !text_number(arena_copy_n(arena, iso + 8, 2), 1, 31, &day_number))
		return iso;
	month = find(
	    catalog, arena_print(arena, "date.month.%d", (int)month_number));
	return fill(arena, pattern,
	    (const char *const[3]){ arena_copy_n(arena, iso, 4),
		month == NULL ? "" : month,
		arena_print(arena, "%d", (int)day_number) });
}

/* A sentence that names a day has a sister for when there is none. */
static const char *
sentence(struct arena *arena, const struct word *catalog, const char *code,
    int32_t day)
{
	const char *words = NULL;

	if (day == CLOCK_NO_DAY)
		words = find(
		    catalog, arena_print(arena, "keycheck.%s.no-day", code));
	if (words == NULL)
		words = find(catalog, arena_print(arena, "keycheck.%s", code));
	return words;
}

const char *
word_of(
    struct arena *arena, const char *language, const char *code, int32_t day)
{
	const struct word *catalog = catalog_of(language);
	const char *words = sentence(arena, catalog, code, day);

	if (words == NULL)
		return code;
	if (strchr(words, '{') == NULL)
		return words;
	return fill(arena, words,
	    (const char *const[3]){ day_words(arena, catalog, day), "", "" });
}
