/* test_life: a license from the wish to the end (figures 13, 15 and 16), and
 * everything that is refused on the way. */

#include "world.h"

#include <string.h>

#include "data/contact.h"
#include "data/invoice.h"
#include "data/job.h"
#include "data/license.h"
#include "shop/delivery.h"
#include "shop/install.h"
#include "shop/invoice.h"
#include "shop/key.h"
#include "shop/pay.h"
#include "shop/revoke.h"
#include "shop/uninstall.h"
#include "shop/verdict.h"
#include "shop/wish.h"

static int64_t
count(const char *from)
{
	return world_number(
	    arena_print(world_work()->arena, "SELECT COUNT(*) FROM %s", from));
}

static const char *
print(const char *format, const char *text)
{
	struct arena *arena = world_work()->arena;
	const char *place = strstr(format, "%s");

	return arena_print(
	    arena, "%.*s%s%s", (int)(place - format), format, text, place + 2);
}

static const struct license *
license(const char *serial)
{
	const struct license *found;

	world_begin();
	assert_int_equal(
	    license_by_serial(world_work(), "ja", serial, &found), DB_OK);
	world_rollback();
	return found;
}

static enum verdict_code
asks(const char *serial, const char *key, enum key_state *state_r)
{
	struct work *work = world_work();
	struct license_check *check;
	const struct software_check *software;
	struct key_typed typed;

	key_read(work->arena, key, &typed);
	world_begin();
	assert_int_equal(license_for_check(work, serial, &check), DB_OK);
	assert_int_equal(
	    license_check_software(work, check->software_id, &software), DB_OK);
	check->model = software->model;
	check->was_revoked =
	    license_key_was_revoked(work, serial, typed.digest) == DB_OK;
	*state_r = key_compare(check, &typed);
	world_rollback();
	struct verdict_facts facts =
	    verdict_facts_of(check, check->product, check->instance);
	return verdict_of(&facts, work->today, *state_r).code;
}

static void
check_install(const char *serial)
{
	const struct license *it = license(serial);
	struct work *work = world_work();

	assert_string_equal(it->status, "1");
	assert_string_equal(
	    clock_day_text(work->arena, it->trial_start), "2026-10-01");
	assert_string_equal(
	    clock_day_text(work->arena, it->trial_end), "2026-11-30");
	assert_int_equal(it->permission_code, 0);
	assert_string_equal(it->os_model, "Debian 12");
	assert_string_equal(it->directory, "Program Files");
	assert_int_equal(strlen(it->instance), 26);
	assert_string_equal(it->name, "wikiの品");
	assert_string_equal(license_state(it, work->today), "installed");
	assert_string_equal(license_state(it, it->trial_end), "installed");
	assert_string_equal(license_state(it, it->trial_end + 1), "ended");
	assert_non_null(
	    strstr(license_url(work, it), "/Program%20Files/index.php"));
}

static void
check_purchase(const char *serial, const char *key)
{
	const struct license *it = license(serial);
	enum key_state state;

	assert_string_equal(it->status, "3");
	assert_int_equal(it->users, 12);
	assert_string_equal(it->license_key, key);
	assert_null(it->invoice_no);
	assert_string_equal(license_state(it, world_work()->today), "licensed");
	assert_int_equal(asks(serial, "", &state), VERDICT_TRIAL);
	assert_int_equal(state, KEY_MISSING);
	assert_int_equal(asks(serial, key, &state), VERDICT_VALID);
	assert_int_equal(state, KEY_VALID);
	assert_int_equal(count(print("contract WHERE contract_code = '%s'"
				     " AND received_on = '2026-10-11' AND"
				     " payment_method = 'P' AND"
				     " unit_price = 4200",
			     it->contract_code)),
	    1);
	assert_int_equal(
	    count(print("mail WHERE about = 'key-issued %s' AND recipient"
			" = '1234@1234.co.jp'",
		serial)),
	    1);
}

