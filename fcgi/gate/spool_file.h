/* spool_file: a file of lines that belongs to one process, and is anybody's
 * when that is gone. */

#ifndef GATE_SPOOL_FILE_H
#define GATE_SPOOL_FILE_H

#include "gate/spool.h"

struct spool_file;

/* In memory (logged) when the folder cannot be written; NULL when there is
 * none either. Lives as long as the process. */
struct spool_file *spool_file_new(const char *folder);
/* Removes it when it is empty. */
void spool_file_end(struct spool_file *file);

bool spool_file_is_empty(const struct spool_file *file);

/* False when the file would have more bytes than limit, or cannot grow. */
bool spool_file_add(struct spool_file *file, const char *line, size_t length,
    size_t limit);

/* Hands all lines over, many at a time, and empties the file; false when
 * some are left for later. */
bool spool_file_store(struct spool_file *file,
    enum spool_end (*store)(const char *lines, size_t length));

/* The same for the files of processes that are gone. */
void spool_file_adopt(const char *folder,
    enum spool_end (*store)(const char *lines, size_t length));

#endif
