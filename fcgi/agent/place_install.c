/* place_install: a package comes into an area, or goes back out of it. */

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "agent/agent.h"
#include "agent/copy.h"
#include "agent/dir.h"
#include "agent/place_part.h"
#include "agent/wire.h"
#include "base/arena.h"
#include "base/text.h"
#include "depot/path.h"
#include "depot/tarball.h"

static bool
tell_parents(struct place_task *task)
{
	struct place *place = task->place;
	const char *missing[PATH_DEPTH];
	size_t count = 0;
	struct stat status;

	for (const char *above = place_above(place->arena, place->directory);
	     above != NULL; above = place_above(place->arena, above)) {
		if (dir_stat(place->area.fd, above, &status)) {
			if (!S_ISDIR(status.st_mode))
				return place_fail(
				    task, "agent.directory-blocked", above);
			break;
		}
		if (errno != ENOENT)
			return place_fail_errno(task, above);
		missing[count++] = above;
	}
	while (count > 0)
		place_tell(task, "parent", missing[--count]);
	return true;
}

bool
place_tell_room(struct place_task *task)
{
	struct statvfs space;

	if (fstatvfs(task->place->area.fd, &space) != 0)
		return place_fail_errno(task, ".");
	place_tell_number(task, "free-bytes",
	    (int64_t)space.f_bavail * (int64_t)space.f_frsize);
	place_tell_number(task, "free-files",
	    space.f_files == 0 ? INT64_MAX : (int64_t)space.f_favail);
	return true;
}

static bool
check(struct place_task *task)
{
	struct place *place = task->place;
	struct stat status;

	if (!place_tell_room(task))
		return false;
	if (!tell_parents(task))
		return false;
	if (!dir_stat(place->area.fd, place->directory, &status))
		return errno == ENOENT
			   ? true
			   : place_fail_errno(task, place->directory);
	if (!S_ISDIR(status.st_mode))
		return place_fail(
		    task, "agent.directory-blocked", place->directory);
	if (dir_count(place->area.fd, place->directory, 1) != 0)
		return place_fail(
		    task, "agent.directory-not-empty", place->directory);
	place_tell(task, "existed", "yes");
	place_tell_number(task, "mode", status.st_mode & 0777);
	return true;
}

bool
place_check(struct place *place)
{
	const char *problem = path_problem(place->directory);

	if (problem != NULL || path_is_in(place->directory, ".kagiya")) {
		place->why = "agent.directory-refused";
		return false;
	}
	place->parent_count = 0;
	place->existed = false;
	place->mode = 0755;
	return place_run(place, check, -1);
}

bool
place_begin_stage(struct place_task *task)
{
	struct place *place = task->place;
	struct stat status;

	/* What an earlier try left behind is no longer wanted. */
	if (!dir_remove_all(place->area.fd, task->stage) ||
	    !place_make_hidden(task, task->tree) ||
	    !dir_stat(place->area.fd, task->tree, &status))
		return place_fail_errno(task, task->stage);
	place_tell_number(task, "inode", (int64_t)status.st_ino);
	return true;
}

static bool
stage(struct place_task *task)
{
	return place_begin_stage(task) && place_take_frames(task);
}

bool
place_stage(struct place *place, int archive)
{
	const struct tarball_limit limit =
	    tarball_package_limit(place->manifest->archive.unpacked);

	return place_stage_by(place, archive, &limit, stage);
}

static bool
is_known(const struct place *place, const char *name,
    const unsigned char digest[SECRET_DIGEST])
{
	const char *line = arena_print(place->arena, "%s %s",
	    text_hex(place->arena, digest, SECRET_DIGEST), name);

	for (size_t i = 0; i < place->wrote_count; i++)
		if (strcmp(place->wrote[i], line) == 0)
			return true;
	return false;
}

/* In a tree that was there before: has the customer changed the file that we
 * wrote? False when that cannot be seen. */
static bool
find_change(
    struct place_task *task, int tree, const char *name, bool *changed_r)
{
	unsigned char digest[SECRET_DIGEST];
	struct stat status;

