/* job: how a piece of work on a program goes on; retry and cancel. */

#include <string.h>

#include "base/arena.h"
#include "base/setting.h"
#include "data/job.h"
#include "screen/course.h"
#include "screen/part.h"
#include "shop/action.h"
#include "shop/delivery.h"
#include "shop/wish.h"
#include "web/screen.h"

/* Seconds without a call after which an agent counts as away; it calls each
 * agent.poll_seconds. */
enum { AWAY = 30 };

static const struct field fields[] = {
	{ .name = "serial",
	    .kind = FIELD_HIDDEN,
	    .source = FIELD_BOTH,
	    .required = true,
	    .longest = 20 },
	{ .name = "id",
	    .kind = FIELD_HIDDEN,
	    .source = FIELD_BOTH,
	    .longest = 20 },
	{ .name = "retry", .kind = FIELD_HIDDEN, .form = "retry" },
	{ .name = "cancel", .kind = FIELD_HIDDEN, .form = "cancel" },
	{ .name = NULL },
};

struct order {
	const struct license *license;
	struct course course;
};

static enum db_status
find(struct visit *visit, struct order *order)
{
	const enum db_status status =
	    part_license(visit, false, &order->license);

	if (status != DB_OK)
		return status;
	return course_find(visit->work, order->license, &order->course);
}

static bool
is_away(const struct visit *visit, const struct course *course)
{
	const int64_t silence = AWAY + setting_number("agent.poll_seconds");

	return !course_is_over(course) &&
	       visit->work->now - course->last->last_contact > silence;
}

static void
show_forms(struct visit *visit, const struct order *order)
{
	const struct job *last = order->course.last;

	form_prefill(visit, "serial", last->serial);
	form_set(visit, "id", part_number(visit->work->arena, last->job_id));
	form_prefill(visit, "retry", "yes");
	form_prefill(visit, "cancel", "yes");
	if (wish_may_again(order->license, last))
		form_show(visit, "retry", "post", "job", "serial id retry");
	if (wish_may_call_off(order->license, last))
		form_show(visit, "cancel", "post", "job", "serial id cancel");
}

/* Why it has not begun: others are before it, or its server has had as many
 * as it may in an hour. */
static enum db_status
show_queue(struct visit *visit, const struct job *job)
{
	const struct job_queue *queue;
	enum db_status status;

	if (!part_same(job->state, "waiting"))
		return DB_OK;
	status = job_queue(
	    visit->work, job, delivery_cap_since(visit->work), &queue);
	if (status != DB_OK)
		return status;
	page_number(visit->page, "ahead", queue->ahead);
	if (queue->handed >= setting_number("agent.jobs_per_hour"))
		page_flag(visit->page, "full", true);
	return DB_OK;
}

static enum db_status
show_progress(struct visit *visit, const struct course *course)
{
	struct page *page = visit->page;
	const struct job *job = course->last;
	int64_t began, left;
	const enum db_status status =
	    course_step_began(visit->work, job, &began);

	left = delivery_seconds_left(job, began, visit->work->now);
	page_attribute(page, "step", part_some(job->step));
	page_number(page, "percent", course->percent);
	page_number(page, "bytes_done", job->bytes_done);
	page_number(page, "bytes_total", job->bytes_total);
	if (left >= 0 && !course_is_over(course))
		page_number(page, "seconds_left", left);
	page_attribute(page, "server", job->server);
	page_time(page, "last_contact", job->last_contact);
	page_flag(page, "away", is_away(visit, course));
	return status == DB_OK ? show_queue(visit, job) : status;
}

/* Told to stop, and not too late for it. */
static bool
is_stopping(const struct job *job)
{
	return job->cancel_at != 0 && action_may_stop(job);
}

static void
show_what(struct visit *visit, const struct course *course)
{
	struct page *page = visit->page;
	const struct job *job = course->last;

	page_number(page, "id", job->job_id);
	page_attribute(page, "serial", job->serial);
	page_attribute(page, "action", course->action);
	if (!part_same(course->action, job->action))
		page_attribute(page, "part", job->action);
	page_attribute(page, "state", course->state);
	if (is_stopping(job))
		page_flag(page, "stopping", true);
	page_attribute(page, "version", job->version);
	page_attribute(page, "from", job->from_version);
	page_time(page, "created", course->jobs[0].created_at);
	page_time(page, "ended", job->ended_at);
}

static enum db_status
show_head(struct visit *visit, const struct order *order)
{
	enum db_status status;

	show_what(visit, &order->course);
	status = show_progress(visit, &order->course);
	if (part_same(order->course.state, "done"))
		page_attribute(visit->page, "url",
		    part_license_url(visit, order->license));
	return status;
}

