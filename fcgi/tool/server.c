/* server: the hosting servers and the keys of their agents. */

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/secret.h"
#include "data/audit.h"
#include "data/server.h"
#include "tool/tool.h"

static enum db_status
add_server(struct work *work, void *context)
{
	const struct server *server = context;
	int64_t id;
	enum db_status status = server_add(work, server, &id);

	if (status != DB_OK)
		return status;
	return audit_add(work, "server.add", server->name, server->os_model);
}

static int
add(int argc, char **argv)
{
	struct server server = {
		.os_model = tool_option(&argc, argv, "--os", NULL),
		.ip_address = tool_option(&argc, argv, "--ip", NULL),
		.php = tool_option(&argc, argv, "--php", ""),
		.mariadb = tool_option(&argc, argv, "--mariadb", ""),
	};
	const char *key = tool_option(&argc, argv, "--key", NULL);
	int code;

	if (!tool_words(argc, argv, 2) || server.os_model == NULL ||
	    server.ip_address == NULL || key == NULL)
		return TOOL_USAGE;
	server.name = argv[2];
	server.public_key = tool_public_key(key);
	if (server.public_key.bytes == NULL)
		return TOOL_REFUSED;
	tool_commit(server.name, add_server, &server, &code);
	return code;
}

static enum db_status
revoke_server(struct work *work, void *context)
{
	const struct server *server;
	enum db_status status = server_by_name(work, context, &server);

	if (status == DB_OK)
		status = server_revoke(work, server->server_id);
	if (status != DB_OK)
		return status;
	return audit_add(work, "server.revoke", server->name, "");
}

static int
list(void)
{
	struct work *work = tool_work();
	const struct server *servers;
	size_t count;
	enum db_status status = server_list(work, &servers, &count);

	if (status != DB_OK)
		return tool_status(status, "servers");
	for (size_t i = 0; i < count; i++)
		printf("%s\t%s\t%s\t%s\t%s\n", servers[i].name,
		    servers[i].os_model, servers[i].ip_address,
		    servers[i].last_contact == 0
			? "never"
			: clock_time_text(work->arena, servers[i].last_contact),
		    servers[i].revoked_at != 0 ? "revoked" : "active");
	return TOOL_DONE;
}

int
tool_server(int argc, char **argv)
{
	int code = TOOL_USAGE;

	if (tool_is(argc, argv, "add"))
		return add(argc, argv);
	if (tool_is(argc, argv, "revoke") && tool_words(argc, argv, 2))
		tool_commit(argv[2], revoke_server, argv[2], &code);
	if (tool_is(argc, argv, "list") && tool_words(argc, argv, 1))
		return list();
	return code;
}
