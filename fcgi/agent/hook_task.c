/* hook_task: the process of the area's owner that has bubblewrap run a hook,
 * reads what it writes and ends it in time. */

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "agent/agent.h"
#include "agent/dir.h"
#include "agent/hook.h"
#include "agent/hook_words.h"
#include "agent/lines.h"
#include "agent/task.h"
#include "agent/wire.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/must.h"

enum { PROBE_SECONDS = 20 };

struct watch {
	struct arena *arena;
	struct hook_words words;
	int64_t seconds;
	char *output;
	size_t length;
	struct hook_end end;
};

static void
limit(__rlimit_resource_t what, rlim_t most)
{
	struct rlimit both;

	must(getrlimit(what, &both) == 0);
	if (both.rlim_max > most)
		both.rlim_max = most;
	both.rlim_cur = both.rlim_max;
	must(setrlimit(what, &both) == 0);
}

/* The number of processes is limited inside, where the owner's others do not
 * count. */
_Noreturn static void
become(const struct watch *watch, int out)
{
	static char *const environment[] = { NULL };
	const int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);

	if (nothing < 0 || dup2(nothing, 0) < 0 || dup2(out, 1) < 0 ||
	    dup2(out, 2) < 0)
		_exit(127);
	limit(RLIMIT_AS, (rlim_t)512 << 20);
	limit(RLIMIT_CPU, 30);
	limit(RLIMIT_FSIZE, (rlim_t)1 << 30);
	(void)execve(watch->words.list[0],
	    (char *const *)(uintptr_t)watch->words.list, environment);
	_exit(127);
}

/* What is too much is read all the same, and forgotten. False when there is no
 * more now. */
static bool
take_output(struct watch *watch, int in)
{
	char block[4096];
	const ssize_t n = read(in, block, sizeof(block));
	const size_t room = HOOK_OUTPUT - watch->length;

	if (n <= 0)
		return false;
	memcpy(watch->output + watch->length, block,
	    (size_t)n < room ? (size_t)n : room);
	watch->length += (size_t)n < room ? (size_t)n : room;
	return true;
}

/* Until it has ended or its time has. */
static void
follow(struct watch *watch, pid_t pid, int in)
{
	const int ended = (int)syscall(SYS_pidfd_open, pid, 0);
	const int64_t until = clock_monotonic_ms() + 1000 * watch->seconds;
	struct pollfd wait[2] = { { .fd = in, .events = POLLIN },
		{ .fd = ended, .events = POLLIN } };

	must(ended >= 0);
	while (wait[1].revents == 0) {
		const int64_t left = until - clock_monotonic_ms();

		if (left <= 0) {
			watch->end.late = 1;
			break;
		}
		if (poll(wait, 2, (int)left) < 0)
			must(errno == EINTR);
		if (wait[0].revents & POLLIN)
			(void)take_output(watch, in);
		else if (wait[0].revents != 0)
			wait[0].fd = -1;
	}
	(void)close(ended);
}

/* Bubblewrap's end ends all inside; what is left of it comes to us, who have
 * adopted it, and is waited for. The status is the first one's. */
static int
bury(pid_t pid)
{
	int status = 0, its = 0;
	pid_t one;

	do {
		child_end_strays(NULL, 0);
		one = waitpid(-1, &status, 0);
		if (one == pid)
			its = child_status(status);
	} while (one > 0 || errno == EINTR);
	return its;
}

static void
watch_over(struct watch *watch)
{
	int ends[2];
	pid_t pid;

	must(pipe2(ends, O_CLOEXEC | O_NONBLOCK) == 0);
	child_adopt();
	/* Its own output is written to like any other. */
	must(fcntl(ends[1], F_SETFL, 0) == 0);
	pid = fork();
	must(pid >= 0);
	if (pid == 0)
		become(watch, ends[1]);
	(void)close(ends[1]);
	follow(watch, pid, ends[0]);
	watch->end.status = bury(pid);
	while (take_output(watch, ends[0]))
		;
	(void)close(ends[0]);
}

static bool
trouble(struct watch *watch, const char *what)
{
	(void)snprintf(watch->end.trouble, sizeof(watch->end.trouble), "%s: %s",
	    what, strerror(errno));
	return false;
}

static bool
read_order(struct watch *watch, struct lines *lines, int message)
{
	static const size_t limits[] = { 1 << 17 };
	struct message_part part;

	if (!message_read(watch->arena, message, limits, 1, &part))
		return false;
	lines_read(lines, watch->arena, part.bytes);
	watch->seconds = lines_number(lines, "seconds");
	if (watch->seconds < 1 || watch->seconds > HOOK_SECONDS)
		watch->seconds = HOOK_SECONDS;
	return lines_value(lines, "tree") != NULL &&
	       lines_value(lines, "command") != NULL;
}

static bool
prepare(struct watch *watch, const struct broker_task *task)
{
	struct lines lines;
	const char *command;
	int tree;

	if (!read_order(watch, &lines, task->fds[BROKER_MESSAGE]))
		return trouble(watch, "message");
	tree = dir_open_folder(task->area, lines_value(&lines, "tree"));
	if (tree < 0)
		return trouble(watch, lines_value(&lines, "tree"));
	command = lines_value(&lines, "command");
	errno = ENOEXEC;
	if (!hook_words(watch->arena, &lines, tree, command, &watch->words))
		return trouble(watch, command);
	return true;
}

int
hook_task(const struct broker_task *task)
{
	struct watch watch = { .arena = arena_new() };
	bool told;

	watch.output = arena_alloc(watch.arena, HOOK_OUTPUT);
	if (prepare(&watch, task))
		watch_over(&watch);
	watch.end.length = (uint32_t)watch.length;
	told =
	    wire_write(task->fds[BROKER_OUT], &watch.end, sizeof(watch.end)) &&
	    wire_write(task->fds[BROKER_OUT], watch.output, watch.length);
	arena_free(watch.arena);
	return told ? 0 : 1;
}

static int
try_it(void *context)
{
	struct watch watch = { .arena = arena_new() };
	const int nothing = open("/dev/null", O_WRONLY | O_CLOEXEC);

	(void)context;
	if (nothing < 0 || !hook_words_to_try(watch.arena, &watch.words))
		return 1;
	(void)alarm(PROBE_SECONDS);
	become(&watch, nothing);
}

bool
hook_probe(const struct agent *agent)
{
	static const int keep[] = { -1 };
	struct child child = {
		.name = "agent-probe",
		.sandbox = &agent->sandbox,
		.rights = agent->stranger,
		.keep = keep,
		.run = try_it,
	};
	siginfo_t ended;
	pid_t pid;

	child.rights.kind = SANDBOX_HOOK;
	pid = child_fork(&child);
	while (
	    pid > 0 && waitid(P_PID, (id_t)pid, &ended, WEXITED | WNOWAIT) != 0)
		must(errno == EINTR);
	return pid > 0 && bury(pid) == 0;
}
