/* test_enter: logging in, choosing passwords, and those who guess. */

#include "data_lab.h"

#include <crypt.h>
#include <string.h>

#include "base/secret.h"
#include "data/account.h"
#include "data/session.h"
#include "shop/enter.h"

static const struct enter_from from = { "192.0.2.7", "Test/1.0", NULL };

static struct entered
enter(struct work *work, const char *login, const char *password,
    const struct enter_from *where)
{
	struct entered entered;

	assert_int_equal(db_begin(work, DB_READ_WRITE), DB_OK);
	assert_int_equal(
	    enter_check(work, login, password, where, &entered), DB_OK);
	assert_int_equal(db_commit(work), DB_OK);
	return entered;
}

static struct entered
choose(struct work *work, const struct account *account, const char *password)
{
	struct entered entered;

	assert_int_equal(db_begin(work, DB_READ_WRITE), DB_OK);
	assert_int_equal(
	    enter_choose(work, account, password, &from, &entered), DB_OK);
	assert_int_equal(db_commit(work), DB_OK);
	return entered;
}

static bool
is_alive(struct work *work, const char *token)
{
	const struct session *session;
	const struct account *account;

	return session_by_token(work, token, &session, &account) == DB_OK;
}

static void
make_account(const char *login, const char *password)
{
	data_lab_begin();
	(void)data_lab_account(login, password);
	data_lab_commit();
}

static void
the_right_password_opens_a_session(void **state)
{
	struct work *work = data_lab_work();
	const struct account *account;
	struct entered entered;

	(void)state;
	make_account("right", "はじめての合言葉 123");
	entered = enter(work, " Ｒｉｇｈｔ", "はじめての合言葉 123", &from);
	assert_int_equal(entered.end, ENTER_OK);
	assert_string_equal(entered.account->login, "right");
	assert_int_equal(entered.account->password_initial, 1);
	assert_true(is_alive(work, entered.token));
	entered = enter(work, "right", "はじめての合言葉 124", &from);
	assert_int_equal(entered.end, ENTER_WRONG);
	assert_null(entered.token);
	assert_int_equal(account_by_login(work, "right", &account), DB_OK);
	assert_int_equal(account->failures, 1);
	entered = enter(work, "right", "はじめての合言葉 123", &from);
	assert_int_equal(entered.end, ENTER_OK);
	assert_int_equal(account_by_login(work, "right", &account), DB_OK);
	assert_int_equal(account->failures, 0);
}

static void
a_login_changes_the_token(void **state)
{
	struct work *work = data_lab_work();
	const struct session *session;
	const struct account *account;
	struct enter_from again = from;
	struct entered first, second;

	(void)state;
	make_account("token", "a password of ours");
	first = enter(work, "token", "a password of ours", &from);
	assert_int_equal(
	    session_by_token(work, first.token, &session, &account), DB_OK);
	again.session = session;
	second = enter(work, "token", "a password of ours", &again);
	assert_string_not_equal(first.token, second.token);
	assert_false(is_alive(work, first.token));
	assert_true(is_alive(work, second.token));
}

static void
nobody_and_the_locked_out_look_alike(void **state)
{
	struct work *work = data_lab_work();
	const struct enter_from elsewhere = { "192.0.2.8", "", NULL };
	struct entered entered;
	const struct account *account;

	(void)state;
	entered = enter(work, "not-there", "some password here", &elsewhere);
	assert_int_equal(entered.end, ENTER_WRONG);
	make_account("disabled", "some password here");
	data_lab_begin();
	assert_int_equal(account_by_login(work, "disabled", &account), DB_OK);
	assert_int_equal(account_disable(work, account->account_id), DB_OK);
	data_lab_commit();
	entered = enter(work, "disabled", "some password here", &elsewhere);
	assert_int_equal(entered.end, ENTER_WRONG);
	entered = enter(work, "disabled", "", &elsewhere);
	assert_int_equal(entered.end, ENTER_WRONG);
}

/* Known or not, the brake works alike; with it even the right password has to
 * wait, but not for ever. */
