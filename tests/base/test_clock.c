/* test: days, zones and the texts of both. */

#include "lab.h"

#include <string.h>

#include "base/arena.h"
#include "base/clock.h"

static int32_t
day(const char *text)
{
	int32_t number = CLOCK_NO_DAY;

	assert_true(clock_day_parse(text, &number));
	return number;
}

static void
days_are_parsed(void **state)
{
	static const struct {
		const char *text;
		int32_t day;
	} table[] = {
		{ "1970-01-01", 0 },
		{ "1970-01-02", 1 },
		{ "1969-12-31", -1 },
		{ "2000-02-29", 11016 },
		{ "2000-03-01", 11017 },
		{ "2026-11-22", 20779 },
		{ "9999-12-31", 2932896 },
		{ "0001-01-01", -719162 },
	};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < LENGTH(table); i++) {
		assert_int_equal(day(table[i].text), table[i].day);
		assert_string_equal(
		    clock_day_text(arena, table[i].day), table[i].text);
	}
	assert_string_equal(clock_day_text(arena, CLOCK_NO_DAY), "");
	arena_free(arena);
}

static void
what_is_no_day_is_refused(void **state)
{
	static const char *const table[] = { "", "2026-11-2", "2026-11-222",
		"2026-13-01", "2026-00-10", "2026-01-00", "2026-01-32",
		"2026-02-29", "1900-02-29", "2100-02-29", "2026-04-31",
		"2026/11-22", "2026-11/22", "26-11-22", " 2026-11-2",
		"2026-1a-01", "-026-11-22", "0000-01-01", "2026-11-22T",
		"+026-11-22", "２０２６-11-22" };

	(void)state;
	for (size_t i = 0; i < LENGTH(table); i++) {
		int32_t number = 4711;
		if (clock_day_parse(table[i], &number))
			fail_msg("\"%s\" was taken for a day", table[i]);
		assert_int_equal(number, 4711);
	}
}

static void
every_day_of_800_years_has_its_own_text(void **state)
{
	struct arena *arena = arena_new();
	const char *before = "1599-12-31";

	(void)state;
	for (int32_t i = day("1600-01-01"); i <= day("2399-12-31"); i++) {
		const char *text = clock_day_text(arena, i);
		assert_true(strcmp(before, text) < 0);
		assert_int_equal(day(text), i);
		before = text;
	}
	assert_string_equal(before, "2399-12-31");
	arena_free(arena);
}

static void
the_year_of_a_day(void **state)
{
	(void)state;
	assert_int_equal(clock_year(day("2026-12-31")), 2026);
	assert_int_equal(clock_year(day("2027-01-01")), 2027);
	assert_int_equal(clock_year(-1), 1969);
}

static void
times_are_written_in_utc(void **state)
{
	static const struct {
		int64_t time;
		const char *text;
	} table[] = {
		{ 0, "" },
		{ 1, "1970-01-01T00:00:01Z" },
		{ -1, "1969-12-31T23:59:59Z" },
		{ 951782399, "2000-02-28T23:59:59Z" },
		{ 1795306881, "2026-11-22T00:21:21Z" },
		{ 253402300799, "9999-12-31T23:59:59Z" },
	};
	struct arena *arena = arena_new();

	(void)state;
	clock_zone("Asia/Tokyo");
	for (size_t i = 0; i < LENGTH(table); i++)
		assert_string_equal(
		    clock_time_text(arena, table[i].time), table[i].text);
	arena_free(arena);
}

/* Where a day's last second lies, in zones that behave differently. */
static void
days_end_where_the_zone_says(void **state)
{
	static const struct {
		const char *zone;
		const char *day;
		const char *end;
	} table[] = {
		{ "UTC", "2026-12-31", "2026-12-31T23:59:59Z" },
		{ "Asia/Tokyo", "2026-12-31", "2026-12-31T14:59:59Z" },
		{ "Asia/Tokyo", "2028-02-29", "2028-02-29T14:59:59Z" },
		{ "Asia/Kolkata", "2026-12-31", "2026-12-31T18:29:59Z" },
		{ "Pacific/Kiritimati", "2026-12-31", "2026-12-31T09:59:59Z" },
		{ "America/New_York", "2026-12-31", "2027-01-01T04:59:59Z" },
		{ "America/New_York", "2026-03-07", "2026-03-08T04:59:59Z" },
		{ "America/New_York", "2026-03-08", "2026-03-09T03:59:59Z" },
		{ "America/New_York", "2026-11-01", "2026-11-02T04:59:59Z" },
		/* Midnight left out: the day ends at 23:59:59 all the same. */
		{ "America/Sao_Paulo", "2018-11-03", "2018-11-04T02:59:59Z" },
		/* Midnight comes twice: the second one counts. */
		{ "America/Sao_Paulo", "2018-02-17", "2018-02-18T02:59:59Z" },
		/* One minute of the next day, then the old day again. */
		{ "America/St_Johns", "2010-11-06", "2010-11-07T03:29:59Z" },
		/* 2011-12-30 did not exist there. */
		{ "Pacific/Apia", "2011-12-29", "2011-12-30T09:59:59Z" },
		{ "Pacific/Apia", "2011-12-30", "2011-12-30T09:59:59Z" },
		{ "Pacific/Apia", "2011-12-31", "2011-12-31T09:59:59Z" },
	};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < LENGTH(table); i++) {
		clock_zone(table[i].zone);
		int64_t end = clock_day_end(day(table[i].day));
		print_message("# %s %s\n", table[i].zone, table[i].day);
		assert_string_equal(clock_time_text(arena, end), table[i].end);
	}
	arena_free(arena);
}

