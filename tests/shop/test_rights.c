/* test_rights: each step of a life as the program that takes it, with the
 * rights of its database user and no others. */

#include "world.h"

#include <string.h>

#include "data/keycheck_event.h"
#include "data/license.h"
#include "data/mail.h"
#include "data/notice.h"
#include "shop/daily.h"
#include "shop/delivery.h"
#include "shop/install.h"
#include "shop/invoice.h"
#include "shop/key.h"
#include "shop/notify.h"
#include "shop/pay.h"
#include "shop/revoke.h"
#include "shop/uninstall.h"
#include "shop/wish.h"

static int64_t server_id;

static const char *
install(enum world_program program, const char *directory)
{
	struct install_trial trial;

	world_play("install");
	world_begin();
	assert_int_equal(
	    install_trial_preview(world_work(), world_code(program), &trial),
	    DB_OK);
	world_rollback();
	return world_request(program, directory);
}

static void
report(int64_t job, const char *step, const char *state)
{
	const struct delivery_report report = { .job_id = job,
		.step = step,
		.state = state,
		.left_over = "data/notes.txt" };

	world_begin();
	assert_int_equal(
	    delivery_report(world_work(), server_id, &report), DELIVERY_DONE);
	world_commit();
}

static void
agent(const char *state)
{
	const struct job_order *order;

	world_play("agent");
	world_begin();
	assert_int_equal(delivery_next(world_work(), server_id, NULL, &order),
	    DELIVERY_DONE);
	world_commit();
	report(order->job_id, "FETCHED", "running");
	report(order->job_id, "REPORTED", state);
}

static const char *
purchase(const char *serial, const struct buyer *buyer)
{
	const struct purchase_wish wish = { .serial = serial,
		.users = 1,
		.method = 'P',
		.expected_total = 5500,
		.buyer = *buyer };
	struct buyer last;
	struct purchase_done done;

	world_play("purchase");
	world_begin();
	assert_int_equal(purchase_last_buyer(world_work(), &last), DB_OK);
	assert_int_equal(
	    purchase_request(world_work(), &wish, &done), PURCHASE_DONE);
	world_commit();
	return done.key;
}

static enum key_state
keycheck(const char *serial, const char *key)
{
	struct keycheck_event event = { .serial = serial,
		.instance = "",
		.version = "1.0",
		.why = "activate",
		.code = "VALID",
		.address = "192.0.2.1" };
	struct license_check *check;
	const struct software_check *software;
	struct key_typed typed;
	enum key_state state;
	struct work *work = world_work();

	world_play("keycheck");
	key_read(work->arena, key, &typed);
	world_begin();
	assert_int_equal(license_for_check(work, serial, &check), DB_OK);
	assert_int_equal(
	    license_check_software(work, check->software_id, &software), DB_OK);
	assert_string_equal(software->model, "license");
	if (key_compare(check, &typed) == KEY_WRONG)
		check->was_revoked = license_key_was_revoked(
					 work, serial, typed.digest) == DB_OK;
	state = key_compare(check, &typed);
	event.key_state = key_state_name(state);
	assert_int_equal(keycheck_event_add(work, &event), DB_OK);
	world_commit();
	return state;
}

static void
worker(void)
{
	size_t count;

	world_play("worker");
	assert_int_equal(invoice_from_events(world_work(), &count), DB_OK);
	assert_int_equal(daily_run(world_work(), false, NULL, NULL), DB_OK);
	assert_int_equal(daily_run(world_work(), true, NULL, NULL), DB_OK);
	assert_int_equal(notify_all(world_work(), &count), DB_OK);
}

static void
post(void)
{
	const struct mail *mail;
	struct work *work = world_work();
	int sent = 0;

	work->now += 60;
	for (;;) {
		world_begin();
		enum db_status status = mail_next(work, &mail);
		if (status == DB_NONE)
			break;
		assert_int_equal(status, DB_OK);
		assert_int_equal(mail_take(work, mail->mail_id), DB_OK);
		assert_int_equal(
		    mail_set_failed(work, mail->mail_id, "x"), DB_OK);
		assert_int_equal(mail_set_sent(work, mail->mail_id), DB_OK);
		world_commit();
		sent++;
	}
	world_rollback();
	assert_true(sent > 3);
}

