/* place_stage: frames of an archive become a tree; of a package, each file is
 * compared with the manifest while it is written. */

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "agent/agent.h"
#include "agent/dir.h"
#include "agent/place_part.h"
#include "agent/rule.h"
#include "agent/unpack.h"
#include "agent/wire.h"
#include "base/arena.h"
#include "depot/path.h"

enum { TELL_EACH = 4 << 20 }; /* bytes between two words on progress */

struct staging {
	struct place_task *task;
	const struct manifest *manifest; /* NULL: any file is right */
	int tree;
	bool *seen;
	char *block;
	/* The file that is being written; -1 for none. */
	int fd;
	char path[PATH_WHOLE + 1];
	int64_t size;
	const unsigned char *wanted; /* digest */
	int64_t written;
	struct arena *own;
	struct secret_hash *hash;
	/* Files come folder by folder: the one of the last is kept open. */
	int above;
	char above_path[PATH_WHOLE + 1];
	int64_t total;
	int64_t told;
};

static bool
finish_file(struct staging *staging)
{
	unsigned char digest[SECRET_DIGEST];
	bool right;

	if (staging->fd < 0)
		return true;
	if (staging->wanted != NULL) {
		secret_hash_end(staging->hash, digest);
		arena_free(staging->own);
	}
	right = close(staging->fd) == 0;
	staging->fd = -1;
	if (!right)
		return place_fail_errno(staging->task, staging->path);
	if (staging->written != staging->size ||
	    (staging->wanted != NULL &&
		memcmp(digest, staging->wanted, sizeof(digest)) != 0))
		return place_fail(
		    staging->task, "archive.other-bytes", staging->path);
	return true;
}

/* Of the file's path; its name is in *name_r. */
static bool
enter_folder(struct staging *staging, const char **name_r)
{
	const char *slash = strrchr(staging->path, '/');
	const size_t length =
	    slash == NULL ? 0 : (size_t)(slash - staging->path);

	*name_r = slash == NULL ? staging->path : slash + 1;
	if (staging->above >= 0 && staging->above_path[length] == '\0' &&
	    strncmp(staging->path, staging->above_path, length) == 0)
		return true;
	if (staging->above >= 0)
		(void)close(staging->above);
	staging->above = -1;
	memcpy(staging->above_path, staging->path, length);
	staging->above_path[length] = '\0';
	if (length > 0 && !dir_make(staging->tree, staging->above_path))
		return false;
	staging->above = dir_open_folder(
	    staging->tree, length > 0 ? staging->above_path : ".");
	return staging->above >= 0;
}

/* Each of the manifest's files once, and no other. */
static bool
check_file(struct staging *staging, const char *path, int64_t size)
{
	const struct manifest_file *file =
	    manifest_file(staging->manifest, path);
	size_t place;

	if (file == NULL)
		return place_fail(staging->task, "archive.extra", path);
	place = (size_t)(file - staging->manifest->files);
	if (staging->seen[place])
		return place_fail(staging->task, "archive.twice", path);
	if (size != file->size)
		return place_fail(staging->task, "archive.other-bytes", path);
	staging->seen[place] = true;
	staging->wanted = file->sha256;
	staging->own = arena_new();
	staging->hash = secret_hash_new(staging->own);
	return true;
}

static bool
begin_file(struct staging *staging, const char *path, int64_t size)
{
	const char *name;

	if (staging->manifest != NULL && !check_file(staging, path, size))
		return false;
	memcpy(staging->path, path, strlen(path) + 1);
	staging->size = size;
	staging->written = 0;
	if (!enter_folder(staging, &name))
		return place_fail_errno(staging->task, path);
	staging->fd =
	    dir_open(staging->above, name, O_WRONLY | O_CREAT | O_EXCL, 0644);
	if (staging->fd >= 0)
		return true;
	return errno == EEXIST
		   ? place_fail(staging->task, "archive.twice", path)
		   : place_fail_errno(staging->task, path);
}

