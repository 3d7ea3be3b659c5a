/* lines: files of lines `word value`. */

#include "agent/lines.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"

void
lines_keep(struct lines *lines, const char *word, const char *value)
{
	if (lines->count == lines->room) {
		const size_t room = lines->room == 0 ? 32 : 2 * lines->room;
		const char **words =
		    arena_array(lines->arena, room, sizeof(*words));
		const char **values =
		    arena_array(lines->arena, room, sizeof(*values));

		for (size_t i = 0; i < lines->count; i++) {
			words[i] = lines->words[i];
			values[i] = lines->values[i];
		}
		lines->words = words;
		lines->values = values;
		lines->room = room;
	}
	lines->words[lines->count] = arena_copy(lines->arena, word);
	lines->values[lines->count++] = arena_copy(lines->arena, value);
}

void
lines_read(struct lines *lines, struct arena *arena, const char *text)
{
	*lines = (struct lines){ .arena = arena };
	for (const char *end = strchr(text, '\n'); end != NULL;
	     text = end + 1, end = strchr(text, '\n')) {
		const size_t word = strcspn(text, " \n");
		const char *from = text + word + (text[word] == ' ');
		const char *value = text_unpercent(
		    arena, from, (size_t)(end - from), false, NULL);

		lines_keep(lines, arena_copy_n(arena, text, word),
		    value == NULL ? "" : value);
	}
}

const char *
lines_value(const struct lines *lines, const char *word)
{
	for (size_t i = lines->count; i-- > 0;)
		if (strcmp(lines->words[i], word) == 0)
			return lines->values[i];
	return NULL;
}

int64_t
lines_number(const struct lines *lines, const char *word)
{
	const char *value = lines_value(lines, word);
	int64_t number = 0;

	if (value != NULL)
		(void)text_number(value, INT64_MIN, INT64_MAX, &number);
	return number;
}

const char **
lines_all(const struct lines *lines, const char *word, size_t *count_r)
{
	const char **all =
	    arena_array(lines->arena, lines->count, sizeof(*all));

	*count_r = 0;
	for (size_t i = 0; i < lines->count; i++)
		if (strcmp(lines->words[i], word) == 0)
			all[(*count_r)++] = lines->values[i];
	return all;
}

void
lines_write(struct text *out, const char *word, const char *value)
{
	text_print(out, "%s %s\n", word,
	    text_percent(out->arena, value, "/ :;,=@()[]{}<>!?*+&#'\"$"));
}
