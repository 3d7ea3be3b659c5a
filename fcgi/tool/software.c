/* software: what customers see, and for how much. */

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/text.h"
#include "data/audit.h"
#include "data/price.h"
#include "data/software.h"
#include "tool/tool.h"

struct change {
	const char *code;
	bool visible;
	struct price price;
};

static enum db_status
set_visible(struct work *work, void *context)
{
	const struct change *change = context;
	const struct software *software;
	enum db_status status =
	    software_any(work, change->code, "en", &software);

	if (status == DB_OK)
		status = software_set_visible(
		    work, software->software_id, change->visible);
	if (status != DB_OK)
		return status;
	return audit_add(work,
	    change->visible ? "software.show" : "software.hide", change->code,
	    "");
}

static int
show(int argc, char **argv, bool visible)
{
	struct change change = { .visible = visible };
	int code;

	if (!tool_words(argc, argv, 2))
		return TOOL_USAGE;
	change.code = argv[2];
	tool_commit(change.code, set_visible, &change, &code);
	return code;
}

static enum db_status
set_price(struct work *work, void *context)
{
	struct change *change = context;
	const struct software *software;
	enum db_status status =
	    software_any(work, change->code, "en", &software);

	if (status != DB_OK)
		return status;
	change->price.software_id = software->software_id;
	status = price_set(work, &change->price);
	if (status != DB_OK)
		return status;
	return audit_add(work, "software.price", change->code,
	    arena_print(work->arena, "yen=%lld users_from=%lld",
		(long long)change->price.amount,
		(long long)change->price.users_from));
}

static int
price(int argc, char **argv)
{
	struct change change = { 0 };
	const char *users = tool_option(&argc, argv, "--users-from", "1");
	const char *tax = tool_option(&argc, argv, "--tax", "10");
	const char *from = tool_option(&argc, argv, "--from", NULL);
	int code;

	if (!tool_words(argc, argv, 3))
		return TOOL_USAGE;
	change.code = argv[2];
	change.price.valid_from = tool_work()->today;
	if (!text_number(argv[3], 0, 1000000000, &change.price.amount))
		return tool_say(TOOL_USAGE, "the price is whole yen");
	if (!text_number(users, 1, 1000000, &change.price.users_from))
		return tool_say(TOOL_USAGE, "--users-from wants a number");
	if (!text_number(tax, 0, 99, &change.price.tax_percent))
		return tool_say(TOOL_USAGE, "--tax wants percent");
	if (from != NULL && !clock_day_parse(from, &change.price.valid_from))
		return tool_say(TOOL_USAGE, "--from wants a day, 2026-11-22");
	tool_commit(change.code, set_price, &change, &code);
	return code;
}

static int
list(void)
{
	const struct software *softwares;
	size_t count;
	enum db_status status =
	    software_list(tool_work(), "en", &softwares, &count);

	if (status != DB_OK)
		return tool_status(status, "software");
	for (size_t i = 0; i < count; i++)
		printf("%s\t%s\t%s\t%s\n", softwares[i].code,
		    softwares[i].visible != 0 ? "shown" : "hidden",
		    softwares[i].maker, softwares[i].name);
	return TOOL_DONE;
}

int
tool_software(int argc, char **argv)
{
	if (tool_is(argc, argv, "show"))
		return show(argc, argv, true);
	if (tool_is(argc, argv, "hide"))
		return show(argc, argv, false);
	if (tool_is(argc, argv, "price"))
		return price(argc, argv);
	if (tool_is(argc, argv, "list") && tool_words(argc, argv, 1))
		return list();
	return TOOL_USAGE;
}
