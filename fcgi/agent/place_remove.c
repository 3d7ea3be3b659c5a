/* place_remove: a package goes out of an area, and nothing else. */

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "agent/agent.h"
#include "agent/dir.h"
#include "agent/place_part.h"
#include "base/arena.h"
#include "depot/tarball.h"

enum { BACKUP_ENTRIES = 1000000, BLOCK = 256 * 1024 };

struct backup {
	int from;
	struct tarball *tarball;
	char *block;
	int64_t total;
};

/* A file that shrinks meanwhile is filled up, one that grows is cut: the
 * customer's program may be running. */
static bool
add_file(struct backup *backup, int fd, const char *path, int64_t size)
{
	if (!tarball_add_file(backup->tarball, path, size))
		return false;
	while (size > 0) {
		const size_t wish = size < BLOCK ? (size_t)size : BLOCK;
		ssize_t n = read(fd, backup->block, wish);

		if (n <= 0) {
			memset(backup->block, 0, wish);
			n = (ssize_t)wish;
		}
		if (!tarball_add_bytes(
			backup->tarball, backup->block, (size_t)n))
			return false;
		size -= n;
		backup->total += n;
	}
	return true;
}

static bool
add_link(struct backup *backup, const char *path)
{
	const char *name;
	const int above = dir_open_above(backup->from, path, &name);
	char target[PATH_MAX];
	ssize_t n = -1;

	if (above >= 0) {
		n = readlinkat(above, name, target, sizeof(target) - 1);
		(void)close(above);
	}
	if (n < 0)
		return true;
	target[n] = '\0';
	return tarball_add_link(backup->tarball, path, target);
}

/* What cannot be read (a pipe, another's file) is not in the backup. */
static bool
add_entry(void *context, const char *path, const struct stat *status)
{
	struct backup *backup = context;
	struct stat now;
	bool right = true;
	int fd;

	if (S_ISDIR(status->st_mode))
		return tarball_add_folder(backup->tarball, path);
	if (S_ISLNK(status->st_mode))
		return add_link(backup, path);
	if (!S_ISREG(status->st_mode))
		return true;
	fd = dir_open(backup->from, path, O_RDONLY | O_NONBLOCK, 0);
	if (fd < 0)
		return true;
	if (fstat(fd, &now) == 0 && S_ISREG(now.st_mode))
		right = add_file(backup, fd, path, now.st_size);
	(void)close(fd);
	return right;
}

static bool
write_backup(struct place_task *task, int fd)
{
	struct place *place = task->place;
	struct backup backup = {
		.from = dir_open_folder(place->area.fd, place->directory),
		.tarball = tarball_new(place->arena, fd),
		.block = arena_alloc(place->arena, BLOCK),
	};
	bool right;

	if (backup.from < 0)
		return place_fail_errno(task, place->directory);
	right = dir_walk(
	    place->arena, backup.from, ".", BACKUP_ENTRIES, add_entry, &backup);
	right = tarball_end(backup.tarball) && right && fsync(fd) == 0;
	(void)close(backup.from);
	if (!right)
		return place_fail_errno(task, place->backup);
	place_tell_number(task, "bytes", backup.total);
	return true;
}

static bool
back_up(struct place_task *task)
{
	struct place *place = task->place;
	const int area = place->area.fd;
	const char *fresh = arena_print(place->arena, "%s/backup", task->stage);
	struct stat status;
	int fd;
	bool right;

	if (dir_stat(area, place->backup, &status))
		return true;
	if (!dir_make(area, task->stage) || !dir_remove_file(area, fresh))
		return place_fail_errno(task, task->stage);
	fd = dir_open(area, fresh, O_WRONLY | O_CREAT | O_EXCL, 0600);
	if (fd < 0)
		return place_fail_errno(task, fresh);
	right = write_backup(task, fd);
	(void)close(fd);
	if (right && !dir_move(area, fresh, place->backup))
		right = place_fail_errno(task, place->backup);
	return right;
}

bool
place_backup(struct place *place)
{
	return place_run(place, back_up, -1);
}

static bool
take_out(struct place_task *task)
{
	struct place *place = task->place;
	const int area = place->area.fd;

	if (!dir_make(area, task->stage))
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

	if (enter_above(removal, path) &&
	    fstatat(removal->above, name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
	    S_ISREG(status.st_mode))
		note_result(removal, unlinkat(removal->above, name, 0) == 0);
}

static void
clear_folder(struct removal *removal, const struct manifest_folder *folder)
{
	struct stat status;

	if (folder->kind != MANIFEST_PROGRAM &&
	    dir_stat(removal->tree, folder->path, &status) &&
	    S_ISDIR(status.st_mode))
		note_result(removal, dir_clear(removal->tree, folder->path));
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

static bool
restore_empty(struct place_task *task)
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
		return restore_empty(task);
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
		right = restore_empty(task);
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
	{ "backup", back_up, 0 },
	{ "take-out", take_out, 0 },
	{ "remove", remove_tree, PLACE_MANIFEST },
	{ NULL, NULL, 0 },
};
