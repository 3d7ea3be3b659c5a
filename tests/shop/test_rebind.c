/* test_rebind: a license moves to another instance, by its owner, three times
 * in 365 days, however many ask at once. */

#include "world.h"

#include "crowd.h"

#include <stdlib.h>

#include "shop/rebind.h"

enum { FIFTY = 50 };

static int made;
static const char *serial;

static const char *
new_instance(void)
{
	return arena_print(
	    world_work()->arena, "TESTTESTTESTTESTTESTT%05d", made++);
}

static enum rebind_result
rebind(const char *instance)
{
	enum rebind_result result;

	world_begin();
	result = rebind_instance(world_work(), serial, instance);
	if (result == REBIND_DONE)
		world_commit();
	else
		world_rollback();
	return result;
}

static struct rebind_room
room(void)
{
	struct rebind_room room;

	assert_int_equal(rebind_room(world_work(), serial, &room), DB_OK);
	return room;
}

static void
fresh(void)
{
	world_customer();
	serial = world_install(WIKI, "wiki");
	world_play("license");
}

static int64_t
revision(void)
{
	return strtol(world_license(serial, "revision"), NULL, 10);
}

static void
it_moves_and_the_revision_rises(void **state)
{
	const char *target = new_instance();
	const char *before;
	const struct instance_move *list;
	size_t count;
	int64_t old;

	(void)state;
	fresh();
	before = world_license(serial, "instance");
	old = revision();
	assert_int_equal(rebind(target), REBIND_DONE);
	assert_string_equal(world_license(serial, "instance"), target);
	assert_int_equal(revision(), old + 1);
	assert_int_equal(
	    instance_move_list(world_work(), serial, &list, &count), DB_OK);
	assert_int_equal(count, 1);
	assert_string_equal(list->instance_before, before);
	assert_string_equal(list->instance, target);
	assert_int_equal(list->created_at, world_work()->now);
	world_play("test");
	assert_string_equal(
	    world_text("SELECT CONCAT(action, ' ', object) FROM audit"
		       " ORDER BY audit_id DESC LIMIT 1"),
	    arena_print(world_work()->arena, "license.move %s", serial));
	assert_string_equal(world_text("SELECT reason FROM verdict_change"
				       " ORDER BY change_id DESC LIMIT 1"),
	    "instance-moved");
}

static void
the_same_again_counts_nothing(void **state)
{
	const char *target = new_instance();
	int64_t old;

	(void)state;
	fresh();
	assert_int_equal(rebind(target), REBIND_DONE);
	old = revision();
	for (int i = 0; i < 5; i++)
		assert_int_equal(rebind(target), REBIND_SAME);
	assert_int_equal(room().used, 1);
	assert_int_equal(revision(), old);
	world_play("test");
}

static void
the_fourth_in_a_year_is_too_many(void **state)
{
	(void)state;
	world_day("2026-10-01");
	fresh();
	assert_int_equal(room().left, 3);
	assert_int_equal(room().more_at, 0);
	assert_int_equal(rebind(new_instance()), REBIND_DONE);
	world_day("2026-12-01");
	assert_int_equal(rebind(new_instance()), REBIND_DONE);
	assert_int_equal(rebind(new_instance()), REBIND_DONE);
	assert_int_equal(rebind(new_instance()), REBIND_TOO_MANY);
	assert_int_equal(room().left, 0);
	world_day("2027-09-30");
	assert_int_equal(rebind(new_instance()), REBIND_TOO_MANY);
	world_day("2027-10-01");
	assert_int_equal(room().more_at, world_work()->now + 61L * 86400);
	assert_int_equal(rebind(new_instance()), REBIND_DONE);
	assert_int_equal(rebind(new_instance()), REBIND_TOO_MANY);
	/* a clock that was set back gives nothing away */
	world_day("2026-06-01");
	assert_int_equal(rebind(new_instance()), REBIND_TOO_MANY);
	world_day("2026-10-01");
	world_play("test");
}

static enum db_status
lift(struct work *work, void *context)
{
	return rebind_lift(work, serial, context);
}