/* A folder of its own right only where the manifest knows something in it. */
static bool
begin_folder(struct staging *staging, const char *path)
{
	if (staging->manifest == NULL)
		return dir_make(staging->tree, path) ||
		       place_fail_errno(staging->task, path);
	return rule_has_folder(staging->manifest, path) ||
	       place_fail(staging->task, "archive.extra", path);
}

static bool
write_bytes(struct staging *staging, const void *bytes, size_t n)
{
	if (staging->fd < 0)
		return place_fail(staging->task, "archive.damaged", "");
	staging->written += (int64_t)n;
	if (staging->written > staging->size)
		return place_fail(
		    staging->task, "archive.other-bytes", staging->path);
	if (staging->wanted != NULL)
		secret_hash_add(staging->hash, bytes, n);
	if (!wire_write(staging->fd, bytes, n))
		return place_fail_errno(staging->task, staging->path);
	staging->total += (int64_t)n;
	if (staging->total - staging->told >= TELL_EACH) {
		staging->told = staging->total;
		place_tell_number(staging->task, "bytes", staging->total);
	}
	return true;
}

static bool
check_whole(struct staging *staging)
{
	const struct manifest *manifest = staging->manifest;

	for (size_t i = 0; manifest != NULL && i < manifest->file_count; i++)
		if (!staging->seen[i])
			return place_fail(staging->task, "archive.missing",
			    manifest->files[i].path);
	place_tell_number(staging->task, "bytes", staging->total);
	return true;
}

/* The reader's word counts for nothing here: paths are looked at again. */
static bool
take_frame(struct staging *staging, const struct frame *frame, bool *end_r)
{
	char *bytes = staging->block;

	*end_r = frame->kind == FRAME_END;
	if (frame->kind == FRAME_BYTES)
		return write_bytes(staging, bytes, frame->length);
	bytes[frame->length] = '\0';
	if (frame->kind == FRAME_PROBLEM)
		return place_fail(staging->task, bytes, "");
	if (!finish_file(staging))
		return false;
	if (frame->kind == FRAME_END)
		return check_whole(staging);
	if (strlen(bytes) != frame->length || path_problem(bytes) != NULL)
		return place_fail(staging->task, "archive.bad-path", "");
	if (frame->kind == FRAME_FILE)
		return begin_file(staging, bytes, frame->size);
	return begin_folder(staging, bytes);
}

static bool
take_frames(struct place_task *task, struct staging *staging)
{
	struct place *place = task->place;
	struct wire *wire = arena_alloc(place->arena, sizeof(*wire));
	struct frame frame;
	bool end = false;

	wire->fd = task->in;
	staging->task = task;
	staging->block = arena_alloc(place->arena, FRAME_LIMIT + 1);
	staging->fd = staging->above = -1;
	staging->tree = dir_open_folder(place->area.fd, task->tree);
	if (staging->tree < 0)
		return place_fail_errno(task, task->tree);
	while (!end) {
		if (!wire_take(wire, &frame, sizeof(frame)) ||
		    frame.length > FRAME_LIMIT ||
		    !wire_take(wire, staging->block, frame.length))
			return place_fail(task, "archive.damaged", "");
		if (!take_frame(staging, &frame, &end))
			return false;
	}
	return true;
}

static bool
make_folders(struct place_task *task, const struct staging *staging)
{
	const struct manifest *manifest = staging->manifest;

	for (size_t i = 0; i < manifest->folder_count; i++)
		if (!dir_make(staging->tree, manifest->folders[i].path))
			return place_fail_errno(
			    task, manifest->folders[i].path);
	return true;
}

bool
place_take_frames(struct place_task *task)
{
	struct place *place = task->place;
	struct staging staging = {
		.manifest = place->manifest,
		.seen = arena_array(
		    place->arena, place->manifest->file_count, sizeof(bool)),
	};

	return take_frames(task, &staging) && make_folders(task, &staging);
}

bool
place_take_any_frames(struct place_task *task)
{
	struct staging staging = { .manifest = NULL };

	return take_frames(task, &staging);
}
