/* filter: the system calls each kind of process may make, by libseccomp. A
 * call that is not allowed answers ENOSYS, as an older kernel would: the C
 * library falls back where it can, and nothing is done. */

#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "agent/sandbox.h"
#include "base/must.h"

#define CALL(name) SCMP_SYS(name)
enum { END = -1000000 };

/* Memory, time, signals, and what is open already. */
static const int always[] = { CALL(read), CALL(write), CALL(readv),
	CALL(writev), CALL(pread64), CALL(pwrite64), CALL(close), CALL(fstat),
	CALL(lseek), CALL(munmap), CALL(mremap), CALL(madvise), CALL(brk),
	CALL(rt_sigaction), CALL(rt_sigprocmask), CALL(rt_sigreturn),
	CALL(sigaltstack), CALL(futex), CALL(getpid), CALL(gettid),
	CALL(getppid), CALL(tgkill), CALL(getuid), CALL(geteuid), CALL(getgid),
	CALL(getegid), CALL(clock_gettime), CALL(clock_getres),
	CALL(clock_nanosleep), CALL(nanosleep), CALL(gettimeofday), CALL(time),
	CALL(sched_yield), CALL(sched_getaffinity), CALL(sysinfo),
	CALL(getrandom), CALL(restart_syscall), CALL(poll), CALL(ppoll),
	CALL(dup), CALL(dup2), CALL(dup3), CALL(fcntl), CALL(exit),
	CALL(exit_group), END };

static const int files[] = { CALL(openat2), CALL(stat), CALL(lstat),
	CALL(newfstatat), CALL(statx), CALL(fstatfs), CALL(getdents64),
	CALL(readlinkat), CALL(mkdirat), CALL(unlinkat), CALL(renameat),
	CALL(renameat2), CALL(fchmod), CALL(ftruncate), CALL(fallocate),
	CALL(fsync), CALL(fdatasync), CALL(syncfs), CALL(sync_file_range),
	CALL(sendfile), CALL(copy_file_range), CALL(close_range), CALL(chmod),
	CALL(fchmodat), CALL(utimensat), CALL(flistxattr), CALL(fgetxattr),
	CALL(fsetxattr), CALL(symlinkat), END };

static const int state[] = { CALL(open), CALL(openat), CALL(access),
	CALL(faccessat), CALL(faccessat2), CALL(readlink), CALL(mkdir),
	CALL(rmdir), CALL(unlink), CALL(rename), CALL(fchmodat), CALL(flock),
	CALL(statfs), CALL(memfd_create), CALL(pipe), CALL(pipe2),
	CALL(sendmsg), CALL(recvmsg), CALL(recvfrom), END };

static const int network[] = { CALL(newfstatat), CALL(stat), CALL(lstat),
	CALL(statx), CALL(access), CALL(faccessat), CALL(faccessat2),
	CALL(readlink), CALL(readlinkat), CALL(getdents64), CALL(statfs),
	CALL(fstatfs), CALL(connect), CALL(bind), CALL(getsockname),
	CALL(getpeername), CALL(getsockopt), CALL(setsockopt), CALL(sendto),
	CALL(recvfrom), CALL(sendmsg), CALL(recvmsg), CALL(sendmmsg),
	CALL(recvmmsg), CALL(shutdown), CALL(select), CALL(pselect6),
	CALL(epoll_create1), CALL(epoll_ctl), CALL(epoll_wait),
	CALL(epoll_pwait), CALL(eventfd2), CALL(pipe), CALL(pipe2), CALL(uname),
	CALL(set_robust_list), CALL(rseq), CALL(prctl), END };

/* What the sanitizers' own code calls, in builds for tests. */
static const int sanitizers[] = { CALL(open), CALL(openat), CALL(getdents),
	CALL(readlink), CALL(readlinkat), CALL(getdents64), CALL(newfstatat),
	CALL(stat), CALL(clone), CALL(ptrace), CALL(prctl), CALL(wait4),
	CALL(kill), CALL(arch_prctl), CALL(getrusage), CALL(prlimit64),
	CALL(uname), CALL(ioctl), CALL(pipe), CALL(process_vm_readv),
	CALL(sched_setaffinity), CALL(set_robust_list), CALL(rseq), CALL(mmap),
	CALL(mprotect), END };