static void
staff_lift(void **state)
{
	int64_t lifted = -1;

	(void)state;
	fresh();
	for (int i = 0; i < REBIND_MOST; i++)
		assert_int_equal(rebind(new_instance()), REBIND_DONE);
	assert_int_equal(rebind(new_instance()), REBIND_TOO_MANY);
	world_play("kagiya");
	assert_int_equal(db_transact(world_work(), lift, &lifted), DB_OK);
	assert_int_equal(lifted, REBIND_MOST);
	assert_int_equal(db_transact(world_work(), lift, &lifted), DB_OK);
	assert_int_equal(lifted, 0);
	world_play("license");
	assert_int_equal(room().left, REBIND_MOST);
	assert_int_equal(rebind(new_instance()), REBIND_DONE);
	assert_int_equal(room().left, REBIND_MOST - 1);
	serial = "2026-9999";
	assert_int_equal(db_transact(world_work(), lift, &lifted), DB_NONE);
	world_play("test");
}

static void
what_is_refused_changes_nothing(void **state)
{
	static const char *const bad[] = {
		"", "short", "TESTTESTTESTTESTTESTT 0000",
		"TESTTESTTESTTESTTESTTTESTTE", "TESTTESTTESTTESTTESTT0000\n",
		"\xe3\x81\x82\xe3\x81\x82\xe3\x81\x82\xe3\x81\x82TESTTESTTESTTE"
	};
	const char *mine, *other;
	int64_t owner;

	(void)state;
	fresh();
	owner = world_work()->account;
	mine = world_license(serial, "CONCAT(instance, revision)");
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(rebind(bad[i]), REBIND_BAD);
	other = world_text(arena_print(world_work()->arena,
	    "SELECT instance FROM license WHERE serial <> '%s' LIMIT 1",
	    serial));
	assert_int_equal(rebind(other), REBIND_TAKEN);
	world_play("test");
	world_customer();
	world_play("license");
	assert_int_equal(rebind(new_instance()), REBIND_MISSING);
	assert_int_equal(
	    rebind_room(world_work(), serial, &(struct rebind_room){ 0 }),
	    DB_NONE);
	world_as(owner);
	assert_string_equal(
	    world_license(serial, "CONCAT(instance, revision)"), mine);
	assert_int_equal(room().used, 0);
	world_play("test");
	world_change(arena_print(world_work()->arena,
	    "UPDATE license SET status = 'U' WHERE serial = '%s'", serial));
	assert_int_equal(rebind(new_instance()), REBIND_ENDED);
}

static enum db_status
move_one(struct work *work, void *context)
{
	switch (rebind_instance(work, serial, context)) {
	case REBIND_DONE:
		return DB_OK;
	case REBIND_RETRY:
		return DB_RETRY;
	case REBIND_TOO_MANY:
		return DB_NONE;
	case REBIND_SAME:
	case REBIND_MISSING:
	case REBIND_ENDED:
	case REBIND_BAD:
	case REBIND_TAKEN:
	case REBIND_BROKEN:
		break;
	}
	return DB_FAILED;
}

/* 1 for a move, 0 for a refusal; anything else fails the test. */
static int
move_each(int number)
{
	char *target = arena_print(
	    world_work()->arena, "CROWDCROWDCROWDCROWDCR%04d", number);

	const enum db_status status =
	    db_transact(world_work(), move_one, target);

	if (status != DB_OK && status != DB_NONE)
		return 101;
	return status == DB_OK;
}

static void
fifty_at_once_are_three(void **state)
{
	int64_t old;

	(void)state;
	fresh();
	old = revision();
	assert_int_equal(crowd_run(FIFTY, move_each), REBIND_MOST);
	assert_int_equal(room().used, REBIND_MOST);
	assert_int_equal(revision(), old + REBIND_MOST);
	world_play("test");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_moves_and_the_revision_rises),
		cmocka_unit_test(the_same_again_counts_nothing),
		cmocka_unit_test(the_fourth_in_a_year_is_too_many),
		cmocka_unit_test(staff_lift),
		cmocka_unit_test(what_is_refused_changes_nothing),
		cmocka_unit_test(fifty_at_once_are_three),
	};

	return cmocka_run_group_tests(tests, world_open, world_close);
}