static void
check_invoice(const char *serial, const char *key)
{
	const struct license *it = license(serial);
	struct work *work = world_work();
	const struct invoice *invoice;
	enum key_state state;

	assert_int_equal(asks(serial, key, &state), VERDICT_PAYMENT_DUE);
	assert_string_equal(license_state(it, work->today), "licensed");
	assert_int_not_equal(it->key_entered_at, 0);
	assert_string_equal(
	    clock_day_text(work->arena, it->ng_from), "2026-12-30");
	assert_string_equal(it->ng_rule, "after-trial");
	world_begin();
	assert_int_equal(invoice_by_no(work, it->invoice_no, &invoice), DB_OK);
	world_rollback();
	assert_int_equal(invoice->total, 12 * 4200 * 11 / 10);
	assert_int_equal(invoice->due_on, work->today + 30);
	assert_string_equal(invoice->name, "wikiの品");
	assert_string_equal(invoice->buyer,
	    "100-0001\n東京都千代田区○○1-1-1\n株式会社○×\n営業部\n鈴木");
	assert_int_equal(count(print("invoice_line WHERE invoice_no = '%s'"
				     " AND quantity = 12 AND amount = 50400",
			     it->invoice_no)),
	    1);
	assert_int_equal(count(print("invoice_tax WHERE invoice_no = '%s'"
				     " AND tax = 5040 AND taxable = 50400",
			     it->invoice_no)),
	    1);
}

static enum pay_result
pay(const char *no, int64_t amount, const char *reference,
    struct pay_done *done)
{
	const struct pay_money money = { .invoice_no = no,
		.amount = amount,
		.received_on = world_work()->today,
		.reference = reference };
	enum pay_result result;

	world_begin();
	result = pay_record(world_work(), &money, done);
	if (result == PAY_RECORDED)
		world_commit();
	else
		world_rollback();
	return result;
}

static void
check_payment(const char *serial, const char *key)
{
	const struct license *it = license(serial);
	const char *no = it->invoice_no;
	int64_t revision = it->revision;
	struct pay_done done;
	enum key_state state;

	assert_int_equal(pay("I9999", 55440, "a", &done), PAY_MISSING);
	assert_int_equal(pay(no, 55439, "bank 1", &done), PAY_AMOUNT_DIFFERS);
	assert_int_equal(done.expected, 55440);
	assert_int_equal(pay(no, 55441, "bank 1", &done), PAY_AMOUNT_DIFFERS);
	assert_int_equal(count("payment"), 0);
	assert_int_equal(pay(no, 55440, "bank 1", &done), PAY_RECORDED);
	assert_string_equal(done.serial, serial);
	assert_int_equal(pay(no, 55440, "bank 1", &done), PAY_REPEATED);
	assert_int_equal(pay(no, 55440, "bank 2", &done), PAY_ALREADY_PAID);
	assert_int_equal(count("payment"), 1);
	it = license(serial);
	assert_int_equal(it->paid, 1);
	assert_int_equal(it->ng_from, CLOCK_NO_DAY);
	assert_string_equal(it->certificate_no, "L0001");
	assert_true(it->revision > revision);
	assert_int_equal(asks(serial, key, &state), VERDICT_VALID);
	assert_int_equal(count(print("contract WHERE payment_state = 1 AND"
				     " contract_code = '%s'",
			     it->contract_code)),
	    1);
}

static void
check_history(const char *serial)
{
	assert_string_equal(
	    world_text(
		print("SELECT GROUP_CONCAT(reason ORDER BY change_id) FROM"
		      " verdict_change WHERE serial = '%s'",
		    serial)),
	    "installed,purchased,key-issued,key-entered,invoice-issued,"
	    "paid,uninstalled");
	assert_string_equal(
	    world_text(print("SELECT GROUP_CONCAT(kind ORDER BY mail_id)"
			     " FROM mail WHERE serial = '%s'",
		serial)),
	    "installed,key-issued,invoice-issued,paid,uninstalled");
}

