/* test_tables: sessions, requests, codes, guesses, areas, prices. */

#include "data_lab.h"

#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "data/account.h"
#include "data/area.h"
#include "data/audit.h"
#include "data/counter.h"
#include "data/depot.h"
#include "data/guess.h"
#include "data/price.h"
#include "data/request.h"
#include "data/server.h"
#include "data/session.h"
#include "data/software.h"

static int64_t
new_server(const char *name)
{
	static const unsigned char key[32] = { 1 };
	const struct server server = {
		.name = name,
		.os_model = "Debian 12 / x86-64",
		.ip_address = "127.0.0.2",
		.php = "8.2",
		.mariadb = "10.11",
		.public_key = { key, sizeof(key) },
	};
	int64_t server_id;

	assert_int_equal(
	    server_add(data_lab_work(), &server, &server_id), DB_OK);
	return server_id;
}

static void
logins_are_folded_and_exact(void **state)
{
	struct work *work = data_lab_work();
	const struct account *account;
	struct account other = { .login = " ＳＵＺＵＫＩ ",
		.kind = "customer",
		.name = "",
		.email = "",
		.language = "ja",
		.password_hash = "" };
	int64_t id;

	(void)state;
	data_lab_begin();
	const int64_t suzuki = data_lab_account("Suzuki", "x");
	assert_int_equal(account_add(work, &other, &id), DB_DUPLICATE);
	other.login = "sùzuki";
	assert_int_equal(account_add(work, &other, &id), DB_OK);
	data_lab_commit();
	assert_int_equal(account_by_login(work, "suzuKI ", &account), DB_OK);
	assert_int_equal(account->account_id, suzuki);
	assert_string_equal(account->login, "suzuki");
	assert_int_equal(account_by_login(work, "sùzuki", &account), DB_OK);
	assert_int_equal(account->account_id, id);
	assert_int_equal(account_by_login(work, "nobody", &account), DB_NONE);
	/* Where the column is ASCII, other signs are no error. */
	const struct server *server;
	assert_int_equal(server_by_name(work, "鍵屋", &server), DB_NONE);
}

static void
a_session_lives_by_its_columns(void **state)
{
	struct work *work = data_lab_work(), later = *work;
	const struct session *session;
	const struct account *account;
	const char *token;

	(void)state;
	data_lab_begin();
	const int64_t id = data_lab_account("session", "x");
	assert_int_equal(
	    session_add(work, id, "192.0.2.1", "Mozilla/5.0 (鍵)\xff", &token),
	    DB_OK);
	data_lab_commit();
	assert_int_equal(
	    session_by_token(work, token, &session, &account), DB_OK);
	assert_int_equal(session->account_id, id);
	assert_int_equal(session->form_secret.length, 32);
	assert_string_equal(session->address, "192.0.2.1");
	assert_string_equal(session->user_agent, "");
	assert_int_equal(session->unread, 0);
	assert_string_equal(account->name, "鈴木");
	assert_string_equal(account->password_hash, "");
	assert_false(session_is_stale(work, session));
	later.now += 60;
	assert_true(session_is_stale(&later, session));

	later.now = work->now + 1800;
	assert_int_equal(
	    session_by_token(&later, token, &session, &account), DB_OK);
	later.now++;
	assert_int_equal(
	    session_by_token(&later, token, &session, &account), DB_NONE);
	assert_int_equal(
	    session_by_token(work, "other", &session, &account), DB_NONE);
}

static void
touching_cannot_pass_the_absolute_end(void **state)
{
	struct work *work = data_lab_work(), later = *work;
	const struct session *session;
	const struct account *account;
	const char *token;

	(void)state;
	data_lab_begin();
	assert_int_equal(session_add(work, data_lab_account("absolute", "x"),
			     "192.0.2.1", "", &token),
	    DB_OK);
	data_lab_commit();
	while (later.now - work->now <= 12 * 3600) {
		assert_int_equal(
		    session_by_token(&later, token, &session, &account), DB_OK);
		data_lab_begin();
		assert_int_equal(session_touch(&later, session), DB_OK);
		data_lab_commit();
		later.now += 1200;
	}
	assert_int_equal(
	    session_by_token(&later, token, &session, &account), DB_NONE);
}

