/* test_walk: thousands of wishes, ends, failures and changes of mind in no
 * order at all; whatever comes, the shop's books say what the servers have. */

#include "world.h"

#include <stdlib.h>
#include <string.h>

#include "data/job.h"
#include "data/license.h"
#include "shop/action.h"
#include "shop/delivery.h"

enum { LICENSES = 3, AREAS = 3, STEPS = 1500, HOURS = 36 };

/* A license, and what is really there: agents change it when they are done. */
struct thing {
	const char *serial;
	int64_t area_id;
	const char *directory;
	const char *version;
	const char *kept; /* "" for none */
	bool out;         /* taken out, on its way */
};

static struct thing things[LICENSES];
static int64_t areas[AREAS];
static int64_t servers[2];
static uint32_t dice;
static int done_well[11], turns;

static uint32_t
roll(uint32_t sides)
{
	dice ^= dice << 13;
	dice ^= dice >> 17;
	dice ^= dice << 5;
	return dice % sides;
}

static const char *
text(const char *format, const char *serial)
{
	const char *place = strstr(format, "%s");

	return world_text(arena_print(world_work()->arena, "%.*s%s%s",
	    (int)(place - format), format, serial, place + 2));
}

static int64_t
server_of(int64_t area_id)
{
	return world_number(arena_print(world_work()->arena,
	    "SELECT server_id FROM area WHERE area_id = %lld",
	    (long long)area_id));
}

static enum wish_result
wish(const struct thing *thing)
{
	static const char *const directories[] = { "a", "b", "c/d", "e" };
	struct work *work = world_work();
	const struct wish_place place = { areas[roll(AREAS)],
		directories[roll(4)] };
	struct wish_done done;
	const char *backup;

	switch (roll(7)) {
	case 0:
		return wish_upgrade(work, thing->serial, NULL, &done);
	case 1:
		return wish_roll_back(work, thing->serial);
	case 2:
		return wish_back_up(work, thing->serial);
	case 3:
		backup = text("SELECT COALESCE(MAX(b.name), 'none') FROM backup"
			      " b JOIN license l USING (area_id)"
			      " WHERE l.serial = '%s'",
		    thing->serial);
		return wish_restore(work, thing->serial, backup);
	case 4:
		return wish_move(work, thing->serial, &place, &done);
	case 5:
		return wish_again(work, thing->serial, &done);
	default:
		return wish_call_off(work, thing->serial);
	}
}

static void
make_a_wish(void)
{
	world_begin();
	const enum wish_result result = wish(&things[roll(LICENSES)]);

	assert_int_not_equal(result, WISH_BROKEN);
	assert_int_not_equal(result, WISH_RETRY);
	if (result == WISH_DONE)
		world_commit();
	else
		world_rollback();
}

static struct thing *
thing_of(const char *serial)
{
	for (int i = 0; i < LICENSES; i++)
		if (strcmp(things[i].serial, serial) == 0)
			return &things[i];
	return NULL;
}

static bool
is_action(const struct job_order *order, const char *action)
{
	return strcmp(order->action, action) == 0;
}

static int64_t
area_named(const char *name)
{
	return world_number(arena_print(world_work()->arena,
	    "SELECT area_id FROM area WHERE name = '%s'", name));
}

/* What the agent has done when it says that it is done. */
static void
do_it(struct thing *thing, const struct job_order *order)
{
	struct arena *arena = world_work()->arena;

	if (is_action(order, "upgrade") || is_action(order, "rollback") ||
	    is_action(order, "restore")) {
		assert_string_equal(order->from, thing->version);
		thing->kept = thing->version;
		thing->version = arena_copy(arena, order->version);
	}
	if (is_action(order, "import")) {
		thing->area_id = area_named(order->area);
		thing->directory = arena_copy(arena, order->directory);
		thing->kept = "";
	}
	if (is_action(order, "export"))
		assert_false(thing->out);
	if (is_action(order, "import") || is_action(order, "return"))
		assert_true(thing->out);
	if (is_action(order, "export") || is_action(order, "import") ||
	    is_action(order, "return"))
		thing->out = is_action(order, "export");
}

static enum delivery_result
report(int64_t server_id, const struct job_order *order, const char *step,
    const char *state)
{
	const struct delivery_report told = {
		.job_id = order->job_id,
		.step = step,
		.state = state,
		.detail = strcmp(state, "failed") == 0 ? "agent.file no"
			  : strcmp(state, "held") == 0 ? "depot.unreachable no"
			  : is_action(order, "export")
			      ? "parcel 00112233445566778899aabbccddeeff0011"
				"2233445566778899aabbccddeeff 9"
			      : "",
		.left_over =
		    is_action(order, "backup")
			? arena_print(world_work()->arena,
			      "backup-%lld.tar.gz\n", (long long)order->job_id)
			: "",
	};

	return delivery_report(world_work(), server_id, &told);
}

