/* file: whole small files, read with a limit and replaced in one step. */

#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

/* The whole file, ending in NUL; NULL with errno when it cannot be read or
 * has more than limit bytes (EFBIG). length_r may be NULL. */
const char *file_read(
    struct arena *arena, const char *path, size_t limit, size_t *length_r);

/* Written beside, flushed to disk, renamed: the reader sees the old or the
 * new. False with errno. */
bool file_replace(
    const char *path, const void *bytes, size_t length, unsigned mode);

/* mkdir -p; true when the folder is there afterwards. */
bool file_make_folder(const char *path, unsigned mode);

#endif
