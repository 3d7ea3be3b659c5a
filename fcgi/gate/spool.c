/* spool: two files, one that grows and one that is stored; they change
 * places. */

#include "gate/spool.h"

#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/must.h"
#include "gate/spool_file.h"

enum {
	STORE_MS = 250,
	LOOK_MS = 1000,
	ADOPT_MS = 5000,
	QUIET_MS = 500, /* after a failure, doubled with each */
	QUIET_MOST_MS = 4000,
	END_MS = 2000,
	MINUTE_MS = 60 * 1000,
};

static struct {
	struct spool_rule rule;
	pthread_t thread;
	pthread_mutex_t mutex;
	struct spool_file *files[2];
	int growing; /* which of them the program appends to */
	int end_fd, ended_fd;
	/* the thread's */
	int64_t looked_ms, adopted_ms, quiet_ms, quiet_until;
	/* the program's */
	int64_t lost, lost_told_ms;
} spool = { .mutex = PTHREAD_MUTEX_INITIALIZER, .quiet_ms = QUIET_MS };

static void
lock(void)
{
	must(pthread_mutex_lock(&spool.mutex) == 0);
}

static void
unlock(void)
{
	must(pthread_mutex_unlock(&spool.mutex) == 0);
}

/* What the program has appended until now, once the other file is stored. */
static struct spool_file *
change_places(void)
{
	struct spool_file *full;

	lock();
	spool.growing = 1 - spool.growing;
	full = spool.files[1 - spool.growing];
	unlock();
	return full;
}

static bool
store(struct spool_file *full)
{
	const bool stored = spool_file_is_empty(full) ||
			    spool_file_store(full, spool.rule.store);

	if (stored)
		spool.quiet_ms = QUIET_MS;
	else if (spool.quiet_ms < QUIET_MOST_MS)
		spool.quiet_ms *= 2;
	if (!stored)
		spool.quiet_until = clock_monotonic_ms() + spool.quiet_ms;
	return stored;
}

static void
store_all(void)
{
	if (store(spool.files[1 - spool.growing]))
		(void)store(change_places());
}

void
spool_wake(void)
{
	spool.quiet_until = 0;
	spool.adopted_ms = 0;
}

static void
look_around(void)
{
	const int64_t now = clock_monotonic_ms();

	if (now - spool.looked_ms >= LOOK_MS) {
		spool.looked_ms = now;
		spool.rule.look();
	}
	if (now >= spool.quiet_until && now - spool.adopted_ms >= ADOPT_MS) {
		spool.adopted_ms = now;
		spool_file_adopt(spool.rule.folder, spool.rule.store);
	}
}

/* True when it is time to end. */
static bool
wait_a_moment(void)
{
	struct pollfd end = { .fd = spool.end_fd, .events = POLLIN };

	return poll(&end, 1, STORE_MS) > 0;
}

static void
say(int fd)
{
	const uint64_t one = 1;

	must(write(fd, &one, sizeof(one)) == sizeof(one));
}

static void *
run(void *nothing)
{
	while (!wait_a_moment()) {
		look_around();
		if (clock_monotonic_ms() >= spool.quiet_until)
			store_all();
	}
	store_all();
	say(spool.ended_fd);
	return nothing;
}

/* Signals are the program's own affair. */
static bool
start_thread(void)
{
	sigset_t all, before;
	bool started;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	started = pthread_create(&spool.thread, NULL, run, NULL) == 0;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return started;
}

bool
spool_start(const struct spool_rule *rule)
{
	spool.rule = *rule;
	for (int i = 0; i < 2; i++)
		spool.files[i] = spool_file_new(rule->folder);
	spool.end_fd = eventfd(0, EFD_CLOEXEC);
	spool.ended_fd = eventfd(0, EFD_CLOEXEC);
	must(spool.end_fd >= 0 && spool.ended_fd >= 0);
	if (spool.files[0] != NULL && spool.files[1] != NULL && start_thread())
		return true;
	log_event(LOG_FAULT, "spool.no-start", "folder=%s", rule->folder);
	return false;
}

static void
count_lost(void)
{
	const int64_t now = clock_monotonic_ms();

	spool.lost++;
	if (now - spool.lost_told_ms < MINUTE_MS)
		return;
	log_event(LOG_WARN, "spool.lost", "lines=%lld", (long long)spool.lost);
	spool.lost_told_ms = now;
	spool.lost = 0;
}

bool
spool_add(const char *line, size_t length)
{
	bool added;

	lock();
	added = spool_file_add(
	    spool.files[spool.growing], line, length, spool.rule.limit);
	unlock();
	if (!added)
		count_lost();
	return added;
}

void
spool_end(void)
{
	struct pollfd ended = { .fd = spool.ended_fd, .events = POLLIN };

	say(spool.end_fd);
	/* What hangs is left to whoever finds its file. */
	if (poll(&ended, 1, END_MS) <= 0)
		_exit(0);
	must(pthread_join(spool.thread, NULL) == 0);
	for (int i = 0; i < 2; i++)
		spool_file_end(spool.files[i]);
}
