/* rights: what each kind of the agent's processes can do, tried by one of that
 * kind. As root the processes are somebody without rights, as they would be. */

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <netinet/in.h>
#include <pwd.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "agent/child.h"
#include "base/must.h"
#include "tap.h"

enum { NO = 1, CHIEF = 2, FETCH = 4, UNPACK = 8, PLACE = 16, PROGRAM = 32 };

static char top[] = "/tmp/kagiya-rights.XXXXXX";
static char inside[100], beside[100];
static int folder;
static struct sockaddr_in listener;
static struct sandbox sandbox;

static bool
opens(const char *path, int flags)
{
	const int fd = open(path, flags | O_CLOEXEC, 0600);

	return fd >= 0 && close(fd) == 0;
}

static bool
read_users(void)
{
	return opens("/etc/passwd", O_RDONLY);
}

static bool
read_hosts(void)
{
	return opens("/etc/hosts", O_RDONLY);
}

static bool
list_home(void)
{
	return opens("/home", O_RDONLY | O_DIRECTORY);
}

/* As the tasks do: by the folder's descriptor. */
static bool
write_inside(void)
{
	const struct open_how how = { .flags = O_WRONLY | O_CREAT,
		.mode = 0600 };
	const int fd =
	    (int)syscall(SYS_openat2, folder, "file", &how, sizeof(how));

	return fd >= 0 && write(fd, "x", 1) == 1;
}

static bool
move_inside(void)
{
	return write_inside() &&
	       renameat2(folder, "file", folder, "below/file",
		   RENAME_NOREPLACE) == 0 &&
	       unlinkat(folder, "below/file", 0) == 0;
}

static bool
write_beside(void)
{
	return opens(beside, O_WRONLY | O_CREAT);
}

static bool
read_beside(void)
{
	return opens(beside, O_RDONLY);
}

static bool
make_internet_socket(void)
{
	return socket(AF_INET, SOCK_STREAM, 0) >= 0;
}

static bool
make_local_socket(void)
{
	return socket(AF_UNIX, SOCK_STREAM, 0) >= 0;
}

static bool
connect_out(void)
{
	const int fd = socket(AF_INET, SOCK_STREAM, 0);

	return fd >= 0 && connect(fd, (const struct sockaddr *)&listener,
			      sizeof(listener)) == 0;
}

static bool
listen_here(void)
{
	struct sockaddr_in any = { .sin_family = AF_INET };
	const int fd = socket(AF_INET, SOCK_STREAM, 0);

	return fd >= 0 &&
	       bind(fd, (const struct sockaddr *)&any, sizeof(any)) == 0 &&
	       listen(fd, 1) == 0;
}

static bool
run_program(void)
{
	char *const words[] = { NULL };

	(void)execve("/bin/true", words, words);
	return false;
}

static bool
fork_one(void)
{
	const pid_t pid = fork();

	if (pid == 0)
		_exit(0);
	return pid > 0 && waitpid(pid, NULL, 0) == pid;
}

static bool
trace_parent(void)
{
	return ptrace(PTRACE_ATTACH, getppid(), NULL, NULL) == 0;
}

static bool
signal_parent(void)
{
	return kill(getppid(), SIGCONT) == 0;
}

static bool
make_program(void)
{
	return mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
		   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED;
}

static bool
become_root(void)
{
	return getuid() != 0 && setuid(0) == 0;
}

static bool
mount_one(void)
{
	return syscall(SYS_mount, "none", "/tmp", "tmpfs", 0, NULL) == 0;
}

static bool
raise_limit(void)
{
	const struct rlimit more = { 100000, 100000 };

	return setrlimit(RLIMIT_NOFILE, &more) == 0;
}

static bool
leave_core(void)
{
	struct rlimit core;

	return getrlimit(RLIMIT_CORE, &core) == 0 && core.rlim_max > 0;
}

