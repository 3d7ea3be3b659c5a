/* main: kagiya-agent. Asks the manager outwards for its server's next job and
 * carries it out; no port is open. */

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <locale.h>
#include <poll.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "agent/agent.h"
#include "agent/job.h"
#include "base/arena.h"
#include "base/file.h"
#include "base/log.h"
#include "base/secret.h"

enum { DONE = 0, REFUSED = 1, USAGE = 2, FAILED = 3 };
enum { AWAY_LONGEST = 30 }; /* seconds between polls of an absent manager */

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

static volatile sig_atomic_t stopping;

static void
stop(int signal_number)
{
	(void)signal_number;
	stopping = 1;
}

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

/* A second agent, or what is left of one that was killed, must be gone. */
static bool
take_lock(struct agent *agent)
{
	const char *state = agent->conf.state_dir;
	const char *path = arena_print(agent->arena, "%s/lock", state);

	if (!file_make_folder(state, 0700) ||
	    !file_make_folder(
		arena_print(agent->arena, "%s/job", state), 0700) ||
	    !file_make_folder(
		arena_print(agent->arena, "%s/installed", state), 0700)) {
		fprintf(
		    stderr, "kagiya-agent: %s: %s\n", state, strerror(errno));
		return false;
	}
	agent->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	while (agent->lock >= 0 && flock(agent->lock, LOCK_EX) != 0)
		if (errno != EINTR || stopping)
			return false;
	return agent->lock >= 0;
}

static bool
become(struct agent *agent)
{
	const struct passwd *user;

	agent->root = geteuid() == 0;
	if (!agent->root)
		return true;
	user = getpwnam(agent->conf.user);
	if (user == NULL || user->pw_uid == 0) {
		fprintf(stderr, "kagiya-agent: there is no user %s\n",
		    agent->conf.user);
		return false;
	}
	agent->stranger = (struct rights){
		.drop = true,
		.uid = user->pw_uid,
		.gid = user->pw_gid,
	};
	return true;
}

/* One question and what follows from it. The seconds until the next one; -1:
 * nobody answered. */
static int64_t
turn(struct agent *agent)
{
	struct arena *arena = arena_new();
	size_t count;
	const struct order_report *reports = job_reports(agent, arena, &count);
	const struct polled polled =
	    poll_manager(agent, arena, reports, count, false);
	int64_t seconds = -1;

	if (polled.answer != NULL) {
		seconds = polled.answer->poll_seconds;
		job_heard(agent, arena, polled.answer);
		if (job_run(agent, &polled))
			seconds = 0;
	}
	arena_free(arena);
	return seconds;
}

/* A tenth more or less, so that a thousand agents do not come at once. */
static void
wait_for(int64_t seconds)
{
	unsigned char byte;
	int64_t ms = seconds * 1000;

	secret_random(&byte, 1);
	ms += ms * (byte - 128) / 1280;
	(void)poll(NULL, 0, (int)ms);
}

static void
serve(struct agent *agent)
{
	int64_t away = 0;

	while (!stopping) {
		const int64_t seconds = turn(agent);

		if (seconds >= 0) {
			away = 0;
			wait_for(seconds);
			continue;
		}
		away = away == 0 ? agent->conf.poll_seconds : 2 * away;
		if (away > AWAY_LONGEST)
			away = AWAY_LONGEST;
		wait_for(away);
	}
}

/* The job, and a second turn to tell how it ended. */
static int
serve_once(struct agent *agent)
{
	int64_t seconds = turn(agent);

	if (seconds == 0)
		seconds = turn(agent);
	return seconds < 0 ? FAILED : DONE;
}

static int
run(const char *path, bool once)
{
	struct agent agent = { .arena = arena_new(), .lock = -1 };
	const struct sigaction on_stop = { .sa_handler = stop };
	int code = FAILED;

	(void)sigaction(SIGTERM, &on_stop, NULL);
	(void)sigaction(SIGINT, &on_stop, NULL);
	(void)signal(SIGPIPE, SIG_IGN);
	if (conf_load(agent.arena, path, &agent.conf) && become(&agent) &&
	    take_lock(&agent) && job_recover(&agent)) {
		log_event(LOG_NOTE, "agent.start", "server=%s manager=%s",
		    agent.conf.server, agent.conf.manager_url);
		code = DONE;
		if (once)
			code = serve_once(&agent);
		else
			serve(&agent);
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
