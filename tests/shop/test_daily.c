/* test_daily: what days bring (figures 14 and 16), and what of it is left to
 * do when days were missed. */

#include "world.h"

#include <string.h>

#include "shop/daily.h"
#include "shop/pay.h"

static char told[4000];

static void
note(const struct daily_act *act, void *context)
{
	const char *serial = context;
	struct arena *arena = world_work()->arena;

	if (strcmp(act->serial, serial) != 0)
		return;
	const char *line = arena_print(arena, "%s %s %s %s\n", act->rule,
	    clock_day_text(arena, act->day),
	    act->invoice_no == NULL ? "-" : act->invoice_no, act->why);
	assert_true(strlen(told) + strlen(line) < sizeof told);
	memcpy(told + strlen(told), line, strlen(line) + 1);
}

/* What the run says of that license. */
static const char *
run(const char *serial, bool dry)
{
	told[0] = '\0';
	assert_int_equal(daily_run(world_work(), dry, note,
			     arena_copy(world_work()->arena, serial)),
	    DB_OK);
	return told;
}

static const char *
mails(const char *serial)
{
	return world_text(arena_print(world_work()->arena,
	    "SELECT GROUP_CONCAT(CONCAT(kind, ' ', day) ORDER BY mail_id)"
	    " FROM mail WHERE serial = '%s' AND day IS NOT NULL AND kind"
	    " <> 'invoice-issued'",
	    serial));
}

static const char *
expect(const char *format, const char *invoice)
{
	const char *place = strstr(format, "%s");

	return arena_print(world_work()->arena, "%.*s%s%s",
	    (int)(place - format), format, invoice, place + 2);
}

static void
a_trial_is_watched_to_its_end(void **state)
{
	(void)state;
	world_day("2026-10-01");
	world_customer();
	const char *serial = world_install(WIKI, "t");
	for (int i = 0; i < 46; i++) {
		assert_string_equal(run(serial, false), "");
		world_later(1);
	}
	/* 16 November: 14 days before the 30th. */
	assert_string_equal(
	    run(serial, false), "trial-ending-14 2026-11-30 - \n");
	assert_string_equal(run(serial, false), "");
	world_day("2026-11-26");
	assert_string_equal(run(serial, false), "");
	world_day("2026-11-27");
	assert_string_equal(
	    run(serial, false), "trial-ending-3 2026-11-30 - \n");
	world_day("2026-11-30");
	assert_string_equal(run(serial, false), "");
	assert_string_equal(run(serial, true), "trial-ended 2026-11-30 - \n");
	const char *revision = world_license(serial, "revision");
	world_day("2026-12-01");
	assert_string_equal(run(serial, false), "trial-ended 2026-11-30 - \n");
	assert_string_not_equal(world_license(serial, "revision"), revision);
	assert_string_equal(world_license(serial, "permission_code"), "0");
	for (int i = 0; i < 70; i++) {
		assert_string_equal(run(serial, false), "");
		world_later(1);
	}
	assert_string_equal(mails(serial),
	    "trial-ending 2026-11-30,trial-ending 2026-11-30,"
	    "trial-ended 2026-11-30");
}

static void
missed_days_of_a_trial_are_not_told_late(void **state)
{
	(void)state;
	world_day("2026-10-01");
	world_customer();
	const char *serial = world_install(WIKI, "t");
	/* Away from before the 14th day to one day before the end. */
	world_day("2026-11-29");
	assert_string_equal(
	    run(serial, false), "trial-ending-3 2026-11-30 - \n");
	assert_string_equal(run(serial, false), "");
	world_day("2026-12-20");
	assert_string_equal(run(serial, false), "trial-ended 2026-11-30 - \n");
	world_customer();
	world_day("2026-10-01");
	const char *other = world_install(WIKI, "t");
	world_day("2027-06-01");
	assert_string_equal(run(other, false), "");
}

static void
a_trial_that_was_used_up_is_not_announced(void **state)
{
	(void)state;
	world_day("2026-10-01");
	world_customer();
	world_install(WIKI, "one");
	world_day("2026-11-20");
	const char *late = world_install(WIKI, "two");
	world_day("2026-12-05");
	const char *after = world_install(WIKI, "three");
	world_day("2026-11-21");
	assert_string_equal(run(late, false), "");
	world_day("2026-11-28");
	assert_string_equal(run(late, false), "trial-ending-3 2026-11-30 - \n");
	world_day("2026-12-06");
	assert_string_equal(run(after, false), "");
}

