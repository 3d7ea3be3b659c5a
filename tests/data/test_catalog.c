/* test_catalog: what is kept of the catalog is never other than what stands
 * in the database. */

#include "data_lab.h"

#include <string.h>

#include "data/catalog.h"
#include "data/software.h"

/* What staff and makers may do to it, each a change that the list shows. */
static const struct db_statement changes[] = {
	{ .name = "add",
	    .sql = "INSERT INTO software (code, depot_id, maker, category,"
		   " created_at) SELECT 'second', depot_id, 'm', 'tool',"
		   " '2026-01-01' FROM depot LIMIT 1" },
	{ .name = "add_version",
	    .sql = "INSERT INTO version (software_id, version, position,"
		   " released_on, manifest_sha256, manifest, archive_size,"
		   " unpacked_size, file_count) SELECT software_id, '2.0', 2,"
		   " '2026-01-01', UNHEX(SHA2('x', 256)), '', 1, 1, 1"
		   " FROM software WHERE latest_version_id IS NULL" },
	{ .name = "show",
	    .sql = "UPDATE software s JOIN version v USING (software_id)"
		   " SET s.latest_version_id = v.version_id, s.visible = 1"
		   " WHERE v.version = '2.0'" },
	{ .name = "text", .sql = "UPDATE software_text SET name = 'Renamed'" },
	{ .name = "add_text",
	    .sql = "INSERT INTO software_text SELECT software_id, 'ja', 'Z',"
		   " '', '', 'z' FROM software WHERE code = 'second'" },
	{ .name = "add_price",
	    .sql = "INSERT INTO price (software_id, users_from, amount,"
		   " valid_from) SELECT software_id, 1, 1000, '2020-01-01'"
		   " FROM software" },
	{ .name = "price", .sql = "UPDATE price SET amount = 3000" },
	{ .name = "version", .sql = "UPDATE version SET icon = 'i.svg'" },
	{ .name = "no_price", .sql = "DELETE FROM price" },
	{ .name = "no_text",
	    .sql = "DELETE FROM software_text WHERE name = 'Z'" },
	{ .name = "hide",
	    .sql = "UPDATE software SET visible = 0"
		   " WHERE code = 'second'" },
	{ .name = "no_version",
	    .sql = "DELETE v FROM version v JOIN software s USING (software_id)"
		   " WHERE s.code = 'second'" },
	{ .name = "no_software",
	    .sql = "DELETE FROM software WHERE code = 'second'" },
};

static const struct db_statement *const add_version = &changes[1];
static const struct db_statement *const show_all = &changes[2];

static const struct db_statement rename_first = { .name = "rename",
	.sql = "UPDATE software_text SET name = ?" };

static const struct db_statement first_text = { .name = "first_text",
	.sql = "INSERT INTO software_text SELECT software_id, 'ja', 'First',"
	       " '', '', 'first' FROM software WHERE code = 'first'" };

struct mark {
	const char *mark;
};
static const struct db_column mark_columns[] = { DB_TEXT_AT(
    struct mark, mark) };
static const struct db_statement the_mark = { "mark",
	"SELECT mark FROM catalog_mark", DB_ROW(struct mark, mark_columns) };

static const struct catalog_item *items;
static size_t item_count;

/* The list as this connection sees it, of a catalog opened before. */
static int64_t
list(struct work *work, const struct catalog *catalog,
    struct catalog_query query)
{
	int64_t total = -1;

	query.language = query.language ? query.language : "ja";
	query.q = query.q ? query.q : "";
	query.category = query.category ? query.category : "";
	query.os = query.os ? query.os : "";
	query.kind = query.kind ? query.kind : "";
	assert_int_equal(
	    catalog_list(work, catalog, &query, &items, &item_count, &total),
	    DB_OK);
	return total;
}

static const struct catalog *
open(struct work *work)
{
	const struct catalog *catalog;

	assert_int_equal(catalog_open(work, &catalog), DB_OK);
	return catalog;
}

#define NOW(work, ...)                                                         \
	list((work), open(work), (struct catalog_query){ __VA_ARGS__ })

static const char *
mark(void)
{
	const struct mark *row;

	assert_int_equal(
	    db_row(data_lab_work(), &the_mark, DB_NO_ARGS, &row), DB_OK);
	return row->mark;
}

/* All of the list and of the categories in a line. */
static const char *
seen(struct work *work, const char *q)
{
	const struct catalog *catalog = open(work);
	const struct catalog_category *categories;
	const char *line = "";
	size_t count;

	list(work, catalog, (struct catalog_query){ .q = q });
	for (size_t i = 0; i < item_count; i++)
		line = arena_print(work->arena, "%s %s,%s,%s,%s,%d", line,
		    items[i].code, items[i].version, items[i].name,
		    items[i].icon, (int)items[i].price_total);
	assert_int_equal(
	    catalog_categories(work, catalog, &categories, &count), DB_OK);
	for (size_t i = 0; i < count; i++)
		line = arena_print(work->arena, "%s %s=%d", line,
		    categories[i].code, (int)categories[i].count);
	return line;
}

