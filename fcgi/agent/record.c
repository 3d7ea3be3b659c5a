/* record: what was installed, for as long as it is. */

#include "agent/record.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "agent/agent.h"
#include "agent/journal.h"
#include "base/arena.h"
#include "base/file.h"
#include "base/text.h"

enum { LIMIT = 1 << 20, MANIFEST = 16 << 20 };

static const char *const folders[] = {
	[RECORD_INSTALLED] = "installed",
	[RECORD_OUT] = "out",
};

static const char *
folder_of(const struct agent *agent, struct arena *arena, const char *name)
{
	return arena_print(arena, "%s/%s", agent->conf.state_dir, name);
}

static const char *
path_of(const struct agent *agent, struct arena *arena, enum record_state state,
    const char *serial)
{
	return arena_print(
	    arena, "%s/%s", folder_of(agent, arena, folders[state]), serial);
}

const struct record *
record_read(const struct agent *agent, struct arena *arena,
    enum record_state state, const char *serial)
{
	struct record *record = arena_alloc(arena, sizeof(*record));
	const char *text =
	    file_read(arena, path_of(agent, arena, state, serial), LIMIT, NULL);
	const char *digest;

	if (text == NULL)
		return NULL;
	lines_read(&record->lines, arena, text);
	digest = lines_value(&record->lines, "manifest");
	if (digest == NULL)
		return NULL;
	record->manifest =
	    record_manifest(agent, arena, digest, &record->manifest_length);
	return record->manifest == NULL ? NULL : record;
}

bool
record_write(const struct agent *agent, struct arena *arena,
    enum record_state state, const char *serial, const char *lines)
{
	return file_replace(
	    path_of(agent, arena, state, serial), lines, strlen(lines), 0600);
}

bool
record_remove(const struct agent *agent, struct arena *arena,
    enum record_state state, const char *serial)
{
	if (unlink(path_of(agent, arena, state, serial)) != 0)
		return errno == ENOENT;
	return journal_flush_folder(folder_of(agent, arena, folders[state]));
}

void
record_copy(
    struct text *out, const struct record *record, const char *const *without)
{
	const struct lines *lines = &record->lines;

	for (size_t i = 0; i < lines->count; i++) {
		const char *const *word = without;

		while (*word != NULL && strcmp(*word, lines->words[i]) != 0)
			word++;
		if (*word == NULL)
			lines_write(out, lines->words[i], lines->values[i]);
	}
}

bool
record_turn(const struct agent *agent, struct arena *arena,
    enum record_state from, const char *serial)
{
	const enum record_state to =
	    from == RECORD_OUT ? RECORD_INSTALLED : RECORD_OUT;
	const char *target = folder_of(agent, arena, folders[to]);

	if (rename(path_of(agent, arena, from, serial),
		path_of(agent, arena, to, serial)) != 0)
		return errno == ENOENT;
	return journal_flush_folder(target) &&
	       journal_flush_folder(folder_of(agent, arena, folders[from]));
}

const char *
record_dump(const struct agent *agent, struct arena *arena, const char *serial)
{
	return arena_print(
	    arena, "%s/%s.sql", folder_of(agent, arena, "kept"), serial);
}

bool
record_forget(
    const struct agent *agent, struct arena *arena, const char *serial)
{
	return unlink(record_dump(agent, arena, serial)) == 0 ||
	       errno == ENOENT;
}

static void
close_folder(void *folder)
{
	closedir(folder);
}

/* Neither . and .. nor one that is being written. */
static bool
is_serial(const char *name)
{
	return strchr(name, '.') == NULL;
}

const char *const *
record_serials(const struct agent *agent, struct arena *arena, size_t *count_r)
{
	DIR *folder =
	    opendir(folder_of(agent, arena, folders[RECORD_INSTALLED]));
	const struct dirent *entry;
	const char **serials = NULL;
	size_t room = 0;

	*count_r = 0;
	if (folder == NULL)
		return NULL;
	arena_defer(arena, close_folder, folder);
	while ((entry = readdir(folder)) != NULL) {
		if (!is_serial(entry->d_name))
			continue;
		if (*count_r == room) {
			room = room == 0 ? 64 : 2 * room;
			const char **more =
			    arena_array(arena, room, sizeof(*more));
			if (*count_r > 0)
				memcpy(more, serials, *count_r * sizeof(*more));
			serials = more;
		}
		serials[(*count_r)++] = arena_copy(arena, entry->d_name);
	}
	return serials;
}

