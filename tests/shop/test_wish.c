/* test_wish: what a customer can have done with a program that he has, and
 * what comes of it: upgrade, way back, backup, restore, move. */

#include "world.h"

#include <string.h>

#include "base/setting.h"
#include "data/backup.h"
#include "data/job.h"
#include "data/license.h"
#include "data/version.h"
#include "shop/delivery.h"
#include "shop/install.h"
#include "shop/uninstall.h"

enum { DAY = 86400 };

#define PARCEL                                                                 \
	"parcel 00112233445566778899aabbccddeeff00112233445566778899aabb"      \
	"ccddeeff 4096"

static const char *
print(const char *format, const char *text)
{
	const char *place = strstr(format, "%s");

	return arena_print(world_work()->arena, "%.*s%s%s",
	    (int)(place - format), format, text, place + 2);
}

static int64_t
count(const char *from, const char *serial)
{
	return world_number(print(
	    arena_print(world_work()->arena, "SELECT COUNT(*) FROM %s", from),
	    serial));
}

static int64_t
server(const char *name)
{
	return world_number(
	    print("SELECT server_id FROM server WHERE name = '%s'", name));
}

static const struct license *
license(const char *serial)
{
	const struct license *found;

	world_begin();
	assert_int_equal(
	    license_by_serial(world_work(), "ja", serial, &found), DB_OK);
	world_rollback();
	return found;
}

/* The job's action, state and versions; "upgrade running 2.0<1.0". */
static const char *
last_job(const char *serial)
{
	return world_text(
	    print("SELECT CONCAT_WS(' ', j.action, j.state, CONCAT(v.version,"
		  " COALESCE(CONCAT('<', f.version), ''))) FROM job j"
		  " JOIN version v ON v.version_id = j.version_id"
		  " LEFT JOIN version f ON f.version_id = j.from_version_id"
		  " WHERE j.serial = '%s' ORDER BY j.job_id DESC LIMIT 1",
		serial));
}

static enum wish_result
end(enum wish_result result)
{
	if (result == WISH_DONE)
		world_commit();
	else
		world_rollback();
	return result;
}

static enum wish_result
upgrade(const char *serial)
{
	struct wish_done done;

	world_begin();
	return end(wish_upgrade(world_work(), serial, NULL, &done));
}

static enum wish_result
roll_back(const char *serial)
{
	world_begin();
	return end(wish_roll_back(world_work(), serial));
}

static enum wish_result
back_up(const char *serial)
{
	world_begin();
	return end(wish_back_up(world_work(), serial));
}

static enum wish_result
restore(const char *serial, const char *name)
{
	world_begin();
	return end(wish_restore(world_work(), serial, name));
}

static enum wish_result
move(const char *serial, int64_t area_id, const char *directory)
{
	const struct wish_place place = { area_id, directory };
	struct wish_done done;

	world_begin();
	return end(wish_move(world_work(), serial, &place, &done));
}

static enum wish_result
again(const char *serial)
{
	world_begin();
	return end(world_again(world_work(), serial));
}

static enum wish_result
call_off(const char *serial)
{
	world_begin();
	return end(wish_call_off(world_work(), serial));
}

/* The agent of that server: its next job, begun. */
static const struct job_order *
take(const char *name)
{
	const struct job_order *order;
	enum delivery_result result;

	world_begin();
	result = delivery_next(world_work(), server(name), NULL, &order);
	world_commit();
	assert_int_equal(result, DELIVERY_DONE);
	return order;
}

static bool
has_nothing(const char *name)
{
	const struct job_order *order;
	enum delivery_result result;

	world_begin();
	result = delivery_next(world_work(), server(name), NULL, &order);
	world_commit();
	return result == DELIVERY_NOTHING;
}

static enum delivery_result
tell(const char *name, int64_t job_id, const char *step, const char *state,
    const char *detail, const char *left)
{
	const struct delivery_report report = { .job_id = job_id,
		.step = step,
		.state = state,
		.detail = detail,
		.left_over = left };
	enum delivery_result result;

	world_begin();
	result = delivery_report(world_work(), server(name), &report);
	world_commit();
	return result;
}

