/* sandbox: the limits of each kind of process, and the order in which its
 * rights are taken away. */

#include "agent/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <linux/seccomp.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/must.h"

#define MIB ((rlim_t)1 << 20)

/* 0: as it is. NONE: not one. */
#define NONE ((rlim_t)-2)
static const struct {
	rlim_t cpu;    /* seconds */
	rlim_t memory; /* bytes of address space */
	rlim_t files;  /* open at a time, above those it has */
	rlim_t locked;
} limits[SANDBOX_KINDS] = {
	[SANDBOX_CHIEF] = { 0, 1024 * MIB, 256, NONE },
	[SANDBOX_FETCH] = { 3600, 1024 * MIB, 64, NONE },
	[SANDBOX_UNPACK] = { 600, 256 * MIB, NONE, NONE },
	[SANDBOX_PLACE] = { 21600, 512 * MIB, 256, NONE },
	[SANDBOX_HOOK] = { 0, 0, 64, NONE },
	[SANDBOX_PROGRAM] = { 3600, 1024 * MIB, 256, NONE },
};

static bool
has_openat2(void)
{
	const struct open_how how = { .flags = O_PATH | O_CLOEXEC,
		.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS };
	const int at = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);
	const int fd = (int)syscall(SYS_openat2, at, ".", &how, sizeof(how));

	(void)close(at);
	if (fd >= 0)
		(void)close(fd);
	return fd >= 0;
}

void
sandbox_find(struct sandbox *sandbox_r)
{
	const uint32_t action = SECCOMP_RET_ERRNO;

	sandbox_r->landlock = landlock_abi();
	sandbox_r->seccomp =
	    syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0;
	sandbox_r->openat2 = has_openat2();
}

static const char *
yes(bool flag)
{
	return flag ? "yes" : "no";
}

void
sandbox_words(const struct sandbox *sandbox, char words_r[SANDBOX_WORDS])
{
	(void)snprintf(words_r, SANDBOX_WORDS,
	    "landlock=%d seccomp=%s bwrap=%s openat2=%s", sandbox->landlock,
	    yes(sandbox->seccomp), yes(sandbox->bwrap), yes(sandbox->openat2));
}

/* Never more than there was. */
static void
limit(__rlimit_resource_t what, rlim_t most)
{
	struct rlimit both;

	if (most == 0)
		return;
	must(getrlimit(what, &both) == 0);
	if (most == NONE)
		most = 0;
	if (both.rlim_max > most)
		both.rlim_max = most;
	both.rlim_cur = both.rlim_max;
	must(setrlimit(what, &both) == 0);
}

void
sandbox_enter(
    const struct sandbox *sandbox, enum sandbox_kind kind, int beneath)
{
	must(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0);
	limit(RLIMIT_CORE, NONE);
	limit(RLIMIT_CPU, limits[kind].cpu);
	/* The sanitizer's own shadow is larger than any limit. */
	if (!SANDBOX_SANITIZED)
		limit(RLIMIT_AS, limits[kind].memory);
	landlock_enter(sandbox, kind, beneath);
	/* Below what is open already, so nothing more can be opened. */
	limit(RLIMIT_NOFILE, limits[kind].files);
	limit(RLIMIT_MEMLOCK, limits[kind].locked);
	if (sandbox->seccomp)
		filter_enter(kind);
}
