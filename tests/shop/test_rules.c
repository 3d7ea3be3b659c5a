/* test_rules: what can be decided without a database. */

#include "world.h"

#include <string.h>

#include "base/setting.h"
#include "data/area.h"
#include "data/job.h"
#include "data/version.h"
#include "shop/action.h"
#include "shop/base32.h"
#include "shop/delivery.h"
#include "shop/directory.h"
#include "shop/invoice.h"
#include "shop/key.h"
#include "shop/requirement.h"
#include "shop/tax.h"
#include "shop/verdict.h"

static struct arena *arena;

static int
open_arena(void **state)
{
	(void)state;
	arena = arena_new();
	return setting_load("test") ? 0 : -1;
}

static int
close_arena(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

enum { NONE = CLOCK_NO_DAY, TODAY = 20000 };

/* A live license, installed, on trial to today, nothing bought. */
static const struct verdict_facts live = {
	.known = true,
	.product_matches = true,
	.instance_matches = true,
	.trial_end = TODAY,
	.ng_from = NONE,
};

struct row {
	const char *what;
	struct verdict_facts facts;
	enum key_state key;
	const char *result;
	enum verdict_code code;
	int32_t changes_on;
};

#define LIVE .known = true, .product_matches = true, .instance_matches = true

static const struct row figure_17[] = {
	{ "permission NG, key right",
	    { LIVE, .permission_ng = true, .invoice_open = true,
		.trial_end = TODAY - 40, .ng_from = TODAY - 1 },
	    KEY_VALID, "NG", VERDICT_PAYMENT_OVERDUE, NONE },
	{ "permission NG comes before a running trial",
	    { LIVE, .permission_ng = true, .trial_end = TODAY + 5,
		.ng_from = TODAY },
	    KEY_MISSING, "NG", VERDICT_PAYMENT_OVERDUE, NONE },
	{ "key right, paid", { LIVE, .trial_end = TODAY - 40, .ng_from = NONE },
	    KEY_VALID, "OK", VERDICT_VALID, NONE },
	{ "key right, trial still running",
	    { LIVE, .trial_end = TODAY + 40, .ng_from = NONE }, KEY_VALID, "OK",
	    VERDICT_VALID, NONE },
	{ "key right, invoice open",
	    { LIVE, .invoice_open = true, .trial_end = TODAY - 1,
		.ng_from = TODAY + 29 },
	    KEY_VALID, "OK", VERDICT_PAYMENT_DUE, TODAY + 29 },
	{ "no key, trial running",
	    { LIVE, .trial_end = TODAY + 3, .ng_from = NONE }, KEY_MISSING,
	    "OK", VERDICT_TRIAL, TODAY + 4 },
	{ "no key, last day of the trial",
	    { LIVE, .trial_end = TODAY, .ng_from = NONE }, KEY_MISSING, "OK",
	    VERDICT_TRIAL, TODAY + 1 },
	{ "no key, the day after",
	    { LIVE, .trial_end = TODAY - 1, .ng_from = NONE }, KEY_MISSING,
	    "NG", VERDICT_TRIAL_ENDED, NONE },
	{ "wrong key, trial running",
	    { LIVE, .trial_end = TODAY + 1, .ng_from = NONE }, KEY_WRONG, "OK",
	    VERDICT_TRIAL, TODAY + 2 },
	{ "wrong key, trial over",
	    { LIVE, .trial_end = TODAY - 1, .ng_from = NONE }, KEY_WRONG, "NG",
	    VERDICT_KEY_UNKNOWN, NONE },
	{ "revoked key, trial running",
	    { LIVE, .trial_end = TODAY, .ng_from = NONE }, KEY_REVOKED, "OK",
	    VERDICT_TRIAL, TODAY + 1 },
	{ "revoked key, trial over",
	    { LIVE, .trial_end = TODAY - 1, .ng_from = NONE }, KEY_REVOKED,
	    "NG", VERDICT_KEY_REVOKED, NONE },
	{ "no trial at all, no key",
	    { LIVE, .trial_end = NONE, .ng_from = NONE }, KEY_MISSING, "NG",
	    VERDICT_TRIAL_ENDED, NONE },
	{ "the key was entered once; now none comes, in the trial",
	    { LIVE, .invoice_open = true, .trial_end = TODAY + 30,
		.ng_from = TODAY + 9 },
	    KEY_MISSING, "OK", VERDICT_TRIAL, TODAY + 9 },
	{ "the agent is still at it",
	    { LIVE, .requested = true, .trial_end = NONE, .ng_from = NONE },
	    KEY_MISSING, "OK", VERDICT_TRIAL, NONE },
	{ "free", { LIVE, .free = true, .trial_end = NONE, .ng_from = NONE },
	    KEY_MISSING, "OK", VERDICT_VALID, NONE },
	{ "uninstalled comes before permission and key",
	    { LIVE, .uninstalled = true, .permission_ng = true,
		.trial_end = TODAY + 9, .ng_from = NONE },
	    KEY_VALID, "NG", VERDICT_UNINSTALLED, NONE },
	{ "suspended comes before the key",
	    { LIVE, .suspended = true, .trial_end = TODAY + 9,
		.ng_from = NONE },
	    KEY_VALID, "NG", VERDICT_SUSPENDED, NONE },
	{ "uninstalled comes before suspended",
	    { LIVE, .uninstalled = true, .suspended = true, .trial_end = NONE,
		.ng_from = NONE },
	    KEY_VALID, "NG", VERDICT_UNINSTALLED, NONE },
	{ "another product",
	    { .known = true,
		.instance_matches = true,
		.uninstalled = true,
		.trial_end = TODAY + 9,
		.ng_from = NONE },
	    KEY_VALID, "NG", VERDICT_PRODUCT_MISMATCH, NONE },
	{ "another instance",
	    { .known = true,
		.product_matches = true,
		.uninstalled = true,
		.trial_end = TODAY + 9,
		.ng_from = NONE },
	    KEY_VALID, "NG", VERDICT_INSTANCE_MISMATCH, NONE },
	{ "no such license", { .trial_end = NONE, .ng_from = NONE }, KEY_WRONG,
	    "NG", VERDICT_KEY_UNKNOWN, NONE },
};

static void
verdicts_are_those_of_figure_17(void **state)
{
	(void)state;
	for (size_t i = 0; i < LENGTH(figure_17); i++) {
		const struct row *row = &figure_17[i];
		struct verdict verdict =
		    verdict_of(&row->facts, TODAY, row->key);

		print_message("# %s\n", row->what);
		assert_string_equal(verdict_result(&verdict), row->result);
		assert_string_equal(verdict_code_name(verdict.code),
		    verdict_code_name(row->code));
		assert_int_equal(verdict.key, row->key);
		assert_int_equal(verdict.permission, row->facts.permission_ng);
		assert_int_equal(verdict.changes_on, row->changes_on);
	}
}

/* Nothing but the day changes: the day that was foretold is the day on which
 * it is another verdict, and not one day before. */
static void
the_foretold_day_is_right(void **state)
{
	struct verdict_facts facts = live;

	(void)state;
	for (int32_t end = TODAY; end < TODAY + 70; end++) {
		facts.trial_end = end;
		struct verdict now = verdict_of(&facts, TODAY, KEY_MISSING);
		struct verdict before =
		    verdict_of(&facts, now.changes_on - 1, KEY_MISSING);
		struct verdict then =
		    verdict_of(&facts, now.changes_on, KEY_MISSING);
		assert_int_equal(before.code, now.code);
		assert_int_not_equal(then.code, now.code);
	}
}

static const char *
plain_key(void)
{
	return key_fold(arena, key_make(arena));
}

static void
keys_are_what_they_should_be(void **state)
{
	(void)state;
	for (int i = 0; i < 200; i++) {
		const char *key = key_make(arena);

		assert_int_equal(strlen(key), 29);
		for (size_t j = 0; j < 29; j++)
			assert_int_equal(key[j] == '-', j % 6 == 5);
		assert_true(key_is_well_formed(key_fold(arena, key)));
		assert_false(key_is_well_formed(key));
	}
}

static void
each_single_error_is_found(void **state)
{
	char *key = arena_copy(arena, plain_key());

	(void)state;
	for (size_t i = 0; i < 25; i++) {
		char right = key[i];

		for (int digit = 0; digit < 32; digit++) {
			key[i] = base32_digits[digit];
			assert_int_equal(
			    key_is_well_formed(key), key[i] == right);
		}
		key[i] = right;
	}
}

static void
each_swap_is_found(void **state)
{
	char *key = arena_copy(arena, plain_key());

	(void)state;
	for (size_t i = 0; i < 25; i++)
		for (size_t j = i + 1; j < 25; j++) {
			char a = key[i], b = key[j];

			key[i] = b;
			key[j] = a;
			assert_int_equal(key_is_well_formed(key), a == b);
			key[i] = a;
			key[j] = b;
		}
}

static void
typed_keys_are_folded(void **state)
{
	static const char *const typed[] = {
		"01ABC-DEF01-23456-789GH-JKMNP",
		"01abc-def01-23456-789gh-jkmnp",
		"  01ABC DEF01 23456 789GH JKMNP  ",
		"OIABC-DEFOL-23456-789GH-JKMNP",
		"oiabc-defol-23456-789gh-jkmnp",
		"０１ＡＢＣ－ＤＥＦ０１－２３４５６－７８９ＧＨ－ＪＫＭＮＰ",
		"０１ａｂｃ　ｄｅｆ０１　23456　789gh　jkmnp",
		"01ABCーDEF01ー23456ー789GHーJKMNP",
		"01ABC–DEF01–23456–789GH–JKMNP",
		"01ABCDEF0123456789GHJKMNP",
		"01ABC\tDEF01\n23456 789GH JKMNP",
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(typed); i++)
		assert_string_equal(
		    key_fold(arena, typed[i]), "01ABCDEF0123456789GHJKMNP");
	assert_string_equal(key_fold(arena, ""), "");
	assert_string_equal(key_fold(arena, " 　-"), "");
	assert_false(key_is_well_formed("U1ABCDEF0123456789GHJKMNP"));
	assert_false(key_is_well_formed("鍵"));
	assert_false(key_is_well_formed(""));
}

static void
digests_are_keyed(void **state)
{
	unsigned char ours[SECRET_DIGEST], again[SECRET_DIGEST],
	    plain[SECRET_DIGEST];
	const char *key = plain_key();

	(void)state;
	assert_true(key_load());
	key_digest(key, ours);
	key_digest(key, again);
	secret_sha256(key, strlen(key), plain);
	assert_memory_equal(ours, again, SECRET_DIGEST);
	assert_memory_not_equal(ours, plain, SECRET_DIGEST);
}

static void
tax_is_rounded_once_for_a_rate(void **state)
{
	/* Three lines of 109 yen at 8 %: 26.16, not 3 times 8.72. */
	static const struct tax_line lines[] = { { 8, 109 }, { 10, 1005 },
		{ 8, 109 }, { 10, 4 }, { 8, 109 }, { 0, 777 } };
	struct tax_sum sums[3];

	(void)state;
	assert_int_equal(
	    tax_of(lines, LENGTH(lines), TAX_DOWN, sums, LENGTH(sums)), 3);
	assert_int_equal(sums[0].percent, 8);
	assert_int_equal(sums[0].taxable, 327);
	assert_int_equal(sums[0].tax, 26);
	assert_int_equal(sums[1].taxable, 1009);
	assert_int_equal(sums[1].tax, 100);
	assert_int_equal(sums[2].taxable, 777);
	assert_int_equal(sums[2].tax, 0);
	(void)tax_of(lines, LENGTH(lines), TAX_UP, sums, LENGTH(sums));
	assert_int_equal(sums[0].tax, 27);
	assert_int_equal(sums[1].tax, 101);
	(void)tax_of(lines, LENGTH(lines), TAX_HALF_UP, sums, LENGTH(sums));
	assert_int_equal(sums[0].tax, 26);
	assert_int_equal(sums[1].tax, 101);
	assert_int_equal(tax_of(NULL, 0, TAX_DOWN, sums, 0), 0);
}

static int32_t
day(const char *text)
{
	int32_t number;

	assert_true(clock_day_parse(text, &number));
	return number;
}

/* Installed 1 October, trial to 30 November; 120 days after the install is
 * 29 January, 30 after the trial 30 December. */
static void
ng_from_has_three_rules(void **state)
{
	static const struct {
		const char *trial_end, *due, *from, *rule;
		int64_t after_install, after_trial;
	} rows[] = {
		/* bought at once: due long before */
		{ "2026-11-30", "2026-11-01", "2026-12-30", "after-trial", 120,
		    30 },
		/* due on that very day */
		{ "2026-11-30", "2026-12-30", "2026-12-30", "after-trial", 120,
		    30 },
		/* bought on the last day of the trial: due a day later */
		{ "2026-11-30", "2026-12-31", "2026-12-31", "invoice-due", 120,
		    30 },
		/* bought long after the trial */
		{ "2026-11-30", "2027-03-01", "2027-03-01", "invoice-due", 120,
		    30 },
		/* a long trial: the install counts */
		{ "2027-01-15", "2026-11-01", "2027-01-29", "after-install",
		    120, 30 },
		/* both on one day */
		{ "2026-12-30", "2026-11-01", "2027-01-29", "after-install",
		    120, 30 },
		/* other figures for this software */
		{ "2026-11-30", "2026-11-01", "2026-11-10", "after-install", 40,
		    30 },
		{ "2026-11-30", "2026-11-01", "2026-12-05", "after-trial", 120,
		    5 },
		/* no trial */
		{ NULL, "2026-11-01", "2027-01-29", "after-install", 120, 30 },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		const char *end = rows[i].trial_end;
		const struct invoice_ng_facts facts = {
			.installed_on = day("2026-10-01"),
			.trial_end = end == NULL ? CLOCK_NO_DAY : day(end),
			.due_on = day(rows[i].due),
			.after_install = rows[i].after_install,
			.after_trial = rows[i].after_trial,
		};
		struct invoice_ng ng = invoice_ng_of(&facts);

		assert_string_equal(
		    clock_day_text(arena, ng.from), rows[i].from);
		assert_string_equal(ng.rule, rows[i].rule);
	}
}

static void
invoices_are_open_overdue_or_paid(void **state)
{
	struct invoice invoice = { .due_on = TODAY, .paid_on = NONE };

	(void)state;
	assert_string_equal(invoice_state(&invoice, TODAY), "open");
	assert_string_equal(invoice_state(&invoice, TODAY + 1), "overdue");
	invoice.paid_on = TODAY + 9;
	assert_string_equal(invoice_state(&invoice, TODAY + 10), "paid");
}

static void
directories_are_cleaned(void **state)
{
	static const char *const rows[][2] = {
		{ "Program Files", "Program Files" },
		{ " /Program Files//wiki/ ", "Program Files/wiki" },
		{ "予定表", "予定表" },
		{ "か\xe3\x82\x99", "が" },
		{ "", "" },
		{ "/", "" },
		{ "...", "..." },
		{ "a..b/.c", "a..b/.c" },
	};
	static const char *const bad[] = { ".kagiya", "/.kagiya/1", ".", "..",
		"a/../b", "a/.", "./a", "a\\b", "a\nb", "a\x7f", "\xff" };

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++)
		assert_string_equal(
		    directory_clean(arena, rows[i][0]), rows[i][1]);
	for (size_t i = 0; i < LENGTH(bad); i++)
		assert_null(directory_clean(arena, bad[i]));
}