static void
many_wrong_ones_have_to_wait(void **state)
{
	static const char *const logins[] = { "braked", "not-there-either" };
	const struct enter_from guesser = { "192.0.2.9", "", NULL };
	struct work work = *data_lab_work();

	(void)state;
	make_account("braked", "the right one of all");
	for (size_t i = 0; i < LENGTH(logins); i++) {
		for (int n = 0; n < 5; n++)
			assert_int_equal(
			    enter(&work, logins[i], "wrong", &guesser).end,
			    ENTER_WRONG);
		assert_int_equal(
		    enter(&work, logins[i], "the right one of all", &guesser)
			.end,
		    ENTER_TOO_MANY);
	}
	work.now += 120;
	assert_int_equal(
	    enter(&work, "braked", "the right one of all", &guesser).end,
	    ENTER_OK);
	assert_int_equal(
	    enter(&work, "braked", "wrong", &guesser).end, ENTER_WRONG);
}

/* Set back by an operator or a bad time server: nobody waits for the time
 * that was. */
static void
a_clock_set_back_shuts_nobody_out(void **state)
{
	struct work work = *data_lab_work();
	const struct enter_from where = { "192.0.2.77", "", NULL };

	(void)state;
	make_account("timely", "the right one of all");
	work.now += 61 * 86400;
	assert_int_equal(
	    enter(&work, "timely", "wrong", &where).end, ENTER_WRONG);
	assert_int_equal(
	    enter(&work, "timely", "the right one of all", &where).end,
	    ENTER_OK);
	work.now -= 61 * 86400;
	assert_int_equal(
	    enter(&work, "timely", "the right one of all", &where).end,
	    ENTER_OK);
}

static void
a_hash_from_outside_becomes_ours(void **state)
{
	struct work *work = data_lab_work();
	const struct account *account;
	struct crypt_data data = { .initialized = 0 };
	const char *hash =
	    crypt_r("brought along 2019", "$6$saltsaltsalt$", &data);

	(void)state;
	make_account("brought", "x");
	data_lab_begin();
	assert_int_equal(account_by_login(work, "brought", &account), DB_OK);
	assert_int_equal(
	    account_set_password(work, account->account_id, hash, false),
	    DB_OK);
	data_lab_commit();
	assert_int_equal(
	    enter(work, "brought", "brought along 2018", &from).end,
	    ENTER_WRONG);
	assert_int_equal(
	    enter(work, "brought", "brought along 2019", &from).end, ENTER_OK);
	assert_int_equal(account_by_login(work, "brought", &account), DB_OK);
	assert_int_equal(strncmp(account->password_hash, "$argon2id$", 10), 0);
	assert_int_equal(account->password_initial, 0);
	assert_int_equal(
	    enter(work, "brought", "brought along 2019", &from).end, ENTER_OK);
}

static void
a_chosen_password_ends_other_sessions(void **state)
{
	struct work *work = data_lab_work();
	struct entered first, second, chosen;
	const struct account *account;

	(void)state;
	make_account("chooser", "initial-by-the-staff-77");
	first = enter(work, "chooser", "initial-by-the-staff-77", &from);
	second = enter(work, "chooser", "initial-by-the-staff-77", &from);
	chosen = choose(work, first.account, "short");
	assert_int_equal(chosen.end, ENTER_TOO_SHORT);
	assert_true(is_alive(work, first.token));
	chosen = choose(work, first.account, "initial-by-the-staff-77");
	assert_int_equal(chosen.end, ENTER_TOO_COMMON);
	chosen =
	    choose(work, first.account, "夏の夜に聞いた遠い波の音を忘れない");
	assert_int_equal(chosen.end, ENTER_OK);
	assert_false(is_alive(work, first.token));
	assert_false(is_alive(work, second.token));
	assert_true(is_alive(work, chosen.token));
	assert_int_equal(account_by_login(work, "chooser", &account), DB_OK);
	assert_int_equal(account->password_initial, 0);
	assert_int_equal(
	    enter(work, "chooser", "initial-by-the-staff-77", &from).end,
	    ENTER_WRONG);
	assert_int_equal(
	    enter(work, "chooser", "夏の夜に聞いた遠い波の音を忘れない", &from)
		.end,
	    ENTER_OK);
}

