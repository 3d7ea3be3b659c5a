/* lines: files of lines `word value`, as the journal and the records have. */

#ifndef AGENT_LINES_H
#define AGENT_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct text;

struct lines {
	struct arena *arena;
	const char **words;
	const char **values;
	size_t count;
	size_t room;
};

/* A last line without its end was cut by a crash and does not count. */
void lines_read(struct lines *lines, struct arena *arena, const char *text);

/* The last one of that word; NULL when there is none. */
const char *lines_value(const struct lines *lines, const char *word);
int64_t lines_number(const struct lines *lines, const char *word);
/* All of that word, in order. */
const char **lines_all(
    const struct lines *lines, const char *word, size_t *count_r);

void lines_keep(struct lines *lines, const char *word, const char *value);
void lines_write(struct text *out, const char *word, const char *value);

#endif
