/* place_pass: struct place as a message to the process that does the task,
 * and its results as lines back. A field that is not in this table does not
 * pass. */

#include <stddef.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "agent/lines.h"
#include "agent/place_part.h"
#include "agent/wire.h"
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
#define FIELD(word, name, kind, way)                                           \
	{                                                                      \
		word, offsetof(struct place, name), kind, way                  \
	}
	FIELD("number", number, NUMBER, TO),
	FIELD("directory", directory, TEXT, TO),
	FIELD("aside", aside, TEXT, TO),
	FIELD("kept", kept, TEXT, TO),
	FIELD("out", out, TEXT, TO),
	FIELD("parent", parents, LIST, BOTH),
	FIELD("existed", existed, FLAG, BOTH),
	FIELD("mode", mode, NUMBER, BOTH),
	FIELD("inode", inode, NUMBER, BOTH),
	FIELD("replaced", replaced, NUMBER, TO),
	FIELD("wrote", wrote, LIST, TO),
	FIELD("license", license, TEXT, TO),
	FIELD("setting", setting, TEXT, TO),
	FIELD("backup", backup, TEXT, TO),
	FIELD("record", record, TEXT, TO),
	FIELD("size", size, NUMBER, BACK),
	FIELD("aside-inode", aside_inode, NUMBER, BACK),
	FIELD("tree-bytes", tree_bytes, NUMBER, BACK),
	FIELD("tree-files", tree_files, NUMBER, BACK),
	FIELD("free-bytes", free_bytes, NUMBER, BACK),
	FIELD("free-files", free_files, NUMBER, BACK),
	FIELD("bytes", bytes, NUMBER, BACK),
	FIELD("left", left, LIST, BACK),
	FIELD("why", why, TEXT, BACK),
#undef FIELD
};
enum { FIELDS = sizeof(fields) / sizeof(*fields) };

/* In front of the message, then lines, then the two manifests. */
struct head {
	int64_t lines;
	int64_t manifest;
	int64_t before;
};

enum { LINES = 8 << 20 }; /* bytes */

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

int
place_pack(const struct place *place, const struct place_kind *kind)
{
	struct text *out = text_new(place->arena, LINES);
	const size_t manifest =
	    kind->needs & PLACE_MANIFEST ? place->paper.length : 0;
	const size_t before =
	    kind->needs & PLACE_BEFORE ? place->before_paper.length : 0;
	const int fd = memfd_create("place", MFD_CLOEXEC);
	struct head head;

	for (size_t i = 0; i < FIELDS; i++)
		if (fields[i].way & TO)
			write_field(out, place, &fields[i]);
	head = (struct head){ (int64_t)out->length, (int64_t)manifest,
		(int64_t)before };
	if (fd >= 0 && !out->over && wire_write(fd, &head, sizeof(head)) &&
	    wire_write(fd, out->bytes, out->length) &&
	    wire_write(fd, place->paper.bytes, manifest) &&
	    wire_write(fd, place->before_paper.bytes, before))
		return fd;
	if (fd >= 0)
		(void)close(fd);
	return -1;
}

/* Copied: whoever sent the bytes could change them. */
static const char *
part(struct place *place, int fd, int64_t length, int64_t *at)
{
	char *bytes = arena_alloc(place->arena, (size_t)length + 1);

	if (pread(fd, bytes, (size_t)length, *at) != length)
		return NULL;
	*at += length;
	return bytes;
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
read_fields(struct place *place, const char *text)
{
	struct lines lines;

	lines_read(&lines, place->arena, text);
	for (size_t i = 0; i < lines.count; i++)
		for (size_t j = 0; j < FIELDS; j++)
			if (fields[j].way & TO &&
			    strcmp(fields[j].word, lines.words[i]) == 0)
				take(place, &fields[j], lines.values[i]);
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

static bool
is_length(int64_t length, int64_t most)
{
	return length >= 0 && length <= most;
}

bool
place_unpack(struct place *place, const struct place_kind *kind, int fd)
{
	struct head head;
	int64_t at = sizeof(head);
	const char *text;

	if (pread(fd, &head, sizeof(head), 0) != sizeof(head) ||
	    !is_length(head.lines, LINES) ||
	    !is_length(head.manifest, MANIFEST_LIMIT) ||
	    !is_length(head.before, MANIFEST_LIMIT))
		return false;
	text = part(place, fd, head.lines, &at);
	place->paper.length = (size_t)head.manifest;
	place->paper.bytes = part(place, fd, head.manifest, &at);
	place->before_paper.length = (size_t)head.before;
	place->before_paper.bytes = part(place, fd, head.before, &at);
	if (text == NULL || place->paper.bytes == NULL ||
	    place->before_paper.bytes == NULL)
		return false;
	read_fields(place, text);
	return read_papers(place, kind);
}
