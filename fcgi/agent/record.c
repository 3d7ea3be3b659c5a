/* record: what was installed, for as long as it is. */

#include "agent/record.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "agent/agent.h"
#include "agent/journal.h"
#include "base/arena.h"
#include "base/file.h"

enum { LIMIT = 1 << 20, MANIFEST = 16 << 20 };

static const char *
record_path(const struct agent *agent, struct arena *arena, const char *serial,
    const char *name)
{
	return arena_print(arena, "%s/installed/%s%s%s", agent->conf.state_dir,
	    serial, *name == '\0' ? "" : "/", name);
}

const struct record *
record_read(const struct agent *agent, struct arena *arena, const char *serial)
{
	struct record *record = arena_alloc(arena, sizeof(*record));
	const char *text = file_read(
	    arena, record_path(agent, arena, serial, "record"), LIMIT, NULL);

	record->manifest =
	    file_read(arena, record_path(agent, arena, serial, "manifest.xml"),
		MANIFEST, &record->manifest_length);
	if (text == NULL || record->manifest == NULL)
		return NULL;
	lines_read(&record->lines, arena, text);
	return record;
}

/* Out of the way in one step, then all of it. */
static bool
remove_whole(const struct agent *agent, struct arena *arena, const char *serial)
{
	const char *path = record_path(agent, arena, serial, "");
	const char *gone = arena_print(arena, "%s.old", path);

	if (!journal_remove_folder(gone))
		return false;
	if (rename(path, gone) != 0)
		return errno == ENOENT;
	return journal_remove_folder(gone);
}

bool
record_write(const struct agent *agent, struct arena *arena, const char *serial,
    const char *lines, const char *manifest, size_t manifest_length)
{
	const char *final = record_path(agent, arena, serial, "");
	const char *fresh = arena_print(arena, "%s.new", final);
	const char *above =
	    arena_print(arena, "%s/installed", agent->conf.state_dir);

	if (!journal_remove_folder(fresh) || !file_make_folder(fresh, 0700) ||
	    !file_replace(arena_print(arena, "%s/record", fresh), lines,
		strlen(lines), 0600) ||
	    !file_replace(arena_print(arena, "%s/manifest.xml", fresh),
		manifest, manifest_length, 0600) ||
	    !remove_whole(agent, arena, serial))
		return false;
	return rename(fresh, final) == 0 && journal_flush_folder(above);
}

bool
record_remove(
    const struct agent *agent, struct arena *arena, const char *serial)
{
	const char *fresh =
	    arena_print(arena, "%s.new", record_path(agent, arena, serial, ""));

	return journal_remove_folder(fresh) &&
	       remove_whole(agent, arena, serial);
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

static void
close_folder(void *folder)
{
	closedir(folder);
}

size_t
record_parents(const struct agent *agent, struct arena *arena, const char *area,
    const char *directory, const char *parents_r[RECORD_PARENTS])
{
	struct gathering gathering = { area, directory, parents_r, 0 };
	DIR *folder =
	    opendir(arena_print(arena, "%s/installed", agent->conf.state_dir));
	const struct dirent *entry;

	if (folder == NULL)
		return 0;
	arena_defer(arena, close_folder, folder);
	while ((entry = readdir(folder)) != NULL)
		/* neither . and .. nor one that is being written */
		if (strchr(entry->d_name, '.') == NULL)
			gather_record(arena,
			    record_path(agent, arena, entry->d_name, "record"),
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
	const char *folder =
	    arena_print(arena, "%s/depot", agent->conf.state_dir);

	return file_make_folder(folder, 0700) &&
	       journal_write_number_to(
		   arena, arena_print(arena, "%s/%s", folder, depot), serial);
}