/* The next job of a server, done. */
static void
carry_out(
    const char *name, const char *action, const char *detail, const char *left)
{
	const struct job_order *order = take(name);

	assert_string_equal(order->action, action);
	assert_int_equal(
	    tell(name, order->job_id, "REPORTED", "done", detail, left),
	    DELIVERY_DONE);
}

static void
break_off(const char *name, const char *action, const char *why)
{
	const struct job_order *order = take(name);

	assert_string_equal(order->action, action);
	assert_int_equal(
	    tell(name, order->job_id, "CHECKED", "failed", why, ""),
	    DELIVERY_DONE);
}

/* A new customer with a program of the oldest version there is. */
static const char *
have(enum world_program program, const char *directory)
{
	const char *serial;

	world_customer();
	serial = world_install(program, directory);
	world_change(
	    print("UPDATE license l SET version_id = (SELECT MIN(version_id)"
		  " FROM version v WHERE v.software_id = l.software_id)"
		  " WHERE serial = '%s'",
		serial));
	return serial;
}

static void
an_upgrade_and_its_way_back(void **state)
{
	const char *serial = have(WIKI, "a");
	const int64_t revision = license(serial)->revision;

	(void)state;
	assert_int_equal(upgrade(serial), WISH_NOTHING);
	assert_int_equal(roll_back(serial), WISH_NOTHING);
	world_publish(WIKI, "");
	assert_int_equal(upgrade(serial), WISH_DONE);
	assert_string_equal(last_job(serial), "upgrade waiting 2.0<1.0");
	assert_int_equal(upgrade(serial), WISH_BUSY);
	assert_string_equal(license(serial)->version, "1.0");
	carry_out("host1", "upgrade", "", "a/index.php.orig\n");
	assert_string_equal(license(serial)->version, "2.0");
	assert_string_equal(license(serial)->kept_version, "1.0");
	assert_int_equal(license(serial)->kept_until,
	    world_work()->now + setting_number("upgrade.keep_days") * DAY);
	assert_true(license(serial)->revision > revision);
	assert_int_equal(upgrade(serial), WISH_NOTHING);
	assert_int_equal(roll_back(serial), WISH_DONE);
	assert_string_equal(last_job(serial), "rollback waiting 1.0<2.0");
	carry_out("host1", "rollback", "", "");
	assert_string_equal(license(serial)->version, "1.0");
	/* Doing it twice is where one began. */
	assert_int_equal(roll_back(serial), WISH_DONE);
	carry_out("host1", "rollback", "", "");
	assert_string_equal(license(serial)->version, "2.0");
	assert_string_equal(
	    world_text(print("SELECT GROUP_CONCAT(reason ORDER BY change_id)"
			     " FROM verdict_change WHERE serial = '%s'",
		serial)),
	    "installed,upgraded,rolled-back,rolled-back");
	assert_int_equal(
	    count("mail WHERE serial = '%s' AND kind = 'job-done'", serial), 3);
	assert_int_equal(
	    count("audit WHERE object = '%s' AND action LIKE '%.request'",
		serial),
	    4);
}

static void
what_is_kept_is_kept_for_a_time(void **state)
{
	const char *serial = have(WIKI, "k");

	(void)state;
	assert_int_equal(upgrade(serial), WISH_DONE);
	carry_out("host1", "upgrade", "", "");
	world_later((int)setting_number("upgrade.keep_days") - 1);
	assert_true(wish_may_roll_back(world_work(), license(serial)));
	world_later(1);
	assert_false(wish_may_roll_back(world_work(), license(serial)));
	assert_int_equal(roll_back(serial), WISH_NOTHING);
	assert_int_equal(license(serial)->kept_version_id != 0, 1);
}

static void
a_failed_upgrade_changes_nothing(void **state)
{
	const char *serial = have(WIKI, "f");

	(void)state;
	assert_int_equal(upgrade(serial), WISH_DONE);
	break_off("host1", "upgrade", "agent.not-healthy status 500");
	assert_string_equal(license(serial)->version, "1.0");
	assert_int_equal(license(serial)->kept_version_id, 0);
	assert_int_equal(
	    count("mail WHERE serial = '%s' AND kind = 'job-failed'", serial),
	    1);
	assert_int_equal(again(serial), WISH_DONE);
	assert_string_equal(last_job(serial), "upgrade waiting 2.0<1.0");
	assert_int_equal(call_off(serial), WISH_DONE);
	assert_string_equal(last_job(serial), "upgrade cancelled 2.0<1.0");
	assert_int_equal(license(serial)->status[0], '1');
	/* Ordered again, it is the newest there is then. */
	world_publish(WIKI, "");
	assert_int_equal(again(serial), WISH_DONE);
	assert_string_equal(last_job(serial), "upgrade waiting 3.0<1.0");
	assert_int_equal(again(serial), WISH_NOT_NOW);
	assert_int_equal(
	    count("mail WHERE serial = '%s' AND kind = 'job-failed'", serial),
	    1);
	assert_int_equal(call_off(serial), WISH_DONE);
}

