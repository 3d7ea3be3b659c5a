/* file: whole small files. */

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"

static void
close_keeping_errno(int fd)
{
	const int saved = errno;

	(void)close(fd);
	errno = saved;
}

/* Fills the room as far as the file goes; -1 with errno. */
static ssize_t
read_whole(int fd, char *bytes, size_t room)
{
	size_t length = 0;

	while (length < room) {
		ssize_t got = read(fd, bytes + length, room - length);
		if (got < 0 && errno != EINTR)
			return -1;
		if (got == 0)
			break;
		length += got > 0 ? (size_t)got : 0;
	}
	return (ssize_t)length;
}

/* The room to read into: the file's size, and one byte more to see that it has
 * not grown. */
static bool
room_for(int fd, size_t limit, size_t *room_r)
{
	struct stat status;

	if (fstat(fd, &status) != 0)
		return false;
	if (S_ISDIR(status.st_mode)) {
		errno = EISDIR;
		return false;
	}
	size_t size = limit;
	if (S_ISREG(status.st_mode) && status.st_size > 0)
		size = (size_t)status.st_size;
	*room_r = (size < limit ? size : limit) + 1;
	return true;
}

static const char *
read_open(struct arena *arena, int fd, size_t limit, size_t *length_r)
{
	size_t room = 0;

	if (!room_for(fd, limit, &room))
		return NULL;
	char *bytes = arena_alloc(arena, room + 1);
	ssize_t length = read_whole(fd, bytes, room);
	if (length < 0)
		return NULL;
	if ((size_t)length == room) {
		errno = room > limit ? EFBIG : EAGAIN;
		return NULL;
	}
	if (length_r != NULL)
		*length_r = (size_t)length;
	return bytes;
}

const char *
file_read(struct arena *arena, const char *path, size_t limit, size_t *length_r)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);

	if (fd < 0)
		return NULL;
	const char *bytes = read_open(arena, fd, limit, length_r);
	close_keeping_errno(fd);
	return bytes;
}

static bool
write_whole(int fd, const char *bytes, size_t length)
{
	while (length > 0) {
		ssize_t written = write(fd, bytes, length);
		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0)
			return false;
		bytes += written;
		length -= (size_t)written;
	}
	return true;
}

/* Closes in any case: a full disk may show itself only there. */
static bool
fill(int fd, const void *bytes, size_t length, unsigned mode)
{
	bool filled = fchmod(fd, (mode_t)mode) == 0 &&
		      write_whole(fd, bytes, length) && fsync(fd) == 0;

	if (!filled) {
		close_keeping_errno(fd);
		return false;
	}
	return close(fd) == 0;
}

/* After a power cut the folder must know the new name too. */
static bool
flush_folder_of(const char *path)
{
	char folder[PATH_MAX];
	const char *slash = strrchr(path, '/');

	if (slash == NULL)
		(void)snprintf(folder, sizeof folder, ".");
	else
		(void)snprintf(folder, sizeof folder, "%.*s",
		    (int)(slash - path) + 1, path);
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return false;
	bool flushed = fsync(fd) == 0;
	close_keeping_errno(fd);
	return flushed;
}

bool
file_replace(const char *path, const void *bytes, size_t length, unsigned mode)
{
	char beside[PATH_MAX];
	int needed = snprintf(beside, sizeof beside, "%s.XXXXXX", path);

	if (needed < 0 || (size_t)needed >= sizeof beside) {
		errno = ENAMETOOLONG;
		return false;
	}
	int fd = mkostemp(beside, O_CLOEXEC);
	if (fd < 0)
		return false;
	if (!fill(fd, bytes, length, mode) || rename(beside, path) != 0) {
		const int saved = errno;
		(void)unlink(beside);
		errno = saved;
		return false;
	}
	return flush_folder_of(path);
}

static bool
is_folder(const char *path)
{
	struct stat status;

	if (stat(path, &status) != 0)
		return false;
	if (!S_ISDIR(status.st_mode))
		errno = ENOTDIR;
	return S_ISDIR(status.st_mode);
}

bool
file_make_folder(const char *path, unsigned mode)
{
	char upper[PATH_MAX];
	int needed = snprintf(upper, sizeof upper, "%s", path);

	if (needed < 0 || (size_t)needed >= sizeof upper) {
		errno = ENAMETOOLONG;
		return false;
	}
	for (char *slash = upper; (slash = strchr(slash + 1, '/')) != NULL;) {
		*slash = '\0';
		if (mkdir(upper, (mode_t)mode) != 0 && !is_folder(upper))
			return false;
		*slash = '/';
	}
	return mkdir(path, (mode_t)mode) == 0 || is_folder(path);
}