static void
the_eleventh_session_ends_the_oldest(void **state)
{
	struct work *work = data_lab_work(), at = *work;
	const struct session *sessions, *session;
	const struct account *account;
	const char *tokens[11];
	size_t count;

	(void)state;
	data_lab_begin();
	const int64_t id = data_lab_account("many", "x");
	for (int i = 0; i < 11; i++) {
		at.now = work->now + i;
		assert_int_equal(
		    session_add(&at, id, "192.0.2.1", "", &tokens[i]), DB_OK);
	}
	data_lab_commit();
	assert_int_equal(session_list(&at, id, &sessions, &count), DB_OK);
	assert_int_equal(count, SESSION_MOST);
	assert_int_equal(
	    session_by_token(&at, tokens[0], &session, &account), DB_NONE);
	assert_int_equal(
	    session_by_token(&at, tokens[10], &session, &account), DB_OK);
	data_lab_begin();
	assert_int_equal(session_end_others(&at, session), DB_OK);
	data_lab_commit();
	assert_int_equal(session_list(&at, id, &sessions, &count), DB_OK);
	assert_int_equal(count, 1);
	data_lab_begin();
	assert_int_equal(account_disable(&at, id), DB_OK);
	data_lab_commit();
	assert_int_equal(
	    session_by_token(&at, tokens[10], &session, &account), DB_NONE);
}

static void
a_request_is_carried_out_once(void **state)
{
	struct work work = *data_lab_work(), other = work;
	const char *location;

	(void)state;
	data_lab_begin();
	work.account = data_lab_account("request", "x");
	other.account = data_lab_account("request-2", "x");
	assert_int_equal(request_add(&work, "one", "purchase"), DB_OK);
	assert_int_equal(
	    request_set_location(&work, "one", "/license?serial=1"), DB_OK);
	assert_int_equal(request_add(&work, "one", "purchase"), DB_DUPLICATE);
	assert_int_equal(request_add(&work, "two", "purchase"), DB_OK);
	data_lab_commit();
	assert_int_equal(request_location(&work, "one", &location), DB_OK);
	assert_string_equal(location, "/license?serial=1");
	assert_int_equal(request_location(&work, "two", &location), DB_OK);
	assert_null(location);
	assert_int_equal(request_location(&other, "one", &location), DB_NONE);
	assert_int_equal(request_location(&work, "three", &location), DB_NONE);
	work.now += 3 * 86400 + 1;
	data_lab_begin();
	assert_int_equal(request_purge(&work), DB_OK);
	data_lab_commit();
	assert_int_equal(request_location(&work, "one", &location), DB_NONE);
}

static const struct db_statement almost_full = { .name = "almost_full",
	.sql = "UPDATE counter SET last = 9998 WHERE name = 'X'" };

static void
codes_grow_past_four_digits(void **state)
{
	struct work work = *data_lab_work();
	const char *code;
	int64_t number;

	(void)state;
	data_lab_begin();
	assert_int_equal(counter_code(&work, "X", &code), DB_OK);
	assert_string_equal(code, "X0001");
	assert_int_equal(db_change(&work, &almost_full, DB_NO_ARGS), DB_OK);
	assert_int_equal(counter_next(&work, "X", &number), DB_OK);
	assert_int_equal(number, 9999);
	assert_int_equal(counter_code(&work, "X", &code), DB_OK);
	assert_string_equal(code, "X10000");
	data_lab_commit();
}

static void
a_rolled_back_code_is_given_again(void **state)
{
	struct work *work = data_lab_work();
	const char *code;

	(void)state;
	for (int i = 0; i < 2; i++) {
		data_lab_begin();
		assert_int_equal(counter_code(work, "R", &code), DB_OK);
		assert_string_equal(code, "R0001");
		db_rollback(work);
	}
}

