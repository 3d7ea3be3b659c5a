/* landlock: which files a process may reach, by raw system calls: the C
 * library has none, and Debian 12's header ends with ABI 2. */

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "agent/sandbox.h"
#include "base/must.h"

/* ABI 6's structure; older kernels take the part they know. */
struct ruleset {
	uint64_t files;
	uint64_t net;
	uint64_t scoped;
};

enum {
	EXECUTE = 1 << 0,
	WRITE_FILE = 1 << 1,
	READ_FILE = 1 << 2,
	READ_DIR = 1 << 3,
	ALL_1 = (1 << 13) - 1,
	REFER = 1 << 13,     /* ABI 2 */
	TRUNCATE = 1 << 14,  /* 3 */
	IOCTL_DEV = 1 << 15, /* 5 */
	BIND_TCP = 1 << 0,   /* 4 */
	CONNECT_TCP = 1 << 1,
	SCOPES = 3, /* 6: abstract sockets, signals */
};

static uint64_t
all_files(int abi)
{
	uint64_t all = ALL_1;

	if (abi >= 2)
		all |= REFER;
	if (abi >= 3)
		all |= TRUNCATE;
	if (abi >= 5)
		all |= IOCTL_DEV;
	return all;
}

static size_t
size_for(int abi)
{
	if (abi < 4)
		return sizeof(uint64_t);
	return abi < 6 ? 2 * sizeof(uint64_t) : sizeof(struct ruleset);
}

int
landlock_abi(void)
{
	const long abi = syscall(SYS_landlock_create_ruleset, NULL, 0,
	    LANDLOCK_CREATE_RULESET_VERSION);

	return abi < 0 ? 0 : (int)abi;
}

/* A path that is not there needs no rule. */
static void
allow(int rules, int fd, uint64_t rights)
{
	const struct landlock_path_beneath_attr rule = {
		.allowed_access = rights, .parent_fd = fd
	};

	must(syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH,
		 &rule, 0) == 0);
}

static void
allow_paths(int rules, const char *const *paths, uint64_t rights)
{
	for (; *paths != NULL; paths++) {
		const int fd = open(*paths, O_PATH | O_CLOEXEC);
		struct stat status;

		if (fd < 0)
			continue;
		must(fstat(fd, &status) == 0);
		allow(rules, fd,
		    S_ISDIR(status.st_mode) ? rights
					    : rights & ~(uint64_t)READ_DIR);
		(void)close(fd);
	}
}

/* Names, certificates, and what the C library loads to look names up. */
static const char *const for_fetch[] = { "/etc/resolv.conf", "/etc/hosts",
	"/etc/host.conf", "/etc/nsswitch.conf", "/etc/gai.conf",
	"/etc/services", "/etc/ssl", "/etc/ca-certificates",
	"/usr/share/ca-certificates", "/usr/local/share/ca-certificates",
	"/run/systemd/resolve", "/run/resolvconf", "/usr/lib", "/lib", "/lib64",
	"/etc/ld.so.cache", "/dev/urandom", NULL };
static const char *const anywhere[] = { "/", NULL };
static const char *const for_programs[] = { "/usr", "/bin", "/lib", "/lib64",
	NULL };
static const char *const program_reads[] = { "/etc", "/dev", "/proc", "/run",
	NULL };
static const char *const nothing[] = { "/dev/null", NULL };

static void
add_rules(int rules, const struct sandbox *sandbox, enum sandbox_kind kind,
    int beneath)
{
	const char *const programs[] = { sandbox->programs, NULL };

	if (kind == SANDBOX_FETCH)
		allow_paths(rules, for_fetch, READ_FILE | READ_DIR);
	if (kind == SANDBOX_CHIEF)
		allow_paths(rules, anywhere, READ_FILE | READ_DIR);
	if (kind == SANDBOX_PROGRAM) {
		allow_paths(
		    rules, for_programs, READ_FILE | READ_DIR | EXECUTE);
		allow_paths(rules, programs, READ_FILE | READ_DIR | EXECUTE);
		allow_paths(rules, program_reads, READ_FILE | READ_DIR);
		allow_paths(rules, nothing, READ_FILE | WRITE_FILE);
	}
	if (beneath >= 0)
		allow(rules, beneath,
		    all_files(sandbox->landlock) & ~(uint64_t)EXECUTE);
}

/* Before ABI 2 nothing can be moved from folder to folder. Bubblewrap makes
 * mounts, which Landlock forbids. */
void
landlock_enter(
    const struct sandbox *sandbox, enum sandbox_kind kind, int beneath)
{
	const int abi = sandbox->landlock;
	struct ruleset set = { .files = all_files(abi) };
	long rules;

	if (abi < 2 || kind == SANDBOX_HOOK)
		return;
	set.net = kind == SANDBOX_FETCH ? BIND_TCP : BIND_TCP | CONNECT_TCP;
	set.scoped = SCOPES;
	rules = syscall(SYS_landlock_create_ruleset, &set, size_for(abi), 0);
	must(rules >= 0);
	add_rules((int)rules, sandbox, kind, beneath);
	must(syscall(SYS_landlock_restrict_self, (int)rules, 0) == 0);
	(void)close((int)rules);
}
