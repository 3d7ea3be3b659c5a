/* place_backup: a program's tree as one file: for its owner, or on its way to
 * another area. */

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

#include "agent/copy.h"
#include "agent/dir.h"
#include "agent/listing.h"
#include "agent/place_part.h"
#include "agent/tree.h"
#include "base/arena.h"
#include "depot/tarball.h"

enum { BLOCK = 256 * 1024, TELL_EACH = 4 << 20 };

struct backup {
	struct place_task *task;
	struct tarball *tarball;
	struct listing *listing;
	int list; /* the listing's file */
	char *block;
	int64_t odd;
	int64_t total;
	int64_t told;
};

static void
note_bytes(struct backup *backup, int64_t bytes)
{
	backup->total += bytes;
	if (backup->total - backup->told >= TELL_EACH) {
		backup->told = backup->total;
		place_tell_number(backup->task, "bytes", backup->total);
	}
}

/* A file that shrinks meanwhile is filled up, one that grows is cut: the
 * customer's program may be running. */
static bool
add_bytes(struct backup *backup, int fd, const char *path, int64_t size)
{
	int64_t at = 0;

	if (!tarball_add_file(backup->tarball, path, size))
		return false;
	while (at < size) {
		const int64_t rest = size - at;
		const size_t wish = rest < BLOCK ? (size_t)rest : BLOCK;
		ssize_t n = pread(fd, backup->block, wish, at);

		if (n <= 0) {
			memset(backup->block, 0, wish);
			n = (ssize_t)wish;
		}
		if (!tarball_add_bytes(
			backup->tarball, backup->block, (size_t)n))
			return false;
		at += n;
		note_bytes(backup, n);
	}
	return true;
}

static bool
add_open(struct backup *backup, int fd, const char *path)
{
	struct stat status;

	return fstat(fd, &status) == 0 &&
	       add_bytes(backup, fd, path, status.st_size);
}

static bool
add_text(
    struct backup *backup, const char *path, const char *bytes, size_t length)
{
	return tarball_add_file(backup->tarball, path, (int64_t)length) &&
	       tarball_add_bytes(backup->tarball, bytes, length);
}

static bool
add_file(struct backup *backup, const struct tree_entry *entry)
{
	const bool plain = listing_is_plain(entry->path);
	const int64_t odd = plain ? 0 : ++backup->odd;
	const char *name = plain ? entry->path
				 : arena_print(backup->task->place->arena,
				       "%s/%lld", LISTING_ODD, (long long)odd);
	const int fd = copy_open(entry->at, entry->name, entry->status);
	bool right;

	/* It has gone just now, or it cannot be read: that is no backup. */
	if (fd < 0)
		return errno == ENOENT;
	right = listing_add(
		    backup->listing, entry->path, entry->status, NULL, odd) &&
		add_open(backup, fd, name);
	(void)close(fd);
	return right;
}

static bool
add_folder(struct backup *backup, const struct tree_entry *entry)
{
	return listing_add(
		   backup->listing, entry->path, entry->status, NULL, 0) &&
	       (!listing_is_plain(entry->path) ||
		   tarball_add_folder(backup->tarball, entry->path));
}

static bool
add_link(struct backup *backup, const struct tree_entry *entry)
{
	char target[PATH_MAX];
	const ssize_t n =
	    readlinkat(entry->at, entry->name, target, sizeof(target) - 1);

	if (n < 0)
		return errno == ENOENT;
	target[n] = '\0';
	return listing_add(
	    backup->listing, entry->path, entry->status, target, 0);
}

static bool
add_entry(void *context, const struct tree_entry *entry)
{
	const mode_t mode = entry->status->st_mode;

	if (S_ISDIR(mode))
		return add_folder(context, entry);
	if (S_ISREG(mode))
		return add_file(context, entry);
	if (S_ISLNK(mode))
		return add_link(context, entry);
	if (S_ISFIFO(mode))
		return listing_add(((struct backup *)context)->listing,
		    entry->path, entry->status, NULL, 0);
	return true;
}