static enum uninstall_result
uninstall(const char *serial, int64_t *job)
{
	enum uninstall_result result;

	world_begin();
	result = uninstall_request(world_work(), serial, true, job);
	world_commit();
	return result;
}

static void
check_uninstall(const char *serial, const char *key)
{
	enum key_state state;
	int64_t job;

	assert_int_equal(uninstall(serial, &job), UNINSTALL_REQUESTED);
	assert_int_equal(uninstall(serial, &job), UNINSTALL_RUNNING);
	assert_int_equal(asks(serial, key, &state), VERDICT_VALID);
	world_agent(serial);
	assert_string_equal(world_license(serial, "status"), "U");
	assert_int_equal(asks(serial, key, &state), VERDICT_UNINSTALLED);
	assert_int_equal(uninstall(serial, &job), UNINSTALL_MISSING);
}

static void
the_whole_life(void **state)
{
	const char *serial, *key;

	(void)state;
	world_day("2026-10-01");
	world_customer();
	serial = world_request(WIKI, "Program Files");
	assert_string_equal(serial, "2026-0001");
	assert_string_equal(world_license(serial, "status"), "0");
	assert_string_equal(
	    license_state(license(serial), world_work()->today), "requested");
	world_agent(serial);
	check_install(serial);
	world_day("2026-10-11");
	key = world_buy(serial, 12);
	check_purchase(serial, key);
	world_enter_key(serial);
	check_invoice(serial, key);
	world_enter_key(serial);
	assert_int_equal(count("invoice"), 1);
	check_payment(serial, key);
	check_uninstall(serial, key);
	check_history(serial);
}

static enum install_result
wish(const char *software, int64_t area, const char *directory)
{
	const struct install_wish wish = {
		.software = software, .area_id = area, .directory = directory
	};
	struct install_done done;
	enum install_result result;

	world_begin();
	result = install_request(world_work(), &wish, &done);
	world_commit();
	return result;
}

/* Refusals are committed here: they must have changed nothing. */
static void
installs_are_refused(void **state)
{
	int64_t other, area;

	(void)state;
	world_day("2026-10-02");
	world_customer();
	other = world_area();
	world_customer();
	area = world_area();
	world_install(WIKI, "a/b");
	int64_t licenses = count("license");
	int64_t jobs = count("job");
	assert_int_equal(wish("nothing", area, "x"), INSTALL_MISSING);
	assert_int_equal(wish("wiki", other, "x"), INSTALL_NOT_YOUR_AREA);
	assert_int_equal(wish("wiki", 999, "x"), INSTALL_NOT_YOUR_AREA);
	assert_int_equal(wish("mail", area, "a/b"), INSTALL_DIRECTORY_IN_USE);
	assert_int_equal(wish("mail", area, "a"), INSTALL_DIRECTORY_IN_USE);
	assert_int_equal(wish("mail", area, "a/b/c"), INSTALL_DIRECTORY_IN_USE);
	assert_int_equal(wish("mail", area, "/"), INSTALL_DIRECTORY_IN_USE);
	assert_int_equal(wish("mail", area, "a/../x"), INSTALL_BAD_DIRECTORY);
	world_change("UPDATE area SET quota_mb = 2");
	assert_int_equal(wish("mail", area, "x"), INSTALL_REQUIREMENT);
	world_change("UPDATE area SET quota_mb = 100");
	world_change("UPDATE software SET visible = 0 WHERE code = 'mail'");
	assert_int_equal(wish("mail", area, "x"), INSTALL_MISSING);
	world_change("UPDATE software SET visible = 1 WHERE code = 'mail'");
	assert_int_equal(count("license"), licenses);
	assert_int_equal(count("job"), jobs);
	/* The next serial follows the last: no refusal took one. */
	assert_int_equal(wish("mail", area, "ab"), INSTALL_REQUESTED);
	assert_int_equal(
	    count("license"), world_number("SELECT SUM(last) FROM counter"
					   " WHERE name LIKE 'serial-%'"));
	world_change("UPDATE job SET state = 'cancelled'"
		     " WHERE state = 'waiting'");
}

