/* tracer: runs a program, with all processes that it starts, and lets
 * something happen at the n-th of their system calls that change anything.
 * usage: tracer MODE N FILE COMMAND...
 * MODE: count   nothing happens
 *       one     the process that makes the call is killed
 *       all     all of them are
 *       ENOSPC, EDQUOT, EIO   the call fails so (EIO: reading, too)
 *       ENOSPC+ ...  and each one after it
 * FILE gets the number of calls and the name of what happened, if anything.
 * The exit status is the program's. */

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/must.h"

#ifndef __x86_64__
int
main(void)
{
	return 77;
}
#else

enum { PROCESSES = 256 };

/* fails: the disk can make it fail when full; else only when broken. */
static const struct call {
	long number;
	const char *name;
	bool full;
} calls[] = {
	{ SYS_openat2, "openat2", true },
	{ SYS_openat, "openat", true },
	{ SYS_renameat2, "renameat2", true },
	{ SYS_renameat, "renameat", true },
	{ SYS_rename, "rename", true },
	{ SYS_mkdirat, "mkdirat", true },
	{ SYS_mkdir, "mkdir", true },
	{ SYS_mknodat, "mknodat", true },
	{ SYS_symlinkat, "symlinkat", true },
	{ SYS_write, "write", true },
	{ SYS_pwrite64, "pwrite64", true },
	{ SYS_copy_file_range, "copy_file_range", true },
	{ SYS_ftruncate, "ftruncate", true },
	{ SYS_fsync, "fsync", true },
	{ SYS_fdatasync, "fdatasync", true },
	{ SYS_syncfs, "syncfs", true },
	{ SYS_unlinkat, "unlinkat", false },
	{ SYS_unlink, "unlink", false },
	{ SYS_rmdir, "rmdir", false },
	{ SYS_fchmod, "fchmod", false },
	{ SYS_utimensat, "utimensat", false },
	{ SYS_getdents64, "getdents64", false },
	{ SYS_newfstatat, "newfstatat", false },
};
enum { CALLS = sizeof(calls) / sizeof(*calls) };

static struct {
	const char *mode;
	int error;
	bool on; /* and on */
	long wanted;
	long count;
	const char *happened;
	pid_t processes[PROCESSES];
} tracer;