/* For another area: which program it is comes first. */
static bool
add_papers(struct backup *backup)
{
	const struct place *place = backup->task->place;

	return place->record == NULL ||
	       (add_text(backup, LISTING_MANIFEST, place->paper.bytes,
		    place->paper.length) &&
		   add_text(backup, LISTING_RECORD, place->record,
		       strlen(place->record)));
}

static bool
add_tree(struct backup *backup, const char *from)
{
	struct place_task *task = backup->task;
	const char *where;

	if (tree_visit(task->place->area.fd, from, add_entry, backup, &where))
		return true;
	if (errno == ENAMETOOLONG)
		return place_fail(task, "agent.too-deep", where);
	if (errno == EACCES || errno == EPERM)
		return place_fail(task, "agent.unreadable", where);
	return place_fail_errno(task, where);
}

static bool
add_rest(struct backup *backup)
{
	const int dump = backup->task->in;

	return (dump < 0 || add_open(backup, dump, LISTING_DUMP)) &&
	       listing_end(backup->listing) &&
	       add_open(backup, backup->list, LISTING_NAME) &&
	       tarball_end(backup->tarball);
}

static bool
write_tree(struct backup *backup, const char *from, int to)
{
	struct place_task *task = backup->task;

	if (!add_papers(backup))
		return place_fail_errno(task, from);
	if (!add_tree(backup, from))
		return false;
	if (!add_rest(backup) || fsync(to) != 0)
		return place_fail_errno(task, from);
	place_tell_number(task, "bytes", backup->total);
	return true;
}

static int
fresh_file(struct place_task *task, const char *path)
{
	const int area = task->place->area.fd;

	if (!place_make_hidden(task, task->stage) ||
	    !dir_remove_file(area, path))
		return -1;
	return dir_open(area, path, O_RDWR | O_CREAT | O_EXCL, 0600);
}

static bool
write_tar(struct place_task *task, const char *from, int to)
{
	struct place *place = task->place;
	const char *path = arena_print(place->arena, "%s/list", task->stage);
	struct backup backup = {
		.task = task,
		.list = fresh_file(task, path),
		.block = arena_alloc(place->arena, BLOCK),
	};
	bool right;

	if (backup.list < 0)
		return place_fail_errno(task, path);
	backup.tarball = tarball_new(place->arena, to);
	backup.listing = listing_new(place->arena, backup.list);
	right = write_tree(&backup, from, to);
	(void)close(backup.list);
	return right && (dir_remove_file(place->area.fd, path) ||
			    place_fail_errno(task, path));
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
	fd = fresh_file(task, fresh);
	if (fd < 0)
		return place_fail_errno(task, fresh);
	right =
	    write_tar(task, place->directory, fd) && fstat(fd, &status) == 0;
	(void)close(fd);
	if (!right)
		return false;
	place_tell_number(task, "size", status.st_size);
	return dir_move(area, fresh, place->backup) ||
	       place_fail_errno(task, place->backup);
}

bool
place_backup(struct place *place, int dump)
{
	return place_run(place, back_up, dump);
}

static bool
drop_backup(struct place_task *task)
{
	struct place *place = task->place;

	return (dir_remove_file(place->area.fd, place->backup) &&
		   place_clean_stage(task)) ||
	       place_fail_errno(task, place->backup);
}

bool
place_drop_backup(struct place *place)
{
	return place_run(place, drop_backup, -1);
}

static bool
pack(struct place_task *task)
{
	struct place *place = task->place;

	return write_tar(task, place->out, place->file);
}

bool
place_parcel(struct place *place, int dump)
{
	return place_run(place, pack, dump);
}

const struct place_kind place_backup_kinds[] = {
	{ "backup", back_up, 0 },
	{ "drop-backup", drop_backup, 0 },
	{ "parcel", pack, PLACE_MANIFEST },
	{ NULL, NULL, 0 },
};
