/* copy: one entry of a folder into another. */

#include "agent/copy.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/fs.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "agent/dir.h"
#include "base/arena.h"

enum { PART = 16 << 20, BLOCK = 64 << 10, ATTRIBUTES = 16 << 10 };
#define PART_NAME "part"

/* close() that keeps the errno of what went before. */
static void
shut(int fd)
{
	const int before = errno;

	(void)close(fd);
	errno = before;
}

static bool
change_mode(int at, const char *name, mode_t mode)
{
	const int fd = dir_open(at, name, O_PATH, 0);
	char proc[64];
	bool right;

	if (fd < 0)
		return false;
	(void)snprintf(proc, sizeof(proc), "/proc/self/fd/%d", fd);
	right = chmod(proc, mode) == 0;
	shut(fd);
	return right;
}

static int
open_anyway(int at, const char *name, const struct stat *status, int flags)
{
	const mode_t mode = status->st_mode & 0777;
	int fd = dir_open(at, name, O_RDONLY | O_NONBLOCK | flags, 0);

	if (fd >= 0 || errno != EACCES || status->st_uid != geteuid())
		return fd;
	if (!change_mode(at, name, mode | 0500))
		return -1;
	fd = dir_open(at, name, O_RDONLY | O_NONBLOCK | flags, 0);
	if (fd >= 0)
		(void)fchmod(fd, mode);
	return fd;
}

int
copy_open(int at, const char *name, const struct stat *status)
{
	struct stat now;
	const int fd = open_anyway(at, name, status, 0);

	if (fd < 0)
		return -1;
	if (fstat(fd, &now) == 0 && S_ISREG(now.st_mode))
		return fd;
	(void)close(fd);
	errno = EINVAL;
	return -1;
}

static bool
read_digest(int fd, unsigned char digest_r[SECRET_DIGEST])
{
	struct arena *own = arena_new();
	struct secret_hash *hash = secret_hash_new(own);
	char block[BLOCK];
	ssize_t n;

	while ((n = read(fd, block, sizeof(block))) > 0)
		secret_hash_add(hash, block, (size_t)n);
	secret_hash_end(hash, digest_r);
	arena_free(own);
	return n == 0;
}

bool
copy_digest(int at, const char *name, const struct stat *status,
    unsigned char digest_r[SECRET_DIGEST])
{
	const int fd = copy_open(at, name, status);
	bool right;

	if (fd < 0)
		return false;
	right = read_digest(fd, digest_r);
	(void)close(fd);
	return right;
}

int
copy_open_folder(int at, const char *name, const struct stat *status)
{
	return open_anyway(at, name, status, O_DIRECTORY);
}

/* Where the two file systems share no blocks, byte by byte. */
static ssize_t
copy_block(int from, int to, off_t *at, size_t most)
{
	char block[BLOCK];
	ssize_t n = pread(from, block, most < BLOCK ? most : BLOCK, *at);

	if (n > 0)
		n = pwrite(to, block, (size_t)n, *at);
	if (n > 0)
		*at += n;
	return n;
}

static ssize_t
copy_part(int from, int to, off_t *at, size_t most)
{
	off_t other = *at;
	const ssize_t n = copy_file_range(from, at, to, &other, most, 0);

	if (n >= 0 || errno == ENOSPC || errno == EDQUOT || errno == EIO)
		return n;
	return copy_block(from, to, at, most);
}

/* Up to the end; a file that has become shorter meanwhile ends there. */
static bool
copy_range(const struct copy *copy, int from, int to, off_t at, off_t end)
{
	while (at < end) {
		const off_t rest = end - at;
		const ssize_t n =
		    copy_part(from, to, &at, rest < PART ? (size_t)rest : PART);

		if (n < 0)
			return false;
		if (n == 0)
			return true;
		if (copy->tell != NULL)
			copy->tell(copy->context, n);
	}
	return true;
}