static void
asking_again_makes_no_session(void **state)
{
	struct work *work = data_lab_work();
	struct entered entered, again;
	const struct session *sessions;
	size_t count;

	(void)state;
	make_account("again", "the password again");
	entered = enter(work, "again", "the password again", &from);
	data_lab_begin();
	assert_int_equal(enter_again(work, entered.account,
			     "the password again", &from, &again),
	    DB_OK);
	assert_int_equal(again.end, ENTER_OK);
	assert_null(again.token);
	assert_int_equal(
	    enter_again(work, entered.account, "another", &from, &again),
	    DB_OK);
	assert_int_equal(again.end, ENTER_WRONG);
	data_lab_commit();
	assert_int_equal(
	    session_list(work, entered.account->account_id, &sessions, &count),
	    DB_OK);
	assert_int_equal(count, 1);
}

static enum enter
rules(const char *login, const char *password)
{
	return enter_rules(data_lab_work(), login, password);
}

static void
common_passwords_are_refused(void **state)
{
	static const char *const common[] = { "password12345678",
		"PASSWORDpassword", "p@ssw0rd p@ssw0rd", "qwertyuiopasdfghjkl",
		"1234567890123456", "aaaaaaaaaaaaaaaaa", "abcabcabcabcabcabc",
		"administrator2026", "１２３４５６７８９０１２３４５６",
		"correcthorsebatterystaple", "kagiyakagiyakagiya",
		"iloveyou12345678", "zaq12wsxcde34rfv", "suzuki.ichiro1999",
		"suzuki.ichirosuzuki.ichiro", "letmeinletmein!!",
		"パスワードパスワードパスワード",
		"  password       password  " };
	static const char *const good[] = { "violet tram under ice",
		"qmv8-hx2k-77dp-zfw1", "夏の夜に聞いた遠い波の音を思う",
		"my dog sleeps on the red sofa", "83749201847362915",
		"horse battery dragon sunshine" };

	(void)state;
	for (size_t i = 0; i < LENGTH(common); i++) {
		const enum enter end = rules("suzuki.ichiro", common[i]);

		if (end != ENTER_TOO_COMMON)
			print_message("# %s: %d\n", common[i], (int)end);
		assert_int_equal(end, ENTER_TOO_COMMON);
	}
	for (size_t i = 0; i < LENGTH(good); i++) {
		const enum enter end = rules("suzuki.ichiro", good[i]);

		if (end != ENTER_OK)
			print_message("# %s: %d\n", good[i], (int)end);
		assert_int_equal(end, ENTER_OK);
	}
}

static void
lengths_are_code_points_and_bytes(void **state)
{
	char *text = arena_alloc(data_lab_work()->arena, 1030);

	(void)state;
	assert_int_equal(rules("x", "zqkvbwxjpmfhgy"), ENTER_TOO_SHORT);
	assert_int_equal(rules("x", "zqkvbwxjpmfhgyd"), ENTER_OK);
	assert_int_equal(
	    rules("x", "夏の夜に聞いた遠い波の音を"), ENTER_TOO_SHORT);
	for (int i = 0; i < 1024; i++)
		text[i] = (char)('a' + i * i * 7 % 26);
	assert_int_equal(rules("x", text), ENTER_OK);
	text[1024] = 'a';
	assert_int_equal(rules("x", text), ENTER_TOO_LONG);
}

#define TEST(name) cmocka_unit_test(name)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_right_password_opens_a_session),
		TEST(a_login_changes_the_token),
		TEST(nobody_and_the_locked_out_look_alike),
		TEST(many_wrong_ones_have_to_wait),
		TEST(a_clock_set_back_shuts_nobody_out),
		TEST(a_hash_from_outside_becomes_ours),
		TEST(a_chosen_password_ends_other_sessions),
		TEST(asking_again_makes_no_session),
		TEST(common_passwords_are_refused),
		TEST(lengths_are_code_points_and_bytes),
	};

	return cmocka_run_group_tests(tests, data_lab_open, data_lab_close);
}
