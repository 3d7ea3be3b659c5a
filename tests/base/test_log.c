/* test: one line for each event, whatever is in it. */

#include "lab.h"

#include <errno.h>
#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/must.h"

static struct arena *arena;
static const char *value;

static int
setup(void **state)
{
	(void)state;
	arena = arena_new();
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static void
write_value(void)
{
	log_event(LOG_WARN, "mail.refused", "to=%s code=%d", value, 550);
}

/* The line of that value from "to=" on. */
static const char *
logged(const char *string)
{
	value = string;
	const char *line = lab_complaint(arena, write_value, NULL);
	const char *pairs = strstr(line, " to=");

	assert_non_null(pairs);
	/* One line, ended by the only newline. */
	assert_ptr_equal(strchr(line, '\n'), line + strlen(line) - 1);
	return pairs + 1;
}

static void
the_line_has_its_parts(void **state)
{
	const char *line;

	(void)state;
	value = "x";
	line = lab_complaint(arena, write_value, NULL);
	assert_int_equal(strncmp(line, "<4>20", 5), 0);
	assert_int_equal(line[strlen("<4>2026-11-22T00:21:21.000000")], 'Z');
	assert_non_null(strstr(line, "Z mail.refused program="));
	assert_non_null(strstr(line, "test_log to=x code=550\n"));
	assert_null(strstr(line, "request="));
}

static void
nothing_leaves_the_line(void **state)
{
	static const struct {
		const char *from;
		const char *to;
	} table[] = {
		{ "a b", "to=a b code=550\n" },
		{ "鍵屋", "to=鍵屋 code=550\n" },
		{ "a\n<3>forged", "to=a\\x0a<3>forged code=550\n" },
		{ "\r\t\x1b[2J\x7f", "to=\\x0d\\x09\\x1b[2J\\x7f code=550\n" },
		{ "\xff\xe9\x8d", "to=\\xff\\xe9\\x8d code=550\n" },
		{ "\xc2\x85", "to=\\xc2\\x85 code=550\n" },
		{ "\u2028", "to=\\xe2\\x80\\xa8 code=550\n" },
		{ "\\n", "to=\\\\n code=550\n" },
		{ "%s%n", "to=%s%n code=550\n" },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(table); i++)
		assert_string_equal(logged(table[i].from), table[i].to);
}

static void
long_lines_are_cut_and_say_so(void **state)
{
	char bytes[20000];

	(void)state;
	memset(bytes, '\n', sizeof bytes - 1);
	bytes[sizeof bytes - 1] = '\0';
	const char *line = logged(bytes);
	assert_in_range(strlen(line), 3000, 4096);
	assert_string_equal(line + strlen(line) - 5, "a...\n");
	memset(bytes, 'y', sizeof bytes - 1);
	line = logged(bytes);
	assert_in_range(strlen(line), 3000, 4096);
	assert_string_equal(line + strlen(line) - 5, "y...\n");
}

static void
write_with_request(void)
{
	log_request("01J\nx");
	log_event(LOG_NOTE, "a.b", "c=%d", 1);
	log_request(NULL);
	log_event(LOG_NOTE, "a.b", "c=%d", 2);
}

static void
the_request_stands_in_each_line(void **state)
{
	const char *lines;

	(void)state;
	lines = lab_complaint(arena, write_with_request, NULL);
	assert_non_null(strstr(lines, " request=01J\\x0ax c=1\n<5>"));
	assert_non_null(strstr(lines, "test_log c=2\n"));
}

static void
write_traces(void)
{
	log_event(LOG_TRACE, "one", "a=%d", 1);
	log_trace(true);
	log_event(LOG_TRACE, "two", "a=%d", 1);
	log_trace(false);
	log_event(LOG_TRACE, "three", "a=%d", 1);
	errno = ENOSPC;
	log_event(LOG_FAULT, "four", "a=%d", 1);
	log_event(LOG_FAULT, "five", "errno_kept=%d", errno == ENOSPC);
}

static void
traces_are_written_when_wanted(void **state)
{
	const char *lines;

	(void)state;
	lines = lab_complaint(arena, write_traces, NULL);
	assert_null(strstr(lines, " one "));
	assert_non_null(strstr(lines, "Z two "));
	assert_null(strstr(lines, " three "));
	assert_non_null(strstr(lines, "<3>"));
	assert_non_null(strstr(lines, "errno_kept=1"));
}

static void
break_a_promise(void)
{
	must(1 == 1);
	must(strlen("a") == 2);
	log_event(LOG_FAULT, "still.here", "a=%d", 1);
}

static void
broken_promises_end_the_process(void **state)
{
	(void)state;
	assert_true(lab_breaks(
	    break_a_promise, "promise=\"strlen(\"a\") == 2\" file="));
	assert_true(lab_breaks(break_a_promise, "test_log.c line="));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_line_has_its_parts),
		TEST(nothing_leaves_the_line),
		TEST(long_lines_are_cut_and_say_so),
		TEST(the_request_stands_in_each_line),
		TEST(traces_are_written_when_wanted),
		TEST(broken_promises_end_the_process),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
