/* schema_file: the numbered files of schema/sql and their statements. */

#include "data/schema_file.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/secret.h"
#include "base/text.h"

enum { FILE_MOST = 1 << 20 };

/* NNNN-what.sql */
static int
is_numbered(const struct dirent *entry)
{
	const char *name = entry->d_name;
	const size_t length = strlen(name);

	for (int i = 0; i < 4; i++)
		if (!isdigit((unsigned char)name[i]))
			return 0;
	return name[4] == '-' && length > 9 &&
	       strcmp(name + length - 4, ".sql") == 0;
}

const char *
schema_text(struct arena *arena, const char *folder, const char *name)
{
	return file_read(
	    arena, arena_print(arena, "%s/%s", folder, name), FILE_MOST, NULL);
}

static bool
describe(struct arena *arena, const char *folder, const char *name,
    struct schema_file *file)
{
	unsigned char digest[SECRET_DIGEST];
	const char *text = schema_text(arena, folder, name);

	if (text == NULL)
		return false;
	secret_sha256(text, strlen(text), digest);
	*file = (struct schema_file){
		.number = strtol(name, NULL, 10),
		.name = arena_copy(arena, name),
		.sha256 = text_hex(arena, digest, sizeof(digest)),
	};
	return true;
}

static enum schema_end
describe_all(struct arena *arena, const char *folder,
    struct dirent *const *entries, struct schema_file *files, size_t count,
    const char **trouble_r)
{
	for (size_t i = 0; i < count; i++) {
		const char *name = entries[i]->d_name;

		if (!describe(arena, folder, name, &files[i])) {
			*trouble_r = arena_print(
			    arena, "%s/%s: %s", folder, name, strerror(errno));
			return SCHEMA_NO_FILE;
		}
		if (files[i].number != (int64_t)i + 1) {
			*trouble_r = arena_print(arena,
			    "%s/%s stands where number %zu is wanted", folder,
			    name, i + 1);
			return SCHEMA_GAP;
		}
	}
	return SCHEMA_DONE;
}

enum schema_end
schema_files(struct arena *arena, const char *folder,
    struct schema_file **files_r, size_t *count_r, const char **trouble_r)
{
	struct dirent **entries;
	const int found = scandir(folder, &entries, is_numbered, alphasort);
	enum schema_end end;

	if (found <= 0) {
		*trouble_r = arena_print(arena, "no schema files in %s: %s",
		    folder, found < 0 ? strerror(errno) : "it is empty");
		return SCHEMA_NO_FILE;
	}
	*count_r = (size_t)found;
	*files_r = arena_array(arena, *count_r, sizeof(**files_r));
	end =
	    describe_all(arena, folder, entries, *files_r, *count_r, trouble_r);
	for (int i = 0; i < found; i++)
		free(entries[i]);
	free(entries);
	return end;
}

static bool
is_comment(const char *line)
{
	return strncmp(line, "--", 2) == 0;
}

/* The line without its end and trailing blanks; *rest moves on. */
static const char *
take_line(struct arena *arena, const char **rest)
{
	const size_t length = strcspn(*rest, "\n");
	char *line = arena_copy_n(arena, *rest, length);
	size_t n = length;

	while (n > 0 && isspace((unsigned char)line[n - 1]))
		line[--n] = '\0';
	*rest += length + ((*rest)[length] == '\n');
	return line;
}

const char *
schema_statement(struct arena *arena, const char **rest)
{
	struct text *text = text_new(arena, FILE_MOST);

	while (**rest) {
		const char *line = take_line(arena, rest);
		const size_t n = strlen(line);

		if (n == 0 || is_comment(line))
			continue;
		if (line[n - 1] == ';') {
			text_add_n(text, line, n - 1);
			return text->bytes;
		}
		text_add(text, line);
		text_add(text, "\n");
	}
	return text->length ? text->bytes : NULL;
}
