/* kagiya: the staff's command. Its subcommands stand in one table, each in a
 * file of its own. */

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/setting.h"
#include "tool/tool.h"

static const struct tool tools[] = {
	{ "schema", "make and change the database's tables",
	    "  upgrade [--admin USER]   apply the files that are missing\n"
	    "  status  [--admin USER]   which files are applied\n"
	    "  grant   [--admin USER]   make the programs' users, give "
	    "rights\n",
	    tool_schema },
	{ "keys", "signing keys and secrets",
	    "  make                     those that are missing\n"
	    "  list                     name, kid, key, state, since, until\n"
	    "  rotate [--now]           announces the key check's next key, "
	    "which\n"
	    "                           signs some weeks later (or at once)\n"
	    "  revoke KID               it counts no more\n",
	    tool_keys },
	{ "account", "who may log in",
	    "  add LOGIN --name N --email E [--kind customer|staff]\n"
	    "      [--language ja|en] [--password FILE]\n"
	    "                           prints an initial password, or takes\n"
	    "                           a final one from FILE (- for input)\n"
	    "  password LOGIN           a new initial password\n"
	    "  disable LOGIN\n"
	    "  list\n",
	    tool_account },
	{ "server", "hosting servers",
	    "  add NAME --os MODEL --ip ADDRESS --key FILE.pub\n"
	    "      [--php VERSION] [--mariadb VERSION]\n"
	    "  revoke NAME\n"
	    "  list\n",
	    tool_server },
	{ "area", "customers' areas",
	    "  add LOGIN SERVER NAME --owner USER --url URL [--quota MB]\n"
	    "  list LOGIN\n",
	    tool_area },
	{ "depot", "where packages come from",
	    "  add NAME URL --key FILE.pub\n"
	    "  read [NAME]              look for new versions now\n"
	    "  revoke NAME              nothing of it is installed any more\n"
	    "  key NAME --key FILE.pub  another key by hand; lifts that again\n"
	    "  list\n",
	    tool_depot },
	{ "software", "what the shop offers",
	    "  show CODE | hide CODE    customers see it, or not\n"
	    "  price CODE YEN [--users-from N] [--tax PERCENT] [--from DAY]\n"
	    "                           yen per user without tax\n"
	    "  list\n",
	    tool_software },
	{ "license", "moves of a license to another install",
	    "  moves SERIAL             when, from which instance to which\n"
	    "  lift SERIAL              those made until now count no more\n",
	    tool_license },
	{ "payment", "money that came in",
	    "  record INVOICE YEN [--on DAY] [--reference TEXT]\n",
	    tool_payment },
	{ "daily", "the daily step: trials, reminders, permissions",
	    "  [--dry-run]              only tell: what comes tomorrow, who "
	    "goes\n"
	    "                           NG then, and why\n",
	    tool_daily },
};

enum { TOOLS = sizeof(tools) / sizeof(tools[0]) };

static void
help(FILE *to)
{
	fputs("usage: kagiya COMMAND ...\n\n", to);
	for (size_t i = 0; i < TOOLS; i++)
		fprintf(to, "  %-10s %s\n", tools[i].name, tools[i].summary);
	fputs("\nkagiya COMMAND --help tells more. Settings are read from the "
	      "file that\nKAGIYA_CONF names. Exit status: 0 done, 1 refused, "
	      "2 usage, 3 failed.\n",
	    to);
}

static const struct tool *
find(const char *name)
{
	for (size_t i = 0; i < TOOLS; i++)
		if (strcmp(tools[i].name, name) == 0)
			return &tools[i];
	return NULL;
}

static void
describe(const struct tool *tool, FILE *to)
{
	fprintf(to, "usage: kagiya %s ...\n%s", tool->name, tool->usage);
}

static int
run(const struct tool *tool, int argc, char **argv)
{
	if (tool_flag(&argc, argv, "--help")) {
		describe(tool, stdout);
		return TOOL_DONE;
	}
	if (!setting_load("kagiya"))
		return TOOL_FAILED;
	const int code = tool->run(argc, argv);
	if (code == TOOL_USAGE)
		describe(tool, stderr);
	tool_end();
	return code;
}

int
main(int argc, char **argv)
{
	if (argc > 1 && strcmp(argv[1], "--version") == 0) {
		puts("kagiya " KAGIYA_VERSION);
		return TOOL_DONE;
	}
	if (argc > 1 && strcmp(argv[1], "--help") == 0) {
		help(stdout);
		return TOOL_DONE;
	}
	const struct tool *tool = argc > 1 ? find(argv[1]) : NULL;
	if (tool != NULL)
		return run(tool, argc - 1, argv + 1);
	if (argc > 1)
		tool_say(TOOL_USAGE, "there is no command '%s'", argv[1]);
	help(stderr);
	return TOOL_USAGE;
}
