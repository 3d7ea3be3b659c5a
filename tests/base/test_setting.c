/* test: the configuration file. */

#include "lab.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/setting.h"

static struct arena *arena;
static const char *folder;

static int
setup(void **state)
{
	(void)state;
	arena = arena_new();
	folder = lab_folder(arena);
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
use(const char *content)
{
	const char *path = lab_file(arena, folder, "kagiya.conf", content);

	assert_int_equal(setenv("KAGIYA_CONF", path, 1), 0);
}

static void
load(void)
{
	if (setting_load("login"))
		(void)fputs("loaded\n", stderr);
}

/* What setting_load says about the content. */
static const char *
verdict(const char *content)
{
	use(content);
	return lab_complaint(arena, load, NULL);
}

static void
without_a_line_all_is_default(void **state)
{
	(void)state;
	use("# nothing\n\n   \n");
	assert_true(setting_load("login"));
	assert_string_equal(setting_program(), "login");
	assert_string_equal(setting_text("site.name"), "鍵屋");
	assert_string_equal(setting_text("database.user"), "kagiya_login");
	assert_string_equal(setting_text("database.host"), "");
	assert_int_equal(setting_number("invoice.due_days"), 30);
	assert_false(setting_flag("page.validate"));
	/* The clock has the zone: +9 hours. */
	assert_int_equal(clock_day_end(0), 15 * 3600 - 1);
}

static void
lines_are_read(void **state)
{
	(void)state;
	use("site.name=My Shop = yours \n"
	    "  site.url   =\thttps://shop.example/a/\r\n"
	    "seller.address = 東京都\\n千代田区\\n\n"
	    "database.password_file = /etc/%p.%%p\n"
	    "invoice.due_days = 14\n"
	    "#invoice.due_days = 15\n"
	    "page.validate = yes\n"
	    "site.zone = UTC\n"
	    "seller.name =\n"
	    "session.hours = 744");
	assert_true(setting_load("key-check"));
	assert_string_equal(setting_text("site.name"), "My Shop = yours");
	assert_string_equal(
	    setting_text("site.url"), "https://shop.example/a/");
	assert_string_equal(
	    setting_text("seller.address"), "東京都\n千代田区\n");
	assert_string_equal(
	    setting_text("database.password_file"), "/etc/key-check.%p");
	assert_int_equal(setting_number("invoice.due_days"), 14);
	assert_int_equal(setting_number("session.hours"), 744);
	assert_true(setting_flag("page.validate"));
	assert_string_equal(setting_text("seller.name"), "");
	assert_int_equal(clock_day_end(0), 24 * 3600 - 1);
}

static void
other_programs_find_their_own(void **state)
{
	(void)state;
	use("database.password_file = /etc/%p.%%p\n");
	assert_true(setting_load("schema"));
	assert_string_equal(
	    setting_text_for("database.user", "login"), "kagiya_login");
	assert_string_equal(
	    setting_text_for("database.password_file", "job"), "/etc/job.%p");
	assert_string_equal(setting_text("database.user"), "kagiya_schema");
	assert_string_equal(setting_program(), "schema");
}

static void
loading_again_forgets_the_old(void **state)
{
	(void)state;
	use("site.name = one\n");
	assert_true(setting_load("a"));
	use("invoice.due_days = 7\n");
	assert_true(setting_load("b"));
	assert_string_equal(setting_text("site.name"), "鍵屋");
	assert_string_equal(setting_text("database.user"), "kagiya_b");
}

static void
mistakes_are_named_with_their_line(void **state)
{
	static const struct {
		const char *content;
		const char *complaint;
	} table[] = {
		{ "\nsite.nam = x\n",
		    "kagiya.conf:2: no setting has the name" },
		{ "site.name\n", "kagiya.conf:1: the line has no '='" },
		{ "= x\n", ":1: no setting" },
		{ "site.name = a\nsite.name = b\n",
		    ":2: site.name is set twice" },
		{ "site.name = \xff\n", ":1: the line is not UTF-8" },
		{ "invoice.due_days = 0\n",
		    ":1: invoice.due_days (days from an invoice's issue until "
		    "it is due) must be a number from 1 to 366, not \"0\"" },
		{ "invoice.due_days = 30d\n", "must be a number" },
		{ "invoice.due_days =\n", "must be a number" },
		{ "session.hours = 745\n", "must be a number" },
		{ "page.validate = true\n", "must be yes or no" },
		{ "log.trace = YES\n", "must be yes or no" },
		{ "site.url = http://a\n", "must be an address" },
		{ "site.url = ftp://a/\n", "must be an address" },
		{ "site.url = https:///\n", "must be an address" },
		{ "site.url = https://a/?x/\n", "must be an address" },
		{ "site.zone = Tokyo\n", "zone database" },
		{ "seller.registration_no = 1234567890123\n", "T and 13" },
		{ "seller.registration_no = T123456789012\n", "T and 13" },
		{ "seller.registration_no = T123456789012x\n", "T and 13" },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(table); i++) {
		const char *said = verdict(table[i].content);
		if (strstr(said, table[i].complaint) == NULL)
			fail_msg("%s: %s", table[i].content, said);
		assert_null(strstr(said, "loaded"));
	}
	assert_string_equal(verdict("seller.registration_no =\n"), "loaded\n");
}

static void
files_that_cannot_be_read_are_named(void **state)
{
	(void)state;
	assert_int_equal(setenv("KAGIYA_CONF", "/nowhere/x.conf", 1), 0);
	assert_non_null(strstr(lab_complaint(arena, load, NULL),
	    "/nowhere/x.conf: cannot be read: No such file"));
	assert_int_equal(setenv("KAGIYA_CONF", folder, 1), 0);
	assert_non_null(strstr(lab_complaint(arena, load, NULL), "directory"));
}

static void
ask_unknown(void)
{
	(void)setting_text("site.nam");
}

static void
ask_text_as_number(void)
{
	(void)setting_number("site.name");
}

static void
ask_number_as_flag(void)
{
	(void)setting_flag("session.hours");
}

static void
ask_after_failure(void)
{
	(void)setenv("KAGIYA_CONF", "/nowhere/x.conf", 1);
	if (!setting_load("login"))
		(void)setting_text("site.name");
}

static void
asking_wrongly_is_a_bug(void **state)
{
	(void)state;
	use("");
	assert_true(setting_load("login"));
	assert_true(lab_breaks(ask_unknown, "site.nam"));
	assert_true(lab_breaks(ask_text_as_number, "site.name"));
	assert_true(lab_breaks(ask_number_as_flag, "session.hours"));
	assert_true(lab_breaks(ask_after_failure, "site.name"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(without_a_line_all_is_default),
		TEST(lines_are_read),
		TEST(other_programs_find_their_own),
		TEST(loading_again_forgets_the_old),
		TEST(mistakes_are_named_with_their_line),
		TEST(files_that_cannot_be_read_are_named),
		TEST(asking_wrongly_is_a_bug),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