static void
each_day_ends_where_the_next_begins(void **state)
{
	static const char *const zones[] = { "Asia/Tokyo", "America/New_York",
		"America/Sao_Paulo", "Asia/Beirut", "Australia/Lord_Howe",
		"Europe/Berlin", "Africa/Cairo", "Asia/Kathmandu" };

	(void)state;
	for (size_t i = 0; i < LENGTH(zones); i++) {
		clock_zone(zones[i]);
		for (int32_t d = day("2016-01-01"); d < day("2028-01-01");
		     d++) {
			int64_t end = clock_day_end(d);
			assert_int_equal(clock_day(end), d);
			assert_int_equal(clock_day(end + 1), d + 1);
		}
	}
}

/* Two hours on, whatever the clocks did, it is still a later day. */
static void
no_day_comes_back(void **state)
{
	static const char *const zones[] = { "America/St_Johns",
		"America/Sao_Paulo", "Asia/Beirut", "America/Havana" };

	(void)state;
	for (size_t i = 0; i < LENGTH(zones); i++) {
		clock_zone(zones[i]);
		for (int32_t d = day("2005-01-01"); d < day("2012-01-01");
		     d++) {
			int64_t end = clock_day_end(d);
			for (int64_t t = end + 1; t <= end + 7200; t += 450)
				assert_true(clock_day(t) > d);
		}
	}
}

static void
days_of_the_zone_not_of_utc(void **state)
{
	/* 2026-12-31 15:00 UTC is the new year's first second in Tokyo. */
	const int64_t new_year = 1798729200;

	(void)state;
	clock_zone("Asia/Tokyo");
	assert_int_equal(clock_day(new_year), day("2027-01-01"));
	assert_int_equal(clock_day(new_year - 1), day("2026-12-31"));
	clock_zone("UTC");
	assert_int_equal(clock_day(new_year), day("2026-12-31"));
	clock_zone("America/New_York");
	assert_int_equal(clock_day(-1), day("1969-12-31"));
}

static void
take_wrong_zone(void)
{
	clock_zone("Asia/Tokio");
}

static void
wrong_zones_are_not_utc(void **state)
{
	(void)state;
	assert_true(clock_has_zone("Asia/Tokyo"));
	assert_false(clock_has_zone(""));
	assert_false(clock_has_zone("Asia/Tokio"));
	assert_false(clock_has_zone("/etc/passwd"));
	assert_false(clock_has_zone("../../../etc/passwd"));
	assert_true(lab_breaks(take_wrong_zone, "clock_has_zone"));
}

static void
the_clock_stops_and_runs(void **state)
{
	(void)state;
	clock_stop_at(1795306881);
	assert_int_equal(clock_now(), 1795306881);
	clock_stop_at(0);
	assert_true(clock_now() > 1700000000);
	assert_true(clock_now() != 1795306881);
	int64_t before = clock_monotonic_ms();
	assert_true(before > 0);
	assert_true(clock_monotonic_ms() >= before);
}

static void
the_stamp_has_microseconds(void **state)
{
	char stamp[CLOCK_STAMP];

	(void)state;
	clock_stamp(stamp);
	assert_int_equal(strlen(stamp), strlen("2026-11-22T00:21:21.000000Z"));
	assert_int_equal(stamp[19], '.');
	assert_int_equal(stamp[26], 'Z');
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(days_are_parsed),
		cmocka_unit_test(what_is_no_day_is_refused),
		cmocka_unit_test(every_day_of_800_years_has_its_own_text),
		cmocka_unit_test(the_year_of_a_day),
		cmocka_unit_test(times_are_written_in_utc),
		cmocka_unit_test(days_end_where_the_zone_says),
		cmocka_unit_test(each_day_ends_where_the_next_begins),
		cmocka_unit_test(no_day_comes_back),
		cmocka_unit_test(days_of_the_zone_not_of_utc),
		cmocka_unit_test(wrong_zones_are_not_utc),
		cmocka_unit_test(the_clock_stops_and_runs),
		cmocka_unit_test(the_stamp_has_microseconds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