static void
the_trial_is_one(void **state)
{
	struct install_trial trial;
	const char *first, *second;
	int64_t job;

	(void)state;
	world_day("2026-10-01");
	world_customer();
	first = world_install(WIKI, "one");
	world_day("2026-10-21");
	world_begin();
	assert_int_equal(
	    install_trial_preview(world_work(), "wiki", &trial), DB_OK);
	assert_true(trial.left);
	world_rollback();
	assert_int_equal(uninstall(first, &job), UNINSTALL_REQUESTED);
	world_agent(first);
	second = world_install(WIKI, "one");
	assert_string_equal(world_license(second, "trial_start"), "2026-10-21");
	assert_string_equal(world_license(second, "trial_end"), "2026-11-30");
	assert_int_equal(trial.end, license(second)->trial_end);
	/* Another customer has a trial of his own. */
	world_customer();
	assert_string_equal(
	    world_license(world_install(WIKI, "one"), "trial_end"),
	    "2026-12-20");
}

static void
a_version_may_be_tried_again(void **state)
{
	const char *serial;

	(void)state;
	world_day("2026-10-01");
	world_customer();
	world_install(CHAT, "one");
	world_publish(CHAT, "ja=新機能");
	world_day("2027-01-01");
	serial = world_install(CHAT, "two");
	assert_string_equal(world_license(serial, "trial_end"), "2026-11-30");
	world_publish(CHAT, "ja=新機能");
	world_change("UPDATE version v JOIN software s USING (software_id)"
		     " SET v.may_retry_trial = 1 WHERE s.code = 'chat' AND"
		     " v.version = '3.0'");
	serial = world_install(CHAT, "three");
	assert_string_equal(world_license(serial, "trial_end"), "2027-03-02");
	/* Once for that version. */
	world_day("2027-02-01");
	serial = world_install(CHAT, "four");
	assert_string_equal(world_license(serial, "trial_end"), "2027-03-02");
}

static void
free_software_needs_no_key(void **state)
{
	struct purchase_quote quote;
	enum key_state key;
	const char *serial;

	(void)state;
	world_day("2026-10-01");
	world_customer();
	world_change("UPDATE software SET model = 'free' WHERE code = 'mail'");
	serial = world_install(MAIL, "free");
	assert_string_equal(world_license(serial, "trial_end"), "");
	world_day("2036-10-01");
	assert_int_equal(asks(serial, "", &key), VERDICT_VALID);
	world_begin();
	assert_int_equal(purchase_quote(world_work(), serial, 1, &quote),
	    PURCHASE_NOT_FOR_SALE);
	world_rollback();
	world_change(
	    "UPDATE software SET model = 'license' WHERE code = 'mail'");
}

static enum purchase_result
buy(const char *serial, int64_t users, int64_t total)
{
	const struct purchase_wish wish = { .serial = serial,
		.users = users,
		.method = 'P',
		.expected_total = total,
		.buyer = world_suzuki };
	struct purchase_done done;
	enum purchase_result result;

	world_begin();
	result = purchase_request(world_work(), &wish, &done);
	world_commit();
	return result;
}

