/* test_publish: manifests become software; the catalog shows and finds it. */

#include "data_lab.h"

#include <string.h>

#include "base/secret.h"
#include "data/area.h"
#include "data/catalog.h"
#include "data/depot.h"
#include "data/price.h"
#include "data/server.h"
#include "data/software.h"
#include "data/version.h"
#include "shop/publish.h"

static const struct publication_text wiki_texts[] = {
	{ "ja", "ドクウィキ", "手軽なウィキ 100%", "<p>説明</p>",
	    "検索が速い" },
	{ "en", "DokuWiki", "A wiki that needs no_database",
	    "<p>Text &amp; more</p>", "" },
};
static const char *const wiki_related[] = { "wiki", "adminer", "adminer" };
static const char *const wiki_shots[] = { "wiki/1.png", "wiki/2.png" };

static const struct publication wiki = {
	.code = "wiki",
	.version = "1.9",
	.maker = "Wiki Makers",
	.maker_url = "https://wiki.example/",
	.category = "wiki",
	.kind = "program",
	.model = "license",
	.trial_days = 60,
	.released_on = 20000,
	.manifest = "<package/>",
	.manifest_sha256 = { "0123456789abcdef0123456789abcdef", 32 },
	.archive_size = 5000000,
	.unpacked_size = 9000000,
	.file_count = 700,
	.os = "",
	.php_min = "7.4",
	.mariadb_min = "",
	.entry = "index.php",
	.icon = "wiki/icon.svg",
	.texts = wiki_texts,
	.text_count = 2,
	.related = wiki_related,
	.related_count = 3,
	.screenshots = wiki_shots,
	.screenshot_count = 2,
};

static struct depot depot;

static enum publish
publish(const struct publication *publication)
{
	struct work *work = data_lab_work();
	enum publish end = PUBLISH_OTHER_DEPOT;

	data_lab_begin();
	if (depot.depot_id == 0)
		depot.depot_id = data_lab_depot("wiki-makers");
	assert_int_equal(
	    publish_version(work, &depot, publication, &end), DB_OK);
	data_lab_commit();
	return end;
}

static const struct software *
software(const char *code)
{
	const struct software *software;

	assert_int_equal(
	    software_any(data_lab_work(), code, "en", &software), DB_OK);
	return software;
}

static const char *
latest(const char *code)
{
	const struct version *version;

	assert_int_equal(version_latest(data_lab_work(),
			     software(code)->software_id, &version),
	    DB_OK);
	return version->version;
}

static void
show(const char *code, bool visible)
{
	data_lab_begin();
	assert_int_equal(software_set_visible(data_lab_work(),
			     software(code)->software_id, visible),
	    DB_OK);
	data_lab_commit();
}

static void
a_manifest_becomes_software(void **state)
{
	struct work *work = data_lab_work();
	const struct software *found;
	const struct version *version;
	const struct screenshot *shots;
	const char *manifest;
	size_t count;

	(void)state;
	assert_int_equal(publish(&wiki), PUBLISH_NEW);
	found = software("wiki");
	assert_string_equal(found->name, "DokuWiki");
	assert_string_equal(found->description, "<p>Text &amp; more</p>");
	assert_int_equal(found->visible, 0);
	assert_int_equal(found->ng_after_install, 120);
	assert_int_equal(version_by_name(work, "wiki", "1.9", &version), DB_OK);
	assert_int_equal(version->version_id, found->latest_version_id);
	assert_int_equal(version->released_on, 20000);
	assert_int_equal(version->manifest_sha256.length, 32);
	assert_string_equal(version_feature(work, version, "en"), "検索が速い");
	assert_int_equal(
	    version_manifest(work, version->version_id, &manifest), DB_OK);
	assert_string_equal(manifest, "<package/>");
	assert_int_equal(
	    version_screenshots(work, version->version_id, &shots, &count),
	    DB_OK);
	assert_int_equal(count, 2);
	assert_string_equal(shots[1].file, "wiki/2.png");
}

static void
texts_fall_back(void **state)
{
	const struct software *found;

	(void)state;
	assert_int_equal(
	    software_any(data_lab_work(), "wiki", "ja", &found), DB_OK);
	assert_string_equal(found->name, "ドクウィキ");
	assert_int_equal(
	    software_any(data_lab_work(), "wiki", "fr", &found), DB_OK);
	assert_string_equal(found->language, "en");
}

