/* carry: one request carried out in one transaction, once. */

#include "web/carry.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/secret.h"
#include "data/request.h"
#include "web/form.h"
#include "web/page.h"
#include "web/screen.h"
#include "web/visit.h"

enum { TRIES = 5, FIRST_WAIT_MS = 20, PATIENCE_MS = 2000, LONGEST_ID = 100 };

struct carried {
	struct visit *visit;
	const char *id;      /* the one-time id of a POST, or NULL */
	const char *session; /* set_session before the first try */
	bool post;
};

/* 20 ms, doubled each time, half to one and a half of it. */
static void
wait_a_little(int turn)
{
	unsigned char noise;
	int64_t ms = (int64_t)FIRST_WAIT_MS << turn;
	struct timespec pause;

	secret_random(&noise, 1);
	ms = ms / 2 + ms * noise / 255;
	pause = (struct timespec){ ms / 1000, ms % 1000 * 1000000 };
	nanosleep(&pause, NULL);
}

/* A login has no account yet; done twice it makes two sessions, no harm. */
static const char *
one_time_id(struct visit *visit)
{
	const char *id = form_raw(visit, "request");

	if (visit->session == NULL)
		return NULL;
	if (id[0] == '\0' || strlen(id) > LONGEST_ID)
		return secret_token(visit->work->arena);
	return id;
}

/* Each try begins with nothing of the one before. */
static void
begin_page(struct carried *carried)
{
	struct visit *visit = carried->visit;

	visit->page =
	    page_new(visit->work->arena, visit->screen->name, visit->language);
	visit->location = NULL;
	visit->set_session = carried->session;
	visit->done = NULL;
	visit->keep = false;
	form_begin(visit, visit->body, visit->query);
	if (carried->post && !visit->stale)
		carried->id = one_time_id(visit);
}

/* It was carried out before: the answer is the same. */
static enum outcome
repeat(struct carried *carried)
{
	struct visit *visit = carried->visit;
	const char *location;
	enum db_status status =
	    request_location(visit->work, carried->id, &location);

	if (status == DB_NONE)
		return REFUSED;
	if (status != DB_OK)
		return outcome_of(status);
	carried->id = NULL;
	if (location == NULL)
		return visit->screen->show(visit);
	visit->location = location;
	return GONE_TO;
}

static enum outcome
act(struct carried *carried)
{
	struct visit *visit = carried->visit;
	enum db_status status = DB_OK;

	if (visit->stale) {
		page_problem(visit->page, NULL, "problem.stale-form", NULL);
		return visit->screen->show(visit);
	}
	if (carried->id != NULL)
		status =
		    request_add(visit->work, carried->id, visit->screen->name);
	if (status == DB_DUPLICATE)
		return repeat(carried);
	if (status != DB_OK)
		return outcome_of(status);
	if (page_has_problem(visit->page))
		return visit->screen->show(visit);
	return visit->screen->act(visit);
}

static void
add_done(struct visit *visit)
{
	if (visit->done == NULL || visit->location == NULL)
		return;
	visit->location =
	    arena_print(visit->work->arena, "%s%cdone=%s", visit->location,
		strchr(visit->location, '?') != NULL ? '&' : '?', visit->done);
}

static bool
is_kept(const struct carried *carried, enum outcome outcome)
{
	const struct visit *visit = carried->visit;

	if (!carried->post || visit->stale || outcome == BROKEN ||
	    outcome == RETRY)
		return false;
	if (visit->keep)
		return true;
	return outcome == GONE_TO ||
	       (outcome == SHOW && !page_has_problem(visit->page));
}

/* After an unanswered COMMIT: was it done? */
static enum outcome
look_up(struct carried *carried, enum outcome outcome)
{
	const char *location;
	enum db_status status;

	if (carried->id == NULL)
		return BROKEN;
	status = request_location(carried->visit->work, carried->id, &location);
	if (status == DB_OK)
		return outcome;
	return status == DB_NONE ? RETRY : BROKEN;
}

static enum outcome
commit(struct carried *carried, enum outcome outcome)
{
	struct visit *visit = carried->visit;
	enum db_status status = DB_OK;

	add_done(visit);
	if (carried->id != NULL && visit->location != NULL)
		status = request_set_location(
		    visit->work, carried->id, visit->location);
	if (status != DB_OK) {
		db_rollback(visit->work);
		return outcome_of(status);
	}
	status = db_commit(visit->work);
	if (status == DB_LOST)
		return look_up(carried, outcome);
	return status == DB_OK ? outcome : outcome_of(status);
}

static enum outcome
try_once(struct carried *carried)
{
	struct visit *visit = carried->visit;
	enum db_status status;
	enum outcome outcome;

	begin_page(carried);
	status =
	    db_begin(visit->work, carried->post ? DB_READ_WRITE : DB_READ_ONLY);
	if (status != DB_OK)
		return status == DB_RETRY ? RETRY : BROKEN;
	outcome = carried->post ? act(carried) : visit->screen->show(visit);
	if (is_kept(carried, outcome))
		return commit(carried, outcome);
	db_rollback(visit->work);
	return outcome;
}

static enum outcome
try_all(struct carried *carried)
{
	const int64_t end = clock_monotonic_ms() + PATIENCE_MS;
	enum outcome outcome = RETRY;

	for (int turn = 0; turn < TRIES && outcome == RETRY; turn++) {
		if (turn > 0 && clock_monotonic_ms() > end)
			break;
		if (turn > 0)
			wait_a_little(turn - 1);
		outcome = try_once(carried);
	}
	return outcome;
}

static int
status_of_page(const struct visit *visit)
{
	if (visit->stale)
		return 403;
	return page_has_problem(visit->page) ? 422 : 200;
}

int
carry_out(struct visit *visit)
{
	struct carried carried = { .visit = visit,
		.session = visit->set_session,
		.post = strcmp(visit->method, "POST") == 0 };
	enum outcome outcome = try_all(&carried);
	struct page *page = visit->page;

	visit->page = NULL;
	switch (outcome) {
	case SHOW:
		page_end(page);
		visit->page = page;
		return status_of_page(visit);
	case GONE_TO:
		return 303;
	case MISSING:
		return 404;
	case REFUSED:
		return 403;
	case RETRY:
	case BROKEN:
		break;
	}
	visit->set_session = NULL;
	return 503;
}