static const char *
offered(const char *serial)
{
	const struct license *it = license(serial);
	const struct version *version;

	world_begin();
	assert_int_equal(wish_offer(world_work(), it, &version), DB_OK);
	world_rollback();
	return version == NULL ? "" : version->version;
}

static void
set_range(const char *version, const char *from)
{
	world_change(arena_print(world_work()->arena,
	    "UPDATE version v JOIN software s USING (software_id)"
	    " SET v.upgrade_from = '%s' WHERE s.code = 'mail'"
	    " AND v.version = '%s'",
	    from, version));
}

static void
makers_say_what_becomes_what(void **state)
{
	const char *serial = have(MAIL, "r");

	(void)state;
	assert_string_equal(offered(serial), "");
	world_publish(MAIL, "");
	world_publish(MAIL, "");
	assert_string_equal(offered(serial), "3.0");
	set_range("3.0", "1.5");
	assert_string_equal(offered(serial), "2.0");
	set_range("2.0", "1.0");
	assert_string_equal(offered(serial), "2.0");
	set_range("2.0", "2.0");
	assert_string_equal(offered(serial), "");
	set_range("3.0", "");
	world_change("UPDATE version v JOIN software s USING (software_id)"
		     " SET withdrawn_at = '2026-01-01' WHERE s.code = 'mail'"
		     " AND v.version = '3.0'");
	assert_string_equal(offered(serial), "");
	set_range("2.0", "");
	assert_string_equal(offered(serial), "2.0");
	assert_int_equal(upgrade(serial), WISH_DONE);
	assert_string_equal(last_job(serial), "upgrade waiting 2.0<1.0");
	assert_int_equal(call_off(serial), WISH_DONE);
}

static void
an_area_must_have_what_it_needs(void **state)
{
	const char *serial = have(MAIL, "n");
	struct wish_done done;

	(void)state;
	world_change("UPDATE version v JOIN software s USING (software_id)"
		     " SET php_min = '9.9' WHERE s.code = 'mail'"
		     " AND v.version = '2.0'");
	world_begin();
	assert_int_equal(
	    wish_upgrade(world_work(), serial, NULL, &done), WISH_REQUIREMENT);
	world_rollback();
	assert_string_equal(done.requirement, "php");
	assert_int_equal(count("job WHERE serial = '%s'", serial), 1);
	world_change("UPDATE version SET php_min = '7.4'");
}

static void
a_backup_and_what_is_made_of_it(void **state)
{
	const char *name = "backup-chat-1-00ff.tar.gz";
	const char *serial = have(CHAT, "b");
	const struct backup *backups;
	size_t number;

	(void)state;
	assert_int_equal(restore(serial, name), WISH_NOTHING);
	assert_int_equal(back_up(serial), WISH_DONE);
	carry_out("host1", "backup", "backup 5000", print("%s\n", name));
	world_begin();
	assert_int_equal(
	    backup_list(world_work(), serial, &backups, &number), DB_OK);
	world_rollback();
	assert_int_equal(number, 1);
	assert_string_equal(backups[0].name, name);
	assert_string_equal(backups[0].version, "1.0");
	assert_int_equal(backups[0].bytes, 5000);
	assert_int_equal(restore(serial, "backup-other.tar.gz"), WISH_NOTHING);
	world_publish(CHAT, "");
	assert_int_equal(upgrade(serial), WISH_DONE);
	carry_out("host1", "upgrade", "", "");
	assert_int_equal(restore(serial, name), WISH_DONE);
	assert_string_equal(last_job(serial), "restore waiting 1.0<2.0");
	const struct job_order *order = take("host1");
	assert_string_equal(order->restore, name);
	assert_string_equal(order->from, "2.0");
	assert_string_equal(order->version, "1.0");
	assert_int_equal(
	    tell("host1", order->job_id, "REPORTED", "done", "", ""),
	    DELIVERY_DONE);
	assert_string_equal(license(serial)->version, "1.0");
	assert_string_equal(license(serial)->kept_version, "2.0");
	/* He deleted the file himself: it is offered no more. */
	assert_int_equal(restore(serial, name), WISH_DONE);
	break_off("host1", "restore", "agent.no-backup it is gone");
	assert_int_equal(restore(serial, name), WISH_NOTHING);
	assert_int_equal(again(serial), WISH_NOTHING);
}

