/* child: a process that has the rights for one thing. */

#include "agent/child.h"

#include <errno.h>
#include <grp.h>
#include <linux/close_range.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/must.h"

static int
compare(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

/* All but 0, 1, 2 and those in keep, which ends with -1. */
static void
close_others(const int *keep)
{
	int sorted[CHILD_KEEPS] = { 0 };
	size_t count = 0;
	unsigned next = 3;

	for (; keep[count] >= 0; count++) {
		must(count < CHILD_KEEPS);
		sorted[count] = keep[count];
	}
	qsort(sorted, count, sizeof(*sorted), compare);
	for (size_t i = 0; i < count; i++) {
		const unsigned fd = (unsigned)sorted[i];

		if (fd > next)
			must(close_range(next, fd - 1, 0) == 0);
		if (fd >= next)
			next = fd + 1;
	}
	must(close_range(next, ~0U, 0) == 0);
}

static void
limit(__rlimit_resource_t what, rlim_t most)
{
	const struct rlimit both = { most, most };

	if (most > 0)
		must(setrlimit(what, &both) == 0);
}

static void
give_up(const struct rights *rights)
{
	const struct rlimit none = { 0, 0 };

	if (rights->drop) {
		must(setgroups(0, NULL) == 0);
		must(setresgid(rights->gid, rights->gid, rights->gid) == 0);
		must(setresuid(rights->uid, rights->uid, rights->uid) == 0);
		must(setuid(0) != 0 && getuid() == rights->uid &&
		     geteuid() == rights->uid && getegid() == rights->gid);
	}
	must(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0);
	must(setrlimit(RLIMIT_CORE, &none) == 0);
	limit(RLIMIT_CPU, rights->cpu);
	limit(RLIMIT_AS, rights->memory);
	/* Below what is open already, so nothing more can be opened. */
	if (rights->no_files)
		must(setrlimit(RLIMIT_NOFILE, &none) == 0);
}

bool
child_start(struct child *child_r, const struct rights *rights, const int *keep,
    int (*run)(void *context), void *context)
{
	const pid_t parent = getpid();
	const pid_t pid = fork();

	if (pid != 0) {
		child_r->pid = pid;
		return pid > 0;
	}
	/* Whoever stops the agent lets it finish what it is at. */
	(void)signal(SIGTERM, SIG_IGN);
	(void)signal(SIGINT, SIG_IGN);
	(void)signal(SIGPIPE, SIG_IGN);
	(void)umask(022);
	close_others(keep);
	give_up(rights);
	/* After the change of user, which would take it back. */
	must(prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) == 0);
	if (getppid() != parent)
		_exit(1);
	_exit(run(context));
}

int
child_wait(const struct child *child)
{
	int status;

	while (waitpid(child->pid, &status, 0) < 0)
		if (errno != EINTR)
			return 255;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

void
child_kill(const struct child *child)
{
	(void)kill(child->pid, SIGKILL);
}
