/* db_admin: what only the staff's command may do: run the text of schema
 * files as the server's administrator. */

#ifndef DATA_DB_ADMIN_H
#define DATA_DB_ADMIN_H

#include "data/db.h"

struct arena;
struct schema_admin;

/* admin must live as long as the connection. */
struct db *db_admin_new(const struct schema_admin *admin);

/* One statement; *trouble_r says what went wrong, in the arena. */
enum db_status db_admin_run(struct arena *arena, struct db *db,
    const char *sql, const char **trouble_r);

#endif