static void
serials_begin_again_each_year(void **state)
{
	struct work work = *data_lab_work();
	const char *serial;

	(void)state;
	data_lab_begin();
	assert_true(clock_day_parse("2031-12-31", &work.today));
	assert_int_equal(counter_serial(&work, &serial), DB_OK);
	assert_string_equal(serial, "2031-0001");
	assert_int_equal(counter_serial(&work, &serial), DB_OK);
	assert_string_equal(serial, "2031-0002");
	work.today++;
	assert_int_equal(counter_serial(&work, &serial), DB_OK);
	assert_string_equal(serial, "2032-0001");
	data_lab_commit();
}

/* Each code is written down in the transaction that takes it; every third
 * transaction is rolled back. */
enum { WRITERS = 8, CODES = 30 };

struct writer {
	int turn;
	bool fail;
};

static enum db_status
take_code(struct work *work, void *context)
{
	const struct writer *writer = context;
	const char *code;
	enum db_status status = counter_code(work, "P", &code);

	if (status == DB_OK)
		status = audit_add(work, "test.code", code, "");
	if (status == DB_OK && writer->fail)
		return DB_NONE;
	return status;
}

/* The bound on repeating holds for a visitor; a test waits longer. */
static int
write_codes(void)
{
	struct work work = work_now(arena_new(), db_new());
	struct writer writer = { 0, false };
	int done = 0;

	while (done < CODES && writer.turn++ < 100 * CODES) {
		writer.fail = writer.turn % 3 == 0;
		done += db_transact(&work, take_code, &writer) == DB_OK;
	}
	db_free(work.db);
	return done == CODES ? 0 : 1;
}

struct codes {
	int64_t count;
	int64_t different;
	const char *last;
};
static const struct db_column codes_columns[] = {
	DB_INT_AT(struct codes, count),
	DB_INT_AT(struct codes, different),
	DB_TEXT_AT(struct codes, last),
};
static const struct db_statement codes_of_test = { "codes_of_test",
	"SELECT COUNT(*) AS count, COUNT(DISTINCT object) AS different,"
	" MAX(object) AS last FROM audit WHERE action = 'test.code'",
	DB_ROW(struct codes, codes_columns) };

static void
eight_writers_leave_no_hole(void **state)
{
	const struct codes *codes;
	pid_t children[WRITERS];

	(void)state;
	for (int i = 0; i < WRITERS; i++) {
		children[i] = fork();
		if (children[i] == 0)
			_exit(write_codes());
	}
	for (int i = 0; i < WRITERS; i++) {
		int ended = 1;

		assert_int_equal(waitpid(children[i], &ended, 0), children[i]);
		assert_int_equal(ended, 0);
	}
	assert_int_equal(
	    db_row(data_lab_work(), &codes_of_test, DB_NO_ARGS, &codes), DB_OK);
	assert_int_equal(codes->count, WRITERS * CODES);
	assert_int_equal(codes->different, WRITERS * CODES);
	assert_string_equal(codes->last, "P0240");
}

static bool
try_guess(struct work *work, const char *login, const char *address)
{
	bool allowed = false;

	assert_int_equal(db_begin(work, DB_READ_WRITE), DB_OK);
	assert_int_equal(guess_begin(work, login, address, &allowed), DB_OK);
	assert_int_equal(db_commit(work), DB_OK);
	return allowed;
}

