/* chief: asks the manager for jobs and has them carried out. */

#include "agent/chief.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "agent/agent.h"
#include "agent/job.h"
#include "agent/state.h"
#include "agent/task.h"
#include "base/arena.h"
#include "base/log.h"
#include "base/must.h"
#include "base/secret.h"

enum { DONE = 0, FAILED = 3 };
enum { AWAY_LONGEST = 30 }; /* seconds between polls of an absent manager */

static volatile sig_atomic_t stopping;

static void
stop(int signal_number)
{
	(void)signal_number;
	stopping = 1;
}

/* They are blocked but while nothing is under way. */
static void
catch_signals(void)
{
	const struct sigaction on_stop = { .sa_handler = stop };

	must(sigaction(SIGTERM, &on_stop, NULL) == 0 &&
	     sigaction(SIGINT, &on_stop, NULL) == 0);
	(void)signal(SIGCHLD, SIG_DFL);
	(void)signal(SIGPIPE, SIG_IGN);
}

static void
pause_for(int64_t ms)
{
	const struct timespec time = { .tv_sec = ms / 1000,
		.tv_nsec = ms % 1000 * 1000000 };
	sigset_t none;

	must(sigemptyset(&none) == 0);
	(void)ppoll(NULL, 0, &time, &none);
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
	pause_for(ms);
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

/* A second agent, or what is left of one that was killed, must be gone. */
static bool
take_lock(const struct agent *agent)
{
	enum { EACH = 50 }; /* ms */
	const int lock = state_lock(agent);

	if (lock < 0)
		return false;
	while (!state_is_locked(lock)) {
		if (stopping || errno != EWOULDBLOCK)
			return false;
		pause_for(EACH);
	}
	return task_lock(agent, lock);
}

static int
work(struct agent *agent, bool once)
{
	if (!take_lock(agent) || !job_recover(agent))
		return FAILED;
	log_event(LOG_NOTE, "agent.start", "server=%s manager=%s",
	    agent->conf.server, agent->conf.manager_url);
	if (once)
		return serve_once(agent);
	serve(agent);
	return DONE;
}

int
chief_run(struct agent *agent, int socket, bool once)
{
	int code;

	catch_signals();
	agent->line = task_line_new(agent->arena, socket);
	code = work(agent, once);
	arena_free(agent->arena);
	/* As the end of main() would: under a sanitizer leaks are looked for.
	 */
	exit(code);
}
