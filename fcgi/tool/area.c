/* area: the customers' own places on the hosting servers. */

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "data/account.h"
#include "data/area.h"
#include "data/audit.h"
#include "data/server.h"
#include "tool/tool.h"

struct request {
	const char *login;
	const char *server;
	struct area area;
};

static enum db_status
add_area(struct work *work, void *context)
{
	struct request *request = context;
	const struct account *account;
	const struct server *server;
	int64_t id;
	enum db_status status =
	    account_by_login(work, request->login, &account);

	if (status == DB_OK)
		status = server_by_name(work, request->server, &server);
	if (status != DB_OK)
		return status;
	request->area.account_id = account->account_id;
	request->area.server_id = server->server_id;
	status = area_add(work, &request->area, &id);
	if (status != DB_OK)
		return status;
	return audit_add(work, "area.add", request->area.name,
	    arena_print(work->arena, "server=%s login=%s", server->name,
		account->login));
}

static bool
ends_in_slash(const char *url)
{
	const size_t length = strlen(url);

	return length > 0 && url[length - 1] == '/';
}

static int
add(int argc, char **argv)
{
	struct request request = {
		.area = { .owner = tool_option(&argc, argv, "--owner", NULL),
		    .url = tool_option(&argc, argv, "--url", NULL) },
	};
	const char *quota = tool_option(&argc, argv, "--quota", "1024");
	int code;

	if (!tool_words(argc, argv, 4) || request.area.owner == NULL ||
	    request.area.url == NULL)
		return TOOL_USAGE;
	if (!ends_in_slash(request.area.url))
		return tool_say(TOOL_USAGE, "--url wants a final /");
	if (!text_number(quota, 1, 1 << 20, &request.area.quota_mb))
		return tool_say(TOOL_USAGE, "--quota wants megabytes");
	request.login = argv[2];
	request.server = argv[3];
	request.area.name = argv[4];
	tool_commit(argv[4], add_area, &request, &code);
	return code;
}

static int
list(const char *login)
{
	struct work *work = tool_work();
	const struct account *account;
	const struct area *areas;
	size_t count = 0;
	enum db_status status = account_by_login(work, login, &account);

	if (status == DB_OK)
		status = area_list(work, account->account_id, &areas, &count);
	if (status != DB_OK)
		return tool_status(status, login);
	for (size_t i = 0; i < count; i++)
		printf("%s\t%s\t%s\t%s\n", areas[i].server_name, areas[i].name,
		    areas[i].owner, areas[i].url);
	return TOOL_DONE;
}

int
tool_area(int argc, char **argv)
{
	if (tool_is(argc, argv, "add"))
		return add(argc, argv);
	if (tool_is(argc, argv, "list") && tool_words(argc, argv, 2))
		return list(argv[2]);
	return TOOL_USAGE;
}