static void
watch_myself(void)
{
	struct sock_filter filter[CALLS + 3];
	struct sock_fprog program = { CALLS + 3, filter };
	size_t at = 0;

	filter[at++] = (struct sock_filter)BPF_STMT(
	    BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
	for (size_t i = 0; i < CALLS; i++)
		filter[at++] = (struct sock_filter)BPF_JUMP(
		    BPF_JMP | BPF_JEQ | BPF_K, (unsigned)calls[i].number,
		    (unsigned char)(CALLS - i), 0);
	filter[at++] =
	    (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
	filter[at++] =
	    (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRACE);
	must(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0);
	must(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0);
}

static pid_t
start(char **command)
{
	const pid_t pid = fork();

	must(pid >= 0);
	if (pid > 0)
		return pid;
	must(ptrace(PTRACE_TRACEME, 0, NULL, NULL) == 0);
	must(raise(SIGSTOP) == 0);
	watch_myself();
	(void)execvp(*command, command);
	perror(*command);
	_exit(127);
}

static void
note(pid_t pid, pid_t before)
{
	for (size_t i = 0; i < PROCESSES; i++)
		if (tracer.processes[i] == before) {
			tracer.processes[i] = pid;
			return;
		}
}

static void
kill_all(void)
{
	for (size_t i = 0; i < PROCESSES; i++)
		if (tracer.processes[i] > 0)
			(void)kill(tracer.processes[i], SIGKILL);
}

static const struct call *
find(long number)
{
	for (size_t i = 0; i < CALLS; i++)
		if (calls[i].number == number)
			return &calls[i];
	return NULL;
}

/* Pipes and sockets have no disk. */
static bool
is_on_disk(pid_t pid, const struct user_regs_struct *registers)
{
	char path[64], target[PATH_MAX];
	ssize_t n;

	(void)snprintf(
	    path, sizeof(path), "/proc/%d/fd/%llu", (int)pid, registers->rdi);
	n = readlink(path, target, sizeof(target) - 1);
	if (n < 0)
		return false;
	target[n] = '\0';
	return *target == '/' && strncmp(target, "/proc/", 6) != 0 &&
	       strncmp(target, "/dev/null", 9) != 0 &&
	       strncmp(target, "/memfd:", 7) != 0;
}

/* What is opened to be read does not need room. */
static bool
can_fail(pid_t pid, const struct call *call,
    const struct user_regs_struct *registers)
{
	if ((call->number == SYS_write || call->number == SYS_pwrite64) &&
	    !is_on_disk(pid, registers))
		return false;
	if (tracer.error == EIO)
		return true;
	if (call->number == SYS_openat)
		return (registers->rdx & O_CREAT) != 0;
	/* The flags come first in what its third argument points to. */
	if (call->number == SYS_openat2)
		return (ptrace(PTRACE_PEEKDATA, pid, (void *)registers->rdx,
			    NULL) &
			   O_CREAT) != 0;
	return call->full;
}

static void
make_fail(pid_t pid, struct user_regs_struct *registers)
{
	registers->orig_rax = (unsigned long long)-1;
	registers->rax = (unsigned long long)-tracer.error;
	must(ptrace(PTRACE_SETREGS, pid, NULL, registers) == 0);
}

static void
on_call(pid_t pid)
{
	struct user_regs_struct registers;
	const struct call *call;

	if (ptrace(PTRACE_GETREGS, pid, NULL, &registers) != 0)
		return;
	call = find((long)registers.orig_rax);
	/* What is said on the way is no change of anything. */
	if (call == NULL || (call->number == SYS_write && registers.rdi == 2))
		return;
	if (tracer.error != 0 && !can_fail(pid, call, &registers))
		return;
	tracer.count++;
	if (tracer.count != tracer.wanted &&
	    !(tracer.on && tracer.count > tracer.wanted))
		return;
	if (tracer.happened == NULL)
		tracer.happened = call->name;
	if (tracer.error != 0)
		make_fail(pid, &registers);
	else if (strcmp(tracer.mode, "one") == 0)
		(void)kill(pid, SIGKILL);
	else if (strcmp(tracer.mode, "all") == 0)
		kill_all();
}

static void
on_stop(pid_t pid, int status)
{
	const int event = status >> 16;
	int signal_number = 0;
	unsigned long fresh;

	if (event == PTRACE_EVENT_SECCOMP)
		on_call(pid);
	else if (event == PTRACE_EVENT_FORK || event == PTRACE_EVENT_VFORK ||
		 event == PTRACE_EVENT_CLONE) {
		if (ptrace(PTRACE_GETEVENTMSG, pid, NULL, &fresh) == 0)
			note((pid_t)fresh, 0);
	} else if (event == 0 && WSTOPSIG(status) != SIGSTOP)
		signal_number = WSTOPSIG(status);
	(void)ptrace(PTRACE_CONT, pid, NULL, (void *)(long)signal_number);
}

static int
run(pid_t first)
{
	int code = 0, status;
	pid_t pid;

	must(waitpid(first, &status, 0) == first && WIFSTOPPED(status));
	must(ptrace(PTRACE_SETOPTIONS, first, NULL,
		 (void *)(PTRACE_O_TRACESECCOMP | PTRACE_O_TRACEFORK |
			  PTRACE_O_TRACEVFORK | PTRACE_O_TRACECLONE |
			  PTRACE_O_TRACEEXEC | PTRACE_O_EXITKILL)) == 0);
	note(first, 0);
	must(ptrace(PTRACE_CONT, first, NULL, NULL) == 0);
	while ((pid = waitpid(-1, &status, __WALL)) > 0) {
		if (WIFSTOPPED(status)) {
			on_stop(pid, status);
			continue;
		}
		note(0, pid);
		if (pid == first)
			code = WIFEXITED(status) ? WEXITSTATUS(status)
						 : 128 + WTERMSIG(status);
	}
	return code;
}

static int
error_named(const char *mode)
{
	static const struct {
		const char *name;
		int error;
	} known[] = { { "ENOSPC", ENOSPC }, { "EDQUOT", EDQUOT },
		{ "EIO", EIO } };

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (strncmp(mode, known[i].name, strlen(known[i].name)) == 0)
			return known[i].error;
	return 0;
}

int
main(int argc, char **argv)
{
	FILE *file;
	int code;

	must(argc > 4);
	tracer.mode = argv[1];
	tracer.error = error_named(argv[1]);
	tracer.on = strchr(argv[1], '+') != NULL;
	tracer.wanted = strtol(argv[2], NULL, 10);
	code = run(start(argv + 4));
	file = fopen(argv[3], "w");
	must(file != NULL);
	fprintf(file, "%ld %s\n", tracer.count,
	    tracer.happened == NULL ? "" : tracer.happened);
	must(fclose(file) == 0);
	return code;
}
#endif
