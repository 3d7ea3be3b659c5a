/* schema_file: the numbered files of schema/sql and their statements. */

#ifndef DATA_SCHEMA_FILE_H
#define DATA_SCHEMA_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "data/schema.h"

/* The files in order of their numbers. SCHEMA_DONE, SCHEMA_GAP or
 * SCHEMA_NO_FILE, with trouble. */
enum schema_end schema_files(struct arena *arena, const char *folder,
    struct schema_file **files_r, size_t *count_r, const char **trouble_r);

/* The file's text; NULL when it cannot be read. */
const char *schema_text(
    struct arena *arena, const char *folder, const char *name);

/* The next statement, without its `;`, and the place after it; NULL at the
 * end. A statement ends with `;` at the end of a line; lines that begin with
 * -- are comments. */
const char *schema_statement(struct arena *arena, const char **rest);

#endif
