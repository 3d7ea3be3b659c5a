/* deb: the files inside a Debian package. */

#ifndef DEPOT_DEB_H
#define DEPOT_DEB_H

#include <stddef.h>

struct arena;

enum deb_kind { DEB_FILE, DEB_FOLDER, DEB_LINK };

struct deb_entry {
	const char *path;	/* relative to the system's root */
	enum deb_kind kind;
	const char *target;	/* of a link */
	const void *bytes;	/* of a file */
	size_t length;
};

/* In byte order of path; other kinds of files are left out. NULL when the
 * file cannot be read as a Debian package. */
const struct deb_entry *deb_read(
    struct arena *arena, const char *path, size_t *count_r);

#endif
