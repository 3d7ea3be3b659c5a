/* place_pass: struct place as a message to the process that does the task,
 * and its results as lines back. A field that is not in this table does not
 * pass. */

#include <stddef.h>
#include <string.h>

#include "agent/lines.h"
#include "agent/place_part.h"
#include "base/arena.h"
#include "base/text.h"

enum kind { TEXT, NUMBER, FLAG, LIST };
enum way { TO = 1, BACK = 2, BOTH = 3 };

/* A list's count stands in the field after it. */
static const struct field {
	const char *word;
	size_t at;
	enum kind kind;
	enum way way;
} fields[] = {
#define AT(name) offsetof(struct place, name)
	{ "directory", AT(directory), TEXT, TO },
	{ "aside", AT(aside), TEXT, TO },
	{ "kept", AT(kept), TEXT, TO },
	{ "out", AT(out), TEXT, TO },
	{ "parent", AT(parents), LIST, BOTH },
	{ "existed", AT(existed), FLAG, BOTH },
	{ "mode", AT(mode), NUMBER, BOTH },
	{ "inode", AT(inode), NUMBER, BOTH },
	{ "replaced", AT(replaced), NUMBER, TO },
	{ "wrote", AT(wrote), LIST, TO },
	{ "license", AT(license), TEXT, TO },
	{ "setting", AT(setting), TEXT, TO },
	{ "backup", AT(backup), TEXT, TO },
	{ "record", AT(record), TEXT, TO },
	{ "size", AT(size), NUMBER, BACK },
	{ "aside-inode", AT(aside_inode), NUMBER, BACK },
	{ "tree-bytes", AT(tree_bytes), NUMBER, BACK },
	{ "tree-files", AT(tree_files), NUMBER, BACK },
	{ "free-bytes", AT(free_bytes), NUMBER, BACK },
	{ "free-files", AT(free_files), NUMBER, BACK },
	{ "bytes", AT(bytes), NUMBER, BACK },
	{ "left", AT(left), LIST, BACK },
	{ "why", AT(why), TEXT, BACK },
#undef AT
};
enum { FIELDS = sizeof(fields) / sizeof(*fields) };

enum { LINES = 8 << 20 }; /* bytes */
static const size_t limits[PLACE_PARTS] = { LINES, MANIFEST_LIMIT,
	MANIFEST_LIMIT };

struct list {
	const char **words;
	size_t count;
};

static void *
place_at(const struct place *place, const struct field *field)
{
	return (char *)(uintptr_t)place + field->at;
}

static void
write_list(struct text *out, const char *word, const struct list *list)
{
	for (size_t i = 0; i < list->count; i++)
		lines_write(out, word, list->words[i]);
}

static void
write_field(
    struct text *out, const struct place *place, const struct field *field)
{
	const void *at = place_at(place, field);
	const char *const *text = at;

	switch (field->kind) {
	case TEXT:
		if (*text != NULL)
			lines_write(out, field->word, *text);
		break;
	case NUMBER:
		text_print(out, "%s %lld\n", field->word,
		    (long long)*(const int64_t *)at);
		break;
	case FLAG:
		if (*(const bool *)at)
			lines_write(out, field->word, "yes");
		break;
	case LIST:
		write_list(out, field->word, at);
		break;
	}
}

bool
place_pack(const struct place *place, const struct place_kind *kind,
    struct message_part parts_r[PLACE_PARTS])
{
	struct text *out = text_new(place->arena, LINES);

	lines_write(out, "kind", kind->name);
	for (size_t i = 0; i < FIELDS; i++)
		if (fields[i].way & TO)
			write_field(out, place, &fields[i]);
	parts_r[0] = (struct message_part){ out->bytes, out->length };
	if (kind->needs & PLACE_MANIFEST)
		parts_r[1] = place->paper;
	if (kind->needs & PLACE_BEFORE)
		parts_r[2] = place->before_paper;
	return !out->over;
}

static void
keep_word(struct place *place, struct list *list, const char *word)
{
	enum { GROW = 32 };

	if (list->count >= PLACE_LEFT)
		return;
	if (list->count % GROW == 0) {
		const char **more = arena_array(
		    place->arena, list->count + GROW, sizeof(*more));

		for (size_t i = 0; i < list->count; i++)
			more[i] = list->words[i];
		list->words = more;
	}
	list->words[list->count++] = arena_copy(place->arena, word);
}

static void
take(struct place *place, const struct field *field, const char *rest)
{
	void *at = place_at(place, field);

	switch (field->kind) {
	case TEXT:
		*(const char **)at = arena_copy(place->arena, rest);
		break;
	case NUMBER:
		(void)text_number(rest, INT64_MIN, INT64_MAX, at);
		break;
	case FLAG:
		*(bool *)at = true;
		break;
	case LIST:
		keep_word(place, at, rest);
		break;
	}
}

void
place_take_result(struct place *place, const char *word, const char *rest)
{
	for (size_t i = 0; i < FIELDS; i++)
		if (fields[i].way & BACK && strcmp(fields[i].word, word) == 0)
			take(place, &fields[i], rest);
}

static void
read_fields(struct place *place, const struct lines *lines)
{
	for (size_t i = 0; i < lines->count; i++)
		for (size_t j = 0; j < FIELDS; j++)
			if (fields[j].way & TO &&
			    strcmp(fields[j].word, lines->words[i]) == 0)
				take(place, &fields[j], lines->values[i]);
}

static bool
read_papers(struct place *place, const struct place_kind *kind)
{
	if (kind->needs & PLACE_MANIFEST)
		place->manifest = manifest_read(place->arena,
		    place->paper.bytes, place->paper.length, NULL);
	if (kind->needs & PLACE_BEFORE)
		place->before =
		    manifest_read(place->arena, place->before_paper.bytes,
			place->before_paper.length, NULL);
	return (!(kind->needs & PLACE_MANIFEST) || place->manifest != NULL) &&
	       (!(kind->needs & PLACE_BEFORE) || place->before != NULL);
}

bool
place_unpack(struct place *place, int fd, const struct place_kind **kind_r)
{
	struct message_part parts[PLACE_PARTS];
	struct lines lines;
	const char *name;

	if (!message_read(place->arena, fd, limits, PLACE_PARTS, parts))
		return false;
	lines_read(&lines, place->arena, parts[0].bytes);
	name = lines_value(&lines, "kind");
	*kind_r = name == NULL ? NULL : place_kind_named(name);
	if (*kind_r == NULL)
		return false;
	read_fields(place, &lines);
	place->paper = parts[1];
	place->before_paper = parts[2];
	return read_papers(place, *kind_r);
}