/* file_replace() writes NAME.XXXXXX first; a manifest's own name has one dot
 * more than a serial. */
static void
tidy_folder(const char *path, const char *last)
{
	DIR *folder = opendir(path);
	const struct dirent *entry;

	if (folder == NULL)
		return;
	while ((entry = readdir(folder)) != NULL) {
		const char *dot = strrchr(entry->d_name, '.');

		if (dot != NULL && dot[1] != '\0' && dot != entry->d_name &&
		    strcmp(dot, last) != 0)
			(void)unlinkat(dirfd(folder), entry->d_name, 0);
	}
	closedir(folder);
}

bool
record_start(const struct agent *agent, struct arena *arena)
{
	static const struct {
		const char *name;
		const char *last;
	} known[] = { { "installed", "" }, { "out", "" }, { "depot", "" },
		{ "manifest", ".xml" }, { "kept", ".sql" } };

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++) {
		const char *path = folder_of(agent, arena, known[i].name);

		if (!file_make_folder(path, 0700))
			return false;
		tidy_folder(path, known[i].last);
	}
	return journal_flush_folder(agent->conf.state_dir);
}

static const char *
manifest_path(
    const struct agent *agent, struct arena *arena, const char *digest)
{
	return arena_print(
	    arena, "%s/%s.xml", folder_of(agent, arena, "manifest"), digest);
}

bool
record_keep_manifest(const struct agent *agent, struct arena *arena,
    const char *digest, const char *bytes, size_t length)
{
	const char *path = manifest_path(agent, arena, digest);

	return access(path, F_OK) == 0 ||
	       file_replace(path, bytes, length, 0600);
}

const char *
record_manifest(const struct agent *agent, struct arena *arena,
    const char *digest, size_t *length_r)
{
	return file_read(
	    arena, manifest_path(agent, arena, digest), MANIFEST, length_r);
}

struct gathering {
	const char *area;
	const char *directory;
	const char **parents;
	size_t count;
};

/* Outermost first, each once. */
static void
gather(struct gathering *gathering, const char *parent)
{
	const size_t length = strlen(parent);
	size_t at = 0;

	if (strncmp(gathering->directory, parent, length) != 0 ||
	    gathering->directory[length] != '/' ||
	    gathering->count == RECORD_PARENTS)
		return;
	while (at < gathering->count && strlen(gathering->parents[at]) < length)
		at++;
	if (at < gathering->count &&
	    strcmp(gathering->parents[at], parent) == 0)
		return;
	memmove(gathering->parents + at + 1, gathering->parents + at,
	    (gathering->count - at) * sizeof(*gathering->parents));
	gathering->parents[at] = parent;
	gathering->count++;
}

static void
gather_record(
    struct arena *arena, const char *path, struct gathering *gathering)
{
	const char *text = file_read(arena, path, LIMIT, NULL);
	struct lines lines;
	size_t count;

	if (text == NULL)
		return;
	lines_read(&lines, arena, text);
	const char *area = lines_value(&lines, "area");
	const char **parents = lines_all(&lines, "parent", &count);
	const char *directory = lines_value(&lines, "directory");
	/* its own, written before the agent died, is written again */
	if (area == NULL || strcmp(area, gathering->area) != 0 ||
	    directory == NULL || strcmp(directory, gathering->directory) == 0)
		return;
	for (size_t i = 0; i < count; i++)
		gather(gathering, parents[i]);
}

size_t
record_parents(const struct agent *agent, struct arena *arena, const char *area,
    const char *directory, const char *parents_r[RECORD_PARENTS])
{
	struct gathering gathering = { area, directory, parents_r, 0 };
	size_t count;
	const char *const *serials = record_serials(agent, arena, &count);

	for (size_t i = 0; i < count; i++)
		gather_record(arena,
		    path_of(agent, arena, RECORD_INSTALLED, serials[i]),
		    &gathering);
	return gathering.count;
}

int64_t
record_depot(const struct agent *agent, struct arena *arena, const char *depot)
{
	return journal_read_number(arena,
	    arena_print(arena, "%s/depot/%s", agent->conf.state_dir, depot));
}

bool
record_set_depot(const struct agent *agent, struct arena *arena,
    const char *depot, int64_t serial)
{
	const char *folder = folder_of(agent, arena, "depot");

	return journal_write_number_to(
	    arena, arena_print(arena, "%s/%s", folder, depot), serial);
}