static void
change(struct work *work, const struct db_statement *statement)
{
	assert_int_equal(db_begin(work, DB_READ_WRITE), DB_OK);
	assert_int_equal(db_change(work, statement, DB_NO_ARGS), DB_OK);
	assert_int_equal(db_commit(work), DB_OK);
}

static void
name_first(struct work *work, const char *name)
{
	assert_int_equal(
	    db_change(work, &rename_first, DB_ARGS(db_text(name))), DB_OK);
}

static void
make_first(void)
{
	const struct software first = {
		.code = "first",
		.maker = "maker",
		.maker_url = "",
		.category = "tool",
		.kind = "program",
		.model = "license",
	};
	struct work *work = data_lab_work();
	struct software copy = first;
	int64_t id;

	data_lab_begin();
	copy.depot_id = data_lab_depot("depot");
	assert_int_equal(software_add(work, &copy, &id), DB_OK);
	data_lab_commit();
	change(work, &first_text);
	change(work, add_version);
	change(work, show_all);
}

static void
it_is_kept(void **state)
{
	struct work *work = data_lab_work();
	const char *code;

	(void)state;
	make_first();
	assert_int_equal(NOW(work), 1);
	code = items[0].code;
	assert_int_equal(NOW(work), 1);
	assert_ptr_equal(items[0].code, code);
	assert_int_equal(NOW(work, .q = "first"), 1);
	assert_ptr_not_equal(items[0].code, code);
}

/* As it is read afresh: a search is not kept. */
static void
each_change_is_seen_at_once(void **state)
{
	struct work *work = data_lab_work();
	struct work other = work_now(work->arena, db_new());

	(void)state;
	for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++) {
		const char *before = mark();

		(void)seen(work, "");
		change(&other, &changes[i]);
		assert_string_not_equal(mark(), before);
		if (strcmp(seen(work, ""), seen(work, " ")) != 0)
			fail_msg("after %s: %s, wanted %s", changes[i].name,
			    seen(work, ""), seen(work, " "));
	}
	assert_string_equal(
	    seen(work, ""), " first,2.0,Renamed,i.svg,0 tool=1");
	db_free(other.db);
}

static void
what_is_undone_was_never_there(void **state)
{
	struct work *work = data_lab_work();
	struct work other = work_now(work->arena, db_new());
	const char *before = mark();

	(void)state;
	assert_int_equal(db_begin(&other, DB_READ_WRITE), DB_OK);
	name_first(&other, "Undone");
	assert_int_equal(NOW(&other), 1);
	assert_string_equal(items[0].name, "Undone");
	assert_int_equal(NOW(work), 1);
	assert_string_equal(items[0].name, "Renamed");
	db_rollback(&other);
	assert_string_equal(mark(), before);
	assert_int_equal(NOW(&other), 1);
	assert_string_equal(items[0].name, "Renamed");
	db_free(other.db);
}

/* A page is of one moment, whatever others of the same process have read. */
static void
a_transaction_sees_its_own_moment(void **state)
{
	struct work *work = data_lab_work();
	struct work other = work_now(work->arena, db_new());
	const struct catalog *catalog;

	(void)state;
	assert_int_equal(db_begin(work, DB_READ_ONLY), DB_OK);
	catalog = open(work);
	assert_int_equal(db_begin(&other, DB_READ_WRITE), DB_OK);
	name_first(&other, "Later");
	assert_int_equal(db_commit(&other), DB_OK);
	assert_int_equal(NOW(&other), 1);
	assert_string_equal(items[0].name, "Later");
	assert_int_equal(
	    list(work, catalog, (struct catalog_query){ .page = 0 }), 1);
	assert_string_equal(items[0].name, "Renamed");
	assert_int_equal(db_commit(work), DB_OK);
	assert_int_equal(NOW(work), 1);
	assert_string_equal(items[0].name, "Later");
	db_free(other.db);
}

static void
many_lists_do_no_harm(void **state)
{
	struct work *work = data_lab_work();

	(void)state;
	for (int turn = 0; turn < 2; turn++)
		for (int64_t price = 1; price <= 200; price++) {
			assert_int_equal(NOW(work, .price_max = price), 1);
			assert_string_equal(items[0].code, "first");
			assert_int_equal(NOW(work, .page = price + 1), 1);
			assert_int_equal(item_count, 0);
		}
	assert_int_equal(NOW(work, .kind = "content"), 0);
	assert_int_equal(NOW(work, .category = "tool"), 1);
	assert_int_equal(NOW(work, .category = "t\xC3\xB6l"), 0);
}

static void
it_outlives_the_connection(void **state)
{
	struct work *work = data_lab_work();

	(void)state;
	data_lab_restart_server();
	assert_int_equal(NOW(work), 1);
	assert_string_equal(items[0].name, "Later");
}

#define TEST(name) cmocka_unit_test(name)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(it_is_kept),
		TEST(each_change_is_seen_at_once),
		TEST(what_is_undone_was_never_there),
		TEST(a_transaction_sees_its_own_moment),
		TEST(many_lists_do_no_harm),
		TEST(it_outlives_the_connection),
	};

	return cmocka_run_group_tests(tests, data_lab_open, data_lab_close);
}
