/* test_notify: the three kinds of figure 12 (i), and the mail queue. */

#include "world.h"

#include <string.h>

#include "data/mail.h"
#include "data/notice.h"
#include "shop/notify.h"

static size_t
notify(void)
{
	size_t count;

	assert_int_equal(notify_all(world_work(), &count), DB_OK);
	return count;
}

/* What the acting customer sees. */
static const char *
seen(void)
{
	return world_text(arena_print(world_work()->arena,
	    "SELECT GROUP_CONCAT(CONCAT_WS(' ', n.kind, s.code, v.version,"
	    " r.code) ORDER BY n.notice_id SEPARATOR ', ') FROM notice n"
	    " JOIN software s ON s.software_id = n.software_id"
	    " LEFT JOIN version v ON v.version_id = n.version_id"
	    " LEFT JOIN software r ON r.software_id = n.related_id"
	    " WHERE n.account_id = %lld",
	    (long long)world_work()->account));
}

static void
each_gets_what_concerns_him(void **state)
{
	(void)state;
	world_day("2026-10-01");
	int64_t buyer = world_customer();
	const char *bought = world_install(WIKI, "b");
	world_buy(bought, 1);
	int64_t trying = world_customer();
	world_install(WIKI, "t");
	int64_t tried = world_customer();
	world_install(WIKI, "g");
	int64_t nobody = world_customer();
	world_change(arena_print(world_work()->arena,
	    "UPDATE license SET status = 'U', uninstalled_at = created_at"
	    " WHERE account_id = %lld",
	    (long long)tried));
	assert_int_equal(notify(), 3);
	assert_int_equal(notify(), 0);
	world_publish(WIKI, "ja=新機能");
	assert_int_equal(notify(), 3);
	assert_int_equal(notify(), 0);
	world_as(buyer);
	assert_string_equal(seen(), "related wiki mail, upgrade wiki 2.0");
	world_as(trying);
	assert_string_equal(seen(), "related wiki mail, upgrade wiki 2.0");
	world_as(tried);
	assert_string_equal(seen(), "related wiki mail, feature wiki 2.0");
	world_as(nobody);
	assert_string_equal(seen(), "");
}

static void
features_are_for_those_whose_trial_is_over(void **state)
{
	(void)state;
	world_day("2026-10-01");
	world_customer();
	world_install(CHAT, "o");
	(void)notify();
	world_day("2026-12-01");
	world_publish(CHAT, "");
	(void)notify();
	assert_string_equal(seen(), "related chat wiki");
	world_publish(CHAT, "en=A clock");
	(void)notify();
	assert_string_equal(seen(), "related chat wiki, feature chat 3.0");
}

static void
notices_are_read(void **state)
{
	const struct notice *list;
	size_t count;
	int64_t unread;
	struct work *work = world_work();

	(void)state;
	world_day("2026-10-01");
	int64_t me = world_customer();
	world_install(MAIL, "m");
	world_publish(MAIL, "ja=新\nen=new");
	(void)notify();
	world_begin();
	assert_int_equal(notice_list(work, "ja", &list, &count), DB_OK);
	assert_int_equal(count, 2);
	assert_string_equal(list[0].kind, "upgrade");
	assert_string_equal(list[0].name, "mailの品");
	assert_non_null(list[0].serial);
	assert_string_equal(list[1].related, "chat");
	assert_string_equal(list[1].related_name, "chatの品");
	assert_int_equal(notice_unread(work, &unread), DB_OK);
	assert_int_equal(unread, 2);
	assert_int_equal(notice_set_read(work, list[0].notice_id), DB_OK);
	assert_int_equal(notice_unread(work, &unread), DB_OK);
	assert_int_equal(unread, 1);
	int64_t mine = list[1].notice_id;
	world_commit();
	world_customer();
	world_begin();
	assert_int_equal(notice_set_read(work, mine), DB_NONE);
	assert_int_equal(notice_set_all_read(work), DB_OK);
	world_commit();
	world_as(me);
	world_begin();
	assert_int_equal(notice_set_all_read(work), DB_OK);
	assert_int_equal(notice_unread(work, &unread), DB_OK);
	assert_int_equal(unread, 0);
	world_commit();
}

