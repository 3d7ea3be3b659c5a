/* daily: what the day brings, done now or only told. */

#include <stdio.h>

#include "base/arena.h"
#include "base/clock.h"
#include "shop/daily.h"
#include "tool/tool.h"

static void
told(const struct daily_act *act, void *context)
{
	struct work *work = context;

	printf("%s\t%s\t%s\t%s\t%s\n", act->serial, act->rule,
	    clock_day_text(work->arena, act->day),
	    act->invoice_no != NULL ? act->invoice_no : "-",
	    act->why != NULL && act->why[0] != '\0' ? act->why : "-");
}

int
tool_daily(int argc, char **argv)
{
	const bool dry_run = tool_flag(&argc, argv, "--dry-run");
	struct work *work = tool_work();

	if (!tool_words(argc, argv, 0))
		return TOOL_USAGE;
	return tool_status(daily_run(work, dry_run, told, work), "daily");
}
