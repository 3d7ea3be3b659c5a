/* world: a shop to test the rules in. */

#include "world.h"

#include <stdlib.h>
#include <string.h>

#include "base/secret.h"
#include "base/setting.h"
#include "data/account.h"
#include "data/area.h"
#include "data/depot.h"
#include "data/job.h"
#include "data/keycheck_event.h"
#include "data/price.h"
#include "data/server.h"
#include "data/software.h"
#include "data/version.h"
#include "shop/delivery.h"
#include "shop/install.h"
#include "shop/invoice.h"

enum { NOON_IN_TOKYO = 3 * 3600, DAY_SECONDS = 86400 };

static const unsigned char bytes[32] = { 1, 2, 3 };
static const char *const codes[] = { "wiki", "mail", "chat" };
enum { PROGRAMS = 3 };

static struct work work;
static int64_t server_id, depot_id, software_ids[PROGRAMS], area_id;
static int customers;
static bool inside; /* a transaction */

const struct buyer world_suzuki = {
	.company = "株式会社○×",
	.department = "営業部",
	.contact = "鈴木",
	.tel = "03-1234-5678",
	.fax = "03-1234-5679",
	.email = "1234@1234.co.jp",
	.postcode = "100-0001",
	.address1 = "東京都千代田区",
	.address2 = "○○1-1-1",
	.kana = "",
};

static void
well(enum db_status status)
{
	assert_int_equal(status, DB_OK);
}

static void
add_server(void)
{
	const struct server server = {
		.name = "host1",
		.os_model = "Debian 12",
		.ip_address = "192.0.2.1",
		.php = "8.2.29",
		.mariadb = "10.11.14",
		.public_key = { bytes, sizeof bytes },
	};
	const struct depot depot = {
		.name = "maker",
		.url = "http://127.0.0.3/",
		.public_key = { bytes, sizeof bytes },
	};

	well(server_add(&work, &server, &server_id));
	well(depot_add(&work, &depot, &depot_id));
}

static void
add_version(enum world_program program, int64_t number, const char *features)
{
	const struct version version = {
		.software_id = software_ids[program],
		.version = arena_print(work.arena, "%d.0", (int)number),
		.position = number,
		.released_on = 20000,
		.manifest_sha256 = { bytes, sizeof bytes },
		.archive_size = 1000,
		.unpacked_size = 3 * 1024 * 1024,
		.file_count = 3,
		.os = "linux",
		.php_min = "7.4",
		.mariadb_min = "",
		.entry = "index.php",
		.icon = "",
		.features = features,
	};
	int64_t version_id;

	well(version_add(&work, &version, "<manifest/>", &version_id));
	well(software_set_latest(&work, software_ids[program]));
}

static void
add_prices(int64_t software_id)
{
	const struct price one = { .software_id = software_id,
		.users_from = 1,
		.amount = 5000,
		.tax_percent = 10 };
	const struct price ten = { .software_id = software_id,
		.users_from = 10,
		.amount = 4200,
		.tax_percent = 10 };

	well(price_set(&work, &one));
	well(price_set(&work, &ten));
}

static void
add_software(enum world_program program)
{
	struct software software = {
		.code = codes[program],
		.depot_id = depot_id,
		.maker = "Maker",
		.maker_url = "",
		.category = "office",
		.kind = "program",
		.model = "license",
		.trial_days = 60,
		.ng_after_install = 120,
		.ng_after_trial = 30,
		.language = "ja",
		.name = arena_print(work.arena, "%sの品", codes[program]),
		.summary = "summary",
		.description = "<p>text</p>",
	};

	well(software_add(&work, &software, &software_ids[program]));
	software.software_id = software_ids[program];
	well(software_set_text(&work, &software));
	well(software_set_visible(&work, software.software_id, true));
	well(software_add_related(
	    &work, software.software_id, codes[(program + 1) % PROGRAMS]));
	add_version(program, 1, "");
	add_prices(software.software_id);
}

int
world_open(void **state)
{
	(void)state;
	if (!setting_load("test"))
		return -1;
	work = work_now(arena_new(), db_new());
	world_day("2026-10-01");
	world_begin();
	add_server();
	for (int i = 0; i < PROGRAMS; i++)
		add_software((enum world_program)i);
	world_commit();
	return 0;
}

int
world_close(void **state)
{
	(void)state;
	db_free(work.db);
	arena_free(work.arena);
	return 0;
}

void
world_reopen(void)
{
	work.db = db_new();
}

void
world_play(const char *program)
{
	db_free(work.db);
	assert_true(setting_load(program));
	work.db = db_new();
	work.actor = program;
}

struct work *
world_work(void)
{
	return &work;
}

int32_t
world_day(const char *day)
{
	int32_t number;

	assert_true(clock_day_parse(day, &number));
	work.today = number;
	work.now = (int64_t)number * DAY_SECONDS + NOON_IN_TOKYO;
	clock_stop_at(work.now);
	return number;
}

void
world_later(int days)
{
	world_day(clock_day_text(work.arena, work.today + days));
}

static void
add_area(void)
{
	const char *name = arena_print(work.arena, "area%d", customers);
	const struct area area = {
		.account_id = work.account,
		.server_id = server_id,
		.name = name,
		.owner = "www-data",
		.url = arena_print(work.arena, "http://127.0.0.2/%s/", name),
		.quota_mb = 100,
	};

	well(area_add(&work, &area, &area_id));
}