	*changed_r = false;
	if (task->place->wrote_count == 0)
		return true;
	if (fstatat(tree, name, &status, AT_SYMLINK_NOFOLLOW) != 0)
		return errno == ENOENT || place_fail_errno(task, name);
	if (!S_ISREG(status.st_mode)) {
		*changed_r = true;
		return true;
	}
	if (!copy_digest(tree, name, &status, digest)) {
		*changed_r = errno == EACCES;
		return *changed_r || place_fail_errno(task, name);
	}
	*changed_r = !is_known(task->place, name, digest);
	return true;
}

static bool
write_beside(int stage, const char *text, mode_t mode)
{
	int fd;
	bool right;

	if (!dir_remove_file(stage, "part"))
		return false;
	fd = dir_open(stage, "part", O_WRONLY | O_CREAT | O_EXCL, mode);
	if (fd < 0)
		return false;
	right = wire_write(fd, text, strlen(text)) && fsync(fd) == 0;
	return close(fd) == 0 && right;
}

static bool
put_beside(struct place_task *task, int tree, const char *name)
{
	const char *beside = arena_print(task->place->arena, "%s.orig", name);

	if (renameat(tree, name, tree, beside) != 0)
		return false;
	place_tell_left(task, beside, false);
	return true;
}

/* There is a password in the answers. */
static mode_t
mode_of(const char *name)
{
	return strcmp(name, "kagiya-setting.ini") == 0 ? 0600 : 0644;
}

static bool
write_file(
    struct place_task *task, int tree, const char *name, const char *text)
{
	const int area = task->place->area.fd;
	bool right, changed;
	int stage;

	if (text == NULL)
		return true;
	if (!find_change(task, tree, name, &changed))
		return false;
	if (changed) {
		/* The kept tree is to be as it was. */
		if (strcmp(task->place->aside, task->place->kept) == 0)
			return true;
		if (!put_beside(task, tree, name))
			return place_fail_errno(task, name);
	}
	stage = place_make_hidden(task, task->stage)
		    ? dir_open_folder(area, task->stage)
		    : -1;
	right = stage >= 0 && write_beside(stage, text, mode_of(name)) &&
		renameat(stage, "part", tree, name) == 0;
	if (!right)
		right = place_fail_errno(task, name);
	if (stage >= 0)
		(void)close(stage);
	return right;
}

static bool
write_files(struct place_task *task, int tree)
{
	const struct place *place = task->place;

	return write_file(task, tree, "kagiya-license.ini", place->license) &&
	       write_file(task, tree, "kagiya-setting.ini", place->setting);
}

static bool
configure(struct place_task *task)
{
	struct place *place = task->place;
	const int tree = dir_open_folder(place->area.fd, place->aside);

	if (tree < 0)
		return place_fail_errno(task, place->aside);
	if (!write_files(task, tree))
		return false;
	if (fchmod(tree, (mode_t)place->mode) != 0)
		return place_fail_errno(task, place->aside);
	/* One flush for all files: each by itself would take much longer. */
	if (syncfs(tree) != 0)
		return place_fail_errno(task, place->aside);
	return close(tree) == 0;
}

bool
place_configure(struct place *place)
{
	return place_run(place, configure, -1);
}

static bool
flush(struct place_task *task)
{
	struct place *place = task->place;
	const int tree = dir_open_folder(place->area.fd, place->aside);

	return (tree >= 0 && syncfs(tree) == 0) ||
	       place_fail_errno(task, place->aside);
}

bool
place_flush(struct place *place)
{
	return place_run(place, flush, -1);
}

static bool
swap(struct place_task *task)
{
	struct place *place = task->place;
	const int area = place->area.fd;
	const char *above = place_above(place->arena, place->directory);

	if (above != NULL && !dir_make(area, above))
		return place_fail_errno(task, above);
	for (size_t i = 0; i < place->parent_count; i++) {
		const char *over = place_above(place->arena, place->parents[i]);

		(void)dir_flush(area, over == NULL ? "." : over);
	}
	/* The empty directory that was there makes room; one that is no longer
	 * empty does not. */
	if (place->existed && !dir_remove_empty(area, place->directory))
		return place_fail(
		    task, "agent.directory-not-empty", place->directory);
	if (!dir_move(area, task->tree, place->directory)) {
		if (errno == EEXIST || errno == ENOTEMPTY)
			return place_fail(task, "agent.directory-not-empty",
			    place->directory);
		return place_fail_errno(task, place->directory);
	}
	return true;
}