static void
a_backup_outlives_its_install(void **state)
{
	const char *name = "backup-chat-2-00ff.tar.gz";
	const char *serial = have(CHAT, "o"), *other;
	int64_t job, me = world_work()->account;

	(void)state;
	world_begin();
	assert_int_equal(uninstall_request(world_work(), serial, true, &job),
	    UNINSTALL_REQUESTED);
	world_commit();
	carry_out("host1", "uninstall", "",
	    print("o/mine.txt\n%s\n../backup-x.tar.gz\n", name));
	assert_int_equal(count("backup WHERE serial = '%s'", serial), 1);
	other = world_install(CHAT, "o");
	assert_string_equal(license(other)->version, "2.0");
	assert_int_equal(restore(other, name), WISH_DONE);
	assert_string_equal(last_job(other), "restore waiting 1.0<2.0");
	assert_int_equal(call_off(other), WISH_DONE);
	/* Not into another program, and not for another customer. */
	serial = world_install(WIKI, "w");
	assert_int_equal(restore(serial, name), WISH_NOTHING);
	world_customer();
	serial = world_install(CHAT, "o");
	assert_int_equal(restore(serial, name), WISH_NOTHING);
	assert_int_equal(restore(other, name), WISH_MISSING);
	world_as(me);
}

/* Another server with an area of the acting customer; its number. */
static int64_t
another_area(const char *name)
{
	struct arena *arena = world_work()->arena;

	world_change(arena_print(arena,
	    "INSERT INTO server (name, os_model, ip_address, php, mariadb,"
	    " public_key, last_contact) VALUES ('%s', 'Debian 13',"
	    " '192.0.2.9', '8.4', '', REPEAT('k', 32), FROM_UNIXTIME(%lld))",
	    name, (long long)world_work()->now));
	world_change(arena_print(arena,
	    "INSERT INTO area (account_id, server_id, name, owner, url,"
	    " quota_mb) VALUES (%lld, %lld, 'there', 'www-data',"
	    " 'http://127.0.0.9/there/', 100)",
	    (long long)world_work()->account, (long long)server(name)));
	world_change(arena_print(arena,
	    "UPDATE server SET last_contact = '%s' WHERE name = '%s'",
	    "2026-10-01 03:00:00", name));
	return world_number(
	    print("SELECT area_id FROM area JOIN server USING (server_id)"
		  " WHERE server.name = '%s'",
		name));
}

static void
export_and_import_orders(const char *serial)
{
	const struct job_order *order = take("host1");

	assert_string_equal(order->action, "export");
	assert_string_equal(order->directory, "m");
	assert_null(order->parcel_sha256.bytes);
	assert_null(order->from);
	assert_true(has_nothing("host2"));
	assert_int_equal(
	    tell("host1", order->job_id, "REPORTED", "done", PARCEL, ""),
	    DELIVERY_DONE);
	assert_string_equal(license(serial)->area_name,
	    world_text(print("SELECT name FROM area WHERE area_id ="
			     " (SELECT from_area_id FROM move"
			     "  WHERE serial = '%s')",
		serial)));
	order = take("host2");
	assert_string_equal(order->action, "import");
	assert_string_equal(order->directory, "there/m");
	assert_string_equal(order->area, "there");
	assert_string_equal(order->area_url, "http://127.0.0.9/there/");
	assert_int_equal(order->parcel_size, 4096);
	assert_int_equal(order->parcel_sha256.length, 32);
	assert_memory_equal(order->parcel_sha256.bytes, "\0\x11\x22", 3);
	assert_int_equal(
	    tell("host2", order->job_id, "REPORTED", "done", "", ""),
	    DELIVERY_DONE);
}

