/* race: while files are written below an open folder, a neighbour swaps a
 * folder for a link that leads out. Not one byte may follow it. */

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "agent/dir.h"
#include "base/arena.h"
#include "base/must.h"
#include "tap.h"

static char top[] = "/tmp/kagiya-race.XXXXXX";

static int
open_top(const char *name)
{
	char path[200];
	int fd;

	(void)snprintf(path, sizeof(path), "%s/%s", top, name);
	must(mkdir(path, 0755) == 0);
	fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	must(fd >= 0);
	return fd;
}

static pid_t
start_swapper(int area)
{
	const pid_t pid = fork();

	if (pid != 0)
		return pid;
	for (;;)
		(void)renameat2(area, "lib", area, "link", RENAME_EXCHANGE);
}

struct count {
	int written;
	int refused; /* for the link */
	int other;
};

/* Until so many files were written; the rest of the rounds met the link. */
static struct count
write_files(int area, int wanted)
{
	struct count count = { 0 };

	for (int i = 0; count.written < wanted; i++) {
		bool right = dir_make(area, i % 2 == 0 ? "lib/x" : "lib");
		int fd = -1;

		if (right)
			fd = dir_open(area, "lib/f", O_WRONLY | O_CREAT, 0644);
		if (fd >= 0) {
			must(write(fd, "x", 1) == 1);
			(void)close(fd);
			count.written++;
		} else {
			right = errno == ELOOP || errno == ENOTDIR;
			count.refused += right;
			count.other += !right;
		}
		(void)dir_remove_file(area, "lib/f");
		(void)dir_remove_all(area, "lib/x");
		if (i % 8 == 0)
			sched_yield();
	}
	return count;
}

int
main(int argc, char **argv)
{
	const int wanted = argc > 1 ? atoi(argv[1]) : 5000;
	struct count count;
	int area, outside, escapes;
	struct stat status;
	pid_t swapper;

	must(mkdtemp(top) != NULL);
	area = open_top("area");
	outside = open_top("outside");
	must(mkdirat(area, "lib", 0755) == 0);
	must(symlinkat("../outside", area, "link") == 0);
	must(close(openat(outside, "f", O_WRONLY | O_CREAT, 0644)) == 0);
	must(mkdirat(outside, "x", 0755) == 0);
	swapper = start_swapper(area);
	count = write_files(area, wanted);
	must(kill(swapper, SIGKILL) == 0);
	must(waitpid(swapper, NULL, 0) == swapper);
	escapes = !dir_stat(outside, "f", &status) || status.st_size != 0 ||
		  dir_count(outside, ".", 9) != 2;
	printf("# raced_files=%d refused=%d escapes=%d\n",
	    count.written + count.refused, count.refused, escapes);
	tap(count.refused > 0, "the neighbour was in the way");
	tap(count.other == 0, "he stopped nothing else");
	tap(dir_stat(outside, "f", &status) && status.st_size == 0,
	    "no byte was written outside");
	tap(dir_stat(outside, "x", &status) && dir_count(outside, ".", 9) == 2,
	    "nothing outside was made or removed");
	(void)close(area);
	(void)close(outside);
	must((area = open(top, O_RDONLY | O_DIRECTORY)) >= 0);
	must(dir_clear(area, ".") && rmdir(top) == 0);
	return tap_end();
}
