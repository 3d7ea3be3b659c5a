/* conf: the agent's own settings. */

#include "agent/conf.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/secret.h"
#include "base/text.h"

enum {
	SERVER,
	MANAGER_URL,
	MANAGER_KEY,
	KEY,
	DEPOT_KEYS,
	AREA_ROOT,
	STATE_DIR,
	LEAST_UID,
	USER,
	STRANGER,
	POLL_SECONDS,
	DATABASE_SOCKET,
	DATABASE_USER,
	DATABASE_PASSWORD,
	DATABASE_PROGRAMS,
	COUNT
};

/* NULL: must be given; "": may be empty. */
static const struct {
	const char *name;
	const char *absent;
} known[COUNT] = {
	[SERVER] = { "server", NULL },
	[MANAGER_URL] = { "manager.url", NULL },
	[MANAGER_KEY] = { "manager.key", "/etc/kagiya/agent/manager.pub" },
	[KEY] = { "key", "/etc/kagiya/agent/server.pem" },
	[DEPOT_KEYS] = { "depot.keys", "/etc/kagiya/agent/depot" },
	[AREA_ROOT] = { "area.root", "/srv/area" },
	[STATE_DIR] = { "state.dir", "/var/lib/kagiya-agent" },
	[LEAST_UID] = { "owner.least_uid", "1000" },
	[USER] = { "user", "kagiya-agent" },
	[STRANGER] = { "user.stranger", "nobody" },
	[POLL_SECONDS] = { "poll.seconds", "2" },
	[DATABASE_SOCKET] = { "database.socket", "" },
	[DATABASE_USER] = { "database.user", "kagiya_agent" },
	[DATABASE_PASSWORD] = { "database.password_file", "" },
	[DATABASE_PROGRAMS] = { "database.programs", "/usr/bin" },
};

static bool
complain(const char *path, const char *what, const char *why)
{
	fprintf(stderr, "kagiya-agent: %s: %s %s\n", path, what, why);
	return false;
}

static bool
take_line(struct arena *arena, const char *path, const char *line,
    const char *values[COUNT])
{
	const char *equals = strchr(line, '=');
	const char *name;

	line = text_trim(arena, line);
	if (*line == '\0' || *line == '#')
		return true;
	if (equals == NULL)
		return complain(path, line, "is no line `name = value`");
	name = text_trim(arena, arena_copy_n(arena, line, strcspn(line, "=")));
	for (size_t i = 0; i < COUNT; i++)
		if (strcmp(name, known[i].name) == 0) {
			values[i] = text_trim(arena, equals + 1);
			return true;
		}
	return complain(path, name, "is no setting of the agent");
}

static bool
read_lines(struct arena *arena, const char *path, const char *values[COUNT])
{
	const char *at = file_read(arena, path, 65536, NULL);

	if (at == NULL)
		return complain(path, "cannot be read:", strerror(errno));
	while (*at != '\0') {
		const size_t length = strcspn(at, "\n");

		if (!take_line(
			arena, path, arena_copy_n(arena, at, length), values))
			return false;
		at += length + (at[length] == '\n');
	}
	for (size_t i = 0; i < COUNT; i++) {
		const char *absent = known[i].absent;

		if (values[i] == NULL)
			values[i] = absent;
		if (values[i] == NULL ||
		    (*values[i] == '\0' && (absent == NULL || *absent != '\0')))
			return complain(path, known[i].name, "is missing");
	}
	return true;
}

static struct secret_key *
load_key(struct arena *arena, const char *path)
{
	struct secret_key *key = secret_key_load(arena, path);

	if (key == NULL)
		(void)complain(path, "holds no key", "(kagiya-agent keygen)");
	return key;
}

bool
conf_load(struct arena *arena, const char *path, struct conf *conf_r)
{
	const char *values[COUNT] = { NULL };

	if (!read_lines(arena, path, values))
		return false;
	*conf_r = (struct conf){
		.server = values[SERVER],
		.manager_url = values[MANAGER_URL],
		.manager_key = load_key(arena, values[MANAGER_KEY]),
		.key_path = values[KEY],
		.depot_keys = values[DEPOT_KEYS],
		.area_root = values[AREA_ROOT],
		.state_dir = values[STATE_DIR],
		.user = values[USER],
		.stranger = values[STRANGER],
		.database_socket = values[DATABASE_SOCKET],
		.database_user = values[DATABASE_USER],
		.database_password_file = values[DATABASE_PASSWORD],
		.database_programs = values[DATABASE_PROGRAMS],
	};
	if (conf_r->manager_key == NULL)
		return false;
	if (!text_number(values[LEAST_UID], 1, INT32_MAX, &conf_r->least_uid))
		return complain(path, "owner.least_uid", "is no number");
	if (!text_number(values[POLL_SECONDS], 1, 3600, &conf_r->poll_seconds))
		return complain(path, "poll.seconds", "is no number");
	return true;
}

bool
conf_load_key(struct arena *arena, struct conf *conf)
{
	conf->key = load_key(arena, conf->key_path);
	return conf->key != NULL;
}