static void
a_move_is_a_chain(void **state)
{
	const char *serial = have(WIKI, "m");
	int64_t area;

	(void)state;
	world_day("2026-10-01");
	area = another_area("host2");
	assert_int_equal(move(serial, area, "there/m"), WISH_DONE);
	assert_int_equal(move(serial, area, "there/m"), WISH_BUSY);
	assert_int_equal(upgrade(serial), WISH_BUSY);
	export_and_import_orders(serial);
	assert_string_equal(license(serial)->area_name, "there");
	assert_string_equal(license(serial)->directory, "there/m");
	assert_string_equal(license(serial)->os_model, "Debian 13");
	assert_string_equal(license(serial)->ip_address, "192.0.2.9");
	assert_int_equal(back_up(serial), WISH_BUSY);
	const struct job_order *order = take("host1");
	assert_string_equal(order->action, "drop");
	assert_string_equal(order->directory, "m");
	assert_int_equal(call_off(serial), WISH_NOT_NOW);
	assert_int_equal(
	    count("mail WHERE serial = '%s' AND kind = 'job-done'", serial), 0);
	assert_int_equal(
	    tell("host1", order->job_id, "REPORTED", "done", "", ""),
	    DELIVERY_DONE);
	assert_int_equal(
	    count("mail WHERE serial = '%s' AND kind = 'job-done'", serial), 1);
	assert_int_equal(
	    count("move WHERE serial = '%s' AND ended_at IS NULL", serial), 0);
	assert_true(has_nothing("host1") && has_nothing("host2"));
	/* From now on jobs go to the other server. */
	assert_int_equal(back_up(serial), WISH_DONE);
	assert_true(has_nothing("host1"));
	carry_out("host2", "backup", "", "backup-wiki-3-0.tar.gz\n");
}

static void
a_move_that_fails_goes_back(void **state)
{
	const char *serial = have(WIKI, "m");
	const char *from = license(serial)->area_name;
	int64_t area = another_area("host3");

	(void)state;
	assert_int_equal(move(serial, area, "x"), WISH_DONE);
	carry_out("host1", "export", PARCEL, "");
	break_off("host3", "import", "agent.no-space 5 MB are needed");
	assert_int_equal(
	    count("mail WHERE serial = '%s' AND kind = 'job-failed'", serial),
	    0);
	assert_int_equal(upgrade(serial), WISH_BUSY);
	carry_out("host1", "return", "", "");
	assert_string_equal(license(serial)->area_name, from);
	assert_int_equal(
	    count("mail WHERE serial = '%s' AND kind = 'job-failed'", serial),
	    1);
	assert_int_equal(
	    count("move WHERE serial = '%s' AND ended_at IS NULL", serial), 0);
	/* The same again; called off on its way it goes back, too, and nobody
	 * is told what he wanted. */
	assert_int_equal(again(serial), WISH_DONE);
	carry_out("host1", "export", PARCEL, "");
	assert_int_equal(call_off(serial), WISH_DONE);
	assert_true(has_nothing("host3"));
	carry_out("host1", "return", "", "");
	assert_int_equal(
	    count("mail WHERE serial = '%s' AND kind = 'job-failed'", serial),
	    1);
	assert_int_equal(upgrade(serial), WISH_DONE);
	assert_int_equal(call_off(serial), WISH_DONE);
}

static void
what_cannot_go_back_is_done_again(void **state)
{
	const char *serial = have(WIKI, "s");
	int64_t area = another_area("host4"), job;

	(void)state;
	assert_int_equal(move(serial, area, "s"), WISH_DONE);
	carry_out("host1", "export", "no parcel at all", "");
	break_off("host1", "return", "agent.file Read-only file system");
	assert_int_equal(upgrade(serial), WISH_BUSY);
	assert_int_equal(back_up(serial), WISH_BUSY);
	assert_int_equal(again(serial), WISH_DONE);
	break_off("host1", "return", "agent.file Read-only file system");
	/* Its owner may give it up; then nothing is on its way any more. */
	world_begin();
	assert_int_equal(uninstall_request(world_work(), serial, false, &job),
	    UNINSTALL_REQUESTED);
	world_commit();
	carry_out("host1", "uninstall", "", "");
	assert_int_equal(
	    count("move WHERE serial = '%s' AND ended_at IS NULL", serial), 0);
}