static void
publishing_again_changes_nothing(void **state)
{
	struct publication other = wiki;

	(void)state;
	show("wiki", true);
	assert_int_equal(publish(&wiki), PUBLISH_SAME);
	assert_int_equal(software("wiki")->visible, 1);
	other.manifest_sha256 =
	    (struct db_bytes){ "another6789abcdef0123456789abcde", 32 };
	assert_int_equal(publish(&other), PUBLISH_OTHER_BYTES);
}

static void
another_depot_cannot_take_the_code(void **state)
{
	struct depot own = depot;
	struct publication other = wiki;

	(void)state;
	other.version = "9.9";
	data_lab_begin();
	depot.depot_id = data_lab_depot("thief");
	data_lab_commit();
	assert_int_equal(publish(&other), PUBLISH_OTHER_DEPOT);
	depot = own;
	assert_string_equal(latest("wiki"), "1.9");
}

static void
versions_stand_in_their_order(void **state)
{
	static const char *const later[] = { "1.10", "1.9.1", "1.2", "2.0",
		"1.9.0" };
	static const char *const order[] = { "2.0", "1.10", "1.9.1", "1.9.0",
		"1.9", "1.2" };
	struct work *work = data_lab_work();
	struct publication_text text = wiki_texts[1];
	struct publication next = wiki;
	const struct version *versions;
	size_t count;

	(void)state;
	next.texts = &text;
	next.text_count = 1;
	for (size_t i = 0; i < LENGTH(later); i++) {
		next.version = later[i];
		text.name = arena_print(work->arena, "Wiki %s", later[i]);
		assert_int_equal(publish(&next), PUBLISH_NEW);
	}
	assert_int_equal(version_list(work, software("wiki")->software_id,
			     &versions, &count),
	    DB_OK);
	assert_int_equal(count, LENGTH(order));
	for (size_t i = 0; i < count; i++)
		assert_string_equal(versions[i].version, order[i]);
	assert_string_equal(latest("wiki"), "2.0");
	/* The texts are those of the highest, not of the last read. */
	assert_string_equal(software("wiki")->name, "Wiki 2.0");
}

static void
a_withdrawn_version_is_not_the_latest(void **state)
{
	struct work *work = data_lab_work();
	const struct version *version;

	(void)state;
	data_lab_begin();
	assert_int_equal(version_by_name(work, "wiki", "2.0", &version), DB_OK);
	assert_int_equal(version_withdraw(work, version->version_id), DB_OK);
	assert_int_equal(
	    software_set_latest(work, version->software_id), DB_OK);
	data_lab_commit();
	assert_string_equal(latest("wiki"), "1.10");
}

/* Twenty-five more, of which every fifth costs something. */
static void
fill_catalog(void)
{
	struct work *work = data_lab_work();

	for (int i = 0; i < 25; i++) {
		struct publication_text text = { "ja",
			arena_print(work->arena, "ソフト %02d", i), "概要",
			"<p/>", "" };
		struct publication one = wiki;
		struct price price = { .users_from = 1,
			.amount = 1000 * i,
			.tax_percent = 10,
			.valid_from = 0 };

		one.code = arena_print(work->arena, "soft%02d", i);
		one.maker = "Others";
		one.category = i % 2 ? "odd" : "even";
		one.os = i == 3 ? "windows" : "linux";
		one.kind = i == 4 ? "content" : "program";
		one.texts = &text;
		one.text_count = 1;
		one.related_count = 0;
		assert_int_equal(publish(&one), PUBLISH_NEW);
		show(one.code, true);
		price.software_id = software(one.code)->software_id;
		data_lab_begin();
		if (i % 5 == 0)
			assert_int_equal(price_set(work, &price), DB_OK);
		data_lab_commit();
	}
}

static const struct catalog_item *items;
static size_t item_count;

static int64_t
found(struct catalog_query query)
{
	const struct catalog *catalog;
	int64_t total;

	if (query.language == NULL)
		query.language = "ja";
	query.q = query.q ? query.q : "";
	query.category = query.category ? query.category : "";
	query.os = query.os ? query.os : "";
	query.kind = query.kind ? query.kind : "";
	assert_int_equal(catalog_open(data_lab_work(), &catalog), DB_OK);
	assert_int_equal(catalog_list(data_lab_work(), catalog, &query, &items,
			     &item_count, &total),
	    DB_OK);
	return total;
}