static void
mails_are_sent_to_those_who_want_them(void **state)
{
	(void)state;
	world_day("2026-10-01");
	world_customer();
	world_change(arena_print(world_work()->arena,
	    "UPDATE account SET notice_mail = 0 WHERE account_id = %lld",
	    (long long)world_work()->account));
	world_install(MAIL, "q");
	int64_t before =
	    world_number("SELECT COUNT(*) FROM mail WHERE kind = 'notice'");
	assert_int_equal(notify(), 1);
	assert_int_equal(world_number("SELECT COUNT(*) FROM mail"
				      " WHERE kind = 'notice'"),
	    before);
	world_customer();
	world_install(MAIL, "q");
	assert_int_equal(notify(), 1);
	assert_int_equal(world_number("SELECT COUNT(*) FROM mail"
				      " WHERE kind = 'notice'"),
	    before + 1);
}

static const struct mail *
take(enum db_status expected)
{
	const struct mail *mail = NULL;

	world_begin();
	assert_int_equal(mail_next(world_work(), &mail), expected);
	if (expected == DB_OK)
		assert_int_equal(mail_take(world_work(), mail->mail_id), DB_OK);
	world_commit();
	return mail;
}

static void
sending_fails(int64_t mail_id)
{
	world_begin();
	assert_int_equal(
	    mail_set_failed(world_work(), mail_id, "sendmail: exit 75"), DB_OK);
	world_commit();
}

static void
a_mail_is_tried_again_and_given_up(void **state)
{
	const struct mail *mail;
	struct work *work = world_work();
	int tries = 0;

	(void)state;
	world_day("2026-10-01");
	world_change("UPDATE mail SET state = 'sent'");
	world_customer();
	world_install(WIKI, "x");
	mail = take(DB_OK);
	assert_string_equal(mail->kind, "installed");
	assert_non_null(strstr(mail->recipient, "@example.jp"));
	/* Taken: the next worker sees nothing until ten minutes later. */
	(void)take(DB_NONE);
	work->now += 600;
	assert_int_equal(take(DB_OK)->mail_id, mail->mail_id);
	sending_fails(mail->mail_id);
	(void)take(DB_NONE);
	work->now += 60;
	do {
		assert_int_equal(take(DB_OK)->mail_id, mail->mail_id);
		sending_fails(mail->mail_id);
		(void)take(DB_NONE);
		work->now += 6 * 3600;
	} while (++tries < 19);
	(void)take(DB_NONE);
	assert_string_equal(
	    world_text(arena_print(work->arena,
		"SELECT CONCAT_WS(' ', state, tries, last_error) FROM mail"
		" WHERE mail_id = %lld",
		(long long)mail->mail_id)),
	    "failed 20 sendmail: exit 75");
}

/* Two workers look at once: neither waits, each gets another. */
static void
workers_do_not_meet(void **state)
{
	struct work other = *world_work();
	const struct mail *first, *second;

	(void)state;
	world_day("2026-10-01");
	world_change("UPDATE mail SET state = 'sent'");
	world_customer();
	world_install(WIKI, "one");
	world_install(WIKI, "two");
	other = *world_work();
	other.db = db_new();
	world_begin();
	assert_int_equal(mail_next(world_work(), &first), DB_OK);
	assert_int_equal(db_begin(&other, DB_READ_WRITE), DB_OK);
	assert_int_equal(mail_next(&other, &second), DB_OK);
	assert_int_not_equal(first->mail_id, second->mail_id);
	db_rollback(&other);
	world_rollback();
	db_free(other.db);
	world_change("UPDATE mail SET state = 'sent'");
}

static void
a_sent_mail_is_sent(void **state)
{
	const struct mail *mail;
	struct mail_new again = { .kind = "test", .object = "1" };

	(void)state;
	world_day("2026-10-02");
	again.account_id = world_work()->account;
	for (int i = 0; i < 2; i++) {
		world_begin();
		assert_int_equal(mail_add(world_work(), &again), DB_OK);
		world_commit();
	}
	mail = take(DB_OK);
	assert_int_equal(mail->day, CLOCK_NO_DAY);
	world_begin();
	assert_int_equal(mail_set_sent(world_work(), mail->mail_id), DB_OK);
	assert_int_equal(mail_set_sent(world_work(), mail->mail_id), DB_NONE);
	world_commit();
	world_work()->now += 86400;
	(void)take(DB_NONE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_gets_what_concerns_him),
		cmocka_unit_test(features_are_for_those_whose_trial_is_over),
		cmocka_unit_test(notices_are_read),
		cmocka_unit_test(mails_are_sent_to_those_who_want_them),
		cmocka_unit_test(a_mail_is_tried_again_and_given_up),
		cmocka_unit_test(workers_do_not_meet),
		cmocka_unit_test(a_sent_mail_is_sent),
	};

	return cmocka_run_group_tests(tests, world_open, world_close);
}
