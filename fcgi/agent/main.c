/* main: kagiya-agent. Starts the chief, who asks the manager outwards for the
 * server's next job, and is his broker; no port is open. */

#include <errno.h>
#include <getopt.h>
#include <locale.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "agent/agent.h"
#include "agent/broker.h"
#include "agent/chief.h"
#include "agent/hook.h"
#include "agent/state.h"
#include "base/arena.h"
#include "base/log.h"
#include "base/secret.h"

enum { DONE = 0, REFUSED = 1, USAGE = 2, FAILED = 3 };

static const char usage[] =
    "usage: kagiya-agent [--conf FILE] [--once]\n"
    "       kagiya-agent keygen KEY.pem KEY.pub\n"
    "\n"
    "Installs and removes software in the areas of this hosting server, as\n"
    "its manager orders. The settings are in FILE, else in the file that\n"
    "KAGIYA_AGENT_CONF names, else in /etc/kagiya/agent.conf. With --once it\n"
    "asks once, does what it is told and ends.\n"
    "\n"
    "keygen makes the key that proves this server to the manager, who is\n"
    "given KEY.pub.\n"
    "\n"
    "Exit status: 0 done, 1 refused, 2 usage, 3 the world failed.\n";

static int
make_key(const char *private_path, const char *public_path)
{
	struct arena *arena = arena_new();
	bool made;

	if (access(private_path, F_OK) == 0) {
		fprintf(stderr,
		    "kagiya-agent: %s is there and is not overwritten\n",
		    private_path);
		arena_free(arena);
		return REFUSED;
	}
	made =
	    secret_key_save(secret_key_make(arena), private_path, public_path);
	if (!made)
		fprintf(stderr, "kagiya-agent: %s: %s\n", private_path,
		    strerror(errno));
	arena_free(arena);
	return made ? DONE : FAILED;
}

static bool
complain(const char *what, const char *why)
{
	fprintf(stderr, "kagiya-agent: %s: %s\n", what, why);
	return false;
}

static bool
find_user(const char *name, struct rights *rights_r)
{
	const struct passwd *user = getpwnam(name);

	if (user == NULL || user->pw_uid == 0)
		return complain(name, "there is no such user without rights");
	*rights_r = (struct rights){
		.drop = true,
		.uid = user->pw_uid,
		.gid = user->pw_gid,
		.beneath = -1,
	};
	return true;
}

/* Anybody but root goes on as himself. */
static bool
find_users(struct agent *agent)
{
	agent->root = geteuid() == 0;
	agent->user.beneath = agent->stranger.beneath = -1;
	return !agent->root ||
	       (find_user(agent->conf.user, &agent->user) &&
		   find_user(agent->conf.stranger, &agent->stranger));
}

static void
start_log(struct agent *agent)
{
	char words[SANDBOX_WORDS];

	sandbox_find(&agent->sandbox);
	agent->sandbox.programs = agent->conf.database_programs;
	agent->sandbox.bwrap = hook_probe(agent);
	sandbox_words(&agent->sandbox, words);
	log_event(LOG_NOTE, "agent.sandbox", "%s", words);
}

/* The children find OpenSSL ready: it reads files at its first use. */
static void
warm_up(void)
{
	unsigned char digest[SECRET_DIGEST];

	secret_sha256("", 0, digest);
}

struct birth {
	struct agent *agent;
	int socket;
	bool once;
};

static bool
load_key(void *context)
{
	struct agent *agent = ((struct birth *)context)->agent;

	return conf_load_key(agent->arena, &agent->conf);
}

static int
be_chief(void *context)
{
	const struct birth *birth = context;

	return chief_run(birth->agent, birth->socket, birth->once);
}

static pid_t
fork_chief(struct agent *agent, int socket, bool once)
{
	struct birth birth = { agent, socket, once };
	const int folder = state_open(agent);
	const int keep[] = { socket, folder, -1 };
	const struct child child = {
		.name = "agent-chief",
		.sandbox = &agent->sandbox,
		.rights = {
			.drop = agent->root,
			.uid = agent->user.uid,
			.gid = agent->user.gid,
			.kind = SANDBOX_CHIEF,
			.beneath = folder,
		},
		.keep = keep,
		.chief = true,
		.prepare = load_key,
		.run = be_chief,
		.context = &birth,
	};
	pid_t pid;

	if (folder < 0)
		return -1;
	pid = child_fork(&child);
	(void)close(folder);
	return pid;
}

static int
serve(struct agent *agent, bool once)
{
	int ends[2];
	pid_t chief;

	broker_catch_signals();
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
		return FAILED;
	chief = fork_chief(agent, ends[1], once);
	(void)close(ends[1]);
	if (chief < 0) {
		(void)complain(agent->conf.state_dir, strerror(errno));
		return FAILED;
	}
	child_keep_broker();
	return broker_serve(agent, ends[0], chief);
}

static int
run(const char *path, bool once)
{
	struct agent agent = { .arena = arena_new() };
	int code = FAILED;

	if (conf_load(agent.arena, path, &agent.conf) && find_users(&agent)) {
		child_adopt();
		warm_up();
		start_log(&agent);
		code = serve(&agent, once);
	}
	arena_free(agent.arena);
	return code;
}

int
main(int argc, char **argv)
{
	static const struct option known[] = {
		{ "conf", required_argument, NULL, 'c' },
		{ "once", no_argument, NULL, 'o' },
		{ "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'v' },
		{ NULL, 0, NULL, 0 },
	};
	const char *path = getenv("KAGIYA_AGENT_CONF");
	bool once = false;
	int letter;

	(void)setlocale(LC_CTYPE, "C.UTF-8");
	while ((letter = getopt_long(argc, argv, "", known, NULL)) != -1)
		switch (letter) {
		case 'c':
			path = optarg;
			break;
		case 'o':
			once = true;
			break;
		case 'h':
			fputs(usage, stdout);
			return DONE;
		case 'v':
			puts("kagiya-agent " KAGIYA_VERSION);
			return DONE;
		default:
			fputs(usage, stderr);
			return USAGE;
		}
	if (argc - optind == 3 && strcmp(argv[optind], "keygen") == 0)
		return make_key(argv[optind + 1], argv[optind + 2]);
	if (argc != optind) {
		fputs(usage, stderr);
		return USAGE;
	}
	return run(path == NULL ? "/etc/kagiya/agent.conf" : path, once);
}