/* The agent of a server asks, and goes some way with what it gets. */
static void
ask_and_work(void)
{
	const int64_t server_id = servers[roll(2)];
	const struct job_order *order;
	enum delivery_result result;

	world_begin();
	result = delivery_next(world_work(), server_id, NULL, &order);
	world_commit();
	if (result == DELIVERY_NOTHING)
		return;
	assert_int_equal(result, DELIVERY_DONE);
	const struct action *action = action_find(order->action);
	const int last = (int)(strchr("rd", order->action[0]) != NULL ? 2 : 3);
	world_begin();
	result =
	    report(server_id, order, action->steps[roll((uint32_t)last)].name,
		roll(6) == 0 ? "held" : "running");
	if (result == DELIVERY_OVER) {
		/* Called off: undone. */
		result = report(server_id, order, "CHECKED", "failed");
	} else if (roll(3) == 0) {
		result = report(server_id, order, "CHECKED", "failed");
	} else if (roll(4) != 0) {
		do_it(thing_of(order->serial), order);
		done_well[action - action_find("install")]++;
		result = report(server_id, order, "REPORTED", "done");
	}
	assert_int_equal(result, DELIVERY_DONE);
	world_commit();
}

/* The books and what is there. */
static void
compare(const struct thing *thing)
{
	const struct license *license;
	const struct job *last;
	struct work *work = world_work();

	world_begin();
	assert_int_equal(
	    license_by_serial(work, "ja", thing->serial, &license), DB_OK);
	assert_int_equal(job_latest(work, thing->serial, &last), DB_OK);
	world_rollback();
	const bool stuck = strcmp(last->action, "return") == 0 &&
			   strcmp(last->state, "done") != 0;
	const bool moving = strcmp(text("SELECT COUNT(*) FROM move WHERE"
					" ended_at IS NULL AND serial = '%s'",
				       thing->serial),
				"0") != 0;

	assert_string_equal(license->version, thing->version);
	assert_string_equal(
	    license->kept_version == NULL ? "" : license->kept_version,
	    thing->kept);
	assert_int_equal(license->area_id, thing->area_id);
	assert_string_equal(license->directory, thing->directory);
	if (!action_is_open(last) && !stuck) {
		assert_false(thing->out);
		assert_false(moving);
		assert_true(wish_is_free(license, last));
	}
	if (thing->out)
		assert_false(wish_is_free(license, last));
	assert_string_equal(text("SELECT COUNT(*) < 2 FROM job WHERE state IN"
				 " ('waiting', 'running') AND serial = '%s'",
				thing->serial),
	    "1");
	assert_int_equal(
	    last->server_id, action_is_open(last) && last->move_id == 0
				 ? server_of(thing->area_id)
				 : last->server_id);
}

/* Two programs are never in one place. */
static void
compare_places(void)
{
	assert_int_equal(world_number("SELECT COUNT(*) FROM license a"
				      " JOIN license b ON a.serial < b.serial"
				      " AND a.area_id = b.area_id"
				      " AND a.directory = b.directory"
				      " AND a.status <> 'U'"
				      " AND b.status <> 'U'"),
	    0);
}

static void
add_area(const char *name, int64_t server_id)
{
	world_change(arena_print(world_work()->arena,
	    "INSERT INTO area (account_id, server_id, name, owner, url,"
	    " quota_mb) VALUES (%lld, %lld, '%s', 'www',"
	    " 'http://127.0.0.9/', 100)",
	    (long long)world_work()->account, (long long)server_id, name));
}

static void
furnish(void)
{
	world_customer();
	world_change("INSERT INTO server (name, os_model, ip_address, php,"
		     " public_key) VALUES ('far', 'Debian', '192.0.2.7',"
		     " '8.4', REPEAT('k', 32))");
	servers[0] = world_number("SELECT MIN(server_id) FROM server");
	servers[1] = world_number("SELECT MAX(server_id) FROM server");
	add_area("second", servers[0]);
	add_area("third", servers[1]);
	areas[0] = world_area();
	areas[1] = area_named("second");
	areas[2] = area_named("third");
}

static void
install_all(void)
{
	static const char *const directories[] = { "x", "y", "z" };

	for (int i = 0; i < LICENSES; i++)
		things[i] = (struct thing){
			.serial = world_install(WIKI, directories[i]),
			.area_id = areas[0],
			.directory = directories[i],
			.version = "1.0",
			.kept = "",
		};
}

static void
whatever_comes_the_books_are_right(void **state)
{
	const char *seed = getenv("KAGIYA_WALK");

	(void)state;
	dice = seed == NULL ? 20261122 : (uint32_t)strtoul(seed, NULL, 10);
	print_message("# KAGIYA_WALK=%u walks this way again\n", dice);
	furnish();
	install_all();
	world_publish(WIKI, "");
	for (turns = 0; turns < STEPS; turns++) {
		/* Agents call, so that nobody is away. */
		if (turns % (STEPS / HOURS) == 0)
			world_change("UPDATE server SET last_contact ="
				     " '2026-10-01 03:00:00'");
		if (roll(5) < 2)
			make_a_wish();
		else
			ask_and_work();
		for (int i = 0; i < LICENSES; i++)
			compare(&things[i]);
		compare_places();
		if (turns == STEPS / 2)
			world_publish(WIKI, "");
	}
	/* Each of them came about. */
	for (size_t i = 1; i < 9; i++)
		assert_true(done_well[i] > 3);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whatever_comes_the_books_are_right),
	};

	return cmocka_run_group_tests(tests, world_open, world_close);
}