/* who: the kinds that can. relaxed: in builds with a sanitizer all can. */
static const struct attempt {
	const char *name;
	bool (*try)(void);
	unsigned who;
	bool relaxed;
} attempts[] = {
	{ "read the list of users", read_users, CHIEF | PROGRAM, false },
	{ "read /etc/hosts", read_hosts, CHIEF | FETCH | PROGRAM, false },
	{ "list /home", list_home, CHIEF, false },
	{ "write into its folder", write_inside, CHIEF | PLACE, false },
	{ "move a file in it", move_inside, CHIEF | PLACE, false },
	{ "write beside it", write_beside, NO, false },
	{ "read beside it", read_beside, CHIEF, false },
	{ "make a socket of the internet", make_internet_socket,
	    FETCH | PROGRAM, false },
	{ "make a local socket", make_local_socket, PROGRAM, false },
	{ "connect to a server", connect_out, FETCH, false },
	{ "be a server", listen_here, NO, false },
	{ "start a program", run_program, PROGRAM, false },
	{ "fork", fork_one, PROGRAM, true },
	{ "look into the agent", trace_parent, NO, true },
	{ "send it signals", signal_parent, NO, true },
	{ "make memory a program", make_program, FETCH | PROGRAM, true },
	{ "become root", become_root, NO, false },
	{ "mount", mount_one, NO, false },
	{ "raise a limit", raise_limit, NO, false },
	{ "leave a core", leave_core, NO, false },
};

static const struct {
	const char *name;
	enum sandbox_kind kind;
	unsigned who;
} kinds[] = {
	{ "chief", SANDBOX_CHIEF, CHIEF },
	{ "fetch", SANDBOX_FETCH, FETCH },
	{ "unpack", SANDBOX_UNPACK, UNPACK },
	{ "place", SANDBOX_PLACE, PLACE },
	{ "program", SANDBOX_PROGRAM, PROGRAM },
};

static int
try(void *context)
{
	const struct attempt *attempt = context;

	return attempt->try() ? 0 : 1;
}

static bool
can(const struct attempt *attempt, enum sandbox_kind kind)
{
	const struct passwd *nobody = getpwnam("nobody");
	const int keep[] = { folder, -1 };
	struct child child = {
		.name = "rights",
		.sandbox = &sandbox,
		.rights = { .drop = geteuid() == 0,
		    .uid = nobody->pw_uid,
		    .gid = nobody->pw_gid,
		    .kind = kind,
		    .beneath = kind == SANDBOX_CHIEF || kind == SANDBOX_PLACE
				   ? folder
				   : -1 },
		.keep = keep,
		.run = try,
		.context = (void *)(uintptr_t)attempt,
	};
	const pid_t pid = child_fork(&child);
	int status;

	must(pid > 0 && waitpid(pid, &status, 0) == pid);
	return status == 0;
}

static void
prepare(void)
{
	const struct passwd *nobody = getpwnam("nobody");
	socklen_t length = sizeof(listener);
	const int fd = socket(AF_INET, SOCK_STREAM, 0);

	must(nobody != NULL && mkdtemp(top) != NULL && chmod(top, 0755) == 0);
	(void)snprintf(inside, sizeof(inside), "%s/inside", top);
	(void)snprintf(beside, sizeof(beside), "%s/beside", top);
	must(mkdir(inside, 0755) == 0 && opens(beside, O_WRONLY | O_CREAT));
	must((folder = open(inside, O_RDONLY | O_DIRECTORY)) >= 0 &&
	     mkdirat(folder, "below", 0755) == 0);
	must(chmod(beside, 0666) == 0);
	if (geteuid() == 0)
		must(fchown(folder, nobody->pw_uid, 0) == 0 &&
		     fchownat(folder, "below", nobody->pw_uid, 0, 0) == 0);
	listener.sin_family = AF_INET;
	listener.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	must(bind(fd, (const struct sockaddr *)&listener, sizeof(listener)) ==
		 0 &&
	     listen(fd, 100) == 0 &&
	     getsockname(fd, (struct sockaddr *)&listener, &length) == 0);
}

static void
look(const struct attempt *attempt)
{
	bool right = true;

	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		const bool may = attempt->who & kinds[i].who;

		if (can(attempt, kinds[i].kind) == may ||
		    (attempt->relaxed && SANDBOX_SANITIZED))
			continue;
		printf("# %s %s\n", kinds[i].name, may ? "cannot" : "can");
		right = false;
	}
	tap(right, attempt->name);
}

int
main(void)
{
	sandbox_find(&sandbox);
	if (sandbox.landlock < 4 || !sandbox.seccomp) {
		puts("1..0 # SKIP the kernel lacks Landlock or seccomp");
		return 0;
	}
	prepare();
	for (size_t i = 0; i < sizeof(attempts) / sizeof(*attempts); i++)
		look(&attempts[i]);
	must(unlink(beside) == 0);
	(void)unlinkat(folder, "file", 0);
	must(unlinkat(folder, "below", AT_REMOVEDIR) == 0 &&
	     rmdir(inside) == 0 && rmdir(top) == 0);
	return tap_end();
}