/* What no program of ours or a maker's has a use for. */
static const int never[] = { CALL(acct), CALL(add_key), CALL(bpf),
	CALL(delete_module), CALL(fanotify_init), CALL(finit_module),
	CALL(init_module), CALL(io_uring_enter), CALL(io_uring_register),
	CALL(io_uring_setup), CALL(kcmp), CALL(kexec_file_load),
	CALL(kexec_load), CALL(keyctl), CALL(lookup_dcookie), CALL(mbind),
	CALL(migrate_pages), CALL(move_pages), CALL(name_to_handle_at),
	CALL(nfsservctl), CALL(open_by_handle_at), CALL(perf_event_open),
	CALL(personality), CALL(pidfd_getfd), CALL(process_vm_readv),
	CALL(process_vm_writev), CALL(ptrace), CALL(quotactl), CALL(reboot),
	CALL(request_key), CALL(set_mempolicy), CALL(settimeofday),
	CALL(clock_settime), CALL(clock_adjtime), CALL(adjtimex), CALL(swapon),
	CALL(swapoff), CALL(syslog), CALL(userfaultfd), CALL(vhangup), END };

/* What bubblewrap needs, and what it starts does not. */
static const int mounts[] = { CALL(mount), CALL(umount2), CALL(pivot_root),
	CALL(chroot), CALL(unshare), CALL(setns), CALL(open_tree),
	CALL(move_mount), CALL(fsopen), CALL(fsconfig), CALL(fsmount),
	CALL(fspick), CALL(mount_setattr), CALL(sethostname),
	CALL(setdomainname), END };

static void
add(scmp_filter_ctx *filter, uint32_t action, int call)
{
	/* -EDOM, -EINVAL: not on this machine's processor */
	(void)seccomp_rule_add(filter, action, call, 0);
}

static void
add_all(scmp_filter_ctx *filter, uint32_t action, const int *calls)
{
	for (; *calls != END; calls++)
		add(filter, action, *calls);
}

static scmp_filter_ctx *
begin(uint32_t action)
{
	scmp_filter_ctx *filter = seccomp_init(action);

	must(filter != NULL);
	must(seccomp_attr_set(filter, SCMP_FLTATR_CTL_NNP, 0) == 0);
	/* A debugger's -1 answers as any other unknown call. */
	must(seccomp_attr_set(
		 filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_ERRNO(ENOSYS)) == 0);
	(void)seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2);
	return filter;
}

static void
add_when(scmp_filter_ctx *filter, uint32_t action, int call,
    struct scmp_arg_cmp when)
{
	must(seccomp_rule_add_array(filter, action, call, 1, &when) == 0);
}

static struct scmp_arg_cmp
equals(unsigned argument, uint64_t value)
{
	return (struct scmp_arg_cmp){ argument, SCMP_CMP_EQ, value, 0 };
}

static struct scmp_arg_cmp
masked(unsigned argument, uint64_t mask, uint64_t value)
{
	return (
	    struct scmp_arg_cmp){ argument, SCMP_CMP_MASKED_EQ, mask, value };
}

/* No page becomes a program. */
static void
allow_memory(scmp_filter_ctx *filter, bool programs)
{
	if (programs) {
		add(filter, SCMP_ACT_ALLOW, CALL(mmap));
		add(filter, SCMP_ACT_ALLOW, CALL(mprotect));
		return;
	}
	add_when(filter, SCMP_ACT_ALLOW, CALL(mmap), masked(2, PROT_EXEC, 0));
	add_when(
	    filter, SCMP_ACT_ALLOW, CALL(mprotect), masked(2, PROT_EXEC, 0));
}

