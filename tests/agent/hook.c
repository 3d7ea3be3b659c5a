/* hook: has the agent run a program in a tree as a hook, from a shell:
 *   hook ROOT AREA OWNER TREE COMMAND SECONDS [SOCKET [NAME=VALUE]...]
 * ROOT holds the areas. Prints why it failed; exit status 0 or 1. */

#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>

#include "agent/hook.h"
#include "agent/place.h"
#include "base/arena.h"
#include "base/secret.h"
#include "broker.h"
#include "depot/sign.h"

static const char *
run_hook(struct agent *agent, char **words)
{
	const struct manifest_hook known = { "install", words[5],
		atoi(words[6]) };
	const struct manifest manifest = {
		.name = "leaflet",
		.version = "1.0",
		.hooks = &known,
		.hook_count = 1,
	};
	struct place place = {
		.agent = agent,
		.arena = agent->arena,
		.number = 7,
		.file = -1,
		.area = { .name = words[2],
		    .owner = words[3],
		    .action = "install",
		    .grant =
			sign_grant_make(agent->arena, agent->conf.manager_key,
			    &(struct sign_grant){ agent->conf.server, 7,
				"install", words[2], words[3] }) },
	};
	const bool more = words[7] != NULL;
	const struct hook hook = {
		.name = "install",
		.tree = words[4],
		.socket = more && *words[7] != '\0' ? words[7] : NULL,
		.environment =
		    more ? (const char *const *)(uintptr_t)&words[8] : NULL,
	};

	return hook_run(&place, &manifest, &hook);
}

static int
run(struct agent *agent, void *context)
{
	const char *why = run_hook(agent, context);

	if (*why == '\0')
		return 0;
	puts(why);
	return 1;
}

int
main(int argc, char **argv)
{
	struct agent agent = { .arena = arena_new() };
	const struct passwd *nobody = getpwnam("nobody");
	int code;

	if (argc < 7 || nobody == NULL)
		return 2;
	agent.root = geteuid() == 0;
	agent.stranger = (struct rights){
		.drop = agent.root,
		.uid = nobody->pw_uid,
		.gid = nobody->pw_gid,
	};
	agent.conf.server = "host1";
	agent.conf.area_root = argv[1];
	agent.conf.least_uid = 1;
	agent.conf.manager_key = secret_key_make(agent.arena);
	sandbox_find(&agent.sandbox);
	child_adopt();
	agent.sandbox.bwrap = hook_probe(&agent);
	code = under_broker(&agent, run, argv);
	arena_free(agent.arena);
	return code;
}
