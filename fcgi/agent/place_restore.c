/* place_restore: a tree comes out of a backup or a parcel. */

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "agent/agent.h"
#include "agent/copy.h"
#include "agent/dir.h"
#include "agent/listing.h"
#include "agent/place_part.h"
#include "agent/unpack.h"
#include "agent/wire.h"
#include "base/arena.h"

enum { ENTRIES = 4000000 };

/* The file's bytes to the agent's own; one that grows meanwhile is cut. */
static bool
pass_on(struct place_task *task, int from, int64_t size, const char *what)
{
	enum { BLOCK = 1 << 20, TELL_EACH = 4 << 20 };
	char *block = arena_alloc(task->place->arena, BLOCK);
	int64_t total = 0, told = 0;
	ssize_t n = 0;

	while (total < size && (n = pread(from, block, BLOCK, total)) > 0) {
		if (!wire_write(task->place->file, block, (size_t)n))
			return place_fail_errno(task, what);
		total += n;
		if (total - told >= TELL_EACH) {
			told = total;
			place_tell_number(task, "bytes", total);
		}
	}
	place_tell_number(task, "size", total);
	return n >= 0 || place_fail_errno(task, what);
}

/* A file that somebody else has put there is no backup of his. */
static int
open_backup(struct place_task *task, struct stat *status_r)
{
	const struct place *place = task->place;
	const int fd =
	    dir_open(place->area.fd, place->backup, O_RDONLY | O_NONBLOCK, 0);

	if (fd >= 0 && fstat(fd, status_r) == 0 && S_ISREG(status_r->st_mode) &&
	    status_r->st_uid == geteuid())
		return fd;
	if (fd >= 0)
		(void)close(fd);
	(void)place_fail(task, "agent.no-backup", place->backup);
	return -1;
}

static bool
look(struct place_task *task)
{
	struct stat status;
	const int fd = open_backup(task, &status);

	if (fd < 0)
		return false;
	place_tell_number(task, "size", status.st_size);
	(void)close(fd);
	return true;
}

bool
place_look_backup(struct place *place)
{
	return place_run(place, look, -1);
}

static bool
take(struct place_task *task)
{
	struct stat status;
	const int fd = open_backup(task, &status);
	bool right;

	if (fd < 0)
		return false;
	right = pass_on(task, fd, status.st_size, task->place->backup);
	(void)close(fd);
	return right;
}

bool
place_take_backup(struct place *place, int to)
{
	bool right;

	place->file = to;
	right = place_run(place, take, -1);
	place->file = -1;
	return right;
}

/* Any files and folders, then what their listing says of them. A dump goes to
 * the agent, who has a database to put it in. */
static bool
stage(struct place_task *task)
{
	return place_begin_stage(task) && place_take_any_frames(task);
}

bool
place_stage_any(struct place *place, int archive)
{
	/* Its neighbours need some, too. */
	const int64_t most = place->free_bytes - place->free_bytes / 10;
	const struct tarball_limit limit = {
		.unpacked = most,
		.file = most,
		.entries = ENTRIES,
	};

	return place_stage_by(place, archive, &limit, stage);
}

static bool
take_dump(struct place_task *task, int tree)
{
	const int fd = dir_open(tree, LISTING_DUMP, O_RDONLY, 0);
	struct stat status;
	bool right;

	if (fd < 0)
		return errno == ENOENT || place_fail_errno(task, LISTING_DUMP);
	right = fstat(fd, &status) == 0 &&
		pass_on(task, fd, status.st_size, LISTING_DUMP);
	(void)close(fd);
	return right;
}

static bool
apply(struct place_task *task, int tree, int stage)
{
	const char *where;

	if (task->place->file >= 0 && !take_dump(task, tree))
		return false;
	if (listing_apply(task->place->arena, tree, stage, &where))
		return true;
	return errno == EINVAL ? place_fail(task, "archive.listing", where)
			       : place_fail_errno(task, where);
}

static bool
unfold(struct place_task *task)
{
	const int area = task->place->area.fd;
	const int tree = dir_open_folder(area, task->tree);
	const int stage = dir_open_folder(area, task->stage);

	if (tree < 0 || stage < 0)
		return place_fail_errno(task, task->tree);
	return apply(task, tree, stage);
}

bool
place_unfold(struct place *place, int dump)
{
	bool right;

	place->file = dump;
	place->size = 0;
	right = place_run(place, unfold, -1);
	place->file = -1;
	return right;
}

const struct place_kind place_restore_kinds[] = {
	{ "look-backup", look, 0 },
	{ "take-backup", take, 0 },
	{ "stage-any", stage, 0 },
	{ "unfold", unfold, 0 },
	{ NULL, NULL, 0 },
};
