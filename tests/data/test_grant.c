/* test_grant: what the programs' database users can and, above all, cannot
 * do. Each connects as the program does: own settings, own password file. */

#include "data_lab.h"

#include "base/file.h"
#include "base/setting.h"
#include "data/schema.h"

struct one {
	int64_t one;
};
static const struct db_column columns[] = { DB_INT_AT(struct one, one) };

#define READ(name, sql)                                                        \
	static const struct db_statement name = { #name, sql,                  \
		DB_ROW(struct one, columns) };
#define CHANGE(statement, text)                                                \
	static const struct db_statement statement = { .name = #statement,     \
		.sql = text };

READ(license_key, "SELECT COUNT(license_key) AS one FROM license")
READ(license_all, "SELECT COUNT(*) AS one FROM (SELECT * FROM license) x")
READ(license_directory, "SELECT COUNT(directory) AS one FROM license")
READ(license_digest, "SELECT COUNT(key_digest) AS one FROM license")
READ(contact, "SELECT COUNT(*) AS one FROM contact")
READ(company, "SELECT COUNT(*) AS one FROM company")
READ(contract, "SELECT COUNT(*) AS one FROM contract")
READ(account_name, "SELECT COUNT(email) AS one FROM account")
READ(password_hash, "SELECT COUNT(password_hash) AS one FROM account")
READ(session, "SELECT COUNT(*) AS one FROM session")
READ(keycheck_events, "SELECT COUNT(*) AS one FROM keycheck_event")
READ(schema_number, "SELECT COUNT(*) AS one FROM schema_change")
READ(manifest, "SELECT COUNT(manifest) AS one FROM version")
READ(mysql_users, "SELECT COUNT(*) AS one FROM mysql.global_priv")
CHANGE(event, "INSERT INTO keycheck_event (at, serial, instance, version, why,"
	      " code, key_state, address) VALUES ('2026-01-01', '', '', '',"
	      " 'start', '', '', '')")
CHANGE(license_permit, "UPDATE license SET permission_code = 0")
CHANGE(license_paid, "UPDATE license SET paid = 1")
CHANGE(audit_clean, "DELETE FROM audit")
CHANGE(audit_edit, "UPDATE audit SET detail = ''")
CHANGE(payment_edit, "UPDATE payment SET amount = 0")
CHANGE(payment_add, "INSERT INTO payment (invoice_no, amount, received_on,"
		    " reference, actor, created_at) VALUES ('', 1,"
		    " '2026-01-01', '', '', '2026-01-01')")
CHANGE(invoice_line_edit, "UPDATE invoice_line SET amount = 0")
CHANGE(price_edit, "UPDATE price SET amount = 0")
CHANGE(account_promote, "UPDATE account SET kind = 'staff'")
CHANGE(table_drop, "DROP TABLE audit")
CHANGE(schema_edit, "UPDATE schema_change SET number = 9")

static struct work
work_as(const char *program)
{
	assert_true(setting_load(program));
	return work_now(arena_new(), db_new());
}

static void
work_end(struct work *work)
{
	db_free(work->db);
	arena_free(work->arena);
	assert_true(setting_load("test"));
}

static bool
may_read(const char *program, const struct db_statement *statement)
{
	struct work work = work_as(program);
	const struct one *one;
	enum db_status status = db_row(&work, statement, DB_NO_ARGS, &one);

	work_end(&work);
	assert_true(status == DB_OK || status == DB_FAILED);
	return status == DB_OK;
}

static bool
may_change(const char *program, const struct db_statement *statement)
{
	struct work work = work_as(program);
	enum db_status status;

	assert_int_equal(db_begin(&work, DB_READ_WRITE), DB_OK);
	status = db_change(&work, statement, DB_NO_ARGS);
	db_rollback(&work);
	work_end(&work);
	assert_int_not_equal(status, DB_LOST);
	return status == DB_OK || status == DB_NONE;
}

static void
the_key_check_knows_no_secret(void **state)
{
	(void)state;
	assert_true(may_read("keycheck", &license_digest));
	assert_true(may_read("keycheck", &schema_number));
	assert_true(may_change("keycheck", &event));
	assert_false(may_read("keycheck", &license_key));
	assert_false(may_read("keycheck", &license_all));
	assert_false(may_read("keycheck", &license_directory));
	assert_false(may_read("keycheck", &contact));
	assert_false(may_read("keycheck", &company));
	assert_false(may_read("keycheck", &contract));
	assert_false(may_read("keycheck", &account_name));
	assert_false(may_read("keycheck", &session));
	assert_false(may_read("keycheck", &keycheck_events));
	assert_false(may_read("keycheck", &manifest));
	assert_false(may_change("keycheck", &license_permit));
}