static void
guesses_get_slower(void **state)
{
	struct work work = *data_lab_work();
	const int64_t begun = work.now;
	int hour = 0;

	(void)state;
	for (int i = 0; i < GUESS_FREE; i++)
		assert_true(try_guess(&work, "victim", "198.51.100.1"));
	assert_false(try_guess(&work, "ＶＩＣＴＩＭ", "198.51.100.2"));
	work.now += 1;
	assert_true(try_guess(&work, "victim", "198.51.100.3"));
	work.now += 1;
	assert_false(try_guess(&work, "victim", "198.51.100.3"));
	work.now += 1;
	assert_true(try_guess(&work, "victim", "198.51.100.3"));
	/* A guesser with a network for each try, six in a minute. */
	for (int i = 0; work.now < begun + 3600; i++, work.now += 10)
		hour += try_guess(&work, "victim",
		    arena_print(work.arena, "10.1.%d.%d", i / 250, i % 250));
	assert_true(hour < 90);
	assert_true(hour > 40);
}

static void
the_victim_still_gets_in(void **state)
{
	struct work work = *data_lab_work();

	(void)state;
	data_lab_begin();
	const int64_t id = data_lab_account("victim-2", "x");
	assert_int_equal(
	    guess_right(&work, "victim-2", "203.0.113.9", id), DB_OK);
	data_lab_commit();
	while (try_guess(&work, "victim-2", "198.51.100.77"))
		continue;
	assert_false(try_guess(&work, "victim-2", "198.51.100.78"));
	assert_true(try_guess(&work, "victim-2", "203.0.113.9"));
}

/* Many people behind one address: who mistypes there, or guesses at others,
 * does not keep a neighbour out who has been there before. */
static void
a_neighbour_still_gets_in(void **state)
{
	static const char *const shared = "203.0.113.44";
	struct work work = *data_lab_work();
	int tries = 0;

	(void)state;
	data_lab_begin();
	const int64_t id = data_lab_account("neighbour", "x");
	assert_int_equal(guess_right(&work, "neighbour", shared, id), DB_OK);
	data_lab_commit();
	for (int i = 0; i < 60; i++, work.now += 61)
		while (try_guess(&work,
		    arena_print(work.arena, "guessed-%d", tries), shared))
			tries++;
	work.now -= 61;
	assert_true(tries < 100);
	assert_false(try_guess(&work, "stranger", shared));
	for (int i = 0; i < GUESS_FREE; i++)
		assert_true(try_guess(&work, "neighbour", shared));
	assert_false(try_guess(&work, "neighbour", shared));
	/* A quiet half-hour, and strangers may try as before. */
	work.now += 1800;
	assert_true(try_guess(&work, "stranger", shared));
	assert_true(try_guess(&work, "stranger", shared));
}

static void
a_network_has_its_own_budget(void **state)
{
	struct work work = *data_lab_work();
	int tries = 0;

	(void)state;
	while (try_guess(&work, arena_print(work.arena, "login-%d", tries),
	    arena_print(work.arena, "2001:db8:1:2::%x", tries)))
		tries++;
	assert_int_equal(tries, GUESS_NETWORK_FREE);
	assert_true(try_guess(&work, "login-x", "2001:db8:1:3::1"));
}

static void
areas_are_their_owners_alone(void **state)
{
	struct work *work = data_lab_work();
	const struct area *areas, *area;
	struct area mine = { .name = "suzuki",
		.owner = "suzuki",
		.url = "http://127.0.0.2/suzuki/",
		.quota_mb = 100 };
	int64_t area_id, again;
	size_t count;

	(void)state;
	data_lab_begin();
	mine.account_id = data_lab_account("area", "x");
	mine.server_id = new_server("host1");
	assert_int_equal(area_add(work, &mine, &area_id), DB_OK);
	assert_int_equal(area_add(work, &mine, &again), DB_DUPLICATE);
	data_lab_commit();
	assert_int_equal(
	    area_by_id(work, mine.account_id, area_id, &area), DB_OK);
	assert_string_equal(area->server_name, "host1");
	assert_string_equal(area->php, "8.2");
	assert_int_equal(area->last_contact, 0);
	assert_int_equal(
	    area_by_id(work, mine.account_id + 1, area_id, &area), DB_NONE);
	assert_int_equal(area_any(work, area_id, &area), DB_OK);
	assert_int_equal(area_by_name(work, "host1", "suzuki", &area), DB_OK);
	assert_int_equal(
	    area_list(work, mine.account_id, &areas, &count), DB_OK);
	assert_int_equal(count, 1);
}