static void
who_has_entered_his_key_is_left_alone(void **state)
{
	(void)state;
	world_day("2026-10-01");
	world_customer();
	const char *serial = world_sell(WIKI, "k");
	world_day("2026-11-02");
	(void)run(serial, false);
	world_day("2026-11-16");
	assert_string_equal(run(serial, false), "");
	world_day("2026-12-01");
	assert_string_equal(run(serial, false), "");
}

/* Sold on 1 October: NG from 30 December. */
static void
an_open_invoice_ends_permission(void **state)
{
	(void)state;
	world_day("2026-10-01");
	world_customer();
	const char *serial = world_sell(WIKI, "n");
	const char *no = world_license(serial, "invoice_no");
	world_day("2026-10-27");
	assert_string_equal(run(serial, false), "");
	world_day("2026-10-28");
	assert_string_equal(run(serial, false),
	    expect("due-3 2026-10-31 %s after-trial\n", no));
	world_day("2026-10-31");
	assert_string_equal(run(serial, false), "");
	world_day("2026-11-01");
	assert_string_equal(run(serial, false),
	    expect("due-past 2026-10-31 %s after-trial\n", no));
	world_day("2026-12-22");
	assert_string_equal(run(serial, false), "");
	world_day("2026-12-23");
	assert_string_equal(run(serial, false),
	    expect("reminder-7 2026-12-30 %s after-trial\n", no));
	world_day("2026-12-28");
	assert_string_equal(run(serial, false), "");
	assert_string_equal(run(serial, true),
	    expect("reminder-1 2026-12-30 %s after-trial\n", no));
	world_day("2026-12-29");
	assert_string_equal(run(serial, false),
	    expect("reminder-1 2026-12-30 %s after-trial\n", no));
	assert_string_equal(run(serial, true),
	    expect("overdue 2026-12-30 %s after-trial\n", no));
	assert_string_equal(world_license(serial, "permission_code"), "0");
	world_day("2026-12-30");
	assert_string_equal(run(serial, false),
	    expect("overdue 2026-12-30 %s after-trial\n", no));
	assert_string_equal(world_license(serial, "permission_code"), "1");
	assert_string_equal(run(serial, false), "");
	world_day("2026-12-31");
	assert_string_equal(run(serial, false), "");
	assert_string_equal(mails(serial),
	    "payment-reminder 2026-10-31,payment-reminder 2026-10-31,"
	    "payment-reminder 2026-12-30,payment-due-soon-ng 2026-12-30,"
	    "overdue 2026-12-30");
	assert_string_equal(
	    world_text(arena_print(world_work()->arena,
		"SELECT CONCAT_WS(' ', permission_code, rule, day,"
		" invoice_no, DATE(at)) FROM verdict_change WHERE reason ="
		" 'overdue' AND serial = '%s'",
		serial)),
	    expect("1 after-trial 2026-12-30 %s 2026-12-30", no));
}

static enum pay_result
pay(const char *serial)
{
	const struct pay_money money = {
		.invoice_no = world_license(serial, "invoice_no"),
		.amount = 5500,
		.received_on = world_work()->today,
		.reference = serial,
	};
	enum pay_result result;

	world_begin();
	result = pay_record(world_work(), &money, NULL);
	world_commit();
	return result;
}

static void
payment_brings_permission_back(void **state)
{
	(void)state;
	world_day("2026-10-01");
	world_customer();
	const char *serial = world_sell(WIKI, "b");
	world_day("2026-12-30");
	(void)run(serial, false);
	assert_string_equal(world_license(serial, "permission_code"), "1");
	assert_int_equal(pay(serial), PAY_RECORDED);
	assert_string_equal(world_license(serial, "permission_code"), "0");
	assert_string_equal(world_license(serial, "ng_from"), "");
	world_day("2027-12-30");
	assert_string_equal(run(serial, false), "");
	assert_string_equal(world_license(serial, "permission_code"), "0");
}

