/* carry: what a customer has in a program's tree, into the tree of its next
 * version, while the first is in use. Inside the child. */

#ifndef AGENT_CARRY_H
#define AGENT_CARRY_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <time.h>

#include "agent/rule.h"

struct place_task;

enum { CARRY_DEEP = 200 };	/* folders; more of them is an error */

/* Moments by the file system's own clock: files in the stage. Whatever was
 * changed after one has a later change time than it has. */
#define CARRY_BEGUN "begun"		/* copying began */
#define CARRY_COPIED "copied"		/* ended; hooks may write now */
#define CARRY_SWAPPED "swapped"		/* the trees change places */
#define CARRY_SETTLED "settled"		/* what changed until here is over */
bool carry_mark(int stage, const char *name);
/* 0 when there was no such moment. */
struct timespec carry_moment(int stage, const char *name);
bool carry_is_since(
    const struct timespec *time, const struct timespec *moment);

struct carry {
	struct place_task *task;
	struct rules rules;
	int scratch;			/* the stage */
	int64_t bytes;			/* copied so far */
	int64_t told;
	int why;			/* errno of what could not be read */
	/* The path of what is looked at, relative to both trees. */
	char path[PATH_MAX];
	size_t length;
	/* After the swap: what changed since then ... */
	bool after;
	struct timespec since;
	/* ... unless the running program changed it too, after that. */
	struct timespec copied;
	struct timespec swapped;
};

/* Two open folders of the same path; `to` is -1 as long as it is not needed
 * there. */
struct carry_level {
	struct carry_level *above;	/* NULL for the tree itself */
	const char *name;		/* in `to` of above */
	struct stat status;
	int from;
	int to;
	bool aside;	/* it makes room as a whole: all in it goes along */
	int depth;
};

/* The whole of from into to. False with the task's reason told. */
bool carry_tree(struct carry *carry, int from, int to);

/* In carry_file.c: one entry that is no folder. */
bool carry_file(struct carry *carry, struct carry_level *level,
    const char *name, const struct stat *status);
/* Makes level->to. */
bool carry_enter(struct carry *carry, struct carry_level *level);
/* NAME.orig or .new, or the next such name that neither the customer nor the
 * new version has. NULL when all are taken. */
const char *carry_beside(struct carry *carry,
    const struct carry_level *level, const char *name, const char *suffix);
bool carry_is_beside(const char *name);
/* Has all been read so far that was to be compared? */
bool carry_could_read(struct carry *carry);
/* Is it, in that folder, as the manifest has that path? */
bool carry_is_as(struct carry *carry, const struct manifest *manifest, int at,
    const char *name);

/* The same kind, size and time of change. */
bool carry_is_alike(const struct stat *one, const struct stat *other);

/* The path of an entry, and back. */
bool carry_push(struct carry *carry, const char *name);
void carry_pop(struct carry *carry, size_t length);
bool carry_fail(struct carry *carry);
/* Every entry of the folder, until one() says no. */
bool carry_each(struct carry *carry, struct carry_level *level, int at,
    bool (*one)(struct carry *carry, struct carry_level *level,
	const char *name));

/* In carry_back.c: the new version goes: what was written into its tree since
 * the swap comes to the old one, beside what that has. */
bool carry_back(struct carry *carry, int from, int to);

#endif
