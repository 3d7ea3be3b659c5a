/* path: which relative paths may be written into an area. */

#ifndef DEPOT_PATH_H
#define DEPOT_PATH_H

#include <stdbool.h>

struct arena;

enum {
	PATH_PART = 255,	/* bytes of one part */
	PATH_WHOLE = 1024,	/* bytes */
	PATH_DEPTH = 32,	/* parts */
};

/* NULL when it may be written, else what is wrong with it: not UTF-8, control
 * characters, a backslash, absolute, an empty part, "." or "..", blanks
 * around a part, too long, too deep. */
const char *path_problem(const char *path);

/* The same file on a system that does not tell case or width apart. */
const char *path_fold(struct arena *arena, const char *path);

/* Is path inside that folder (or the folder itself)? */
bool path_is_in(const char *path, const char *folder);

#endif
