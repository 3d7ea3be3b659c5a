/* test_hosts: several database servers, of which some do not answer. */

#include "data_lab.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/setting.h"
#include "data/schema.h"

static const char *port;

/* A port on which connections are taken and nothing is ever said. */
static int
silent_port(int *listener_r)
{
	struct sockaddr_in address = { .sin_family = AF_INET };
	socklen_t length = sizeof(address);

	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	*listener_r = socket(AF_INET, SOCK_STREAM, 0);
	assert_int_equal(
	    bind(*listener_r, (const struct sockaddr *)&address, length), 0);
	assert_int_equal(listen(*listener_r, 8), 0);
	assert_int_equal(
	    getsockname(*listener_r, (struct sockaddr *)&address, &length), 0);
	return ntohs(address.sin_port);
}

/* As the catalog program that finds these hosts in its settings. */
static struct work
work_with(const char *hosts)
{
	struct arena *arena = arena_new();
	const char *path =
	    lab_file(arena, getenv("KAGIYA_TEST_DIR"), "hosts.conf",
		arena_print(arena,
		    "database.host = %s\ndatabase.name = kagiya\n"
		    "database.password_file = %s/secret/database-%%p\n",
		    hosts, getenv("KAGIYA_TEST_DIR")));

	assert_int_equal(setenv("KAGIYA_CONF", path, 1), 0);
	assert_true(setting_load("catalog"));
	return work_now(arena, db_new());
}

static void
work_end(struct work *work)
{
	db_free(work->db);
	arena_free(work->arena);
}

static enum db_status
ask(struct work *work, int64_t *took_r)
{
	const int64_t begun = clock_monotonic_ms();
	enum db_status status = schema_is_ours(work);

	*took_r = clock_monotonic_ms() - begun;
	return status;
}

static int
give_rights(void **state)
{
	struct work *work;
	struct schema_admin admin = { .user = "root" };
	struct schema_report report;

	port = getenv("KAGIYA_TEST_PORT");
	if (data_lab_open(state) != 0)
		return -1;
	work = data_lab_work();
	admin.host = arena_print(work->arena, "127.0.0.1:%s", port);
	admin.database = setting_text("database.name");
	return schema_grant(work->arena, &admin, setting_text("schema.dir"),
		   &report) == SCHEMA_DONE
		   ? 0
		   : -1;
}

static void
the_next_host_is_tried(void **state)
{
	struct arena *arena = data_lab_work()->arena;
	struct work work = work_with(
	    arena_print(arena, "127.0.0.1:1, [::1]:1 ,127.0.0.1:%s", port));
	int64_t took;

	(void)state;
	assert_int_equal(ask(&work, &took), DB_OK);
	assert_true(took < 1000);
	work_end(&work);
}

static void
a_silent_host_costs_seconds_only(void **state)
{
	struct arena *arena = data_lab_work()->arena;
	int listener;
	const int silent = silent_port(&listener);
	struct work work = work_with(
	    arena_print(arena, "127.0.0.1:%d,127.0.0.1:%s", silent, port));
	int64_t took;

	(void)state;
	assert_int_equal(ask(&work, &took), DB_OK);
	assert_true(took < 4000);
	print_message("# %d ms\n", (int)took);
	assert_int_equal(ask(&work, &took), DB_OK);
	assert_true(took < 1000);
	work_end(&work);
	(void)close(listener);
}

static void
no_host_is_said_and_not_asked_at_once_again(void **state)
{
	struct arena *arena = data_lab_work()->arena;
	int listener;
	const int silent = silent_port(&listener);
	struct work work = work_with(arena_print(arena,
	    "127.0.0.1:%d,127.0.0.1:%d,127.0.0.1:%d,127.0.0.1:%d,127.0.0.1:%d",
	    silent, silent, silent, silent, silent));
	int64_t took;

	(void)state;
	assert_int_equal(ask(&work, &took), DB_LOST);
	print_message("# %d ms\n", (int)took);
	assert_true(took < 6000);
	assert_int_equal(ask(&work, &took), DB_LOST);
	assert_true(took < 100);
	work_end(&work);
	(void)close(listener);
}

static void
refusals_are_asked_again(void **state)
{
	struct work work = work_with("127.0.0.1:1");
	int64_t took;

	(void)state;
	for (int i = 0; i < 20; i++) {
		assert_int_equal(ask(&work, &took), DB_LOST);
		assert_true(took < 500);
	}
	work_end(&work);
}

#define TEST(name) cmocka_unit_test(name)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_next_host_is_tried),
		TEST(a_silent_host_costs_seconds_only),
		TEST(no_host_is_said_and_not_asked_at_once_again),
		TEST(refusals_are_asked_again),
	};

	return cmocka_run_group_tests(tests, give_rights, data_lab_close);
}