static const char *
looked_up(const char *serial, const char *what)
{
	world_play("test");
	return world_license(serial, what);
}

static void
payment(const char *invoice_no)
{
	const struct pay_money money = { .invoice_no = invoice_no,
		.amount = 5500,
		.received_on = world_work()->today,
		.reference = "bank 1" };

	world_play("kagiya");
	world_begin();
	assert_int_equal(pay_record(world_work(), &money, NULL), PAY_RECORDED);
	world_commit();
}

static const char *
revoke(const char *serial)
{
	const char *key;

	world_play("license");
	world_begin();
	assert_int_equal(revoke_key(world_work(), serial, &key), REVOKE_DONE);
	world_commit();
	return key;
}

static void
uninstall(const char *serial)
{
	int64_t job;

	world_play("uninstall");
	world_begin();
	assert_int_equal(uninstall_request(world_work(), serial, true, &job),
	    UNINSTALL_REQUESTED);
	world_commit();
}

static void
press(
    enum wish_result (*button)(struct work *, const char *), const char *serial)
{
	world_play("job");
	world_begin();
	assert_int_equal(button(world_work(), serial), WISH_DONE);
	world_commit();
}

static void
rights_reach_for_a_whole_life(void **state)
{
	(void)state;
	world_day("2026-10-01");
	world_customer();
	const char *serial = install(WIKI, "a");
	agent("failed");
	press(world_again, serial);
	agent("done");
	const char *key = purchase(serial, &world_suzuki);
	assert_int_equal(keycheck(serial, key), KEY_VALID);
	worker();
	world_day("2026-12-30");
	worker();
	assert_string_equal(looked_up(serial, "permission_code"), "1");
	payment(looked_up(serial, "invoice_no"));
	assert_string_equal(looked_up(serial, "permission_code"), "0");
	const char *other = revoke(serial);
	assert_int_equal(keycheck(serial, key), KEY_REVOKED);
	assert_int_equal(keycheck(serial, other), KEY_VALID);
	worker();
	post();
	uninstall(serial);
	agent("done");
	assert_string_equal(looked_up(serial, "status"), "U");
}

static void
rights_reach_for_the_rest(void **state)
{
	struct buyer buyer = world_suzuki;

	(void)state;
	world_play("test");
	world_day("2026-10-01");
	world_customer();
	const char *serial = install(MAIL, "b");
	press(wish_call_off, serial);
	serial = install(MAIL, "b");
	agent("failed");
	uninstall(serial);
	assert_string_equal(looked_up(serial, "status"), "U");
	/* The company is known, its kana is not. */
	serial = install(MAIL, "b");
	agent("done");
	buyer.kana = "カ）マルバツ";
	(void)purchase(serial, &buyer);
	world_play("test");
	assert_int_equal(world_number("SELECT COUNT(*) FROM company"
				      " WHERE kana <> ''"),
	    1);
	world_publish(MAIL, "ja=新");
	worker();
	const struct notice *list;
	size_t count;
	world_play("notice");
	world_begin();
	assert_int_equal(notice_list(world_work(), "ja", &list, &count), DB_OK);
	assert_true(count > 0);
	assert_int_equal(
	    notice_set_read(world_work(), list[0].notice_id), DB_OK);
	assert_int_equal(notice_set_all_read(world_work()), DB_OK);
	world_commit();
}

static int
open_world(void **state)
{
	int result = world_open(state);

	server_id = world_number("SELECT server_id FROM server");
	return result;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rights_reach_for_a_whole_life),
		cmocka_unit_test(rights_reach_for_the_rest),
	};

	return cmocka_run_group_tests(tests, open_world, world_close);
}
