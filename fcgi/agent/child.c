/* child: a process that has the rights for one thing. */

#include "agent/child.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <linux/close_range.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
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
set_capabilities(uint64_t mask)
{
	struct __user_cap_header_struct head = {
		.version = _LINUX_CAPABILITY_VERSION_3
	};
	struct __user_cap_data_struct data[2];

	must(syscall(SYS_capget, &head, data) == 0);
	for (int i = 0; i < 2; i++) {
		const uint32_t part = (uint32_t)(mask >> (32 * i));

		data[i].permitted &= part;
		data[i].effective &= part;
		data[i].inheritable = 0;
	}
	must(syscall(SYS_capset, &head, data) == 0);
}

void
child_keep_broker(void)
{
	must(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0);
	set_capabilities(1 << CAP_SETUID | 1 << CAP_SETGID | 1 << CAP_SETPCAP |
			 1 << CAP_KILL);
}

/* So that no program it may come to run gives it any. */
static void
empty_bounding_set(void)
{
	for (unsigned long i = 0; prctl(PR_CAPBSET_READ, i, 0, 0, 0) >= 0; i++)
		must(prctl(PR_CAPBSET_DROP, i, 0, 0, 0) == 0);
}

static void
become(const struct rights *rights)
{
	must(prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) == 0);
	if (rights->drop) {
		empty_bounding_set();
		must(setgroups(0, NULL) == 0);
		must(setresgid(rights->gid, rights->gid, rights->gid) == 0);
		must(setresuid(rights->uid, rights->uid, rights->uid) == 0);
		must(setuid(0) != 0 && getuid() == rights->uid &&
		     geteuid() == rights->uid && getegid() == rights->gid);
	}
	set_capabilities(0);
	/* Its leak checker looks into the process from another one. */
	if (SANDBOX_SANITIZED)
		must(prctl(PR_SET_DUMPABLE, 1, 0, 0, 0) == 0);
}

/* Whoever stops the agent lets it finish what it is at. */
static void
set_signals(void)
{
	sigset_t none;

	(void)signal(SIGTERM, SIG_IGN);
	(void)signal(SIGINT, SIG_IGN);
	(void)signal(SIGPIPE, SIG_IGN);
	(void)signal(SIGTSTP, SIG_IGN);
	(void)signal(SIGCHLD, SIG_DFL);
	must(sigemptyset(&none) == 0 &&
	     sigprocmask(SIG_SETMASK, &none, NULL) == 0);
}

/* Of a terminal that it was started from there is nothing to be had. */
static void
close_input(void)
{
	const int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);

	must(nothing >= 0 && dup2(nothing, 0) == 0);
}

static void
enter(const struct child *child, pid_t parent)
{
	(void)umask(022);
	(void)prctl(PR_SET_NAME, child->name, 0, 0, 0);
	if (!child->chief) {
		set_signals();
		must(clearenv() == 0);
	}
	close_input();
	close_others(child->keep);
	become(&child->rights);
	/* After the change of user, which would take it back. */
	must(prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) == 0);
	if (getppid() != parent)
		_exit(1);
	sandbox_enter(
	    child->sandbox, child->rights.kind, child->rights.beneath);
}

pid_t
child_fork(const struct child *child)
{
	const pid_t parent = getpid();
	const pid_t pid = fork();

	if (pid != 0)
		return pid;
	if (child->prepare != NULL && !child->prepare(child->context))
		_exit(1);
	enter(child, parent);
	_exit(child->run(child->context));
}

void
child_adopt(void)
{
	must(prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) == 0);
}

static bool
is_known(pid_t pid, const pid_t *known, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (known[i] == pid)
			return true;
	return false;
}

void
child_end_strays(const pid_t *known, size_t count)
{
	FILE *children = fopen("/proc/thread-self/children", "re");
	long pid;

	if (children == NULL)
		return;
	while (fscanf(children, "%ld", &pid) == 1)
		if (!is_known((pid_t)pid, known, count))
			(void)kill((pid_t)pid, SIGKILL);
	(void)fclose(children);
}

int
child_status(int status)
{
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