/* "id", then a blank and the server's words. */
static void
show_reason(struct visit *visit, const struct course *course)
{
	const struct job *job =
	    part_same(course->state, "failed") && course->trouble != NULL
		? course->trouble
		: course->last;
	const size_t length = strcspn(job->reason, " ");

	if (length == 0)
		return;
	page_open(visit->page, "reason");
	page_attribute(visit->page, "id",
	    arena_copy_n(visit->work->arena, job->reason, length));
	page_content(
	    visit->page, job->reason + length + (job->reason[length] == ' '));
	page_close(visit->page);
}

static void
show_step(struct page *page, const struct job *job, const char *name,
    const struct job_step *step)
{
	page_open(page, "step");
	page_attribute(page, "part", job->move_id != 0 ? job->action : NULL);
	page_attribute(page, "name", name);
	page_attribute(page, "state", step != NULL ? step->state : "waiting");
	if (step != NULL) {
		page_time(page, "at", step->at);
		page_text(page, "detail", part_some(step->detail));
	}
	page_close(page);
}

static const struct job_step *
find_step(const struct job_step *steps, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (part_same(steps[i].step, name))
			return &steps[i];
	return NULL;
}

static enum db_status
show_steps(struct visit *visit, const struct job *job)
{
	const struct action_step *all = action_find(job->action)->steps;
	const struct job_step *steps;
	size_t count;
	const enum db_status status =
	    job_steps(visit->work, job->job_id, &steps, &count);

	for (; status == DB_OK && all->name != NULL; all++)
		show_step(visit->page, job, all->name,
		    find_step(steps, count, all->name));
	return status;
}

static bool
ends_in(const char *text, const char *end)
{
	const size_t length = strlen(text), n = strlen(end);

	return length > n && part_same(text + length - n, end);
}

/* The customer's own file beside ours, ours beside his, a backup, or what is
 * not ours at all. */
static const char *
kind_of(const char *path)
{
	if (ends_in(path, ".orig"))
		return "orig";
	if (ends_in(path, ".new"))
		return "new";
	if (strncmp(path, "backup-", 7) == 0 && ends_in(path, ".tar.gz"))
		return "backup";
	return "file";
}

static void
show_left(struct visit *visit, const struct job *job)
{
	struct arena *arena = visit->work->arena;
	const char *rest = job->left_over;

	while (*rest != '\0') {
		const size_t length = strcspn(rest, "\n");
		const char *path = arena_copy_n(arena, rest, length);

		rest += length + (rest[length] == '\n');
		if (*path == '\0')
			continue;
		page_open(visit->page, "left");
		page_attribute(visit->page, "kind", kind_of(path));
		page_content(visit->page, path);
		page_close(visit->page);
	}
}

/* A part of a move that was tried again shows its last try. */
static bool
was_repeated(const struct course *course, size_t at)
{
	for (size_t i = at + 1; i < course->count; i++)
		if (part_same(course->jobs[i].action, course->jobs[at].action))
			return true;
	return false;
}

static enum outcome
present(struct visit *visit, const struct order *order)
{
	const struct course *course = &order->course;
	enum db_status status;

	show_forms(visit, order);
	page_open(visit->page, "job");
	status = show_head(visit, order);
	page_text(visit->page, "name", order->license->name);
	show_reason(visit, course);
	for (size_t i = 0; status == DB_OK && i < course->count; i++)
		if (!was_repeated(course, i))
			status = show_steps(visit, &course->jobs[i]);
	for (size_t i = 0; i < course->count; i++)
		show_left(visit, &course->jobs[i]);
	page_close(visit->page);
	return outcome_of(status);
}

static enum outcome
show(struct visit *visit)
{
	struct order order;
	const enum db_status status = find(visit, &order);

	return status == DB_OK ? present(visit, &order) : outcome_of(status);
}

static enum outcome
refuse(struct visit *visit, const char *problem)
{
	form_problem(visit, NULL, problem, NULL);
	return show(visit);
}

/* The button belongs to the job that was shown; there may be a newer one. */
static bool
is_meant(struct visit *visit, const struct order *order)
{
	const char *id = form_text(visit, "id");

	return id[0] == '\0' || part_same(id, part_number(visit->work->arena,
						  order->course.last->job_id));
}

static enum outcome
act(struct visit *visit)
{
	const bool retry = form_has(visit, "retry");
	const char *not_now = retry ? "job.cannot-retry" : "job.cannot-cancel";
	struct wish_done done = { 0 };
	enum wish_result result;
	enum outcome outcome;
	struct order order;
	const enum db_status status = find(visit, &order);

	if (status != DB_OK)
		return outcome_of(status);
	if (!is_meant(visit, &order))
		return refuse(visit, not_now);
	if (!retry && !form_has(visit, "cancel"))
		return refuse(visit, "problem.missing");
	if (retry)
		result = wish_again(visit->work, order.license->serial, &done);
	else
		result = wish_call_off(visit->work, order.license->serial);
	outcome = part_wish(visit, result, &done, not_now);
	return outcome == SHOW ? show(visit) : outcome;
}

const struct screen screen = {
	.name = "job",
	.visitor = CUSTOMER,
	.fields = fields,
	.show = show,
	.act = act,
};
