/* dir: files and folders below an open folder, by openat2 alone. */

#include "agent/dir.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/arena.h"

enum {
	DEEP = 48, /* folders that are entered while removing */
	WALK = 64, /* and while walking */
};

int
dir_open(int at, const char *path, int flags, mode_t mode)
{
	const struct open_how how = {
		.flags = (uint64_t)(unsigned)(flags | O_CLOEXEC | O_NOFOLLOW),
		.mode = (flags & O_CREAT) != 0 ? mode : 0,
		.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS |
			   RESOLVE_NO_MAGICLINKS | RESOLVE_NO_XDEV,
	};
	long fd;

	do {
		fd = syscall(SYS_openat2, at, path, &how, sizeof(how));
	} while (fd < 0 && (errno == EAGAIN || errno == EINTR));
	return (int)fd;
}

int
dir_open_folder(int at, const char *path)
{
	return dir_open(at, path, O_RDONLY | O_DIRECTORY, 0);
}

int
dir_open_above(int at, const char *path, const char **name_r)
{
	const char *slash = strrchr(path, '/');
	char above[4096];

	*name_r = slash == NULL ? path : slash + 1;
	if (slash == NULL)
		return dir_open_folder(at, ".");
	if ((size_t)(slash - path) >= sizeof(above)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	memcpy(above, path, (size_t)(slash - path));
	above[slash - path] = '\0';
	return dir_open_folder(at, above);
}

/* close() that keeps the errno of what went before. */
static void
shut(int fd)
{
	const int before = errno;

	(void)close(fd);
	errno = before;
}

bool
dir_stat(int at, const char *path, struct stat *status_r)
{
	const char *name;
	const int above = dir_open_above(at, path, &name);
	bool right;

	if (above < 0)
		return false;
	right = fstatat(above, name, status_r, AT_SYMLINK_NOFOLLOW) == 0;
	shut(above);
	return right;
}

static int
step_down(int at, const char *name)
{
	int fd;

	if (mkdirat(at, name, 0755) != 0 && errno != EEXIST)
		return -1;
	fd = dir_open_folder(at, name);
	return fd;
}

bool
dir_make(int at, const char *path)
{
	int fd = dir_open_folder(at, ".");

	while (fd >= 0 && *path != '\0') {
		const size_t length = strcspn(path, "/");
		char name[256];
		int next;

		if (length >= sizeof(name)) {
			shut(fd);
			errno = ENAMETOOLONG;
			return false;
		}
		memcpy(name, path, length);
		name[length] = '\0';
		next = step_down(fd, name);
		shut(fd);
		fd = next;
		path += length + (path[length] == '/');
	}
	if (fd < 0)
		return false;
	shut(fd);
	return true;
}

static bool
take_away(int at, const char *path, int flags)
{
	const char *name;
	const int above = dir_open_above(at, path, &name);
	bool right;

	if (above < 0)
		return errno == ENOENT;
	right = unlinkat(above, name, flags) == 0 || errno == ENOENT;
	shut(above);
	return right;
}

bool
dir_remove_file(int at, const char *path)
{
	return take_away(at, path, 0);
}

bool
dir_remove_empty(int at, const char *path)
{
	const bool right = take_away(at, path, AT_REMOVEDIR);

	if (!right && errno == EEXIST)
		errno = ENOTEMPTY;
	return right;
}

/* Its owner may have taken away his own right to look inside. */
static int
open_inside(int at, const char *name)
{
	int fd = dir_open_folder(at, name);
	char proc[64];
	int path;

	if (fd >= 0 || errno != EACCES)
		return fd;
	path = dir_open(at, name, O_PATH | O_DIRECTORY, 0);
	if (path < 0)
		return -1;
	(void)snprintf(proc, sizeof(proc), "/proc/self/fd/%d", path);
	(void)chmod(proc, 0700);
	shut(path);
	return dir_open_folder(at, name);
}

const struct dirent *
dir_next(DIR *folder)
{
	const struct dirent *entry;

	do {
		errno = 0;
		entry = readdir(folder);
	} while (entry != NULL && (strcmp(entry->d_name, ".") == 0 ||
				      strcmp(entry->d_name, "..") == 0));
	return entry;
}

struct removal {
	int top;
	unsigned hoisted;
	int why; /* errno of what did not go */
};

static bool remove_inside(struct removal *removal, int fd, int depth);

/* What is too deep to be entered is moved to the top and found there. */
static bool
hoist(struct removal *removal, int at, const char *name)
{
	char up[64];

	(void)snprintf(up, sizeof(up), ".kagiya-deep-%u", removal->hoisted++);
	return renameat2(at, name, removal->top, up, RENAME_NOREPLACE) == 0;
}

static bool
remove_one(struct removal *removal, int at, const char *name, int depth)
{
	int fd;
	bool right;

	if (unlinkat(at, name, 0) == 0 || errno == ENOENT)
		return true;
	if (errno != EISDIR && errno != EPERM)
		return false;
	if (unlinkat(at, name, AT_REMOVEDIR) == 0 || errno == ENOENT)
		return true;
	if (depth >= DEEP)
		return hoist(removal, at, name);
	fd = open_inside(at, name);
	if (fd < 0)
		return false;
	right = remove_inside(removal, fd, depth + 1);
	if (right)
		right = unlinkat(at, name, AT_REMOVEDIR) == 0;
	return right;
}

/* Takes fd over. */
static bool
remove_inside(struct removal *removal, int fd, int depth)
{
	DIR *folder = fdopendir(fd);
	const struct dirent *entry;
	bool right = true;

	if (folder == NULL) {
		shut(fd);
		return false;
	}
	while ((entry = dir_next(folder)) != NULL)
		if (!remove_one(removal, fd, entry->d_name, depth)) {
			removal->why = errno;
			right = false;
		}
	if (errno != 0) {
		removal->why = errno;
		right = false;
	}
	closedir(folder);
	if (!right)
		errno = removal->why;
	return right;
}

bool
dir_clear(int at, const char *path)
{
	struct removal removal = { .hoisted = 0 };
	bool right;

	removal.top = open_inside(at, path);
	if (removal.top < 0)
		return errno == ENOENT;
	do {
		const unsigned before = removal.hoisted;
		const int fd = open_inside(removal.top, ".");

		right = fd >= 0 && remove_inside(&removal, fd, 0);
		if (removal.hoisted == before)
			break;
	} while (right);
	shut(removal.top);
	return right;
}

bool
dir_remove_all(int at, const char *path)
{
	struct stat status;

	if (!dir_stat(at, path, &status))
		return errno == ENOENT;
	if (!S_ISDIR(status.st_mode))
		return dir_remove_file(at, path);
	return dir_clear(at, path) && dir_remove_empty(at, path);
}

bool
dir_is_hindered(int why)
{
	static const int known[] = { EACCES, EPERM, ENOTEMPTY, EEXIST, ENOTDIR,
		EISDIR, ELOOP, ENOENT, EBUSY, EXDEV, ENAMETOOLONG };

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (why == known[i])
			return true;
	return false;
}

static bool
move(int at, const char *from, const char *to, unsigned how)
{
	const char *from_name, *to_name;
	const int source = dir_open_above(at, from, &from_name);
	const int target = source < 0 ? -1 : dir_open_above(at, to, &to_name);
	bool right = false;

	if (target >= 0) {
		right =
		    renameat2(source, from_name, target, to_name, how) == 0 &&
		    fsync(target) == 0 && fsync(source) == 0;
		shut(target);
	}
	if (source >= 0)
		shut(source);
	return right;
}

bool
dir_move(int at, const char *from, const char *to)
{
	return move(at, from, to, RENAME_NOREPLACE);
}

bool
dir_exchange(int at, const char *one, const char *other)
{
	return move(at, one, other, RENAME_EXCHANGE);
}

bool
dir_flush(int at, const char *path)
{
	const int fd = dir_open_folder(at, path);
	bool right;

	if (fd < 0)
		return false;
	right = fsync(fd) == 0;
	shut(fd);
	return right;
}

struct walking {
	struct arena *arena;
	size_t left;
	bool (*see)(void *context, const char *path, const struct stat *status);
	void *context;
};

static bool walk(
    struct walking *walking, int fd, const char *prefix, int depth);

static bool
walk_one(struct walking *walking, int fd, const char *prefix, const char *name,
    int depth)
{
	const char *path = *prefix == '\0' ? arena_copy(walking->arena, name)
					   : arena_print(walking->arena,
						 "%s/%s", prefix, name);
	struct stat status;
	int inside;

	if (fstatat(fd, name, &status, AT_SYMLINK_NOFOLLOW) != 0)
		return errno == ENOENT;
	if (walking->left == 0)
		return false;
	walking->left--;
	if (!walking->see(walking->context, path, &status))
		return false;
	if (!S_ISDIR(status.st_mode) || depth >= WALK)
		return true;
	inside = dir_open_folder(fd, name);
	/* What may not be looked into has been seen at least. */
	return inside < 0 || walk(walking, inside, path, depth + 1);
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

struct names {
	char **list;
	size_t count;
	size_t room;
};

static void
keep_name(struct arena *arena, struct names *names, const char *name)
{
	if (names->count == names->room) {
		char **more;

		names->room = names->room == 0 ? 32 : 2 * names->room;
		more = arena_array(arena, names->room, sizeof(*more));
		if (names->count > 0)
			memcpy(more, names->list, names->count * sizeof(*more));
		names->list = more;
	}
	names->list[names->count++] = arena_copy(arena, name);
}

/* Names of at most so many entries, in byte order. */
static struct names
names_of(struct arena *arena, DIR *folder, size_t most)
{
	struct names names = { .count = 0 };
	const struct dirent *entry;

	while (names.count < most && (entry = dir_next(folder)) != NULL)
		keep_name(arena, &names, entry->d_name);
	if (names.count > 0)
		qsort(names.list, names.count, sizeof(*names.list), by_name);
	return names;
}

/* Takes fd over. */
static bool
walk(struct walking *walking, int fd, const char *prefix, int depth)
{
	DIR *folder = fdopendir(fd);
	struct names names;
	bool right = true;

	if (folder == NULL) {
		shut(fd);
		return false;
	}
	names = names_of(walking->arena, folder, walking->left + 1);
	for (size_t i = 0; right && i < names.count; i++)
		right = walk_one(walking, fd, prefix, names.list[i], depth);
	closedir(folder);
	return right;
}

bool
dir_walk(struct arena *arena, int at, const char *path, size_t most,
    bool (*see)(void *context, const char *path, const struct stat *status),
    void *context)
{
	struct walking walking = { arena, most, see, context };
	const int fd = dir_open_folder(at, path);

	return fd >= 0 && walk(&walking, fd, "", 0);
}

int
dir_count(int at, const char *path, int most)
{
	const int fd = dir_open_folder(at, path);
	DIR *folder = fd < 0 ? NULL : fdopendir(fd);
	int count = 0;

	if (folder == NULL) {
		if (fd >= 0)
			shut(fd);
		return -1;
	}
	while (count < most && dir_next(folder) != NULL)
		count++;
	if (count < most && errno != 0)
		count = -1;
	closedir(folder);
	return count;
}
