/* tasks: what the broker can start, by name. */

#include <string.h>

#include "agent/database.h"
#include "agent/hook.h"
#include "agent/net.h"
#include "agent/place_part.h"
#include "agent/task.h"
#include "agent/unpack.h"

static const struct task_kind kinds[] = {
	{ "fetch", SANDBOX_FETCH, false, false, net_task },
	{ "unpack", SANDBOX_UNPACK, false, false, unpack_task },
	{ "place", SANDBOX_PLACE, true, false, place_task },
	{ "hook", SANDBOX_HOOK, true, false, hook_task },
	{ "database", SANDBOX_PROGRAM, false, true, database_task },
};

const struct task_kind *
task_kind_named(const char *name)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (strcmp(kinds[i].name, name) == 0)
			return &kinds[i];
	return NULL;
}
