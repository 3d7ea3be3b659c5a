/* carry: what a customer has in a program's tree, into its next version. */

#include "agent/carry.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "agent/copy.h"
#include "agent/dir.h"
#include "agent/place_part.h"
#include "base/arena.h"

struct timespec
carry_moment(int stage, const char *name)
{
	struct stat status;

	if (fstatat(stage, name, &status, AT_SYMLINK_NOFOLLOW) != 0)
		return (struct timespec){ 0, 0 };
	return status.st_ctim;
}

bool
carry_is_since(const struct timespec *time, const struct timespec *moment)
{
	return time->tv_sec > moment->tv_sec ||
	       (time->tv_sec == moment->tv_sec &&
		   time->tv_nsec >= moment->tv_nsec);
}

static bool
touch(int stage, const char *name)
{
	const int fd = dir_open(stage, name, O_WRONLY | O_CREAT, 0600);
	bool right;

	if (fd < 0)
		return false;
	right = futimens(fd, NULL) == 0;
	return close(fd) == 0 && right;
}

/* The clock of change times goes in ticks: one must pass, so that what was
 * done before is earlier than the mark. */
bool
carry_mark(int stage, const char *name)
{
	const struct timespec tick = { .tv_nsec = 1000000 };
	struct timespec before, mark;

	if (!touch(stage, "tick"))
		return false;
	before = carry_moment(stage, "tick");
	do {
		(void)nanosleep(&tick, NULL);
		if (!touch(stage, name))
			return false;
		mark = carry_moment(stage, name);
	} while (carry_is_since(&before, &mark));
	return true;
}

bool
carry_fail(struct carry *carry)
{
	const int why = errno;

	if (why == EACCES || why == EPERM)
		return place_fail(carry->task, "agent.unreadable", carry->path);
	return place_fail_errno(carry->task, carry->path);
}

bool
carry_push(struct carry *carry, const char *name)
{
	const size_t n = strlen(name);
	const size_t slash = carry->length > 0;

	if (carry->length + slash + n >= sizeof(carry->path))
		return place_fail(carry->task, "agent.too-deep", carry->path);
	if (slash > 0)
		carry->path[carry->length] = '/';
	memcpy(carry->path + carry->length + slash, name, n + 1);
	carry->length += slash + n;
	return true;
}

void
carry_pop(struct carry *carry, size_t length)
{
	carry->length = length;
	carry->path[length] = '\0';
}

/* What came over before the swap, and has gone from the tree it came from
 * since. What hooks or the running program made is later than the copying. */
static bool
is_gone(const struct carry *carry, const struct carry_level *level,
    const char *name, const struct stat *status)
{
	struct stat other;

	if (!carry_is_since(&status->st_ctim, &carry->since) ||
	    carry_is_since(&status->st_ctim, &carry->copied) ||
	    carry_is_beside(name) || rule_is_agents(carry->path) ||
	    manifest_file(carry->rules.now, carry->path) != NULL)
		return false;
	return fstatat(level->from, name, &other, AT_SYMLINK_NOFOLLOW) != 0 &&
	       errno == ENOENT;
}

bool
carry_each(struct carry *carry, struct carry_level *level, int at,
    bool (*one)(
	struct carry *carry, struct carry_level *level, const char *name))
{
	const int fd = dir_open_folder(at, ".");
	DIR *folder = fd < 0 ? NULL : fdopendir(fd);
	const struct dirent *entry;
	bool right = folder != NULL;

	if (!right)
		return carry_fail(carry);
	while (right && (entry = dir_next(folder)) != NULL)
		right = one(carry, level, entry->d_name);
	if (right && errno != 0)
		right = carry_fail(carry);
	closedir(folder);
	return right;
}