static void
what_is_left_behind_does_not_hold_it(void **state)
{
	const char *serial = have(WIKI, "d");
	int64_t area = another_area("host5");

	(void)state;
	assert_int_equal(move(serial, area, "d"), WISH_DONE);
	carry_out("host1", "export", PARCEL, "");
	carry_out("host5", "import", "", "");
	break_off("host1", "drop", "agent.file Read-only file system");
	assert_string_equal(license(serial)->area_name, "there");
	assert_int_equal(again(serial), WISH_DONE);
	break_off("host1", "drop", "agent.file Read-only file system");
	assert_int_equal(upgrade(serial), WISH_DONE);
	assert_int_equal(call_off(serial), WISH_DONE);
}

static void
places_are_looked_at(void **state)
{
	const char *serial = have(WIKI, "p"), *other;
	int64_t here = world_area(), me = world_work()->account, there, foreign;

	(void)state;
	world_customer();
	foreign = world_area();
	world_as(me);
	there = another_area("host6");
	assert_int_equal(move(serial, 0, "x"), WISH_NOT_YOUR_AREA);
	assert_int_equal(move(serial, foreign, "x"), WISH_NOT_YOUR_AREA);
	assert_int_equal(move(serial, here, "p"), WISH_SAME_PLACE);
	assert_int_equal(move(serial, here, "/p/"), WISH_SAME_PLACE);
	assert_int_equal(move(serial, here, "p/inside"), WISH_DIRECTORY_IN_USE);
	assert_int_equal(move(serial, here, "../x"), WISH_BAD_DIRECTORY);
	world_change("UPDATE server SET last_contact = '2026-09-30 00:00:00'"
		     " WHERE name = 'host6'");
	assert_int_equal(move(serial, there, "x"), WISH_AWAY);
	world_change("UPDATE server SET last_contact = '2026-10-01 03:00:00',"
		     " php = '5.6' WHERE name = 'host6'");
	assert_int_equal(move(serial, there, "x"), WISH_REQUIREMENT);
	world_change("UPDATE server SET php = '8.4' WHERE name = 'host6'");
	/* What is on its way has its place, at both ends. */
	assert_int_equal(move(serial, there, "x"), WISH_DONE);
	const struct install_wish wish = {
		.software = "mail", .area_id = there, .directory = "x/inside"
	};
	struct install_done done;
	world_begin();
	assert_int_equal(install_request(world_work(), &wish, &done),
	    INSTALL_DIRECTORY_IN_USE);
	world_rollback();
	carry_out("host1", "export", PARCEL, "");
	other = world_request(MAIL, "else");
	assert_int_equal(call_off(other), WISH_DONE);
	carry_out("host6", "import", "", "");
	other = world_request(MAIL, "p");
	assert_int_equal(call_off(other), WISH_DONE);
	carry_out("host1", "drop", "", "");
	world_change("UPDATE server SET revoked_at = '2026-01-01'"
		     " WHERE name = 'host6'");
	assert_int_equal(move(serial, there, "y"), WISH_NOT_YOUR_AREA);
}

static void
others_cannot_ask(void **state)
{
	const char *serial = have(WIKI, "z"), *mine;
	int64_t owner = world_work()->account;

	(void)state;
	world_customer();
	assert_int_equal(upgrade(serial), WISH_MISSING);
	assert_int_equal(roll_back(serial), WISH_MISSING);
	assert_int_equal(back_up(serial), WISH_MISSING);
	assert_int_equal(restore(serial, "backup-a.tar.gz"), WISH_MISSING);
	assert_int_equal(move(serial, world_area(), "z"), WISH_MISSING);
	assert_int_equal(again(serial), WISH_MISSING);
	assert_int_equal(call_off(serial), WISH_MISSING);
	/* Nor he himself before it is there, or after it was. */
	mine = world_request(WIKI, "z");
	assert_int_equal(upgrade(mine), WISH_MISSING);
	assert_int_equal(back_up(mine), WISH_MISSING);
	assert_int_equal(call_off(mine), WISH_DONE);
	assert_int_equal(upgrade(mine), WISH_MISSING);
	assert_int_equal(again(mine), WISH_NOT_NOW);
	world_as(owner);
}