static bool
copy_sparse(const struct copy *copy, int from, int to, off_t size)
{
	off_t at = 0;

	while (at < size) {
		const off_t data = lseek(from, at, SEEK_DATA);

		if (data < 0 && errno == ENXIO)
			break;
		at = data < 0 ? size : lseek(from, data, SEEK_HOLE);
		if (at < 0 || at > size)
			at = size;
		if (!copy_range(copy, from, to, data < 0 ? 0 : data, at))
			return false;
	}
	return ftruncate(to, size) == 0;
}

static bool
copy_bytes(const struct copy *copy, int from, int to, const struct stat *status)
{
	const off_t size = status->st_size;

	if (size == 0 || ioctl(to, FICLONE, from) == 0)
		return true;
	if (status->st_blocks * 512 < size)
		return copy_sparse(copy, from, to, size);
	return copy_range(copy, from, to, 0, size);
}

static bool
is_wanted(const char *name)
{
	return strncmp(name, "user.", 5) == 0 ||
	       strncmp(name, "system.posix_acl_", 17) == 0;
}

/* A file system that has none is no reason to fail. */
static void
copy_attributes(int from, int to)
{
	char names[ATTRIBUTES], value[ATTRIBUTES];
	const ssize_t length = flistxattr(from, names, sizeof(names));

	for (ssize_t at = 0; at < length;
	     at += (ssize_t)strlen(names + at) + 1) {
		const char *name = names + at;
		ssize_t n = -1;

		if (is_wanted(name))
			n = fgetxattr(from, name, value, sizeof(value));
		if (n >= 0)
			(void)fsetxattr(to, name, value, (size_t)n, 0);
	}
}

static bool
copy_state(int from, int to, const struct stat *status)
{
	const struct timespec times[2] = { status->st_atim, status->st_mtim };

	if (fchmod(to, status->st_mode & 0777) != 0)
		return false;
	copy_attributes(from, to);
	return futimens(to, times) == 0;
}

bool
copy_folder_state(int from, int to, const struct stat *status)
{
	return copy_state(from, to, status);
}

static bool
make_file(const struct copy *copy)
{
	const int from = copy_open(copy->from, copy->name, copy->status);
	struct stat status;
	bool right;
	int to;

	if (from < 0)
		return false;
	to = dir_open(
	    copy->scratch, PART_NAME, O_WRONLY | O_CREAT | O_EXCL, 0600);
	right = to >= 0 && fstat(from, &status) == 0 &&
		copy_bytes(copy, from, to, &status) &&
		copy_state(from, to, &status);
	if (to >= 0)
		shut(to);
	shut(from);
	return right;
}

static bool
make_link(const struct copy *copy)
{
	char target[PATH_MAX];
	const ssize_t n =
	    readlinkat(copy->from, copy->name, target, sizeof(target) - 1);

	if (n < 0)
		return false;
	target[n] = '\0';
	return symlinkat(target, copy->scratch, PART_NAME) == 0;
}

static bool
make_other(const struct copy *copy)
{
	const struct stat *status = copy->status;
	const struct timespec times[2] = { status->st_atim, status->st_mtim };

	if (S_ISLNK(status->st_mode) ? !make_link(copy)
				     : mkfifoat(copy->scratch, PART_NAME,
					   status->st_mode & 0777) != 0)
		return false;
	return utimensat(
		   copy->scratch, PART_NAME, times, AT_SYMLINK_NOFOLLOW) == 0;
}

static bool
make(const struct copy *copy)
{
	if (S_ISREG(copy->status->st_mode))
		return make_file(copy);
	if (S_ISLNK(copy->status->st_mode) || S_ISFIFO(copy->status->st_mode))
		return make_other(copy);
	errno = EINVAL;
	return false;
}

bool
copy_entry(const struct copy *copy)
{
	return dir_remove_file(copy->scratch, PART_NAME) && make(copy) &&
	       renameat(copy->scratch, PART_NAME, copy->to, copy->to_name) == 0;
}
