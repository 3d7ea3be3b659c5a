/* test_statements: every statement of every module is what the tables of
 * schema/sql take and give. Linked with the whole library. */

#include "data_lab.h"

#include <string.h>

#include "data/schema.h"

static void
every_statement_is_known(void **state)
{
	size_t count = 0, bad = 0;

	(void)state;
	for (const struct db_module *module = db_modules(); module;
	     module = module->next)
		for (size_t i = 0; i < module->count; i++) {
			count++;
			if (db_check(data_lab_work(), module->statements[i]) ==
			    DB_OK)
				continue;
			bad++;
			print_message("# %s: %s does not fit\n", module->name,
			    module->statements[i]->name);
		}
	print_message("# %zu statements\n", count);
	assert_true(count > 100);
	assert_int_equal(bad, 0);
}

static bool
is_twice(const struct db_module *module, size_t index)
{
	const char *name = module->statements[index]->name;
	size_t found = 0;

	for (const struct db_module *other = db_modules(); other;
	     other = other->next)
		for (size_t i = 0; i < other->count; i++)
			found += strcmp(other->statements[i]->name, name) == 0;
	return found > 1;
}

/* Names appear in logs, so they say which statement it was. */
static void
names_are_theirs_alone(void **state)
{
	size_t bad = 0;

	(void)state;
	for (const struct db_module *module = db_modules(); module;
	     module = module->next)
		for (size_t i = 0; i < module->count; i++)
			if (is_twice(module, i)) {
				bad++;
				print_message("# %s is there twice\n",
				    module->statements[i]->name);
			}
	assert_int_equal(bad, 0);
}

/* The check finds what it is for. */
struct server_name {
	int64_t name;
};
static const struct db_column wrong_kind[] = {
	DB_INT_AT(struct server_name, name),
};
static const struct db_statement other_kind = { "other_kind",
	"SELECT name FROM server", DB_ROW(struct server_name, wrong_kind) };
static const struct db_statement other_name = { "other_name",
	"SELECT server_id FROM server",
	DB_ROW(struct server_name, wrong_kind) };
static const struct db_statement other_table = { .name = "other_table",
	.sql = "DELETE FROM no_table" };

static void
the_check_finds_faults(void **state)
{
	struct work *work = data_lab_work();

	(void)state;
	assert_int_equal(db_check(work, &other_kind), DB_FAILED);
	assert_int_equal(db_check(work, &other_name), DB_FAILED);
	assert_int_equal(db_check(work, &other_table), DB_FAILED);
}

static void
the_schema_is_ours(void **state)
{
	(void)state;
	assert_int_equal(schema_is_ours(data_lab_work()), DB_OK);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_statement_is_known),
		cmocka_unit_test(names_are_theirs_alone),
		cmocka_unit_test(the_check_finds_faults),
		cmocka_unit_test(the_schema_is_ours),
	};

	return cmocka_run_group_tests(tests, data_lab_open, data_lab_close);
}