#define FOUND(...) found((struct catalog_query){ __VA_ARGS__ })

static void
the_catalog_has_pages(void **state)
{
	(void)state;
	fill_catalog();
	assert_int_equal(FOUND(.page = 1), 26);
	assert_int_equal(item_count, CATALOG_PAGE);
	assert_string_equal(items[0].name, "ソフト 00");
	assert_string_equal(items[19].name, "ソフト 19");
	assert_string_equal(items[0].state, "none");
	assert_null(items[0].serial);
	assert_int_equal(FOUND(.page = 2), 26);
	assert_int_equal(item_count, 6);
	assert_string_equal(items[5].name, "ドクウィキ");
	assert_int_equal(FOUND(.page = 99), 26);
	assert_int_equal(item_count, 0);
}

static void
the_catalog_finds_words(void **state)
{
	(void)state;
	assert_int_equal(FOUND(.q = "dokuwiki"), 0);
	assert_int_equal(FOUND(.q = "ＷＩＫＩ"), 1);
	assert_int_equal(FOUND(.q = "ﾄﾞｸｳｨｷ", .language = "en"), 1);
	assert_int_equal(FOUND(.q = "makers no_data"), 1);
	assert_int_equal(FOUND(.q = "makers absent"), 0);
	assert_int_equal(FOUND(.q = "100%"), 1);
	assert_int_equal(FOUND(.q = "%"), 1);
	assert_int_equal(FOUND(.q = "_"), 1);
	assert_int_equal(FOUND(.q = "|"), 0);
	assert_int_equal(FOUND(.q = "' OR '1'='1"), 0);
	assert_int_equal(FOUND(.q = "a b c d e f"), 0);
	assert_int_equal(FOUND(.q = "ソフト 07"), 1);
	assert_string_equal(items[0].code, "soft07");
}

static void
the_catalog_filters(void **state)
{
	(void)state;
	assert_int_equal(FOUND(.category = "odd"), 12);
	assert_int_equal(FOUND(.category = "鍵"), 0);
	assert_int_equal(FOUND(.kind = "content"), 1);
	assert_int_equal(FOUND(.os = "windows"), 2);
	assert_int_equal(FOUND(.price_max = 5500), 22 + 1);
	assert_int_equal(FOUND(.price_max = 5499), 22);
	assert_int_equal(FOUND(.q = "ソフト 05"), 1);
	assert_int_equal(items[0].price, 5000);
	assert_int_equal(items[0].price_total, 5500);
}

static void
hidden_software_is_not_shown(void **state)
{
	const struct catalog_category *categories;
	const struct catalog *catalog;
	const struct software *one;
	size_t count;

	(void)state;
	show("soft24", false);
	assert_int_equal(FOUND(.page = 1), 25);
	assert_int_equal(
	    software_by_code(data_lab_work(), "soft24", "ja", &one), DB_NONE);
	assert_int_equal(
	    software_by_code(data_lab_work(), "soft23", "ja", &one), DB_OK);
	assert_int_equal(catalog_open(data_lab_work(), &catalog), DB_OK);
	assert_int_equal(
	    catalog_categories(data_lab_work(), catalog, &categories, &count),
	    DB_OK);
	assert_int_equal(count, 3);
	assert_string_equal(categories[0].code, "even");
	assert_int_equal(categories[0].count, 12);
	assert_int_equal(categories[2].count, 1);
}

static void
related_software_is_what_one_may_see(void **state)
{
	struct publication adminer = wiki;
	const struct software_related *related;
	size_t count;

	(void)state;
	adminer.code = "adminer";
	adminer.related_count = 0;
	assert_int_equal(
	    software_related(data_lab_work(), software("wiki")->software_id,
		"ja", &related, &count),
	    DB_OK);
	assert_int_equal(count, 0);
	assert_int_equal(publish(&adminer), PUBLISH_NEW);
	show("adminer", true);
	assert_int_equal(
	    software_related(data_lab_work(), software("wiki")->software_id,
		"ja", &related, &count),
	    DB_OK);
	assert_int_equal(count, 1);
	assert_string_equal(related[0].code, "adminer");
	assert_string_equal(related[0].name, "ドクウィキ");
}

