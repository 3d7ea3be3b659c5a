/* test_schema: files are applied once, in order, and never after an edit. */

#include "data_lab.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/setting.h"
#include "data/schema.h"
#include "data/schema_file.h"

static struct schema_admin
admin_of(const char *database)
{
	return (struct schema_admin){
		.socket = setting_text("database.socket"),
		.user = "root",
		.database = database,
	};
}

static struct schema_report report;

static enum schema_end
upgrade(const char *folder, const char *database)
{
	const struct schema_admin admin = admin_of(database);

	return schema_upgrade(data_lab_work()->arena, &admin, folder, &report);
}

static const char *
folder_with_two(void)
{
	struct arena *arena = data_lab_work()->arena;
	const char *folder = lab_folder(arena);

	(void)lab_file(arena, folder, "0001-a.sql",
	    "-- a comment;\nCREATE TABLE IF NOT EXISTS schema_change (number"
	    " INT PRIMARY KEY, name VARCHAR(80) NOT NULL,\n"
	    "\tsha256 CHAR(64) NOT NULL, applied_at DATETIME NOT NULL);\n\n"
	    "CREATE TABLE IF NOT EXISTS a (a INT COMMENT 'x; y');  \n");
	(void)lab_file(arena, folder, "0002-b.sql",
	    "CREATE TABLE IF NOT EXISTS b (b INT);\n");
	(void)lab_file(arena, folder, "grant.sql", "-- nothing\n");
	return folder;
}

static void
ours_is_there_already(void **state)
{
	const char *folder = setting_text("schema.dir");

	(void)state;
	assert_int_equal(upgrade(folder, "kagiya"), SCHEMA_DONE);
	assert_int_equal(report.applied_now, 0);
	assert_int_equal(report.count, SCHEMA_NUMBER);
	for (size_t i = 0; i < report.count; i++)
		assert_true(report.files[i].applied && !report.files[i].edited);
}

/* What a program finds when the files are newer than itself, or older. */
static void
programs_see_another_schema(void **state)
{
	static const struct db_statement add = { .name = "newer",
		.sql = "INSERT INTO schema_change (number, name, sha256,"
		       " applied_at) VALUES (999, 'newer', '', '2026-01-01')" };
	static const struct db_statement take = { .name = "older",
		.sql = "DELETE FROM schema_change WHERE number >= ?" };
	struct work *work = data_lab_work();

	(void)state;
	data_lab_begin();
	assert_int_equal(db_change(work, &add, DB_NO_ARGS), DB_OK);
	assert_int_equal(schema_is_ours(work), DB_NONE);
	assert_int_equal(
	    db_change(work, &take, DB_ARGS(db_int(SCHEMA_NUMBER))), DB_OK);
	assert_int_equal(schema_is_ours(work), DB_NONE);
	db_rollback(work);
	assert_int_equal(schema_is_ours(work), DB_OK);
}

/* A fresh database and one whose files were cut short and repeated are the
 * same, but for the client that triggers remember. */
static void
files_can_be_repeated(void **state)
{
	struct arena *arena = data_lab_work()->arena;
	char *command = arena_print(arena,
	    "set -e; sql() { mariadb --no-defaults -S '%s' -u root \"$@\"; };"
	    "sql -e 'CREATE DATABASE again CHARACTER SET utf8mb4 COLLATE"
	    " utf8mb4_nopad_bin';"
	    "cat '%s'/0*.sql | sql again; cat '%s'/0*.sql | sql again;"
	    "for db in kagiya again; do mariadb-dump --no-defaults -S '%s'"
	    " -u root --no-data --compact --skip-comments $db |"
	    " sed -e 's/ AUTO_INCREMENT=[0-9]*//'"
	    " -e '/ SET sql_mode /d; / SET c[a-z_]* /d'"
	    " >\"$KAGIYA_TEST_DIR/$db.sql\";"
	    " done; cmp \"$KAGIYA_TEST_DIR/kagiya.sql\""
	    " \"$KAGIYA_TEST_DIR/again.sql\"",
	    setting_text("database.socket"), setting_text("schema.dir"),
	    setting_text("schema.dir"), setting_text("database.socket"));

	(void)state;
	assert_int_equal(system(command), 0);
}

static void
each_file_is_applied_once(void **state)
{
	struct arena *arena = data_lab_work()->arena;
	const char *folder = folder_with_two();

	(void)state;
	assert_int_equal(upgrade(folder, "once"), SCHEMA_DONE);
	assert_int_equal(report.applied_now, 2);
	assert_int_equal(upgrade(folder, "once"), SCHEMA_DONE);
	assert_int_equal(report.applied_now, 0);
	(void)lab_file(arena, folder, "0003-c.sql",
	    "CREATE TABLE IF NOT EXISTS c (c INT);\n");
	assert_int_equal(upgrade(folder, "once"), SCHEMA_DONE);
	assert_int_equal(report.applied_now, 1);
	assert_string_equal(report.files[2].name, "0003-c.sql");
}