/* The agent has set a job aside: it is asked for another, and the page says
 * why it waits. */
static void
a_held_job_lets_others_pass(void **state)
{
	const char *first = have(WIKI, "h1"), *second = have(WIKI, "h2");
	const struct job_order *order, *other;
	struct delivery_held held = { .count = 1 };
	int64_t job;

	(void)state;
	assert_int_equal(back_up(second), WISH_DONE);
	order = take("host1");
	job = order->job_id;
	held.jobs = &job;
	assert_int_equal(tell("host1", job, "FETCHED", "held",
			     "depot.unreachable refused", ""),
	    DELIVERY_DONE);
	assert_string_equal(world_text(print("SELECT CONCAT(state, ' ', reason)"
					     " FROM job WHERE serial = '%s'"
					     " ORDER BY job_id DESC LIMIT 1",
				second)),
	    "running depot.unreachable refused");
	world_as(world_number(print(
	    "SELECT account_id FROM license WHERE serial = '%s'", first)));
	assert_int_equal(back_up(first), WISH_DONE);
	world_begin();
	assert_int_equal(
	    delivery_next(world_work(), server("host1"), &held, &other),
	    DELIVERY_DONE);
	world_commit();
	assert_string_equal(other->serial, first);
	assert_int_equal(
	    tell("host1", job, "STAGED", "running", "", ""), DELIVERY_DONE);
	assert_int_equal(
	    count("job WHERE serial = '%s' AND reason <> ''", second), 0);
	assert_int_equal(
	    tell("host1", job, "REPORTED", "done", "", ""), DELIVERY_DONE);
	assert_int_equal(
	    tell("host1", other->job_id, "REPORTED", "done", "", ""),
	    DELIVERY_DONE);
	assert_int_equal(
	    tell("host1", job, "STAGED", "danced", "", ""), DELIVERY_REFUSED);
}

static void
an_hour_has_its_number(void **state)
{
	const char *serial = have(WIKI, "n");
	const struct job *job;
	const struct job_queue *queue;

	(void)state;
	world_day("2026-10-02");
	/* As if so many had been handed out in this hour. */
	world_change(arena_print(world_work()->arena,
	    "INSERT INTO job (serial, server_id, action, version_id, state,"
	    " left_over, sent_at, created_at, ended_at)"
	    " SELECT '%s', %lld, 'backup', 1, 'done', '',"
	    " '2026-10-02 02:30:00', '2026-10-02 02:30:00',"
	    " '2026-10-02 02:31:00' FROM seq_1_to_%lld",
	    serial, (long long)server("host1"),
	    (long long)setting_number("agent.jobs_per_hour")));
	assert_int_equal(back_up(serial), WISH_DONE);
	assert_true(has_nothing("host1"));
	world_begin();
	assert_int_equal(job_latest(world_work(), serial, &job), DB_OK);
	assert_int_equal(job_queue(world_work(), job,
			     delivery_cap_since(world_work()), &queue),
	    DB_OK);
	world_rollback();
	assert_int_equal(queue->handed, setting_number("agent.jobs_per_hour"));
	assert_int_equal(queue->ahead, 0);
	world_day("2026-10-03");
	carry_out("host1", "backup", "", "backup-n-0.tar.gz\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_upgrade_and_its_way_back),
		cmocka_unit_test(what_is_kept_is_kept_for_a_time),
		cmocka_unit_test(a_failed_upgrade_changes_nothing),
		cmocka_unit_test(makers_say_what_becomes_what),
		cmocka_unit_test(an_area_must_have_what_it_needs),
		cmocka_unit_test(a_backup_and_what_is_made_of_it),
		cmocka_unit_test(a_backup_outlives_its_install),
		cmocka_unit_test(a_move_is_a_chain),
		cmocka_unit_test(a_move_that_fails_goes_back),
		cmocka_unit_test(what_cannot_go_back_is_done_again),
		cmocka_unit_test(what_is_left_behind_does_not_hold_it),
		cmocka_unit_test(places_are_looked_at),
		cmocka_unit_test(others_cannot_ask),
		cmocka_unit_test(a_held_job_lets_others_pass),
		cmocka_unit_test(an_hour_has_its_number),
	};

	return cmocka_run_group_tests(tests, world_open, world_close);
}
