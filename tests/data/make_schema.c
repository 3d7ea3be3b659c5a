/* make_schema: the tables and users of a test's database, by the functions
 * that `kagiya schema` uses. */

#include <stdio.h>

#include "base/arena.h"
#include "base/setting.h"
#include "data/schema.h"

int
main(void)
{
	struct arena *arena = arena_new();
	struct schema_admin admin = { .user = "root" };
	struct schema_report report;
	enum schema_end end;

	if (!setting_load("test"))
		return 2;
	admin.socket = setting_text("database.socket");
	admin.database = setting_text("database.name");
	end =
	    schema_upgrade(arena, &admin, setting_text("schema.dir"), &report);
	if (end == SCHEMA_DONE)
		end = schema_grant(
		    arena, &admin, setting_text("schema.dir"), &report);
	if (end != SCHEMA_DONE)
		fprintf(stderr, "schema: %s\n", report.trouble);
	arena_free(arena);
	return end == SCHEMA_DONE ? 0 : 1;
}