/* Files are read only; a process may become threads, not processes. */
static void
allow_network(scmp_filter_ctx *filter)
{
	const uint64_t writes =
	    O_ACCMODE | O_CREAT | O_TRUNC | (O_TMPFILE & ~O_DIRECTORY);
	const int domains[] = { AF_INET, AF_INET6, AF_NETLINK };

	add_all(filter, SCMP_ACT_ALLOW, network);
	add_when(
	    filter, SCMP_ACT_ALLOW, CALL(openat), masked(2, writes, O_RDONLY));
	add_when(filter, SCMP_ACT_ALLOW, CALL(clone),
	    masked(0, CLONE_THREAD | CLONE_VM, CLONE_THREAD | CLONE_VM));
	for (size_t i = 0; i < sizeof(domains) / sizeof(*domains); i++)
		add_when(filter, SCMP_ACT_ALLOW, CALL(socket),
		    equals(0, (uint64_t)domains[i]));
	add_when(filter, SCMP_ACT_ALLOW, CALL(socketpair), equals(0, AF_UNIX));
	/* Not those that type for whoever sits at a terminal. */
	add_when(filter, SCMP_ACT_ALLOW, CALL(ioctl), equals(1, FIONREAD));
	add_when(filter, SCMP_ACT_ALLOW, CALL(ioctl), equals(1, FIONBIO));
}

/* Blocks of a file may be shared with its copy; no pipe becomes a device. */
static void
allow_copies(scmp_filter_ctx *filter)
{
	add_when(filter, SCMP_ACT_ALLOW, CALL(ioctl), equals(1, FICLONE));
	add_when(
	    filter, SCMP_ACT_ALLOW, CALL(mknodat), masked(2, S_IFMT, S_IFIFO));
}

static scmp_filter_ctx *
make_list(enum sandbox_kind kind)
{
	scmp_filter_ctx *filter = begin(SCMP_ACT_ERRNO(ENOSYS));

	add_all(filter, SCMP_ACT_ALLOW, always);
	/* fstat(), as the C library calls it. */
	add_when(filter, SCMP_ACT_ALLOW, CALL(newfstatat),
	    masked(3, AT_EMPTY_PATH, AT_EMPTY_PATH));
	allow_memory(filter, kind == SANDBOX_FETCH || SANDBOX_SANITIZED);
	if (kind == SANDBOX_FETCH)
		allow_network(filter);
	if (kind == SANDBOX_PLACE || kind == SANDBOX_CHIEF)
		add_all(filter, SCMP_ACT_ALLOW, files);
	if (kind == SANDBOX_PLACE)
		allow_copies(filter);
	if (kind == SANDBOX_CHIEF)
		add_all(filter, SCMP_ACT_ALLOW, state);
	if (SANDBOX_SANITIZED)
		add_all(filter, SCMP_ACT_ALLOW, sanitizers);
	return filter;
}

static scmp_filter_ctx *
make_exceptions(void)
{
	scmp_filter_ctx *filter = begin(SCMP_ACT_ALLOW);

	add_all(filter, SCMP_ACT_ERRNO(EPERM), never);
	return filter;
}

void
filter_enter(enum sandbox_kind kind)
{
	scmp_filter_ctx *filter =
	    kind == SANDBOX_HOOK || kind == SANDBOX_PROGRAM ? make_exceptions()
							    : make_list(kind);

	must(seccomp_load(filter) == 0);
	seccomp_release(filter);
}

/* AF_UNIX and the two internets, of which the inside has only its own. */
static void
refuse_sockets(scmp_filter_ctx *filter)
{
	const uint32_t no = SCMP_ACT_ERRNO(EAFNOSUPPORT);

	add_when(filter, no, CALL(socket),
	    (struct scmp_arg_cmp){ 0, SCMP_CMP_GT, AF_INET6, 0 });
	for (uint64_t domain = AF_INET + 1; domain < AF_INET6; domain++)
		add_when(filter, no, CALL(socket), equals(0, domain));
}

int
filter_for_hooks(void)
{
	scmp_filter_ctx *filter = make_exceptions();
	const int fd = memfd_create("filter", 0);

	add_all(filter, SCMP_ACT_ERRNO(EPERM), mounts);
	/* Whose arguments cannot be seen: clone() is used instead. */
	add(filter, SCMP_ACT_ERRNO(ENOSYS), CALL(clone3));
	refuse_sockets(filter);
	if (fd >= 0)
		must(seccomp_export_bpf(filter, fd) == 0 &&
		     lseek(fd, 0, SEEK_SET) == 0);
	seccomp_release(filter);
	return fd;
}
