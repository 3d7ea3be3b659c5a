/* test_crowd: eight at once, and none knows of the others. */

#include "world.h"

#include "crowd.h"

#include "shop/install.h"
#include "shop/pay.h"
#include "shop/purchase.h"
#include "shop/wish.h"

enum { EIGHT = 8, EACH = 5, BAD = 101 };

static int64_t owners[EIGHT];
static const char *serials[EIGHT][EACH];

static int64_t
count(const char *from)
{
	return world_number(
	    arena_print(world_work()->arena, "SELECT COUNT(*) FROM %s", from));
}

static int64_t
last(const char *counter)
{
	return world_number(arena_print(world_work()->arena,
	    "SELECT last FROM counter WHERE name = '%s'", counter));
}

static enum db_status
buy_one(struct work *work, void *context)
{
	struct purchase_wish wish = { .serial = context,
		.users = 1,
		.method = 'P',
		.expected_total = 5500,
		.buyer = world_suzuki };
	struct purchase_done done;

	wish.buyer.company = "株式会社八人";
	switch (purchase_request(work, &wish, &done)) {
	case PURCHASE_DONE:
		return DB_OK;
	case PURCHASE_RETRY:
		return DB_RETRY;
	case PURCHASE_MISSING:
	case PURCHASE_NOT_INSTALLED:
	case PURCHASE_ALREADY:
	case PURCHASE_NOT_FOR_SALE:
	case PURCHASE_PRICE_CHANGED:
	case PURCHASE_BROKEN:
		break;
	}
	return DB_FAILED;
}

/* How many he bought. */
static int
buy_all(int number)
{
	struct work *work = world_work();
	int done = 0;

	work->account = owners[number];
	for (int i = 0; i < EACH; i++)
		done +=
		    db_transact(work, buy_one,
			arena_copy(work->arena, serials[number][i])) == DB_OK;
	return done;
}

static void
codes_have_no_holes(void **state)
{
	static const char *const directories[] = { "a", "b", "c", "d", "e" };

	(void)state;
	for (int i = 0; i < EIGHT; i++) {
		owners[i] = world_customer();
		for (int j = 0; j < EACH; j++)
			serials[i][j] = world_install(WIKI, directories[j]);
	}
	assert_int_equal(crowd_run(EIGHT, buy_all), EIGHT * EACH);
	assert_int_equal(count("contract"), EIGHT * EACH);
	assert_int_equal(last("K"), EIGHT * EACH);
	assert_int_equal(
	    world_number("SELECT MAX(CAST(SUBSTRING(contract_code, 2) AS"
			 " UNSIGNED)) FROM contract"),
	    EIGHT * EACH);
	/* One company, one contact, however many ordered at once. */
	assert_int_equal(count("company"), 1);
	assert_int_equal(count("contact"), 1);
	assert_int_equal(last("C"), 1);
	assert_int_equal(last("T"), 1);
	assert_int_equal(
	    world_number("SELECT COUNT(DISTINCT license_key) FROM license"),
	    EIGHT * EACH);
	assert_int_equal(
	    world_number("SELECT COUNT(DISTINCT contract_code) FROM license"),
	    EIGHT * EACH);
}

static int64_t areas[EIGHT];

struct wanted {
	int64_t area;
	const char *directory;
};

static enum db_status
want_one(struct work *work, void *context)
{
	const struct wanted *wanted = context;
	const struct install_wish wish = { .software = "wiki",
		.area_id = wanted->area,
		.directory = wanted->directory };
	struct install_done done;
	enum install_result result = install_request(work, &wish, &done);

	if (result == INSTALL_RETRY)
		return DB_RETRY;
	if (result == INSTALL_DIRECTORY_IN_USE)
		return DB_NONE;
	return result == INSTALL_REQUESTED ? DB_OK : DB_FAILED;
}

static int
want_all(int number)
{
	static const char *const directories[] = { "a", "b", "c", "d", "e" };
	int done = 0;

	world_work()->account = owners[number];
	for (int i = 0; i < EACH; i++) {
		struct wanted wanted = { areas[number], directories[i] };

		done += db_transact(world_work(), want_one, &wanted) == DB_OK;
	}
	return done;
}

static void
serials_have_no_holes(void **state)
{
	int64_t before = last("serial-2026");

	(void)state;
	for (int i = 0; i < EIGHT; i++) {
		owners[i] = world_customer();
		areas[i] = world_area();
	}
	assert_int_equal(crowd_run(EIGHT, want_all), EIGHT * EACH);
	assert_int_equal(last("serial-2026"), before + EIGHT * EACH);
	assert_int_equal(count("license"), before + EIGHT * EACH);
	assert_int_equal(count("job WHERE state = 'waiting'"), EIGHT * EACH);
}

