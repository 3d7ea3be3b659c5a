/* test_carry: a request is carried out once, whatever the database does: its
 * answers are given by a script here. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "data/request.h"
#include "data/session.h"
#include "web/carry.h"
#include "web/guard.h"
#include "web/query.h"
#include "web/screen.h"

/* What the database answers, by call; the last one goes on. */
static const enum db_status *begins, *adds, *commits, *finds;
static const char *found;
/* What happened, a letter for each call. */
static char story[200];
static enum outcome (*acting)(struct visit *visit);

static enum db_status
next(const enum db_status **script, const char *letter)
{
	enum db_status status = **script;

	strcat(story, letter);
	if ((*script)[1] != DB_FAILED)
		++*script;
	return status;
}

enum db_status
db_begin(struct work *work, enum db_access access)
{
	(void)work;
	return next(&begins, access == DB_READ_ONLY ? "r" : "w");
}

enum db_status
db_commit(struct work *work)
{
	(void)work;
	return next(&commits, "c");
}

void
db_rollback(struct work *work)
{
	(void)work;
	strcat(story, "b");
}

enum db_status
request_add(struct work *work, const char *id, const char *name)
{
	(void)work;
	assert_string_equal(id, "once");
	assert_string_equal(name, "probe");
	return next(&adds, "+");
}

enum db_status
request_set_location(struct work *work, const char *id, const char *location)
{
	(void)work;
	assert_string_equal(id, "once");
	assert_non_null(location);
	strcat(story, "=");
	return DB_OK;
}

enum db_status
request_location(struct work *work, const char *id, const char **location_r)
{
	(void)work;
	assert_string_equal(id, "once");
	*location_r = found;
	return next(&finds, "?");
}

static enum outcome
show(struct visit *visit)
{
	strcat(story, "s");
	page_open(visit->page, "probe");
	page_close(visit->page);
	return SHOW;
}

static enum outcome
act(struct visit *visit)
{
	strcat(story, "a");
	return acting(visit);
}

static enum outcome
go(struct visit *visit)
{
	visit_set_session(visit, "new");
	return go_to(visit, "probe", NULL, NULL);
}

static enum outcome
again(struct visit *visit)
{
	(void)visit;
	return RETRY;
}

static enum outcome
go_second_time(struct visit *visit)
{
	static bool second;

	second = !second;
	if (!second)
		return go_to(visit, "probe", NULL, NULL);
	visit_set_session(visit, "of the first try");
	page_problem(visit->page, NULL, "probe.wrong", NULL);
	return RETRY;
}

static enum outcome
wrong(struct visit *visit)
{
	page_problem(visit->page, NULL, "probe.wrong", NULL);
	return show(visit);
}

static enum outcome
wrong_but_kept(struct visit *visit)
{
	visit_keep(visit);
	return wrong(visit);
}

static enum outcome
broken_and_kept(struct visit *visit)
{
	visit_keep(visit);
	return BROKEN;
}

const struct screen screen = {
	.name = "probe", .visitor = CUSTOMER, .show = show, .act = act
};

static struct work work;
static const struct session session;
static const enum db_status fine[] = { DB_OK, DB_FAILED };

static struct visit
make_visit(const char *method, const char *body)
{
	story[0] = '\0';
	begins = adds = commits = finds = fine;
	found = "/stored";
	work = (struct work){ .arena = arena_new() };
	return (struct visit){ .work = &work,
		.screen = &screen,
		.method = method,
		.base = "/",
		.language = "en",
		.session = &session,
		.body = query_parse(work.arena, body, strlen(body)),
		.query = query_parse(work.arena, "", 0) };
}

static void
expect(struct visit *visit, int status, const char *what)
{
	assert_int_equal(carry_out(visit), status);
	assert_string_equal(story, what);
}

static void
check_once(void **state)
{
	struct visit visit = make_visit("POST", "request=once");

	(void)state;
	acting = go;
	expect(&visit, 303, "w+a=c");
	assert_string_equal(visit.location, "/probe");
	assert_string_equal(visit.set_session, "new");
	assert_null(visit.page);
	arena_free(work.arena);
}

static void
check_get_reads_only(void **state)
{
	struct visit visit = make_visit("GET", "");

	(void)state;
	expect(&visit, 200, "rsb");
	assert_non_null(visit.page);
	arena_free(work.arena);
}