static void
directories_meet(void **state)
{
	(void)state;
	assert_true(directory_meets("a", "a"));
	assert_true(directory_meets("a", "a/b"));
	assert_true(directory_meets("a/b", "a"));
	assert_true(directory_meets("", "a"));
	assert_true(directory_meets("a", ""));
	assert_false(directory_meets("a", "ab"));
	assert_false(directory_meets("a/b", "a/c"));
	assert_false(directory_meets("A", "a"));
}

static void
requirements_are_compared_by_number(void **state)
{
	static const struct {
		const char *php, *needs, *unmet;
	} rows[] = {
		{ "8.2.29", "8.2", NULL },
		{ "8.2.29", "8.2.29", NULL },
		{ "8.2.29", "8.2.30", "php" },
		{ "8.2.29", "8.10", "php" },
		{ "8.10.0", "8.2", NULL },
		{ "8", "8.1", "php" },
		{ "10.0", "9.9", NULL },
		{ "", "5", "php" },
		{ "", "", NULL },
	};
	struct work work = { .arena = arena };

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		const struct area area = { .os_model = "Debian 12",
			.php = rows[i].php,
			.mariadb = "",
			.quota_mb = 1 };
		const struct version version = { .os = "linux",
			.php_min = rows[i].needs,
			.mariadb_min = "",
			.unpacked_size = 1024 * 1024 };
		const char *unmet = requirement_unmet(&work, &version, &area);

		assert_int_equal(unmet == NULL, rows[i].unmet == NULL);
		if (unmet != NULL)
			assert_string_equal(unmet, rows[i].unmet);
	}
}

