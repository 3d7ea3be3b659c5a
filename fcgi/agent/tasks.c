/* tasks: what the broker can start, by name. */

#include <string.h>

#include "agent/database.h"
#include "agent/hook.h"
#include "agent/net.h"
#include "agent/place_part.h"
#include "agent/task.h"
#include "agent/unpack.h"

enum { HOUR = 3600 };

static const struct task_kind kinds[] = {
	{ "fetch", SANDBOX_FETCH, 6 * HOUR, false, false, net_task },
	{ "unpack", SANDBOX_UNPACK, 6 * HOUR, false, false, unpack_task },
	{ "place", SANDBOX_PLACE, 6 * HOUR, true, false, place_task },
	{ "hook", SANDBOX_HOOK, HOOK_SECONDS + 60, true, false, hook_task },
	{ "database", SANDBOX_PROGRAM, 2 * HOUR, false, true, database_task },
};

const struct task_kind *
task_kind_named(const char *name)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (strcmp(kinds[i].name, name) == 0)
			return &kinds[i];
	return NULL;
}