static void
purchases_are_refused(void **state)
{
	int64_t me, contracts = count("contract");
	const char *serial;

	(void)state;
	world_day("2026-10-01");
	me = world_customer();
	serial = world_request(MAIL, "m");
	assert_int_equal(buy(serial, 1, 5500), PURCHASE_NOT_INSTALLED);
	world_agent(serial);
	world_customer();
	assert_int_equal(buy(serial, 1, 5500), PURCHASE_MISSING);
	world_as(me);
	assert_int_equal(buy("2026-9999", 1, 5500), PURCHASE_MISSING);
	assert_int_equal(buy(serial, 1, 5499), PURCHASE_PRICE_CHANGED);
	assert_int_equal(buy(serial, 10, 55000), PURCHASE_PRICE_CHANGED);
	assert_int_equal(buy(serial, -1, -1), PURCHASE_NOT_FOR_SALE);
	assert_int_equal(buy(serial, INT64_MAX, -1), PURCHASE_NOT_FOR_SALE);
	assert_int_equal(count("contract"), contracts);
	assert_string_equal(world_license(serial, "status"), "1");
	assert_int_equal(buy(serial, 10, 46200), PURCHASE_DONE);
	assert_int_equal(buy(serial, 10, 46200), PURCHASE_ALREADY);
	assert_int_equal(count("contract"), contracts + 1);
	assert_int_equal(count("contract"),
	    world_number("SELECT last FROM counter WHERE name = 'K'"));
}

static const char *
contact_of(const char *serial)
{
	return world_text(print("SELECT contact_code FROM contract JOIN"
				" license USING (contract_code) WHERE"
				" serial = '%s'",
	    serial));
}

static const char *
buy_as(const struct buyer *buyer, const char *directory)
{
	const char *serial = world_install(MAIL, directory);
	const struct purchase_wish wish = { .serial = serial,
		.users = 1,
		.method = 'P',
		.expected_total = -1,
		.buyer = *buyer };
	struct purchase_done done;

	world_begin();
	assert_int_equal(
	    purchase_request(world_work(), &wish, &done), PURCHASE_DONE);
	world_commit();
	return contact_of(serial);
}

static void
people_are_found_again(void **state)
{
	struct buyer other = world_suzuki;
	int64_t companies, contacts;
	const char *code;

	(void)state;
	world_customer();
	code = buy_as(&world_suzuki, "1");
	companies = count("company");
	contacts = count("contact");
	other.company = "　株式会社 ○× ";
	other.tel = "０３－１２３４－５６７８";
	other.fax = "03−1234−5679";
	other.email = "1234@1234.CO.JP";
	other.postcode = "１００-０００１";
	other.address1 = "東京都 千代田区";
	other.address2 = "○○１－１－１";
	other.kana = "カ）マルバツ";
	assert_string_equal(buy_as(&other, "2"), code);
	assert_int_equal(count("company"), companies);
	assert_int_equal(count("contact"), contacts);
	assert_string_equal(
	    world_text(print("SELECT kana FROM company JOIN contact USING"
			     " (company_code) WHERE contact_code = '%s'",
		code)),
	    "カ）マルバツ");
	/* Another person of the same company. */
	other.contact = "佐藤";
	assert_string_not_equal(buy_as(&other, "3"), code);
	assert_int_equal(count("company"), companies);
	assert_int_equal(count("contact"), contacts + 1);
	/* Another company with a person of the same name. */
	other = world_suzuki;
	other.company = "株式会社△△";
	assert_string_not_equal(buy_as(&other, "4"), code);
	assert_int_equal(count("company"), companies + 1);
	assert_int_equal(count("contact"), contacts + 2);
	/* Fields do not run into each other. */
	other = world_suzuki;
	other.department = "営業";
	other.contact = "部鈴木";
	assert_string_not_equal(buy_as(&other, "5"), code);
}

static void
the_last_buyer_is_offered(void **state)
{
	struct buyer buyer;

	(void)state;
	world_customer();
	world_begin();
	assert_int_equal(purchase_last_buyer(world_work(), &buyer), DB_OK);
	world_rollback();
	assert_string_equal(buyer.company, "");
	assert_string_equal(buyer.kana, "");
	world_buy(world_install(MAIL, "x"), 1);
	world_begin();
	assert_int_equal(purchase_last_buyer(world_work(), &buyer), DB_OK);
	world_rollback();
	assert_string_equal(buyer.contact, "鈴木");
	assert_string_equal(buyer.address1, "東京都千代田区");
}

