/* test_limit: counts in shared memory: by several processes, killed ones, at
 * the end of the table, after a start of the machine. */

#include "../base/lab.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "gate/limit.h"

enum { NOW = 1000000, MANY = 200000, CHILDREN = 8 };

static const unsigned char secret[SECRET_DIGEST] = "a secret";
static const struct limit_rule rule = { 6000, 20 };
static struct arena *arena;
static const char *path;

static int
open_folder(void **state)
{
	(void)state;
	arena = arena_new();
	path = arena_print(arena, "%s/limit", lab_folder(arena));
	return 0;
}

static int
close_folder(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static uint64_t
name(const struct limit *limit, const char *string)
{
	return limit_name(limit, LIMIT_ADDRESS, string, strlen(string));
}

static void
a_burst_then_one_by_one(void **state)
{
	struct limit *limit = limit_open(path, secret);
	const uint64_t it = name(limit, "burst");

	(void)state;
	for (int i = 0; i < 20; i++)
		assert_int_equal(limit_take(limit, &rule, it, NOW), 0);
	assert_int_equal(limit_take(limit, &rule, it, NOW), 6000);
	assert_int_equal(limit_wait(limit, &rule, it, NOW + 1), 5999);
	assert_int_equal(limit_take(limit, &rule, it, NOW + 5999), 1);
	assert_int_equal(limit_wait(limit, &rule, it, NOW + 6000), 0);
	assert_int_equal(limit_take(limit, &rule, it, NOW + 6000), 0);
	assert_int_equal(limit_take(limit, &rule, it, NOW + 6000), 6000);
	for (int i = 0; i < 20; i++)
		assert_int_equal(limit_take(limit, &rule, it, NOW + 126000), 0);
	assert_int_equal(limit_take(limit, &rule, it, NOW + 126000), 6000);
	assert_int_equal(
	    limit_take(limit, &rule, name(limit, "other"), NOW), 0);
}

static void
names_are_secret_and_of_a_kind(void **state)
{
	static const unsigned char another[SECRET_DIGEST] = "another";
	struct limit *limit = limit_open(path, secret);
	const uint64_t it = name(limit, "it");

	(void)state;
	assert_int_equal(name(limit, "it"), it);
	assert_int_not_equal(limit_name(limit, LIMIT_LICENSE, "it", 2), it);
	assert_int_not_equal(limit_name(limit, LIMIT_ADDRESS, "it\0", 3), it);
	limit = limit_open(path, another);
	assert_int_not_equal(name(limit, "it"), it);
}

/* Appendix A of the paper, its first eight bytes as the kind. */
static void
it_is_siphash(void **state)
{
	static const unsigned char message[] = { 8, 9, 10, 11, 12, 13, 14 };
	unsigned char key[SECRET_DIGEST];
	const struct limit *limit;

	(void)state;
	for (unsigned char i = 0; i < sizeof(key); i++)
		key[i] = i;
	limit = limit_open(path, key);
	assert_true(limit_name(limit, UINT64_C(0x0706050403020100), message,
			sizeof(message)) == UINT64_C(0xa129ca6149be45e5));
}

static void
a_crowd_pushes_nobody_out(void **state)
{
	struct limit *limit = limit_open(path, secret);
	const uint64_t it = name(limit, "in the crowd");
	int lost = 0;

	(void)state;
	for (int i = 0; i < 20; i++)
		assert_int_equal(limit_take(limit, &rule, it, NOW), 0);
	for (int i = 0; i < MANY; i++)
		(void)limit_take(limit, &rule,
		    limit_name(limit, LIMIT_ADDRESS, &i, sizeof(i)), NOW);
	for (int i = 0; i < MANY; i++)
		lost += limit_wait(limit, &rule,
			    limit_name(limit, LIMIT_ADDRESS, &i, sizeof(i)),
			    NOW) != 0;
	/* one try each: nobody is refused because of others */
	assert_int_equal(lost, 0);
	/* who tried most is forgotten last */
	assert_int_not_equal(limit_wait(limit, &rule, it, NOW), 0);
}

static void
another_start_of_the_machine_counts_nothing(void **state)
{
	struct limit *limit = limit_open(path, secret);
	const uint64_t it = name(limit, "before");

	(void)state;
	for (int i = 0; i < 20; i++)
		(void)limit_take(limit, &rule, it, INT64_C(500000000000));
	assert_int_equal(limit_take(limit, &rule, it, NOW), 0);
}

static int
hammer(struct limit *limit, uint64_t it)
{
	int taken = 0;

	for (int i = 0; i < 1000; i++)
		taken += limit_take(limit, &rule, it, NOW) == 0;
	return taken;
}

static void
many_processes_count_as_one(void **state)
{
	struct limit *limit = limit_open(path, secret);
	const uint64_t it = name(limit, "together");
	int taken = 0;

	(void)state;
	for (int i = 0; i < CHILDREN; i++)
		if (fork() == 0)
			_exit(hammer(limit_open(path, secret), it));
	for (int i = 0; i < CHILDREN; i++) {
		int status;

		assert_true(wait(&status) > 0 && WIFEXITED(status));
		taken += WEXITSTATUS(status);
	}
	assert_int_equal(taken, 20);
}

static void
a_killed_one_leaves_no_lock(void **state)
{
	struct limit *limit = limit_open(path, secret);
	const struct timespec moment = { .tv_nsec = 2000000 };
	const struct limit_rule quick = { 1, 1000 };

	(void)state;
	for (int i = 0; i < CHILDREN; i++) {
		const pid_t child = fork();

		if (child == 0)
			for (int64_t now = NOW;; now++)
				(void)limit_take(
				    limit, &quick, name(limit, "dying"), now);
		nanosleep(&moment, NULL);
		kill(child, SIGKILL);
		assert_int_equal(waitpid(child, NULL, 0), child);
		assert_int_equal(
		    limit_take(limit, &rule, name(limit, "alive"), NOW), 0);
	}
}

static void
who_was_seen(void **state)
{
	struct limit *limit = limit_open(path, secret);
	int known = 0;

	(void)state;
	assert_false(limit_knows(limit, name(limit, "anna")));
	limit_learn(limit, name(limit, "anna"));
	assert_true(limit_knows(limit, name(limit, "anna")));
	assert_false(limit_knows(limit, name(limit, "bob")));
	for (int i = 0; i < MANY; i++)
		limit_learn(
		    limit, limit_name(limit, LIMIT_ASKER, &i, sizeof(i)));
	for (int i = 0; i < MANY; i++)
		known += limit_knows(
		    limit, limit_name(limit, LIMIT_ASKER, &i, sizeof(i)));
	assert_in_range(known, MANY * 9 / 10, MANY);
}

static void
rubbish_in_the_file_heals(void **state)
{
	struct limit *limit;
	const int fd = open("/dev/urandom", O_RDONLY);
	const int to = open(path, O_WRONLY);
	struct stat status;
	int refused = 0;

	(void)state;
	assert_true(fd >= 0 && to >= 0 && fstat(to, &status) == 0);
	assert_int_equal(status.st_mode & 0777, 0600);
	for (off_t at = 0; at < status.st_size;) {
		char bytes[65536];
		const ssize_t n = read(fd, bytes, sizeof(bytes));

		assert_true(n > 0 && write(to, bytes, (size_t)n) == n);
		at += n;
	}
	close(fd);
	close(to);
	limit = limit_open(path, secret);
	for (int i = 0; i < 1000; i++)
		refused += limit_take(limit, &rule,
			       limit_name(limit, LIMIT_ADDRESS, &i, sizeof(i)),
			       NOW) != 0;
	assert_int_equal(refused, 0);
}

static void
without_a_file_it_counts_alone(void **state)
{
	struct limit *limit = limit_open("/nowhere/limit", secret);
	const uint64_t it = name(limit, "alone");

	(void)state;
	for (int i = 0; i < 20; i++)
		assert_int_equal(limit_take(limit, &rule, it, NOW), 0);
	assert_int_not_equal(limit_take(limit, &rule, it, NOW), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_burst_then_one_by_one),
		cmocka_unit_test(names_are_secret_and_of_a_kind),
		cmocka_unit_test(it_is_siphash),
		cmocka_unit_test(a_crowd_pushes_nobody_out),
		cmocka_unit_test(another_start_of_the_machine_counts_nothing),
		cmocka_unit_test(many_processes_count_as_one),
		cmocka_unit_test(a_killed_one_leaves_no_lock),
		cmocka_unit_test(who_was_seen),
		cmocka_unit_test(rubbish_in_the_file_heals),
		cmocka_unit_test(without_a_file_it_counts_alone),
	};

	return cmocka_run_group_tests(tests, open_folder, close_folder);
}
