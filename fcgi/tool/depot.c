/* depot: where packages come from, and looking there now. */

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "data/audit.h"
#include "data/depot.h"
#include "tool/tool.h"
#include "worker/reading.h"

static enum db_status
add_depot(struct work *work, void *context)
{
	const struct depot *depot = context;
	int64_t id;
	enum db_status status = depot_add(work, depot, &id);

	if (status != DB_OK)
		return status;
	return audit_add(work, "depot.add", depot->name, depot->url);
}

static int
add(int argc, char **argv)
{
	struct depot depot = { 0 };
	const char *key = tool_option(&argc, argv, "--key", NULL);
	int code;

	if (!tool_words(argc, argv, 3) || key == NULL)
		return TOOL_USAGE;
	depot.name = argv[2];
	depot.url = argv[3];
	if (depot.url[0] == '\0' || depot.url[strlen(depot.url) - 1] != '/')
		return tool_say(TOOL_USAGE, "the URL wants a final /");
	depot.public_key = tool_public_key(key);
	if (depot.public_key.bytes == NULL)
		return TOOL_REFUSED;
	tool_commit(depot.name, add_depot, &depot, &code);
	return code;
}

struct giving {
	const char *name;
	struct db_bytes key;
};

static enum db_status
give_key(struct work *work, void *context)
{
	const struct giving *giving = context;
	const struct depot *depot;
	enum db_status status = depot_by_name(work, giving->name, &depot);

	if (status == DB_OK)
		status = depot_give_key(work, depot->depot_id, &giving->key);
	if (status != DB_OK)
		return status;
	return audit_add(work, "depot.give-key", giving->name, "");
}

static int
change_key(int argc, char **argv)
{
	struct giving giving = { 0 };
	const char *key = tool_option(&argc, argv, "--key", NULL);
	int code;

	if (!tool_words(argc, argv, 2) || key == NULL)
		return TOOL_USAGE;
	giving.name = argv[2];
	giving.key = tool_public_key(key);
	if (giving.key.bytes == NULL)
		return TOOL_REFUSED;
	tool_commit(giving.name, give_key, &giving, &code);
	return code;
}

static enum db_status
revoke_depot(struct work *work, void *context)
{
	const struct depot *depot;
	enum db_status status = depot_by_name(work, context, &depot);

	/* Twice is as good as once. */
	if (status == DB_OK && depot->revoked_at != 0)
		return DB_OK;
	if (status == DB_OK)
		status = depot_revoke(work, depot->depot_id);
	if (status != DB_OK)
		return status;
	return audit_add(work, "depot.revoke", depot->name, "");
}

static int
read_one(const struct depot *depot)
{
	struct reading reading;
	const enum db_status status =
	    reading_depot(tool_work(), depot, &reading);

	if (status != DB_OK)
		return tool_status(status, depot->name);
	printf("%s: %zu packages, %zu new\n", depot->name, reading.packages,
	    reading.published);
	if (reading.problem[0] != '\0')
		return tool_say(
		    TOOL_REFUSED, "%s: %s", depot->name, reading.problem);
	return TOOL_DONE;
}

static int
read_depots(int argc, char **argv)
{
	const struct depot *depots;
	size_t count;
	int code = TOOL_DONE, found = 0;

	if (!tool_words(argc, argv, argc == 2 ? 1 : 2))
		return TOOL_USAGE;
	const enum db_status status = depot_list(tool_work(), &depots, &count);
	if (status != DB_OK)
		return tool_status(status, "depots");
	for (size_t i = 0; i < count; i++) {
		if (depots[i].revoked_at != 0 ||
		    (argc > 2 && strcmp(argv[2], depots[i].name) != 0))
			continue;
		found = 1;
		const int one = read_one(&depots[i]);
		code = one > code ? one : code;
	}
	return found || argc == 2 ? code : tool_status(DB_NONE, argv[2]);
}

static int
list(void)
{
	struct work *work = tool_work();
	const struct depot *depots;
	size_t count;
	const enum db_status status = depot_list(work, &depots, &count);

	if (status != DB_OK)
		return tool_status(status, "depots");
	for (size_t i = 0; i < count; i++)
		printf("%s\t%s\t%lld\t%s\t%s\n", depots[i].name, depots[i].url,
		    (long long)depots[i].index_serial,
		    clock_time_text(work->arena, depots[i].checked_at),
		    depots[i].revoked_at != 0      ? "revoked"
		    : depots[i].problem[0] != '\0' ? depots[i].problem
						   : "ok");
	return TOOL_DONE;
}

int
tool_depot(int argc, char **argv)
{
	int code = TOOL_USAGE;

	if (tool_is(argc, argv, "add"))
		return add(argc, argv);
	if (tool_is(argc, argv, "read"))
		return read_depots(argc, argv);
	if (tool_is(argc, argv, "key"))
		return change_key(argc, argv);
	if (tool_is(argc, argv, "revoke") && tool_words(argc, argv, 2))
		tool_commit(argv[2], revoke_depot, argv[2], &code);
	if (tool_is(argc, argv, "list") && tool_words(argc, argv, 1))
		return list();
	return code;
}
