/* spool_file: locked by its owner, so that nobody else takes it while that
 * lives. */

#include "gate/spool_file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/log.h"

enum { PORTION = 128 * 1024, TRIES = 10 };

struct spool_file {
	struct arena *arena; /* its own; NULL for an orphan's */
	char path[PATH_MAX]; /* "" in memory */
	int fd;
	size_t size;
	size_t stored; /* bytes from the beginning */
};

typedef enum spool_end store_function(const char *lines, size_t length);

/* Between opening and locking somebody may have taken it for an orphan. */
static bool
is_mine(int fd)
{
	struct stat status;

	return flock(fd, LOCK_EX | LOCK_NB) == 0 && fstat(fd, &status) == 0 &&
	       status.st_nlink == 1;
}

static int
open_file(struct arena *arena, const char *folder, char path_r[PATH_MAX])
{
	char *path = arena_print(arena, "%s/spool-XXXXXX", folder);
	const int fd = strlen(path) < PATH_MAX ? mkostemp(path, O_CLOEXEC) : -1;

	if (fd < 0)
		return -1;
	if (!is_mine(fd)) {
		close(fd);
		return -1;
	}
	memcpy(path_r, path, strlen(path) + 1);
	return fd;
}

struct spool_file *
spool_file_new(const char *folder)
{
	struct arena *kept = arena_new();
	struct spool_file *file = arena_alloc(kept, sizeof(*file));

	file->arena = kept;
	file->fd = -1;
	for (int i = 0; i < TRIES && file->fd < 0; i++)
		file->fd = open_file(kept, folder, file->path);
	if (file->fd >= 0)
		return file;
	log_event(LOG_WARN, "spool.no-folder", "folder=%s why=%s", folder,
	    strerror(errno));
	file->fd = memfd_create("spool", MFD_CLOEXEC);
	return file->fd < 0 ? NULL : file;
}

void
spool_file_end(struct spool_file *file)
{
	if (file->path[0] != '\0' && spool_file_is_empty(file))
		(void)unlink(file->path);
	close(file->fd);
	arena_free(file->arena);
}

bool
spool_file_is_empty(const struct spool_file *file)
{
	return file->stored == file->size;
}

/* A line that did not fit is written over by the next. */
bool
spool_file_add(
    struct spool_file *file, const char *line, size_t length, size_t limit)
{
	if (file->size + length > limit ||
	    pwrite(file->fd, line, length, (off_t)file->size) !=
		(ssize_t)length)
		return false;
	file->size += length;
	return true;
}

/* Whole lines from where we are; a last one without its end, which only a
 * full disk can leave, is passed over. */
static size_t
read_portion(const struct spool_file *file, char bytes_r[PORTION])
{
	const ssize_t got =
	    pread(file->fd, bytes_r, PORTION, (off_t)file->stored);
	const char *end = got > 0 ? memrchr(bytes_r, '\n', (size_t)got) : NULL;

	return end == NULL ? 0 : (size_t)(end + 1 - bytes_r);
}

/* What was stored is not stored again when we are killed before the end. */
static void
blank(const struct spool_file *file, char bytes[PORTION], size_t length)
{
	memset(bytes, '\n', length);
	if (pwrite(file->fd, bytes, length, (off_t)file->stored) < 0)
		log_event(
		    LOG_WARN, "spool.not-blanked", "why=%s", strerror(errno));
}

static bool
store_portion(
    struct spool_file *file, char bytes[PORTION], store_function *store)
{
	const size_t length = read_portion(file, bytes);
	enum spool_end end = SPOOL_NEVER;

	if (length > 0)
		end = store(bytes, length);
	if (end == SPOOL_LATER)
		return false;
	if (end == SPOOL_NEVER)
		log_event(LOG_FAULT, "spool.dropped", "bytes=%zu", length);
	if (length > 0 && file->stored + length < file->size)
		blank(file, bytes, length);
	file->stored = length > 0 ? file->stored + length : file->size;
	return true;
}

bool
spool_file_store(struct spool_file *file, store_function *store)
{
	struct arena *arena = arena_new();
	char *bytes = arena_alloc(arena, PORTION);
	bool going = true;

	while (going && !spool_file_is_empty(file))
		going = store_portion(file, bytes, store);
	arena_free(arena);
	if (!going || ftruncate(file->fd, 0) != 0)
		return false;
	file->size = 0;
	file->stored = 0;
	return true;
}

static void
adopt_one(const char *path, store_function *store)
{
	struct spool_file file = { .fd = open(path, O_RDWR | O_CLOEXEC) };
	struct stat status;

	if (file.fd < 0)
		return;
	if (is_mine(file.fd) && fstat(file.fd, &status) == 0) {
		file.size = (size_t)status.st_size;
		if (spool_file_store(&file, store))
			(void)unlink(path);
	}
	close(file.fd);
}

void
spool_file_adopt(const char *folder, store_function *store)
{
	DIR *directory = opendir(folder);
	struct arena *arena = arena_new();
	const struct dirent *entry;

	while (directory != NULL && (entry = readdir(directory)) != NULL)
		if (strncmp(entry->d_name, "spool-", 6) == 0)
			adopt_one(
			    arena_print(arena, "%s/%s", folder, entry->d_name),
			    store);
	if (directory != NULL)
		closedir(directory);
	arena_free(arena);
}
