/* license: moves of a key to another install, seen and lifted by staff. */

#include <stdio.h>

#include "base/clock.h"
#include "shop/rebind.h"
#include "tool/tool.h"

struct lifting {
	const char *serial;
	int64_t count;
};

static enum db_status
lift_moves(struct work *work, void *context)
{
	struct lifting *lifting = context;

	return rebind_lift(work, lifting->serial, &lifting->count);
}

static int
lift(const char *serial)
{
	struct lifting lifting = { .serial = serial };
	int code;

	if (tool_commit(serial, lift_moves, &lifting, &code))
		printf("%s: %lld moves count no more, %d are free\n", serial,
		    (long long)lifting.count, REBIND_MOST);
	return code;
}

static int
moves(const char *serial)
{
	struct work *work = tool_work();
	const struct instance_move *list;
	size_t count;
	enum db_status status = instance_move_any(work, serial, &list, &count);

	if (status != DB_OK)
		return tool_status(status, serial);
	for (size_t i = 0; i < count; i++)
		printf("%s\t%s\t%s\t%s\t%s\n",
		    clock_time_text(work->arena, list[i].created_at),
		    list[i].instance_before, list[i].instance, list[i].actor,
		    list[i].lifted != 0 ? "lifted" : "counts");
	return TOOL_DONE;
}

int
tool_license(int argc, char **argv)
{
	if (!tool_words(argc, argv, 2))
		return TOOL_USAGE;
	if (tool_is(argc, argv, "lift"))
		return lift(argv[2]);
	if (tool_is(argc, argv, "moves"))
		return moves(argv[2]);
	return tool_say(
	    TOOL_USAGE, "license: lift or moves, not '%s'", argv[1]);
}
