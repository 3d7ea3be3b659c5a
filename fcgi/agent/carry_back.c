/* carry_back: what was written into the new version's tree while it was in
 * place, into the old one that comes back. */

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "agent/carry.h"
#include "agent/copy.h"
#include "agent/dir.h"
#include "agent/place_part.h"
#include "base/arena.h"

static bool
is_cache(const struct manifest *manifest, const char *path)
{
	const struct manifest_file *file = manifest_file(manifest, path);
	const struct manifest_folder *folder = manifest_folder(manifest, path);

	if (file != NULL)
		return file->kind == MANIFEST_CACHE;
	return folder != NULL && folder->kind == MANIFEST_CACHE;
}

/* It came over from the old tree as it is there, under its own name or as
 * NAME.orig, or it is the new version's own as NAME.new. */
static bool
came_over(struct carry *carry, const struct carry_level *level,
    const char *name, const struct stat *status)
{
	const char *dot = carry_is_beside(name) ? strrchr(name, '.') : NULL;
	struct stat there;
	const char *base;

	if (fstatat(level->to, name, &there, AT_SYMLINK_NOFOLLOW) == 0 &&
	    carry_is_alike(status, &there))
		return true;
	if (dot == NULL)
		return false;
	base =
	    arena_copy_n(carry->task->place->arena, name, (size_t)(dot - name));
	return strncmp(dot, ".new", 4) == 0 ||
	       (fstatat(level->to, base, &there, AT_SYMLINK_NOFOLLOW) == 0 &&
		   carry_is_alike(status, &there));
}

static bool
is_wanted(struct carry *carry, const struct carry_level *level,
    const char *name, const struct stat *status)
{
	if (!carry_is_since(&status->st_ctim, &carry->swapped) ||
	    rule_is_agents(carry->path) ||
	    is_cache(carry->rules.now, carry->path) ||
	    (!S_ISREG(status->st_mode) && !S_ISLNK(status->st_mode)))
		return false;
	return !carry_is_as(carry, carry->rules.now, level->from, name) &&
	       (level->to < 0 || !came_over(carry, level, name, status));
}

/* The tree it is in goes away: it need not be copied. */
static bool
move(struct carry *carry, struct carry_level *level, const char *name)
{
	const size_t length = carry->length;
	const char *to_name = name;

	if (!carry_enter(carry, level))
		return carry_fail(carry);
	for (int i = 1; renameat2(level->from, name, level->to, to_name,
			    RENAME_NOREPLACE) != 0;
	     i++) {
		if (errno != EEXIST || i > 99)
			return carry_fail(carry);
		to_name = arena_print(carry->task->place->arena,
		    i == 1 ? "%s.orig" : "%s.orig-%d", name, i);
	}
	carry_pop(carry, length > strlen(name) ? length - strlen(name) - 1 : 0);
	if (!carry_push(carry, to_name))
		return false;
	place_tell_left(carry->task, carry->path, false);
	return true;
}

static bool back_inside(struct carry *carry, struct carry_level *level);

static bool
back_folder(struct carry *carry, struct carry_level *above, const char *name,
    const struct stat *status)
{
	struct carry_level level = {
		.above = above,
		.name = name,
		.status = *status,
		.to = -1,
		.depth = above->depth + 1,
	};
	bool right;

	if (level.depth > CARRY_DEEP)
		return place_fail(carry->task, "agent.too-deep", carry->path);
	level.from = copy_open_folder(above->from, name, status);
	if (level.from < 0)
		return carry_fail(carry);
	if (above->to >= 0) {
		level.to = dir_open_folder(above->to, name);
		/* Something else has its name there. */
		if (level.to < 0 && errno != ENOENT)
			level.name = arena_print(
			    carry->task->place->arena, "%s.orig", name);
	}
	right = back_inside(carry, &level);
	if (level.to >= 0)
		(void)close(level.to);
	(void)close(level.from);
	return right;
}

static bool
back_one(struct carry *carry, struct carry_level *level, const char *name)
{
	const size_t length = carry->length;
	struct stat status;
	bool right = true;

	if (fstatat(level->from, name, &status, AT_SYMLINK_NOFOLLOW) != 0)
		return errno == ENOENT || carry_fail(carry);
	if (!carry_push(carry, name))
		return false;
	if (S_ISDIR(status.st_mode))
		right = back_folder(carry, level, name, &status);
	else if (is_wanted(carry, level, name, &status))
		right = carry_could_read(carry) && move(carry, level, name);
	carry_pop(carry, length);
	return right;
}

static bool
back_inside(struct carry *carry, struct carry_level *level)
{
	return carry_each(carry, level, level->from, back_one);
}

bool
carry_back(struct carry *carry, int from, int to)
{
	struct carry_level level = { .from = from, .to = to };

	carry_pop(carry, 0);
	return back_inside(carry, &level);
}
