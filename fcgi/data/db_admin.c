/* db_admin: statements that come from schema files, not from this source. */

#include "data/db_admin.h"

#include <mysql.h>

#include "base/arena.h"
#include "data/db_inside.h"

struct db *
db_admin_new(const struct schema_admin *admin)
{
	struct db *db = db_new();

	db->admin = admin;
	return db;
}

enum db_status
db_admin_run(
    struct arena *arena, struct db *db, const char *sql, const char **trouble_r)
{
	enum db_status status = db_connect(db);

	*trouble_r = "the database cannot be reached";
	if (status != DB_OK || mysql_query(db->connection, sql) == 0)
		return status;
	*trouble_r = arena_print(arena, "%u %s", mysql_errno(db->connection),
	    mysql_error(db->connection));
	return db_trouble(
	    db, "schema", mysql_errno(db->connection), *trouble_r);
}