static void
other_requirements_are_seen(void **state)
{
	struct work work = { .arena = arena };
	struct area area = { .os_model = "Debian 12",
		.php = "8.2",
		.mariadb = "10.11",
		.quota_mb = 1 };
	struct version version = { .os = "",
		.php_min = "",
		.mariadb_min = "10.4",
		.unpacked_size = 1024 * 1024 };

	(void)state;
	assert_null(requirement_unmet(&work, &version, &area));
	version.unpacked_size++;
	assert_string_equal(requirement_unmet(&work, &version, &area), "disk");
	area.mariadb = "10.3.39";
	assert_string_equal(
	    requirement_unmet(&work, &version, &area), "mariadb");
	version.os = "linux";
	area.os_model = "Windows NT";
	assert_string_equal(requirement_unmet(&work, &version, &area), "os");
}

static void
rises(const char *name)
{
	struct job job = { .action = name, .state = "running", .step = "" };
	const struct action_step *step = action_find(name)->steps;
	int last = delivery_percent(&job);

	assert_int_equal(last, 0);
	for (; step->name != NULL; step++) {
		job.step = step->name;
		assert_true(delivery_percent(&job) > last);
		last = delivery_percent(&job);
		assert_true(delivery_is_step(step->name));
	}
	assert_int_equal(last, 100);
}

