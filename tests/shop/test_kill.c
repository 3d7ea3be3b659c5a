/* test_kill: processes killed at any moment of what they do leave all of it
 * or nothing, and whoever comes next can go on. */

#include "world.h"

#include "crowd.h"

#include <string.h>

#include "data/keycheck_event.h"
#include "data/license.h"
#include "shop/install.h"
#include "shop/invoice.h"
#include "shop/key.h"
#include "shop/pay.h"
#include "shop/purchase.h"

enum { KILLS = 40 };

static const char *serial;
static int done_before, left_undone;

static int64_t
of_serial(const char *sql)
{
	const char *place = strstr(sql, "%s");

	return world_number(arena_print(world_work()->arena, "%.*s'%s'%s",
	    (int)(place - sql), sql, serial, place + 2));
}

static int64_t
last(const char *counter)
{
	return world_number(arena_print(world_work()->arena,
	    "SELECT COALESCE(MAX(last), 0) FROM counter WHERE name = '%s'",
	    counter));
}

static int64_t
count(const char *table)
{
	return world_number(
	    arena_print(world_work()->arena, "SELECT COUNT(*) FROM %s", table));
}

/* Waits until the server has ended the dead one's transaction. */
static void
settle(void)
{
	const struct license *license;

	world_begin();
	assert_int_equal(license_lock(world_work(), serial, &license), DB_OK);
	world_commit();
}

static void
no_holes(void)
{
	assert_int_equal(last("K"), count("contract"));
	assert_int_equal(last("T"), count("contact"));
	assert_int_equal(last("C"), count("company"));
	assert_int_equal(last("I"), count("invoice"));
	assert_int_equal(last("L"), count("payment"));
	assert_int_equal(last("serial-2026"), count("license"));
}

static enum db_status
purchase(struct work *work, void *context)
{
	struct purchase_wish wish = { .serial = serial,
		.users = 1,
		.method = 'P',
		.expected_total = 5500,
		.buyer = world_suzuki };
	struct purchase_done done;

	/* Each buyer is a new company, so that all tables are written. */
	wish.buyer.company = serial;
	(void)context;
	switch (purchase_request(work, &wish, &done)) {
	case PURCHASE_DONE:
		return DB_OK;
	case PURCHASE_ALREADY:
		return DB_NONE;
	case PURCHASE_RETRY:
		return DB_RETRY;
	case PURCHASE_MISSING:
	case PURCHASE_NOT_INSTALLED:
	case PURCHASE_NOT_FOR_SALE:
	case PURCHASE_PRICE_CHANGED:
	case PURCHASE_BROKEN:
		break;
	}
	return DB_FAILED;
}

static int
purchase_it(int number)
{
	(void)number;
	return db_transact(world_work(), purchase, NULL) == DB_OK;
}

static bool
purchase_is_whole(void)
{
	bool done = strcmp(world_license(serial, "status"), "3") == 0;
	int64_t all = done ? 1 : 0;

	if (!done)
		assert_string_equal(world_license(serial, "status"), "1");
	assert_int_equal(of_serial("SELECT COUNT(contract_code) FROM license"
				   " WHERE serial = %s"),
	    all);
	assert_int_equal(of_serial("SELECT COUNT(*) FROM license WHERE"
				   " license_key IS NOT NULL AND key_digest"
				   " IS NOT NULL AND serial = %s"),
	    all);
	assert_int_equal(of_serial("SELECT COUNT(*) FROM company"
				   " WHERE name = %s"),
	    all);
	assert_int_equal(of_serial("SELECT COUNT(*) FROM mail WHERE kind ="
				   " 'key-issued' AND serial = %s"),
	    all);
	assert_int_equal(of_serial("SELECT COUNT(*) FROM verdict_change WHERE"
				   " reason IN ('purchased', 'key-issued')"
				   " AND serial = %s"),
	    2 * all);
	return done;
}

static int
invoice_it(int number)
{
	size_t events;

	(void)number;
	return invoice_from_events(world_work(), &events) == DB_OK;
}

static bool
invoice_is_whole(void)
{
	bool done = world_license(serial, "invoice_no")[0] != '\0';
	int64_t all = done ? 1 : 0;

	assert_int_equal(of_serial("SELECT COUNT(*) FROM license WHERE ng_from"
				   " IS NOT NULL AND key_entered_at IS NOT"
				   " NULL AND serial = %s"),
	    all);
	assert_int_equal(of_serial("SELECT COUNT(*) FROM invoice JOIN"
				   " invoice_line USING (invoice_no) JOIN"
				   " invoice_tax USING (invoice_no)"
				   " WHERE serial = %s"),
	    all);
	assert_int_equal(of_serial("SELECT COUNT(*) FROM mail WHERE kind ="
				   " 'invoice-issued' AND serial = %s"),
	    all);
	assert_int_equal(of_serial("SELECT COUNT(*) FROM keycheck_event WHERE"
				   " done = 1 AND serial = %s"),
	    all);
	return done;
}