static void
an_edited_file_is_refused(void **state)
{
	struct arena *arena = data_lab_work()->arena;
	const char *folder = folder_with_two();
	const struct schema_admin admin = admin_of("edited");

	(void)state;
	assert_int_equal(upgrade(folder, "edited"), SCHEMA_DONE);
	(void)lab_file(arena, folder, "0002-b.sql",
	    "CREATE TABLE IF NOT EXISTS b (b BIGINT);\n");
	(void)lab_file(arena, folder, "0003-c.sql",
	    "CREATE TABLE IF NOT EXISTS c (c INT);\n");
	assert_int_equal(upgrade(folder, "edited"), SCHEMA_EDITED);
	assert_non_null(strstr(report.trouble, "0002-b.sql"));
	assert_int_equal(
	    schema_status(arena, &admin, folder, &report), SCHEMA_DONE);
	assert_false(report.files[0].edited);
	assert_true(report.files[1].edited);
	assert_false(report.files[2].applied);
}

static void
gaps_and_doubles_are_refused(void **state)
{
	struct arena *arena = data_lab_work()->arena;
	const char *folder = folder_with_two();

	(void)state;
	(void)lab_file(arena, folder, "0004-d.sql", "SELECT 1;\n");
	assert_int_equal(upgrade(folder, "gap"), SCHEMA_GAP);
	(void)lab_file(arena, folder, "0003-c.sql", "SELECT 1;\n");
	(void)lab_file(arena, folder, "0003-d.sql", "SELECT 1;\n");
	assert_int_equal(upgrade(folder, "gap"), SCHEMA_GAP);
	assert_int_equal(upgrade("/no/such", "gap"), SCHEMA_NO_FILE);
}

static void
a_newer_database_is_refused(void **state)
{
	const char *folder = folder_with_two();

	(void)state;
	assert_int_equal(upgrade(folder, "newer"), SCHEMA_DONE);
	assert_int_equal(unlink(arena_print(
			     data_lab_work()->arena, "%s/0002-b.sql", folder)),
	    0);
	assert_int_equal(upgrade(folder, "newer"), SCHEMA_NEWER);
}

static void
a_wrong_statement_stops_and_is_named(void **state)
{
	struct arena *arena = data_lab_work()->arena;
	const char *folder = folder_with_two();

	(void)state;
	(void)lab_file(arena, folder, "0002-b.sql",
	    "CREATE TABLE IF NOT EXISTS b (b INT);\nCREATE NONSENSE;\n");
	(void)lab_file(arena, folder, "0003-c.sql",
	    "CREATE TABLE IF NOT EXISTS c (c INT);\n");
	assert_int_equal(upgrade(folder, "wrong"), SCHEMA_FAILED);
	assert_int_equal(report.applied_now, 1);
	assert_non_null(strstr(report.trouble, "0002-b.sql"));
	(void)lab_file(arena, folder, "0002-b.sql",
	    "CREATE TABLE IF NOT EXISTS b (b INT);\n");
	assert_int_equal(upgrade(folder, "wrong"), SCHEMA_DONE);
	assert_int_equal(report.applied_now, 2);
}

static void
a_missing_server_is_said(void **state)
{
	struct schema_admin admin = admin_of("kagiya");

	(void)state;
	admin.socket = "/nowhere/socket";
	assert_int_equal(schema_upgrade(data_lab_work()->arena, &admin,
			     setting_text("schema.dir"), &report),
	    SCHEMA_NO_SERVER);
}

static void
statements_end_with_lines(void **state)
{
	struct arena *arena = data_lab_work()->arena;
	const char *rest = "-- x;\n\nA\n B; C\n;\nD;";

	(void)state;
	assert_string_equal(schema_statement(arena, &rest), "A\n B; C\n");
	assert_string_equal(schema_statement(arena, &rest), "D");
	assert_null(schema_statement(arena, &rest));
}

#define TEST(name) cmocka_unit_test(name)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(ours_is_there_already),
		TEST(programs_see_another_schema),
		TEST(files_can_be_repeated),
		TEST(each_file_is_applied_once),
		TEST(an_edited_file_is_refused),
		TEST(gaps_and_doubles_are_refused),
		TEST(a_newer_database_is_refused),
		TEST(a_wrong_statement_stops_and_is_named),
		TEST(a_missing_server_is_said),
		TEST(statements_end_with_lines),
	};

	return cmocka_run_group_tests(tests, data_lab_open, data_lab_close);
}