bool
place_swap(struct place *place)
{
	return place_run(place, swap, -1);
}

bool
place_make_hidden(struct place_task *task, const char *path)
{
	const int area = task->place->area.fd;
	int hidden;
	bool right;

	if (!dir_make(area, path))
		return false;
	hidden = dir_open_folder(area, ".kagiya");
	if (hidden < 0)
		return false;
	right = fchmod(hidden, 0700) == 0;
	(void)close(hidden);
	return right;
}

bool
place_clean_stage(struct place_task *task)
{
	const int area = task->place->area.fd;

	/* What its owner has put in the way is his to take out of it. */
	if (!dir_remove_all(area, task->stage) && !dir_is_hindered(errno))
		return place_fail_errno(task, task->stage);
	/* Other jobs may have theirs in it. */
	if (!dir_remove_empty(area, ".kagiya") && !dir_is_hindered(errno))
		return place_fail_errno(task, ".kagiya");
	(void)dir_flush(area, ".");
	return true;
}

bool
place_clean_parents(struct place_task *task)
{
	struct place *place = task->place;
	const int area = place->area.fd;

	for (size_t i = place->parent_count; i-- > 0;) {
		const char *over = place_above(place->arena, place->parents[i]);

		if (!dir_remove_empty(area, place->parents[i])) {
			if (dir_is_hindered(errno))
				break;
			return place_fail_errno(task, place->parents[i]);
		}
		(void)dir_flush(area, over == NULL ? "." : over);
	}
	return true;
}

static bool
is_ours(struct place *place)
{
	struct stat status;

	return place->inode != 0 &&
	       dir_stat(place->area.fd, place->directory, &status) &&
	       S_ISDIR(status.st_mode) &&
	       (int64_t)status.st_ino == place->inode;
}

static bool
undo(struct place_task *task)
{
	struct place *place = task->place;
	const int area = place->area.fd;
	struct stat status;

	if (is_ours(place)) {
		if (!place_make_hidden(task, task->stage) ||
		    !dir_move(area, place->directory, task->tree))
			return place_fail_errno(task, place->directory);
	}
	if (!dir_stat(area, place->directory, &status) && errno == ENOENT &&
	    !place_restore_empty(task))
		return false;
	return place_clean_parents(task) && place_clean_stage(task);
}

bool
place_undo(struct place *place)
{
	return place_run(place, undo, -1);
}

bool
place_tidy(struct place *place)
{
	return place_run(place, place_clean_stage, -1);
}

int64_t
place_inode(struct place_task *task, const char *path)
{
	struct stat status;

	if (dir_stat(task->place->area.fd, path, &status))
		return S_ISDIR(status.st_mode) ? (int64_t)status.st_ino : 0;
	/* In its way may stand what the customer has put there. */
	if (dir_is_hindered(errno))
		return 0;
	(void)place_fail_errno(task, path);
	return -1;
}

bool
place_is_at(struct place_task *task, const char *path)
{
	return task->place->inode > 0 &&
	       place_inode(task, path) == task->place->inode;
}

static bool
look(struct place_task *task)
{
	struct place *place = task->place;
	const int64_t inode = place_inode(task, place->directory);
	const int64_t aside = place_inode(task, place->aside);

	place_tell_number(task, "inode", inode);
	place_tell_number(task, "aside-inode", aside);
	return inode >= 0 && aside >= 0;
}

bool
place_look(struct place *place)
{
	return place_run(place, look, -1);
}

const struct place_kind place_install_kinds[] = {
	{ "check", check, 0 },
	{ "stage", stage, PLACE_MANIFEST },
	{ "configure", configure, 0 },
	{ "flush", flush, 0 },
	{ "swap", swap, 0 },
	{ "undo", undo, 0 },
	{ "tidy", place_clean_stage, 0 },
	{ "look", look, 0 },
	{ NULL, NULL, 0 },
};
