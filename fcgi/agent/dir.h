/* dir: files and folders below an open folder. No name is ever looked up from
 * anywhere else, no link is followed, no other file system entered. */

#ifndef AGENT_DIR_H
#define AGENT_DIR_H

#include <dirent.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

struct arena;

/* Paths are relative and may have parts; "." is the folder itself. All
 * return -1 or false with errno; descriptors close on exec. */
int dir_open(int at, const char *path, int flags, mode_t mode);
int dir_open_folder(int at, const char *path);

/* The folder above the last part, and that part in *name_r. */
int dir_open_above(int at, const char *path, const char **name_r);

/* Of the thing itself: a link is a link. */
bool dir_stat(int at, const char *path, struct stat *status_r);

/* Each missing folder of the path with mode 0755; those that were there are
 * right too. */
bool dir_make(int at, const char *path);

/* ENOENT counts as done. dir_remove_empty leaves what is not empty: false
 * with ENOTEMPTY. */
bool dir_remove_file(int at, const char *path);
bool dir_remove_empty(int at, const char *path);

/* All that is inside the folder, however deep, of whatever kind. What does
 * not go (foreign owners) stays; false then. */
bool dir_clear(int at, const char *path);
/* And the thing itself. ENOENT counts as done. */
bool dir_remove_all(int at, const char *path);

/* Did it fail for what somebody did in the folder (rights, links, files put
 * there), or is the disk to blame and another try worth while? */
bool dir_is_hindered(int why);

/* Neither may exist already at the target. Flushed to disk on both sides. */
bool dir_move(int at, const char *from, const char *to);

/* Both exist and change places, in one step. Flushed on both sides. */
bool dir_exchange(int at, const char *one, const char *other);

/* The folder's entries reach the disk. */
bool dir_flush(int at, const char *path);

/* Calls see(context, path, status) for what is below, folders before what is
 * in them, in byte order; stops after most entries, or when see() returns
 * false, and returns false then. Too deep folders are seen, not entered. */
bool dir_walk(struct arena *arena, int at, const char *path, size_t most,
    bool (*see)(void *context, const char *path, const struct stat *status),
    void *context);

/* The next entry but . and ..; NULL at the end, with errno 0, or because it
 * cannot be read. */
const struct dirent *dir_next(DIR *folder);

/* Number of entries, at most `most`; -1 when it cannot be read. */
int dir_count(int at, const char *path, int most);

#endif