static bool
drop_one(struct carry *carry, struct carry_level *level, const char *name)
{
	const size_t length = carry->length;
	struct stat status;
	bool right = true;

	if (fstatat(level->to, name, &status, AT_SYMLINK_NOFOLLOW) != 0)
		return true;
	if (!carry_push(carry, name))
		return false;
	if (is_gone(carry, level, name, &status))
		right = S_ISDIR(status.st_mode)
			    ? dir_remove_empty(level->to, name) ||
				  dir_is_hindered(errno)
			    : dir_remove_file(level->to, name);
	if (!right)
		(void)carry_fail(carry);
	carry_pop(carry, length);
	return right;
}

static bool
drop_gone(struct carry *carry, struct carry_level *level)
{
	return carry_each(carry, level, level->to, drop_one);
}

static bool carry_inside(struct carry *carry, struct carry_level *level);

/* Is there a file of the new version's in a folder's place? */
static bool
is_in_the_way(const struct carry_level *level, const char *name)
{
	struct stat status;

	return level->to >= 0 && !level->aside &&
	       fstatat(level->to, name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
	       !S_ISDIR(status.st_mode);
}

static bool
has_changed(const struct carry *carry, const struct carry_level *level)
{
	return !carry->after ||
	       carry_is_since(&level->status.st_ctim, &carry->since);
}

static bool
leave(struct carry *carry, struct carry_level *level)
{
	bool right = true;

	if (level->to >= 0 && has_changed(carry, level))
		right =
		    copy_folder_state(level->from, level->to, &level->status) ||
		    carry_fail(carry);
	if (level->to >= 0)
		(void)close(level->to);
	(void)close(level->from);
	return right;
}

static bool
enter_there(struct carry *carry, struct carry_level *level)
{
	struct carry_level *above = level->above;

	if (is_in_the_way(above, level->name)) {
		level->aside = true;
		level->name = carry_beside(carry, above, level->name, ".orig");
		if (level->name == NULL)
			return place_fail(
			    carry->task, "agent.file", carry->path);
	} else if (above->to >= 0) {
		level->to = dir_open_folder(above->to, level->name);
		if (level->to < 0 && errno != ENOENT)
			return carry_fail(carry);
	}
	if (!level->aside && level->to < 0 && has_changed(carry, level) &&
	    rule_is_own_folder(&carry->rules, carry->path))
		return carry_enter(carry, level) || carry_fail(carry);
	return true;
}

static bool
carry_folder(struct carry *carry, struct carry_level *above, const char *name,
    const struct stat *status)
{
	struct carry_level level = {
		.above = above,
		.name = name,
		.status = *status,
		.to = -1,
		.aside = above->aside,
		.depth = above->depth + 1,
	};
	bool right;

	if (level.depth > CARRY_DEEP)
		return place_fail(carry->task, "agent.too-deep", carry->path);
	level.from = copy_open_folder(above->from, name, status);
	if (level.from < 0)
		return (carry->after && errno == ENOENT) || carry_fail(carry);
	right = enter_there(carry, &level) && carry_inside(carry, &level);
	return leave(carry, &level) && right;
}

static bool
carry_one(struct carry *carry, struct carry_level *level, const char *name)
{
	const size_t length = carry->length;
	struct stat status;
	bool right;

	if (fstatat(level->from, name, &status, AT_SYMLINK_NOFOLLOW) != 0)
		return errno == ENOENT || carry_fail(carry);
	if (!carry_push(carry, name))
		return false;
	if (S_ISDIR(status.st_mode))
		right = carry_folder(carry, level, name, &status);
	else
		right = carry_file(carry, level, name, &status);
	carry_pop(carry, length);
	return right;
}

static bool
carry_inside(struct carry *carry, struct carry_level *level)
{
	const bool right = carry_each(carry, level, level->from, carry_one);

	if (right && carry->after && level->to >= 0 && !level->aside &&
	    carry_is_since(&level->status.st_ctim, &carry->since))
		return drop_gone(carry, level);
	return right;
}

bool
carry_tree(struct carry *carry, int from, int to)
{
	struct carry_level level = { .from = from, .to = to };
	bool right;

	carry_pop(carry, 0);
	right = fstat(from, &level.status) == 0 || carry_fail(carry);
	return right && carry_inside(carry, &level);
}