static void
a_revoked_key_is_known_as_such(void **state)
{
	const char *serial, *old, *new_key;
	enum key_state key;
	enum revoke_result result;

	(void)state;
	world_day("2026-10-01");
	int64_t me = world_customer();
	serial = world_install(MAIL, "r");
	old = world_buy(serial, 1);
	world_enter_key(serial);
	world_customer();
	world_begin();
	assert_int_equal(
	    revoke_key(world_work(), serial, &new_key), REVOKE_MISSING);
	world_rollback();
	world_as(me);
	world_begin();
	result = revoke_key(world_work(), serial, &new_key);
	world_commit();
	assert_int_equal(result, REVOKE_DONE);
	assert_string_not_equal(old, new_key);
	world_day("2026-12-15");
	assert_int_equal(asks(serial, old, &key), VERDICT_KEY_REVOKED);
	assert_int_equal(asks(serial, new_key, &key), VERDICT_PAYMENT_DUE);
	assert_int_equal(asks(serial, "0000000000000000000000000", &key),
	    VERDICT_KEY_UNKNOWN);
	/* Entered again: no second invoice. */
	int64_t invoices = count("invoice");
	assert_string_equal(world_license(serial, "key_entered_at"), "");
	world_enter_key(serial);
	assert_int_equal(count("invoice"), invoices);
	assert_string_not_equal(world_license(serial, "key_entered_at"), "");
	assert_int_equal(
	    count(print(
		"mail WHERE kind = 'key-issued' AND serial = '%s'", serial)),
	    2);
}

static enum delivery_result
report(int64_t server, int64_t job, const char *step, const char *state)
{
	const struct delivery_report report = { .job_id = job,
		.step = step,
		.state = state,
		.detail = "agent.no-space 12",
		.bytes_done = 7,
		.bytes_total = 9 };
	enum delivery_result result;

	world_begin();
	result = delivery_report(world_work(), server, &report);
	world_commit();
	return result;
}

static int64_t
job_of(const char *serial)
{
	return world_number(
	    print("SELECT MAX(job_id) FROM job WHERE serial = '%s'", serial));
}

static const char *
job_state(const char *serial)
{
	return world_text(
	    print("SELECT CONCAT(state, ' ', step, ' ', reason) FROM job"
		  " WHERE serial = '%s' ORDER BY job_id DESC LIMIT 1",
		serial));
}

static int64_t
server(void)
{
	return world_number("SELECT server_id FROM server");
}

static void
reports_are_heard_once(void **state)
{
	const char *serial;
	const struct job_order *first, *second;

	(void)state;
	world_customer();
	serial = world_request(MAIL, "s");
	int64_t job = job_of(serial);
	world_begin();
	assert_int_equal(
	    delivery_next(world_work(), 999, NULL, &first), DELIVERY_NOTHING);
	assert_int_equal(
	    delivery_next(world_work(), server(), NULL, &first), DELIVERY_DONE);
	world_commit();
	world_begin();
	assert_int_equal(delivery_next(world_work(), server(), NULL, &second),
	    DELIVERY_DONE);
	world_commit();
	assert_int_equal(first->job_id, second->job_id);
	assert_string_equal(second->depot_url, "http://127.0.0.3/");
	assert_int_equal(second->manifest_sha256.length, 32);
	assert_int_equal(
	    report(999, job, "FETCHED", "running"), DELIVERY_NOTHING);
	assert_int_equal(
	    report(server(), job, "DANCED", "done"), DELIVERY_REFUSED);
	for (int i = 0; i < 2; i++)
		assert_int_equal(
		    report(server(), job, "FETCHED", "running"), DELIVERY_DONE);
	assert_string_equal(job_state(serial), "running FETCHED ");
	assert_int_equal(
	    count(print("job_step WHERE job_id = (SELECT MAX(job_id) FROM"
			" job WHERE serial = '%s')",
		serial)),
	    1);
	assert_int_equal(
	    report(server(), job, "REPORTED", "done"), DELIVERY_DONE);
	assert_int_equal(
	    report(server(), job, "REPORTED", "done"), DELIVERY_OVER);
	assert_int_equal(
	    report(server(), job, "FETCHED", "failed"), DELIVERY_OVER);
	assert_string_equal(job_state(serial), "done REPORTED ");
	assert_int_equal(
	    count(print("mail WHERE about = 'installed %s'", serial)), 1);
}