int64_t
world_customer(void)
{
	const char *login = arena_print(work.arena, "customer%d", ++customers);
	const struct account account = {
		.login = login,
		.kind = "customer",
		.name = login,
		.email = arena_print(work.arena, "%s@example.jp", login),
		.language = "ja",
		.password_hash = "x",
	};

	world_begin();
	well(account_add(&work, &account, &work.account));
	add_area();
	world_commit();
	return work.account;
}

void
world_as(int64_t account)
{
	work.account = account;
	area_id = world_number(arena_print(work.arena,
	    "SELECT area_id FROM area WHERE account_id = %lld",
	    (long long)account));
}

int64_t
world_area(void)
{
	return area_id;
}

const char *
world_code(enum world_program program)
{
	return codes[program];
}

void
world_publish(enum world_program program, const char *features)
{
	int64_t next = 1 + world_number(arena_print(work.arena,
			       "SELECT MAX(position) FROM version"
			       " WHERE software_id = %lld",
			       (long long)software_ids[program]));

	world_begin();
	add_version(program, next, features);
	world_commit();
}

void
world_begin(void)
{
	well(db_begin(&work, DB_READ_WRITE));
	inside = true;
}

void
world_commit(void)
{
	inside = false;
	well(db_commit(&work));
}

void
world_rollback(void)
{
	inside = false;
	db_rollback(&work);
}

const char *
world_request(enum world_program program, const char *directory)
{
	const struct install_wish wish = { .software = codes[program],
		.area_id = area_id,
		.directory = directory };
	struct install_done done;

	world_begin();
	assert_int_equal(
	    install_request(&work, &wish, &done), INSTALL_REQUESTED);
	world_commit();
	return done.serial;
}

void
world_agent(const char *serial)
{
	const struct job_order *order;
	struct delivery_report report = { .step = "REPORTED", .state = "done" };

	world_begin();
	assert_int_equal(
	    delivery_next(&work, server_id, NULL, &order), DELIVERY_DONE);
	assert_string_equal(order->serial, serial);
	report.job_id = order->job_id;
	assert_int_equal(
	    delivery_report(&work, server_id, &report), DELIVERY_DONE);
	world_commit();
}

const char *
world_install(enum world_program program, const char *directory)
{
	const char *serial = world_request(program, directory);

	world_agent(serial);
	return serial;
}

const char *
world_buy(const char *serial, int64_t users)
{
	const struct purchase_wish wish = { .serial = serial,
		.users = users,
		.method = 'P',
		.expected_total = -1,
		.buyer = world_suzuki };
	struct purchase_done done;

	world_begin();
	assert_int_equal(purchase_request(&work, &wish, &done), PURCHASE_DONE);
	world_commit();
	return done.key;
}

void
world_enter_key(const char *serial)
{
	const struct keycheck_event event = { .serial = serial,
		.instance = "",
		.version = "1.0",
		.why = "activate",
		.code = "VALID",
		.key_state = "valid",
		.address = "192.0.2.1" };
	size_t count;

	world_begin();
	well(keycheck_event_add(&work, &event));
	world_commit();
	well(invoice_from_events(&work, &count));
	assert_int_equal(count, 1);
}

const char *
world_sell(enum world_program program, const char *directory)
{
	const char *serial = world_install(program, directory);

	world_buy(serial, 1);
	world_enter_key(serial);
	return serial;
}

enum wish_result
world_again(struct work *acting, const char *serial)
{
	struct wish_done done;

	return wish_again(acting, serial, &done);
}

struct cell {
	const char *text;
};
static const struct db_column text_columns[] = {
	DB_TEXT_AT(struct cell, text),
};

/* Statements are kept by their address: one for each text. */
static const struct db_statement *
statement(const char *sql, bool rows)
{
	enum { MOST = 2000 };
	static struct db_statement known[MOST];
	static size_t count;

	for (size_t i = 0; i < count; i++)
		if (strcmp(known[i].sql, sql) == 0)
			return &known[i];
	assert_true(count < MOST);
	known[count].name = "test";
	known[count].sql = strdup(sql);
	if (rows) {
		known[count].columns = text_columns;
		known[count].column_count = LENGTH(text_columns);
		known[count].row_size = sizeof(struct cell);
	}
	return &known[count++];
}

const char *
world_text(const char *sql)
{
	const char *as_text =
	    arena_print(work.arena, "SELECT CAST((%s) AS CHAR) AS text", sql);
	const struct cell *cell;
	bool alone = !inside;

	if (alone)
		world_begin();
	well(db_row(&work, statement(as_text, true), DB_NO_ARGS, &cell));
	if (alone)
		world_rollback();
	return cell->text == NULL ? "" : cell->text;
}

int64_t
world_number(const char *sql)
{
	return strtoll(world_text(sql), NULL, 10);
}

void
world_change(const char *sql)
{
	world_begin();
	well(db_change(&work, statement(sql, false), DB_NO_ARGS));
	world_commit();
}

const char *
world_license(const char *serial, const char *what)
{
	return world_text(arena_print(work.arena,
	    "SELECT %s FROM license WHERE serial = '%s'", what, serial));
}
