/* test_check: what the key check reads: a revision that only rises, unread
 * notices, the latest version; and checks that become numbers. */

#include "world.h"

#include "data/keycheck_event.h"
#include "data/license_check.h"
#include "data/notice.h"
#include "shop/daily.h"
#include "shop/notify.h"
#include "shop/pay.h"
#include "shop/rebind.h"
#include "shop/revoke.h"

static const struct license_check *
look(const char *serial)
{
	struct license_check *check;

	assert_int_equal(
	    license_for_check(world_work(), serial, &check), DB_OK);
	return check;
}

/* Each step of a life is a newer answer than all before it. */
static int64_t
risen(const char *serial, int64_t before)
{
	const int64_t now = look(serial)->revision;

	assert_true(now > before);
	return now;
}

static void
pay(const char *serial)
{
	const struct pay_money money = {
		.invoice_no = look(serial)->invoice_no,
		.amount = 5500,
		.received_on = world_work()->today,
		.reference = serial,
	};

	world_begin();
	assert_int_equal(pay_record(world_work(), &money, NULL), PAY_RECORDED);
	world_commit();
}

static void
the_revision_only_rises(void **state)
{
	const char *serial, *key;
	int64_t revision;

	(void)state;
	world_day("2026-10-01");
	world_customer();
	serial = world_request(WIKI, "wiki");
	revision = look(serial)->revision;
	world_agent(serial);
	revision = risen(serial, revision);
	world_buy(serial, 1);
	revision = risen(serial, revision);
	world_enter_key(serial);
	revision = risen(serial, revision);
	world_later(150);
	assert_int_equal(daily_run(world_work(), false, NULL, NULL), DB_OK);
	assert_int_equal(look(serial)->permission_code, 1);
	revision = risen(serial, revision);
	pay(serial);
	revision = risen(serial, revision);
	world_begin();
	assert_int_equal(revoke_key(world_work(), serial, &key), REVOKE_DONE);
	world_commit();
	revision = risen(serial, revision);
	world_begin();
	assert_int_equal(
	    rebind_instance(world_work(), serial, "CHECKCHECKCHECKCHECKCHECK1"),
	    REBIND_DONE);
	world_commit();
	revision = risen(serial, revision);
	/* reading, refusing and repeating change nothing */
	assert_int_equal(daily_run(world_work(), false, NULL, NULL), DB_OK);
	assert_int_equal(look(serial)->revision, revision);
}

static int64_t
unread(const char *serial)
{
	const struct license_check *check = look(serial);
	int64_t counted;

	assert_int_equal(notice_unread(world_work(), &counted), DB_OK);
	assert_int_equal(check->unread, counted);
	return check->unread;
}

static void
notices_and_versions_are_told(void **state)
{
	const struct software_check *software;
	const struct notice *list;
	const char *serial;
	const char *before;
	size_t count;

	(void)state;
	world_day("2027-10-01");
	world_customer();
	serial = world_sell(WIKI, "wiki");
	assert_int_equal(unread(serial), 0);
	assert_int_equal(license_check_software(world_work(),
			     look(serial)->software_id, &software),
	    DB_OK);
	before = software->latest;
	world_publish(WIKI, "ja=新機能");
	assert_int_equal(notify_all(world_work(), &count), DB_OK);
	assert_true(unread(serial) > 0);
	assert_int_equal(license_check_software(world_work(),
			     look(serial)->software_id, &software),
	    DB_OK);
	assert_string_not_equal(software->latest, before);
	assert_int_equal(notice_list(world_work(), "ja", &list, &count), DB_OK);
	world_begin();
	assert_int_equal(notice_set_read(world_work(), list->notice_id), DB_OK);
	assert_int_equal(notice_set_read(world_work(), list->notice_id), DB_OK);
	world_commit();
	assert_int_equal(unread(serial), count - 1);
	world_begin();
	assert_int_equal(notice_set_all_read(world_work()), DB_OK);
	world_commit();
	assert_int_equal(unread(serial), 0);
}

static int64_t
rows(const char *from)
{
	return world_number(
	    arena_print(world_work()->arena, "SELECT COUNT(*) FROM %s", from));
}

static void
checks(int64_t count, const char *day, const char *code)
{
	world_day(day);
	for (int64_t i = 0; i < count; i++)
		world_change(arena_print(world_work()->arena,
		    "INSERT INTO keycheck_event (at, serial, instance,"
		    " version, why, code, key_state, address, done, count)"
		    " VALUES ('%s 03:00:00', '2026-0001', 'i', '1', 'daily', "
		    "'%s',"
		    " 'valid', '192.0.2.1', 1, %lld)",
		    day, code, (long long)(i == 0 ? 3 : 1)));
}

static enum db_status
fold(struct work *work, void *count_r)
{
	return keycheck_event_fold(work, work->now - 30L * 86400, count_r);
}

static void
old_checks_become_numbers(void **state)
{
	int64_t count, total = 0;

	(void)state;
	world_change("DELETE FROM keycheck_event");
	checks(4, "2028-01-01", "VALID");
	checks(2, "2028-01-01", "TRIAL");
	checks(1, "2028-01-02", "VALID");
	checks(5, "2028-02-20", "VALID");
	world_change("INSERT INTO keycheck_event (at, serial, instance,"
		     " version, why, code, key_state, address, done) VALUES"
		     " ('2028-01-01', '2026-0001', 'i', '1', 'activate',"
		     " 'VALID', 'valid', '', 0)");
	world_day("2028-02-25");
	world_play("worker");
	do {
		assert_int_equal(
		    db_transact(world_work(), fold, &count), DB_OK);
		total += count;
	} while (count > 0);
	assert_int_equal(total, 7);
	world_play("test");
	/* what the worker has not acted on stays, and so does what is young */
	assert_int_equal(rows("keycheck_event"), 6);
	assert_string_equal(
	    world_text("SELECT GROUP_CONCAT(day, ' ', serial, ' ', code, ' ',"
		       " count ORDER BY day, code SEPARATOR ', ')"
		       " FROM keycheck_day"),
	    "2028-01-01 2026-0001 TRIAL 4, 2028-01-01 2026-0001 VALID 6,"
	    " 2028-01-02 2026-0001 VALID 3");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_revision_only_rises),
		cmocka_unit_test(notices_and_versions_are_told),
		cmocka_unit_test(old_checks_become_numbers),
	};

	return cmocka_run_group_tests(tests, world_open, world_close);
}
