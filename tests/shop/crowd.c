/* crowd: forks, waits, kills. */

#include "world.h"

#include "crowd.h"

#include <errno.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static pid_t
start(int (*act)(int number), int number)
{
	pid_t child = fork();

	assert_true(child >= 0);
	if (child == 0) {
		world_reopen();
		_exit(act(number));
	}
	return child;
}

static int
end(pid_t child)
{
	int status;

	while (waitpid(child, &status, 0) < 0)
		assert_int_equal(errno, EINTR);
	return status;
}

int
crowd_run(int count, int (*act)(int number))
{
	enum { MOST = 64 };
	pid_t children[MOST];
	int sum = 0;

	assert_in_range(count, 1, MOST);
	for (int i = 0; i < count; i++)
		children[i] = start(act, i);
	for (int i = 0; i < count; i++) {
		int status = end(children[i]);

		assert_true(WIFEXITED(status));
		assert_in_range(WEXITSTATUS(status), 0, 100);
		sum += WEXITSTATUS(status);
	}
	return sum;
}

static int64_t
microseconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

int64_t
crowd_time(int (*act)(int number))
{
	int64_t begin = microseconds();

	(void)crowd_run(1, act);
	return microseconds() - begin;
}

void
crowd_kill(int (*act)(int number), int64_t after)
{
	const struct timespec time = { .tv_sec = after / 1000000,
		.tv_nsec = (long)(after % 1000000) * 1000 };
	pid_t child = start(act, 0);

	/* Not a wait for something: the very moment is the test. */
	nanosleep(&time, NULL);
	kill(child, SIGKILL);
	(void)end(child);
}