static enum db_status
pay(struct work *work, void *context)
{
	const struct pay_money money = { .invoice_no = context,
		.amount = 5500,
		.received_on = work->today,
		.reference = serial };

	switch (pay_record(work, &money, NULL)) {
	case PAY_RECORDED:
	case PAY_REPEATED:
		return DB_OK;
	case PAY_RETRY:
		return DB_RETRY;
	case PAY_MISSING:
	case PAY_ALREADY_PAID:
	case PAY_AMOUNT_DIFFERS:
	case PAY_BROKEN:
		break;
	}
	return DB_FAILED;
}

static int
pay_it(int number)
{
	char no[40];

	(void)number;
	strncpy(no, world_license(serial, "invoice_no"), sizeof no - 1);
	no[sizeof no - 1] = '\0';
	return db_transact(world_work(), pay, no) == DB_OK;
}

static bool
payment_is_whole(void)
{
	bool done = strcmp(world_license(serial, "paid"), "1") == 0;
	int64_t all = done ? 1 : 0;

	assert_int_equal(of_serial("SELECT COUNT(*) FROM license WHERE"
				   " certificate_no IS NOT NULL AND"
				   " permission_code = 0 AND ng_from IS NULL"
				   " AND serial = %s"),
	    all);
	assert_int_equal(of_serial("SELECT COUNT(*) FROM payment"
				   " WHERE reference = %s"),
	    all);
	assert_int_equal(of_serial("SELECT COUNT(*) FROM invoice JOIN contract"
				   " USING (contract_code) WHERE paid_on IS"
				   " NOT NULL AND payment_state = 1 AND"
				   " serial = %s"),
	    all);
	assert_int_equal(of_serial("SELECT COUNT(*) FROM mail WHERE kind ="
				   " 'paid' AND serial = %s"),
	    all);
	return done;
}

static void
seen_by_the_gate(void)
{
	const struct keycheck_event event = { .serial = serial,
		.instance = "",
		.version = "1.0",
		.why = "activate",
		.code = "VALID",
		.key_state = "valid",
		.address = "192.0.2.1" };

	world_begin();
	assert_int_equal(keycheck_event_add(world_work(), &event), DB_OK);
	world_commit();
}

static void
fresh(void)
{
	world_customer();
	serial = world_install(WIKI, "k");
}

static void
bought(void)
{
	fresh();
	world_buy(serial, 1);
	seen_by_the_gate();
}

static void
overdue(void)
{
	world_customer();
	serial = world_sell(WIKI, "k");
	world_change(arena_print(world_work()->arena,
	    "UPDATE license SET permission_code = 1 WHERE serial = '%s'",
	    serial));
}

/* Kills spread over the time that the deed takes. */
static void
kill_in_all_places(void (*stage)(void), int (*deed)(int), bool (*whole)(void))
{
	stage();
	int64_t time = crowd_time(deed);
	assert_true(whole());
	done_before = left_undone = 0;
	for (int i = 0; i < KILLS; i++) {
		stage();
		crowd_kill(deed, time * i / KILLS);
		settle();
		if (whole())
			done_before++;
		else
			left_undone++;
		no_holes();
		/* The next one goes on. */
		(void)deed(0);
		assert_true(whole());
	}
	no_holes();
	print_message(
	    "# killed: %d undone, %d done\n", left_undone, done_before);
	assert_true(left_undone > 0);
}

static void
a_purchase_is_whole_or_not_there(void **state)
{
	(void)state;
	kill_in_all_places(fresh, purchase_it, purchase_is_whole);
}

static void
an_invoice_is_whole_or_not_there(void **state)
{
	(void)state;
	kill_in_all_places(bought, invoice_it, invoice_is_whole);
}

static void
a_payment_is_whole_or_not_there(void **state)
{
	(void)state;
	kill_in_all_places(overdue, pay_it, payment_is_whole);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_purchase_is_whole_or_not_there),
		cmocka_unit_test(an_invoice_is_whole_or_not_there),
		cmocka_unit_test(a_payment_is_whole_or_not_there),
	};

	return cmocka_run_group_tests(tests, world_open, world_close);
}