static void
progress_rises(void **state)
{
	struct job job = { .action = "install",
		.state = "running",
		.step = "FETCHED",
		.bytes_done = 25,
		.bytes_total = 100 };
	static const char *const names[] = { "install", "upgrade", "rollback",
		"backup", "restore", "export", "import", "drop", "return",
		"uninstall" };

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		rises(names[i]);
	assert_in_range(delivery_percent(&job), 6, 59);
	assert_int_equal(delivery_seconds_left(&job, 1000, 1010), 31);
	assert_int_equal(delivery_seconds_left(&job, 1000, 1000), -1);
	assert_int_equal(delivery_seconds_left(&job, 0, 1010), -1);
	job.bytes_done = 0;
	assert_int_equal(delivery_percent(&job), 5);
	job.state = "done";
	assert_int_equal(delivery_percent(&job), 100);
}

static void
stopping_has_its_time(void **state)
{
	static const struct {
		const char *action, *state, *step;
		bool may;
	} cases[] = {
		{ "install", "waiting", "", true },
		{ "install", "running", "CONFIGURED", true },
		{ "install", "running", "SWAPPED", false },
		{ "install", "running", "HEALTHY", false },
		{ "install", "done", "REPORTED", false },
		{ "upgrade", "running", "STAGED", true },
		{ "rollback", "running", "CHECKED", true },
		{ "rollback", "running", "SWAPPED", false },
		{ "backup", "running", "STAGED", true },
		{ "export", "running", "FETCHED", true },
		{ "export", "running", "REPORTED", false },
		{ "import", "running", "STAGED", true },
		{ "import", "failed", "STAGED", false },
		{ "drop", "waiting", "", false },
		{ "return", "waiting", "", false },
		{ "uninstall", "running", "STAGED", true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct job job = { .action = cases[i].action,
			.state = cases[i].state,
			.step = cases[i].step };

		assert_int_equal(action_may_stop(&job), cases[i].may);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(verdicts_are_those_of_figure_17),
		cmocka_unit_test(the_foretold_day_is_right),
		cmocka_unit_test(keys_are_what_they_should_be),
		cmocka_unit_test(each_single_error_is_found),
		cmocka_unit_test(each_swap_is_found),
		cmocka_unit_test(typed_keys_are_folded),
		cmocka_unit_test(digests_are_keyed),
		cmocka_unit_test(tax_is_rounded_once_for_a_rate),
		cmocka_unit_test(ng_from_has_three_rules),
		cmocka_unit_test(invoices_are_open_overdue_or_paid),
		cmocka_unit_test(directories_are_cleaned),
		cmocka_unit_test(directories_meet),
		cmocka_unit_test(requirements_are_compared_by_number),
		cmocka_unit_test(other_requirements_are_seen),
		cmocka_unit_test(progress_rises),
		cmocka_unit_test(stopping_has_its_time),
	};

	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