/* A license row as an install makes it, for the states beside the offers. */
static const struct db_statement put_license = { .name = "put_license",
	.sql = "INSERT INTO license (serial, status, trial_end, os_model,"
	       " ip_address, directory, account_id, software_id, version_id,"
	       " area_id, product, instance, settings, created_at)"
	       " VALUES (?, ?, ?, '', '', '', ?, ?, ?, ?, '', ?, '{}', ?)" };

struct holder {
	int64_t account, area, software, version;
};

static void
license(const struct holder *holder, const char *serial, const char *status,
    int32_t trial_end)
{
	struct work *work = data_lab_work();

	data_lab_begin();
	assert_int_equal(
	    db_change(work, &put_license,
		DB_ARGS(db_text(serial), db_text(status), db_day(trial_end),
		    db_int(holder->account), db_int(holder->software),
		    db_int(holder->version), db_int(holder->area),
		    db_text(serial), db_time(work->now++))),
	    DB_OK);
	data_lab_commit();
}

static struct holder
new_holder(void)
{
	static const unsigned char key[SECRET_PUBLIC] = { 1 };
	const struct server server = { .name = "h",
		.os_model = "o",
		.ip_address = "127.0.0.1",
		.php = "8.2",
		.mariadb = "",
		.public_key = { key, sizeof(key) } };
	struct area area = {
		.name = "a", .owner = "a", .url = "http://a/", .quota_mb = 1
	};
	struct holder holder = {
		.software = software("wiki")->software_id,
		.version = software("wiki")->latest_version_id,
	};

	data_lab_begin();
	holder.account = data_lab_account("holder", "x");
	area.account_id = holder.account;
	assert_int_equal(
	    server_add(data_lab_work(), &server, &area.server_id), DB_OK);
	assert_int_equal(area_add(data_lab_work(), &area, &holder.area), DB_OK);
	data_lab_commit();
	return holder;
}

static const char *
wiki_state(void)
{
	assert_int_equal(FOUND(.q = "wiki 2.0"), 1);
	return items[0].state;
}

static void
own_installs_stand_beside(void **state)
{
	struct work *work = data_lab_work();
	const struct holder holder = new_holder();
	const struct software *one;

	(void)state;
	work->account = holder.account;
	license(&holder, "2026-0001", "U", work->today);
	assert_string_equal(wiki_state(), "none");
	license(&holder, "2026-0002", "0", INT32_MIN);
	assert_string_equal(wiki_state(), "requested");
	assert_string_equal(items[0].serial, "2026-0002");
	license(&holder, "2026-0003", "1", work->today);
	assert_string_equal(wiki_state(), "installed");
	license(&holder, "2026-0004", "1", work->today - 1);
	assert_string_equal(wiki_state(), "ended");
	license(&holder, "2026-0005", "2", work->today - 1);
	assert_string_equal(wiki_state(), "purchased");
	license(&holder, "2026-0006", "3", work->today - 1);
	assert_string_equal(wiki_state(), "licensed");
	assert_string_equal(items[0].serial, "2026-0006");
	show("wiki", false);
	assert_int_equal(software_by_code(work, "wiki", "ja", &one), DB_OK);
	work->account++;
	assert_int_equal(software_by_code(work, "wiki", "ja", &one), DB_NONE);
	show("wiki", true);
	assert_string_equal(wiki_state(), "none");
}

#define TEST(name) cmocka_unit_test(name)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_manifest_becomes_software),
		TEST(texts_fall_back),
		TEST(publishing_again_changes_nothing),
		TEST(another_depot_cannot_take_the_code),
		TEST(versions_stand_in_their_order),
		TEST(a_withdrawn_version_is_not_the_latest),
		TEST(the_catalog_has_pages),
		TEST(the_catalog_finds_words),
		TEST(the_catalog_filters),
		TEST(hidden_software_is_not_shown),
		TEST(related_software_is_what_one_may_see),
		TEST(own_installs_stand_beside),
	};

	return cmocka_run_group_tests(tests, data_lab_open, data_lab_close);
}
