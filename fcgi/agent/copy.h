/* copy: one entry of a folder into another. Inside the child. */

#ifndef AGENT_COPY_H
#define AGENT_COPY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include "base/secret.h"

/* To read, even if its owner (who we are) may not; -1 with errno. Neither
 * waits for anybody nor follows a link. */
int copy_open(int at, const char *name, const struct stat *status);
int copy_open_folder(int at, const char *name, const struct stat *status);

/* The SHA-256 of a regular file; false when it cannot be read. */
bool copy_digest(int at, const char *name, const struct stat *status,
    unsigned char digest_r[SECRET_DIGEST]);

/* A regular file, a link or a pipe: with its mode, times, attributes, holes.
 * It is made in the scratch folder and comes to its place whole, over what is
 * there. Told of each part, may be NULL. EINVAL for what cannot be copied. */
struct copy {
	int from;
	const char *name;
	const struct stat *status;
	int to;
	const char *to_name;
	int scratch;
	void (*tell)(void *context, int64_t bytes);
	void *context;
};
bool copy_entry(const struct copy *copy);

/* Mode, attributes and times of a folder, when all in it is done. */
bool copy_folder_state(int from, int to, const struct stat *status);

#endif
