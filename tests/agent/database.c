/* database: asks the agent's module for databases, from a shell:
 *   database CONF access|make|drop|dump|load SERIAL
 * access prints name and password; dump writes to standard output, load reads
 * standard input. What went wrong is printed; exit status 0 or 1. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "agent/agent.h"
#include "agent/database.h"
#include "base/arena.h"
#include "broker.h"

static const char *
show(const struct agent *agent, struct arena *arena, const char *serial)
{
	struct database_access own;
	const char *why = database_access(agent, arena, serial, &own);

	if (*why == '\0')
		printf("%s %s\n", own.name, own.password);
	return why;
}

static const char *
dump(const struct agent *agent, struct arena *arena, const char *serial)
{
	return database_dump(agent, arena, serial, dup(STDOUT_FILENO));
}

static const char *
load(const struct agent *agent, struct arena *arena, const char *serial)
{
	return database_load(agent, arena, serial, dup(STDIN_FILENO));
}

static const struct {
	const char *name;
	const char *(*run)(
	    const struct agent *agent, struct arena *arena, const char *serial);
} verbs[] = {
	{ "access", show },
	{ "make", database_make },
	{ "drop", database_drop },
	{ "dump", dump },
	{ "load", load },
};

static int
run(struct agent *agent, void *context)
{
	char **argv = context;
	const char *why = "which verb?";

	for (size_t i = 0; i < sizeof(verbs) / sizeof(*verbs); i++)
		if (strcmp(verbs[i].name, argv[2]) == 0)
			why = verbs[i].run(agent, agent->arena, argv[3]);
	if (*why == '\0')
		return 0;
	fprintf(stderr, "%s\n", why);
	return 1;
}

int
main(int argc, char **argv)
{
	struct agent agent = { .arena = arena_new() };
	int code;

	if (argc != 4 || !conf_load(agent.arena, argv[1], &agent.conf))
		return 2;
	code = under_broker(&agent, run, argv);
	arena_free(agent.arena);
	return code;
}
