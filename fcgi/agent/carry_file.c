/* carry_file: one file of a customer's into the next version. */

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

enum { TELL_EACH = 4 << 20, NAMES = 100 };

struct reading {
	struct carry *carry;
	int at;
	const char *name;
	const struct stat *status;
};

static bool
digest(void *context, unsigned char digest_r[SECRET_DIGEST])
{
	const struct reading *reading = context;

	if (copy_digest(reading->at, reading->name, reading->status, digest_r))
		return true;
	/* It may have gone just now. */
	if (errno != ENOENT)
		reading->carry->why = errno;
	return false;
}

bool
carry_could_read(struct carry *carry)
{
	errno = carry->why;
	return carry->why == 0 || carry_fail(carry);
}

bool
carry_is_as(struct carry *carry, const struct manifest *manifest, int at,
    const char *name)
{
	struct stat status;
	struct reading reading = { carry, at, name, &status };
	const struct rule_file file = {
		.path = carry->path,
		.regular = true,
		.digest = digest,
		.context = &reading,
	};
	struct rule_file whole = file;

	if (fstatat(at, name, &status, AT_SYMLINK_NOFOLLOW) != 0 ||
	    !S_ISREG(status.st_mode))
		return false;
	whole.size = status.st_size;
	return rule_is_as(manifest, &whole);
}

bool
carry_enter(struct carry *carry, struct carry_level *level)
{
	if (level->to >= 0)
		return true;
	if (!carry_enter(carry, level->above) ||
	    !dir_make(level->above->to, level->name))
		return false;
	level->to = dir_open_folder(level->above->to, level->name);
	return level->to >= 0;
}

bool
carry_is_beside(const char *name)
{
	const char *dot = strrchr(name, '.');

	return dot != NULL &&
	       (strncmp(dot, ".orig", 5) == 0 || strncmp(dot, ".new", 4) == 0);
}

/* The path with another last part, and back. */
static void
rename_last(struct carry *carry, const char *name, const char *other)
{
	const size_t n = strlen(name);

	carry_pop(carry, carry->length > n ? carry->length - n - 1 : 0);
	(void)carry_push(carry, other);
}

static bool
is_taken(struct carry *carry, const struct carry_level *level, const char *name,
    const char *candidate)
{
	struct stat status;
	bool taken;

	if (fstatat(level->from, candidate, &status, AT_SYMLINK_NOFOLLOW) ==
		0 ||
	    errno != ENOENT)
		return true;
	rename_last(carry, name, candidate);
	taken = manifest_file(carry->rules.now, carry->path) != NULL ||
		rule_has_folder(carry->rules.now, carry->path);
	rename_last(carry, candidate, name);
	return taken;
}

const char *
carry_beside(struct carry *carry, const struct carry_level *level,
    const char *name, const char *suffix)
{
	struct arena *arena = carry->task->place->arena;

	for (int i = 1; i < NAMES; i++) {
		const char *candidate =
		    i == 1 ? arena_print(arena, "%s%s", name, suffix)
			   : arena_print(arena, "%s%s-%d", name, suffix, i);

		if (strlen(candidate) <= NAME_MAX &&
		    !is_taken(carry, level, name, candidate))
			return candidate;
	}
	return NULL;
}

static void
note_bytes(void *context, int64_t bytes)
{
	struct carry *carry = context;

	carry->bytes += bytes;
	if (carry->bytes - carry->told >= TELL_EACH) {
		carry->told = carry->bytes;
		place_tell_number(carry->task, "bytes", carry->bytes);
	}
}

static bool
put(struct carry *carry, const struct carry_level *level, int from,
    const char *name, const struct stat *status, const char *to_name)
{
	const struct copy copy = {
		.from = from,
		.name = name,
		.status = status,
		.to = level->to,
		.to_name = to_name,
		.scratch = carry->scratch,
		.tell = note_bytes,
		.context = carry,
	};

	if (copy_entry(&copy))
		return true;
	/* It has gone while the trees changed places. */
	return (carry->after && errno == ENOENT) || carry_fail(carry);
}

/* One that lies beside is named to the customer. */
static bool
put_beside(struct carry *carry, const struct carry_level *level, int from,
    const char *name, const struct stat *status, const char *suffix)
{
	const char *beside = carry_beside(carry, level, name, suffix);

	if (beside == NULL)
		return place_fail(carry->task, "agent.file", carry->path);
	if (!put(carry, level, from, name, status, beside))
		return false;
	rename_last(carry, name, beside);
	place_tell_left(carry->task, carry->path, false);
	rename_last(carry, beside, name);
	return true;
}

bool
carry_is_alike(const struct stat *one, const struct stat *other)
{
	return (one->st_mode & S_IFMT) == (other->st_mode & S_IFMT) &&
	       one->st_size == other->st_size &&
	       one->st_mtim.tv_sec == other->st_mtim.tv_sec &&
	       one->st_mtim.tv_nsec == other->st_mtim.tv_nsec;
}

/* The running program may have written to the copy, too: then that stays. */
static bool
keep(struct carry *carry, const struct carry_level *level, const char *name,
    const struct stat *status)
{
	struct stat there;

	if (!carry->after)
		return put(carry, level, level->from, name, status, name);
	if (fstatat(level->to, name, &there, AT_SYMLINK_NOFOLLOW) != 0)
		return errno == ENOENT
			   ? put(carry, level, level->from, name, status, name)
			   : carry_fail(carry);
	if (carry_is_alike(status, &there))
		return true;
	if (S_ISDIR(there.st_mode) ||
	    carry_is_since(&there.st_ctim, &carry->swapped))
		return put_beside(
		    carry, level, level->from, name, status, ".orig");
	return put(carry, level, level->from, name, status, name);
}

/* What the new version brings lies beside; its place is never empty. */
static bool
keep_new(struct carry *carry, const struct carry_level *level, const char *name)
{
	struct stat status;

	if (!carry_is_as(carry, carry->rules.now, level->to, name))
		return carry_could_read(carry);
	return (fstatat(level->to, name, &status, AT_SYMLINK_NOFOLLOW) == 0 ||
		   carry_fail(carry)) &&
	       put_beside(carry, level, level->to, name, &status, ".new");
}

static enum rule_fate
fate_of(struct carry *carry, const struct carry_level *level, const char *name,
    const struct stat *status)
{
	struct reading reading = { carry, level->from, name, status };
	const struct rule_file file = {
		.path = carry->path,
		.regular = S_ISREG(status->st_mode),
		.size = status->st_size,
		.digest = digest,
		.context = &reading,
	};
	const enum rule_fate fate = rule_fate(&carry->rules, &file);

	return level->aside && fate != RULE_DROP ? RULE_KEEP : fate;
}

bool
carry_file(struct carry *carry, struct carry_level *level, const char *name,
    const struct stat *status)
{
	enum rule_fate fate;

	if (carry->after && !carry_is_since(&status->st_ctim, &carry->since))
		return true;
	/* Sockets and devices are not files of anybody's. */
	if (!S_ISREG(status->st_mode) && !S_ISLNK(status->st_mode) &&
	    !S_ISFIFO(status->st_mode))
		return true;
	fate = fate_of(carry, level, name, status);
	if (!carry_could_read(carry))
		return false;
	if (fate == RULE_DROP)
		return true;
	if (!carry_enter(carry, level))
		return carry_fail(carry);
	if (fate == RULE_ORIG)
		return put_beside(
		    carry, level, level->from, name, status, ".orig");
	if (fate == RULE_KEEP_NEW && !keep_new(carry, level, name))
		return false;
	return keep(carry, level, name, status);
}