static void
check_repeated(void **state)
{
	static const enum db_status taken[] = { DB_DUPLICATE, DB_FAILED };
	static const enum db_status none[] = { DB_NONE, DB_FAILED };
	struct visit visit = make_visit("POST", "request=once");

	(void)state;
	acting = go;
	adds = taken;
	expect(&visit, 303, "w+?c");
	assert_string_equal(visit.location, "/stored");
	assert_null(visit.set_session);
	arena_free(work.arena);

	visit = make_visit("POST", "request=once");
	adds = taken;
	finds = none; /* another account's */
	expect(&visit, 403, "w+?b");
	arena_free(work.arena);

	visit = make_visit("POST", "request=once");
	adds = taken;
	found = NULL; /* it had been answered by a page */
	expect(&visit, 200, "w+?sc");
	arena_free(work.arena);
}

static void
check_lost_commit(void **state)
{
	static const enum db_status lost[] = { DB_LOST, DB_OK, DB_FAILED };
	static const enum db_status none[] = { DB_NONE, DB_FAILED };
	static const enum db_status away[] = { DB_LOST, DB_FAILED };
	struct visit visit = make_visit("POST", "request=once");

	(void)state;
	acting = go;
	commits = lost; /* it was done: not again */
	expect(&visit, 303, "w+a=c?");
	assert_string_equal(visit.set_session, "new");
	arena_free(work.arena);

	visit = make_visit("POST", "request=once");
	commits = lost;
	finds = none; /* it was not done: again */
	expect(&visit, 303, "w+a=c?w+a=c");
	arena_free(work.arena);

	visit = make_visit("POST", "request=once");
	commits = lost;
	finds = away; /* nobody knows */
	expect(&visit, 503, "w+a=c?");
	assert_null(visit.set_session);
	arena_free(work.arena);

	visit = make_visit("POST", "request=once");
	visit.session = NULL; /* a login is not numbered */
	commits = lost;
	expect(&visit, 503, "wac");
	arena_free(work.arena);
}

static void
check_retry(void **state)
{
	static const enum db_status clash[] = { DB_RETRY, DB_OK, DB_FAILED };
	struct visit visit = make_visit("POST", "request=once");

	(void)state;
	acting = again;
	expect(&visit, 503, "w+abw+abw+abw+abw+ab");
	arena_free(work.arena);

	visit = make_visit("POST", "request=once");
	acting = go_second_time; /* nothing of the first try is left */
	expect(&visit, 303, "w+abw+a=c");
	assert_null(visit.set_session);
	arena_free(work.arena);

	visit = make_visit("POST", "request=once");
	acting = go;
	commits = clash;
	expect(&visit, 303, "w+a=cw+a=c");
	arena_free(work.arena);

	visit = make_visit("POST", "request=once");
	adds = clash;
	expect(&visit, 303, "w+bw+a=c");
	arena_free(work.arena);
}

static void
check_problems(void **state)
{
	struct visit visit = make_visit("POST", "request=once");

	(void)state;
	acting = wrong;
	expect(&visit, 422, "w+asb");
	arena_free(work.arena);

	visit = make_visit("POST", "request=once");
	acting = wrong_but_kept;
	expect(&visit, 422, "w+asc");
	arena_free(work.arena);

	visit = make_visit("POST", "request=once");
	acting = broken_and_kept;
	expect(&visit, 503, "w+ab");
	arena_free(work.arena);
}

static void
check_stale(void **state)
{
	struct visit visit = make_visit("POST", "request=once");

	(void)state;
	acting = go;
	visit.stale = true;
	expect(&visit, 403, "wsb");
	assert_non_null(visit.page);
	arena_free(work.arena);
}

static void
check_database_away(void **state)
{
	static const enum db_status away[] = { DB_LOST, DB_FAILED };
	struct visit visit = make_visit("GET", "");

	(void)state;
	begins = away;
	expect(&visit, 503, "r");
	arena_free(work.arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(check_once),
		cmocka_unit_test(check_get_reads_only),
		cmocka_unit_test(check_repeated),
		cmocka_unit_test(check_lost_commit),
		cmocka_unit_test(check_retry),
		cmocka_unit_test(check_problems),
		cmocka_unit_test(check_stale),
		cmocka_unit_test(check_database_away),
	};

	return cmocka_run_group_tests_name("carry", tests, NULL, NULL);
}
