/* tree: all that is below a folder, one after the other. */

#include "agent/tree.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

#include "agent/copy.h"
#include "agent/dir.h"

struct visit {
	bool (*see)(void *context, const struct tree_entry *entry);
	void *context;
	char *path;
	size_t length;
};

static bool inside(struct visit *visit, int fd, int depth);

static bool
push(struct visit *visit, const char *name)
{
	const size_t n = strlen(name);
	const size_t slash = visit->length > 0;

	if (visit->length + slash + n >= PATH_MAX) {
		errno = ENAMETOOLONG;
		return false;
	}
	if (slash > 0)
		visit->path[visit->length] = '/';
	memcpy(visit->path + visit->length + slash, name, n + 1);
	visit->length += slash + n;
	return true;
}

static bool
enter(struct visit *visit, int at, const struct tree_entry *entry, int depth)
{
	int fd;

	if (depth >= TREE_DEEP) {
		errno = ENAMETOOLONG;
		return false;
	}
	fd = copy_open_folder(at, entry->name, entry->status);
	return fd < 0 ? errno == ENOENT : inside(visit, fd, depth + 1);
}

/* The path stays where it failed. */
static bool
one(struct visit *visit, int at, const char *name, int depth)
{
	const size_t length = visit->length;
	struct stat status;
	const struct tree_entry entry = { at, name, visit->path, &status };

	if (fstatat(at, name, &status, AT_SYMLINK_NOFOLLOW) != 0)
		return errno == ENOENT;
	if (!push(visit, name) || !visit->see(visit->context, &entry) ||
	    (S_ISDIR(status.st_mode) && !enter(visit, at, &entry, depth)))
		return false;
	visit->length = length;
	visit->path[length] = '\0';
	return true;
}

/* Takes fd over. */
static bool
inside(struct visit *visit, int fd, int depth)
{
	DIR *folder = fdopendir(fd);
	const struct dirent *entry;
	bool right = folder != NULL;
	int why;

	if (!right) {
		(void)close(fd);
		return false;
	}
	while (right && (entry = dir_next(folder)) != NULL)
		right = one(visit, fd, entry->d_name, depth);
	right = right && errno == 0;
	why = errno;
	closedir(folder);
	errno = why;
	return right;
}

bool
tree_visit(int at, const char *path,
    bool (*see)(void *context, const struct tree_entry *entry), void *context,
    const char **path_r)
{
	static char here[PATH_MAX];
	struct visit visit = { see, context, here, 0 };
	const int fd = dir_open_folder(at, path);

	here[0] = '\0';
	*path_r = here;
	return fd >= 0 && inside(&visit, fd, 0);
}