static void
only_two_screens_see_hashes(void **state)
{
	static const char *const others[] = { "logout", "catalog", "software",
		"install", "job", "license", "purchase", "uninstall", "notice",
		"invoice", "agent", "keycheck", "worker" };

	(void)state;
	assert_true(may_read("login", &password_hash));
	assert_true(may_read("account", &password_hash));
	for (size_t i = 0; i < LENGTH(others); i++)
		assert_false(may_read(others[i], &password_hash));
}

static const char *const programs[] = { "login", "logout", "account", "catalog",
	"software", "install", "job", "license", "purchase", "uninstall",
	"notice", "invoice", "keycheck", "agent", "worker", "kagiya" };

static void
nobody_rewrites_history(void **state)
{
	(void)state;
	for (size_t i = 0; i < LENGTH(programs); i++) {
		assert_true(may_read(programs[i], &schema_number));
		assert_false(may_read(programs[i], &mysql_users));
		assert_false(may_change(programs[i], &audit_clean));
		assert_false(may_change(programs[i], &audit_edit));
		assert_false(may_change(programs[i], &payment_edit));
		assert_false(may_change(programs[i], &invoice_line_edit));
		assert_false(may_change(programs[i], &table_drop));
		assert_false(may_change(programs[i], &schema_edit));
	}
}

static void
screens_cannot_pay_or_promote(void **state)
{
	(void)state;
	for (size_t i = 0; i < 12; i++) {
		assert_false(may_change(programs[i], &payment_add));
		assert_false(may_change(programs[i], &price_edit));
		assert_false(may_change(programs[i], &account_promote));
		assert_false(may_change(programs[i], &license_paid));
		assert_false(may_change(programs[i], &license_permit));
	}
	assert_false(may_read("catalog", &license_key));
	assert_false(may_read("login", &license_digest));
}

/* A right given by hand is gone after the next `kagiya schema grant`, and
 * passwords stay what they are. */
static void
grants_are_what_the_file_says(void **state)
{
	static const struct db_statement more = {
		.name = "more",
		.sql =
		    "GRANT SELECT ON company TO 'kagiya_keycheck'@'localhost'"
	};
	struct work *work = data_lab_work();
	struct schema_admin admin = { .user = "root",
		.socket = setting_text("database.socket"),
		.database = "kagiya" };
	struct schema_report report;
	const char *path = arena_copy(work->arena,
	    setting_text_for("database.password_file", "keycheck"));
	const char *before = file_read(work->arena, path, 200, NULL);

	(void)state;
	data_lab_begin();
	assert_int_equal(db_change(work, &more, DB_NO_ARGS), DB_NONE);
	data_lab_commit();
	assert_true(may_read("keycheck", &company));
	admin.socket = setting_text("database.socket");
	assert_int_equal(schema_grant(work->arena, &admin,
			     setting_text("schema.dir"), &report),
	    SCHEMA_DONE);
	assert_false(may_read("keycheck", &company));
	assert_true(may_read("keycheck", &license_digest));
	assert_string_equal(before, file_read(work->arena, path, 200, NULL));
}

static void
a_wrong_password_does_not_connect(void **state)
{
	struct work *work = data_lab_work();
	const char *path = arena_copy(
	    work->arena, setting_text_for("database.password_file", "logout"));
	const struct one *one;
	struct work wrong;

	(void)state;
	assert_true(file_replace(path, "other", 5, 0600));
	wrong = work_as("logout");
	assert_int_equal(
	    db_row(&wrong, &schema_number, DB_NO_ARGS, &one), DB_LOST);
	work_end(&wrong);
}

#define TEST(name) cmocka_unit_test(name)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_key_check_knows_no_secret),
		TEST(only_two_screens_see_hashes),
		TEST(nobody_rewrites_history),
		TEST(screens_cannot_pay_or_promote),
		TEST(grants_are_what_the_file_says),
		TEST(a_wrong_password_does_not_connect),
	};

	return cmocka_run_group_tests(tests, data_lab_open, data_lab_close);
}