static enum wish_result
press(
    enum wish_result (*button)(struct work *, const char *), const char *serial)
{
	enum wish_result result;

	world_begin();
	result = button(world_work(), serial);
	world_commit();
	return result;
}

static void
a_failed_install_can_be_tried_again(void **state)
{
	int64_t me;
	const char *serial;

	(void)state;
	me = world_customer();
	serial = world_request(MAIL, "f");
	int64_t job = job_of(serial);
	assert_int_equal(press(world_again, serial), WISH_NOT_NOW);
	assert_int_equal(
	    report(server(), job, "STAGED", "failed"), DELIVERY_DONE);
	assert_string_equal(
	    job_state(serial), "failed STAGED agent.no-space 12");
	assert_string_equal(world_license(serial, "status"), "0");
	world_customer();
	assert_int_equal(press(world_again, serial), WISH_MISSING);
	assert_int_equal(press(wish_call_off, serial), WISH_MISSING);
	world_as(me);
	assert_int_equal(press(world_again, serial), WISH_DONE);
	assert_true(job_of(serial) > job);
	world_agent(serial);
	assert_string_equal(world_license(serial, "status"), "1");
	assert_int_equal(press(wish_call_off, serial), WISH_NOT_NOW);
}

static void
a_failed_install_leaves_its_place(void **state)
{
	const char *first, *second;
	int64_t job;

	(void)state;
	world_customer();
	first = world_request(MAIL, "p");
	assert_int_equal(
	    report(server(), job_of(first), "STAGED", "failed"), DELIVERY_DONE);
	second = world_install(MAIL, "p");
	assert_int_equal(press(world_again, first), WISH_DIRECTORY_IN_USE);
	assert_int_equal(uninstall(first, &job), UNINSTALL_REQUESTED);
	assert_int_equal(job, 0);
	assert_string_equal(world_license(first, "status"), "U");
	assert_string_equal(world_license(second, "status"), "1");
}

static enum delivery_result
next(const struct job_order **order_r)
{
	enum delivery_result result;

	world_begin();
	result = delivery_next(world_work(), server(), NULL, order_r);
	world_commit();
	return result;
}

static void
jobs_can_be_called_off(void **state)
{
	const char *serial;
	const struct job_order *order;
	int64_t job;

	(void)state;
	world_customer();
	serial = world_request(MAIL, "c");
	assert_int_equal(press(wish_call_off, serial), WISH_DONE);
	assert_string_equal(world_license(serial, "status"), "U");
	assert_int_equal(next(&order), DELIVERY_NOTHING);
	serial = world_request(MAIL, "c");
	assert_int_equal(next(&order), DELIVERY_DONE);
	assert_int_equal(
	    report(server(), order->job_id, "SWAPPED", "done"), DELIVERY_DONE);
	assert_int_equal(press(wish_call_off, serial), WISH_NOT_NOW);
	world_agent(serial);
	assert_int_equal(uninstall(serial, &job), UNINSTALL_REQUESTED);
	assert_int_equal(press(wish_call_off, serial), WISH_DONE);
	assert_string_equal(world_license(serial, "status"), "1");
}

