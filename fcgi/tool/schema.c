/* schema: the database's tables and the rights of the programs' users. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/setting.h"
#include "data/schema.h"
#include "tool/tool.h"

static int
code_of(enum schema_end end)
{
	switch (end) {
	case SCHEMA_DONE:
		return TOOL_DONE;
	case SCHEMA_GAP:
	case SCHEMA_EDITED:
	case SCHEMA_NEWER:
		return TOOL_REFUSED;
	case SCHEMA_NO_FILE:
	case SCHEMA_NO_SERVER:
	case SCHEMA_FAILED:
		break;
	}
	return TOOL_FAILED;
}

static int
tell(enum schema_end end, const struct schema_report *report)
{
	if (end != SCHEMA_DONE)
		return tool_say(code_of(end), "%s", report->trouble);
	return TOOL_DONE;
}

static int
upgrade(const struct schema_admin *admin)
{
	struct schema_report report;
	const enum schema_end end = schema_upgrade(
	    tool_work()->arena, admin, setting_text("schema.dir"), &report);

	if (end == SCHEMA_DONE)
		printf("schema: %zu files, %zu applied now\n", report.count,
		    report.applied_now);
	return tell(end, &report);
}

static int
status(const struct schema_admin *admin)
{
	struct schema_report report;
	const enum schema_end end = schema_status(
	    tool_work()->arena, admin, setting_text("schema.dir"), &report);

	for (size_t i = 0; end == SCHEMA_DONE && i < report.count; i++)
		printf("%s\t%s\n", report.files[i].name,
		    report.files[i].edited    ? "edited"
		    : report.files[i].applied ? "applied"
					      : "missing");
	return tell(end, &report);
}

static int
grant(const struct schema_admin *admin)
{
	struct schema_report report;

	return tell(schema_grant(tool_work()->arena, admin,
			setting_text("schema.dir"), &report),
	    &report);
}

int
tool_schema(int argc, char **argv)
{
	const char *host = setting_text("database.host");
	const struct schema_admin admin = {
		.host = host[0] != '\0' ? host : NULL,
		.socket = setting_text("database.socket"),
		.user = tool_option(&argc, argv, "--admin", "root"),
		.password = getenv("KAGIYA_ADMIN_PASSWORD"),
		.database = setting_text("database.name"),
	};

	if (!tool_words(argc, argv, 1))
		return TOOL_USAGE;
	if (tool_is(argc, argv, "upgrade"))
		return upgrade(&admin);
	if (tool_is(argc, argv, "status"))
		return status(&admin);
	if (tool_is(argc, argv, "grant"))
		return grant(&admin);
	return TOOL_USAGE;
}