static void
paid_in_time_nothing_happens(void **state)
{
	(void)state;
	world_day("2026-10-01");
	world_customer();
	const char *serial = world_sell(WIKI, "i");
	world_day("2026-12-29");
	assert_int_equal(pay(serial), PAY_RECORDED);
	world_day("2026-12-30");
	assert_string_equal(run(serial, false), "");
	assert_string_equal(world_license(serial, "permission_code"), "0");
	assert_string_equal(world_license(serial, "paid"), "1");
}

/* The worker was away for months: permission turns NG once, with the day on
 * which it should have, and no reminder speaks of the past. */
static void
a_missed_day_is_caught_up(void **state)
{
	(void)state;
	world_day("2026-10-01");
	world_customer();
	const char *serial = world_sell(WIKI, "c");
	const char *no = world_license(serial, "invoice_no");
	world_day("2027-09-01");
	assert_string_equal(run(serial, false),
	    expect("overdue 2026-12-30 %s after-trial\n", no));
	assert_string_equal(run(serial, false), "");
	assert_string_equal(mails(serial), "overdue 2026-12-30");
	assert_string_equal(world_license(serial, "permission_code"), "1");
}

static void
a_late_purchase_has_its_month(void **state)
{
	(void)state;
	world_day("2026-10-01");
	world_customer();
	const char *serial = world_install(WIKI, "l");
	world_day("2027-03-01");
	world_buy(serial, 1);
	world_enter_key(serial);
	assert_string_equal(world_license(serial, "ng_from"), "2027-03-31");
	assert_string_equal(world_license(serial, "ng_rule"), "invoice-due");
	/* The date is one: it is not told twice. */
	world_day("2027-03-29");
	assert_string_equal(
	    run(serial, false), expect("reminder-7 2027-03-31 %s invoice-due\n",
				    world_license(serial, "invoice_no")));
	world_day("2027-03-30");
	(void)run(serial, false);
	assert_string_equal(world_license(serial, "permission_code"), "0");
	world_day("2027-03-31");
	(void)run(serial, false);
	assert_string_equal(world_license(serial, "permission_code"), "1");
}

static void
a_dry_run_changes_nothing(void **state)
{
	(void)state;
	world_day("2026-10-01");
	world_customer();
	const char *serial = world_sell(WIKI, "d");
	world_day("2026-12-30");
	int64_t steps = world_number("SELECT COUNT(*) FROM daily_step");
	int64_t mail = world_number("SELECT COUNT(*) FROM mail");
	assert_string_not_equal(run(serial, true), "");
	assert_string_equal(world_license(serial, "permission_code"), "0");
	assert_int_equal(
	    world_number("SELECT COUNT(*) FROM daily_step"), steps);
	assert_int_equal(world_number("SELECT COUNT(*) FROM mail"), mail);
}

static void
uninstalled_ones_are_left_alone(void **state)
{
	(void)state;
	world_day("2026-10-01");
	world_customer();
	const char *serial = world_sell(WIKI, "u");
	world_change(arena_print(world_work()->arena,
	    "UPDATE license SET status = 'U' WHERE serial = '%s'", serial));
	world_day("2026-12-30");
	assert_string_equal(run(serial, false), "");
	assert_string_equal(world_license(serial, "permission_code"), "0");
}

/* Each test begins again in October: licenses of earlier ones would be told
 * about in between. */
static int
clear(void **state)
{
	(void)state;
	world_day("2026-10-01");
	world_change("UPDATE license SET status = 'U'");
	return 0;
}

#define TEST(name) cmocka_unit_test_teardown(name, clear)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_trial_is_watched_to_its_end),
		TEST(missed_days_of_a_trial_are_not_told_late),
		TEST(a_trial_that_was_used_up_is_not_announced),
		TEST(who_has_entered_his_key_is_left_alone),
		TEST(an_open_invoice_ends_permission),
		TEST(payment_brings_permission_back),
		TEST(paid_in_time_nothing_happens),
		TEST(a_missed_day_is_caught_up),
		TEST(a_late_purchase_has_its_month),
		TEST(a_dry_run_changes_nothing),
		TEST(uninstalled_ones_are_left_alone),
	};

	return cmocka_run_group_tests(tests, world_open, world_close);
}
