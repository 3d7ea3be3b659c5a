/* skin_file: the files of a skin, read from its folder and nowhere else. */

#ifndef WEB_SKIN_FILE_H
#define WEB_SKIN_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include <time.h>

struct arena;

/* A file as it was when it was read. */
struct skin_file {
	const char *path;
	struct timespec changed;
	off_t size;
};

/* Once: the folder of skin.dir, and the folder "stock" beside it, on which
 * brands build. */
void skin_file_start(void);

/* The nth place of FOLDER/NAME.xsl: the skin's, then stock's; NULL when there
 * are no more. The file need not be there. */
const char *skin_file_place(
    struct arena *arena, const char *folder, const char *name, size_t n);

/* Is that address ("/path", "file:///path", percent-encoded) below a root, as
 * far as its text says? */
bool skin_file_is_inside(const char *address);

/* The whole file, at most 1 MiB; NULL when it is not there or not of the
 * skin. No link leads outside, whoever exchanges it. */
const char *skin_file_read(struct arena *arena, const char *address,
    struct skin_file *file_r, size_t *length_r);

bool skin_file_is_same(const struct skin_file *file);

#endif