static int
want_the_same(int number)
{
	static const char *const same[] = { "x", "x/y", "x", "x/y/z", "x",
		"x/y", "x", "x" };
	struct wanted wanted = { areas[0], same[number] };
	enum db_status status = db_transact(world_work(), want_one, &wanted);

	if (status == DB_OK)
		return 1;
	return status == DB_NONE ? 0 : BAD;
}

static void
one_gets_the_directory(void **state)
{
	(void)state;
	world_customer();
	areas[0] = world_area();
	/* "x/y" and "x/y/z" lie in "x": there is room for one. */
	assert_int_equal(crowd_run(EIGHT, want_the_same), 1);
	assert_int_equal(last("serial-2026"), count("license"));
}

static const char *invoice_no;

static enum db_status
pay_it(struct work *work, void *context)
{
	const struct pay_money money = { .invoice_no = invoice_no,
		.amount = 5500,
		.received_on = work->today,
		.reference = context };

	switch (pay_record(work, &money, NULL)) {
	case PAY_RECORDED:
		return DB_OK;
	case PAY_REPEATED:
		return DB_DUPLICATE;
	case PAY_ALREADY_PAID:
		return DB_NONE;
	case PAY_RETRY:
		return DB_RETRY;
	case PAY_MISSING:
	case PAY_AMOUNT_DIFFERS:
	case PAY_BROKEN:
		break;
	}
	return DB_FAILED;
}

static int
pay_the_same(int number)
{
	char reference[] = "bank 1";
	enum db_status status = db_transact(world_work(), pay_it, reference);

	(void)number;
	if (status == DB_OK)
		return 1;
	return status == DB_DUPLICATE ? 0 : BAD;
}

static int
pay_by_another(int number)
{
	char reference[] = "another 0";

	reference[8] = (char)('0' + number);
	enum db_status status = db_transact(world_work(), pay_it, reference);
	if (status == DB_OK)
		return 1;
	return status == DB_NONE ? 0 : BAD;
}

static void
an_invoice_is_paid_once(void **state)
{
	const char *serial;

	(void)state;
	world_change("UPDATE job SET state = 'cancelled'"
		     " WHERE state = 'waiting'");
	world_customer();
	serial = world_sell(WIKI, "p1");
	invoice_no = world_license(serial, "invoice_no");
	assert_int_equal(crowd_run(EIGHT, pay_the_same), 1);
	serial = world_sell(WIKI, "p2");
	invoice_no = world_license(serial, "invoice_no");
	assert_int_equal(crowd_run(EIGHT, pay_by_another), 1);
	assert_int_equal(count("payment"), 2);
	assert_int_equal(last("L"), 2);
	assert_int_equal(last("I"), count("invoice"));
}

static const char *wanted_serial;

/* Different wishes for one license. */
static enum db_status
wish_one(struct work *work, void *context)
{
	const int *number = context;
	const struct wish_place place = { world_area(), "elsewhere" };
	struct wish_done done;
	enum wish_result result;

	if (*number % 3 == 0)
		result = wish_upgrade(work, wanted_serial, NULL, &done);
	else if (*number % 3 == 1)
		result = wish_back_up(work, wanted_serial);
	else
		result = wish_move(work, wanted_serial, &place, &done);
	if (result == WISH_RETRY)
		return DB_RETRY;
	if (result == WISH_BUSY)
		return DB_NONE;
	return result == WISH_DONE ? DB_OK : DB_FAILED;
}

static int
wish_for(int number)
{
	enum db_status status = db_transact(world_work(), wish_one, &number);

	if (status == DB_OK)
		return 1;
	return status == DB_NONE ? 0 : BAD;
}

static void
one_job_at_a_time(void **state)
{
	(void)state;
	world_customer();
	wanted_serial = world_install(CHAT, "c");
	world_publish(CHAT, "");
	assert_int_equal(crowd_run(EIGHT, wish_for), 1);
	assert_int_equal(count(arena_print(world_work()->arena,
			     "job WHERE serial = '%s' AND state = 'waiting'",
			     wanted_serial)),
	    1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(codes_have_no_holes),
		cmocka_unit_test(serials_have_no_holes),
		cmocka_unit_test(one_gets_the_directory),
		cmocka_unit_test(an_invoice_is_paid_once),
		cmocka_unit_test(one_job_at_a_time),
	};

	return cmocka_run_group_tests(tests, world_open, world_close);
}