/* The agent is told at its next word, and only its own end is the job's. */
static void
a_running_job_ends_by_its_agent(void **state)
{
	const char *serial;
	const struct job_order *order;

	(void)state;
	world_customer();
	serial = world_request(MAIL, "d");
	assert_int_equal(next(&order), DELIVERY_DONE);
	assert_int_equal(press(wish_call_off, serial), WISH_DONE);
	assert_int_equal(press(wish_call_off, serial), WISH_NOT_NOW);
	assert_string_equal(world_license(serial, "status"), "0");
	assert_int_equal(
	    report(server(), order->job_id, "FETCHED", "done"), DELIVERY_OVER);
	assert_string_equal(world_license(serial, "status"), "0");
	assert_int_equal(report(server(), order->job_id, "FETCHED", "failed"),
	    DELIVERY_DONE);
	assert_string_equal(world_license(serial, "status"), "U");
	assert_string_equal(
	    job_state(serial), "cancelled FETCHED agent.no-space 12");
	assert_int_equal(press(world_again, serial), WISH_NOT_NOW);
	assert_int_equal(count(print("mail WHERE serial = '%s'", serial)), 0);
}

/* He called it off too late: the agent had it in place. */
static void
what_came_too_late_changes_nothing(void **state)
{
	const char *serial;
	const struct job_order *order;

	(void)state;
	world_customer();
	serial = world_request(MAIL, "e");
	assert_int_equal(next(&order), DELIVERY_DONE);
	assert_int_equal(press(wish_call_off, serial), WISH_DONE);
	assert_int_equal(
	    report(server(), order->job_id, "SWAPPED", "done"), DELIVERY_DONE);
	assert_int_equal(
	    report(server(), order->job_id, "REPORTED", "done"), DELIVERY_DONE);
	assert_string_equal(world_license(serial, "status"), "1");
}

/* Called off before its agent heard of it at all: the agent asks for its next
 * job and says nothing of this one. */
static void
what_no_agent_has_ends_at_once(void **state)
{
	const char *serial;
	const struct job_order *order;

	(void)state;
	world_customer();
	serial = world_request(MAIL, "f");
	assert_int_equal(next(&order), DELIVERY_DONE);
	assert_int_equal(press(wish_call_off, serial), WISH_DONE);
	assert_int_equal(next(&order), DELIVERY_NOTHING);
	assert_string_equal(world_license(serial, "status"), "U");
	assert_string_equal(job_state(serial), "cancelled  ");
}

static void
strangers_see_nothing(void **state)
{
	const struct license *it;
	const struct job *job;
	const struct invoice *invoice;
	const char *serial;
	int64_t number;

	(void)state;
	world_customer();
	serial = world_sell(MAIL, "z");
	const char *no = world_license(serial, "invoice_no");
	world_customer();
	world_begin();
	assert_int_equal(
	    license_by_serial(world_work(), "ja", serial, &it), DB_NONE);
	assert_int_equal(job_latest(world_work(), serial, &job), DB_NONE);
	assert_int_equal(invoice_by_no(world_work(), no, &invoice), DB_NONE);
	assert_int_equal(
	    uninstall_request(world_work(), serial, false, &number),
	    UNINSTALL_MISSING);
	world_rollback();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_whole_life),
		cmocka_unit_test(installs_are_refused),
		cmocka_unit_test(the_trial_is_one),
		cmocka_unit_test(a_version_may_be_tried_again),
		cmocka_unit_test(free_software_needs_no_key),
		cmocka_unit_test(purchases_are_refused),
		cmocka_unit_test(people_are_found_again),
		cmocka_unit_test(the_last_buyer_is_offered),
		cmocka_unit_test(a_revoked_key_is_known_as_such),
		cmocka_unit_test(reports_are_heard_once),
		cmocka_unit_test(a_failed_install_can_be_tried_again),
		cmocka_unit_test(a_failed_install_leaves_its_place),
		cmocka_unit_test(jobs_can_be_called_off),
		cmocka_unit_test(a_running_job_ends_by_its_agent),
		cmocka_unit_test(what_came_too_late_changes_nothing),
		cmocka_unit_test(what_no_agent_has_ends_at_once),
		cmocka_unit_test(strangers_see_nothing),
	};

	return cmocka_run_group_tests(tests, world_open, world_close);
}