static void
an_old_index_is_not_seen_again(void **state)
{
	struct work *work = data_lab_work();
	const struct depot *depot;

	(void)state;
	data_lab_begin();
	const int64_t id = data_lab_depot("maker");
	assert_int_equal(depot_refused(work, id, "expired"), DB_OK);
	assert_int_equal(depot_seen(work, id, 7, work->now + 86400), DB_OK);
	assert_int_equal(depot_seen(work, id, 6, work->now + 86400), DB_NONE);
	assert_int_equal(depot_seen(work, id, 7, work->now + 86400), DB_OK);
	data_lab_commit();
	assert_int_equal(depot_by_name(work, "maker", &depot), DB_OK);
	assert_int_equal(depot->index_serial, 7);
	assert_string_equal(depot->problem, "");
	assert_int_equal(depot->public_key.length, 32);
}

static void
price_by(int64_t software, int64_t users, int64_t from_day, int64_t amount)
{
	const struct price price = { .software_id = software,
		.users_from = users,
		.amount = amount,
		.tax_percent = 10,
		.valid_from = (int32_t)from_day };

	assert_int_equal(price_set(data_lab_work(), &price), DB_OK);
}

static int64_t
amount_for(int64_t software, int64_t users, int32_t day)
{
	const struct price *price;
	enum db_status status =
	    price_for(data_lab_work(), software, users, day, &price);

	return status == DB_OK ? price->amount : -1;
}

static void
prices_count_by_users_and_day(void **state)
{
	struct work *work = data_lab_work();
	const struct software software = { .code = "priced",
		.maker = "m",
		.maker_url = "",
		.category = "office",
		.kind = "program",
		.model = "license",
		.trial_days = 60 };
	const struct price *prices;
	struct software fresh = software;
	int64_t id;
	size_t count;

	(void)state;
	data_lab_begin();
	fresh.depot_id = data_lab_depot("prices");
	assert_int_equal(software_add(work, &fresh, &id), DB_OK);
	price_by(id, 1, 100, 5000);
	price_by(id, 10, 100, 4000);
	price_by(id, 1, 200, 6000);
	price_by(id, 1, 200, 6500);
	data_lab_commit();
	assert_int_equal(amount_for(id, 1, 99), -1);
	assert_int_equal(amount_for(id, 1, 100), 5000);
	assert_int_equal(amount_for(id, 9, 199), 5000);
	assert_int_equal(amount_for(id, 9, 200), 6500);
	assert_int_equal(amount_for(id, 10, 200), 4000);
	assert_int_equal(price_list(work, id, 200, &prices, &count), DB_OK);
	assert_int_equal(count, 2);
	assert_int_equal(prices[0].amount, 6500);
	assert_int_equal(prices[1].users_from, 10);
}

#define TEST(name) cmocka_unit_test(name)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(logins_are_folded_and_exact),
		TEST(a_session_lives_by_its_columns),
		TEST(touching_cannot_pass_the_absolute_end),
		TEST(the_eleventh_session_ends_the_oldest),
		TEST(a_request_is_carried_out_once),
		TEST(codes_grow_past_four_digits),
		TEST(a_rolled_back_code_is_given_again),
		TEST(serials_begin_again_each_year),
		TEST(eight_writers_leave_no_hole),
		TEST(guesses_get_slower),
		TEST(the_victim_still_gets_in),
		TEST(a_neighbour_still_gets_in),
		TEST(a_network_has_its_own_budget),
		TEST(areas_are_their_owners_alone),
		TEST(an_old_index_is_not_seen_again),
		TEST(prices_count_by_users_and_day),
	};

	return cmocka_run_group_tests(tests, data_lab_open, data_lab_close);
}
