/* place_remove: a package goes out of an area, and nothing else. */

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "agent/agent.h"
#include "agent/dir.h"
#include "agent/place_part.h"
#include "base/arena.h"

static bool
take_out(struct place_task *task)
{
	struct place *place = task->place;
	const int area = place->area.fd;

	if (!place_make_hidden(task, task->stage))
		return place_fail_errno(task, task->stage);
	if (dir_move(area, place->directory, task->tree) || errno == ENOENT)
		return true;
	return place_fail_errno(task, place->directory);
}

bool
place_take_out(struct place *place)
{
	return place_run(place, take_out, -1);
}

/* Files come folder by folder: the one of the last is kept open. */
struct removal {
	struct arena *arena;
	int tree;
	int above;
	const char *above_path;
	int why; /* errno of what the disk did not do; 0 for none */
	/* Folders that may be empty in the end, with doubles. */
	const char **folders;
	size_t count;
	size_t room;
};

static void
note_folder(struct removal *removal, const char *path)
{
	if (removal->count == removal->room) {
		const size_t room = removal->room == 0 ? 64 : 2 * removal->room;
		const char **more =
		    arena_array(removal->arena, room, sizeof(*more));

		for (size_t i = 0; i < removal->count; i++)
			more[i] = removal->folders[i];
		removal->folders = more;
		removal->room = room;
	}
	removal->folders[removal->count++] = path;
}

/* What the customer hinders stays and is named; the rest is tried again. */
static void
note_result(struct removal *removal, bool right)
{
	if (!right && !dir_is_hindered(errno))
		removal->why = errno;
}

static void
note_folders_above(struct removal *removal, const char *path)
{
	for (const char *above = place_above(removal->arena, path);
	     above != NULL; above = place_above(removal->arena, above))
		note_folder(removal, above);
}

static bool
enter_above(struct removal *removal, const char *path)
{
	const char *slash = strrchr(path, '/');
	const size_t length = slash == NULL ? 0 : (size_t)(slash - path);

	if (removal->above_path != NULL &&
	    strlen(removal->above_path) == length &&
	    strncmp(removal->above_path, path, length) == 0)
		return removal->above >= 0;
	if (removal->above >= 0)
		(void)close(removal->above);
	removal->above_path = arena_copy_n(removal->arena, path, length);
	removal->above = dir_open_folder(
	    removal->tree, length == 0 ? "." : removal->above_path);
	note_result(removal, removal->above >= 0);
	if (length > 0)
		note_folders_above(removal, path);
	return removal->above >= 0;
}

/* A link or a pipe in a file's place is not what was installed. */
static void
remove_file(struct removal *removal, const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash == NULL ? path : slash + 1;
	struct stat status;

	if (!enter_above(removal, path))
		return;
	if (fstatat(removal->above, name, &status, AT_SYMLINK_NOFOLLOW) != 0)
		note_result(removal, false);
	else if (S_ISREG(status.st_mode))
		note_result(removal, unlinkat(removal->above, name, 0) == 0);
}

static void
clear_folder(struct removal *removal, const struct manifest_folder *folder)
{
	struct stat status;

	if (folder->kind != MANIFEST_PROGRAM) {
		if (!dir_stat(removal->tree, folder->path, &status))
			note_result(removal, false);
		else if (S_ISDIR(status.st_mode))
			note_result(
			    removal, dir_clear(removal->tree, folder->path));
	}
	note_folder(removal, folder->path);
	note_folders_above(removal, folder->path);
}

/* What is inside comes before what it is in. */
static int
deepest_first(const void *a, const void *b)
{
	return strcmp(*(const char *const *)b, *(const char *const *)a);
}

static bool
remove_owned(struct place_task *task, int tree)
{
	struct place *place = task->place;
	const struct manifest *manifest = place->manifest;
	struct removal removal = {
		.arena = place->arena, .tree = tree, .above = -1
	};

	remove_file(&removal, "kagiya-license.ini");
	remove_file(&removal, "kagiya-setting.ini");
	for (size_t i = 0; i < manifest->folder_count; i++)
		clear_folder(&removal, &manifest->folders[i]);
	for (size_t i = 0; i < manifest->file_count; i++)
		remove_file(&removal, manifest->files[i].path);
	if (removal.above >= 0)
		(void)close(removal.above);
	if (removal.count > 0)
		qsort(removal.folders, removal.count, sizeof(*removal.folders),
		    deepest_first);
	for (size_t i = 0; i < removal.count; i++)
		if (i == 0 ||
		    strcmp(removal.folders[i], removal.folders[i - 1]) != 0)
			note_result(&removal,
			    dir_remove_empty(tree, removal.folders[i]));
	errno = removal.why;
	return removal.why == 0 || place_fail_errno(task, task->tree);
}

void
place_tell_left(struct place_task *task, const char *path, bool folder)
{
	place_tell(task, "left",
	    arena_print(task->place->arena, "%s/%s%s", task->place->directory,
		path, folder ? "/" : ""));
}

static bool
tell_left(void *context, const char *path, const struct stat *status)
{
	place_tell_left(context, path, S_ISDIR(status->st_mode));
	return true;
}

/* Back to where it was; when somebody has put something else there, beside. */
static bool
bring_back(struct place_task *task)
{
	struct place *place = task->place;
	const int area = place->area.fd;

	if (dir_move(area, task->tree, place->directory))
		return true;
	if (errno != EEXIST && errno != ENOTEMPTY)
		return place_fail_errno(task, place->directory);
	place->directory = arena_print(place->arena, "%s.left-%lld",
	    place->directory, (long long)place->number);
	if (dir_move(area, task->tree, place->directory))
		return true;
	return place_fail_errno(task, place->directory);
}

bool
place_restore_empty(struct place_task *task)
{
	struct place *place = task->place;
	const int area = place->area.fd;
	int fd;

	if (!place->existed)
		return true;
	if (!dir_make(area, place->directory))
		return place_fail_errno(task, place->directory);
	fd = dir_open_folder(area, place->directory);
	if (fd >= 0) {
		(void)fchmod(fd, (mode_t)place->mode);
		(void)close(fd);
	}
	return true;
}

/* What is left of the tree: nothing, or what the customer has there. */
static bool
close_tree(struct place_task *task)
{
	const int area = task->place->area.fd;

	if (dir_remove_empty(area, task->tree))
		return place_restore_empty(task);
	if (!dir_is_hindered(errno))
		return place_fail_errno(task, task->tree);
	return bring_back(task);
}

static bool
remove_tree(struct place_task *task)
{
	struct place *place = task->place;
	const int area = place->area.fd;
	const int tree = dir_open_folder(area, task->tree);
	bool right;

	if (tree < 0 && errno != ENOENT)
		return place_fail_errno(task, task->tree);
	if (tree >= 0) {
		right = remove_owned(task, tree);
		(void)close(tree);
		right = right && close_tree(task);
	} else {
		right = place_restore_empty(task);
	}
	if (!right)
		return false;
	/* After a cut just behind bring_back() this is where they are. */
	(void)dir_walk(
	    place->arena, area, place->directory, PLACE_LEFT, tell_left, task);
	return place_clean_parents(task) && place_clean_stage(task);
}

bool
place_remove(struct place *place)
{
	place->left_count = 0;
	return place_run(place, remove_tree, -1);
}

const struct place_kind place_remove_kinds[] = {
	{ "take-out", take_out, 0 },
	{ "remove", remove_tree, PLACE_MANIFEST },
	{ NULL, NULL, 0 },
};
