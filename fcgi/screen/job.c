/* job: how an installation or uninstallation goes on; retry and cancel. */

#include <string.h>

#include "base/arena.h"
#include "base/setting.h"
#include "data/job.h"
#include "screen/part.h"
#include "shop/delivery.h"
#include "shop/install.h"
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
	const struct job *job; /* the license's newest */
};

static enum db_status
find(struct visit *visit, struct order *order)
{
	const enum db_status status =
	    part_license(visit, false, &order->license);

	if (status != DB_OK)
		return status;
	return job_latest(visit->work, order->license->serial, &order->job);
}

static bool
is_state(const struct job *job, const char *state)
{
	return part_same(job->state, state);
}

static bool
is_over(const struct job *job)
{
	return job->ended_at != 0;
}

static bool
is_away(const struct visit *visit, const struct job *job)
{
	const int64_t silence = AWAY + setting_number("agent.poll_seconds");

	return !is_over(job) && visit->work->now - job->last_contact > silence;
}

/* A cancelled installation has ended its license: nothing to try again. */
static bool
may_retry(const struct order *order)
{
	return (is_state(order->job, "failed") ||
		   is_state(order->job, "cancelled")) &&
	       !part_same(order->license->status, "U");
}

static bool
may_cancel(const struct order *order)
{
	if (is_state(order->job, "waiting"))
		return true;
	return is_state(order->job, "failed") &&
	       part_same(order->job->action, "install") &&
	       !part_same(order->license->status, "U");
}

static void
show_forms(struct visit *visit, const struct order *order)
{
	form_prefill(visit, "serial", order->job->serial);
	form_set(
	    visit, "id", part_number(visit->work->arena, order->job->job_id));
	form_prefill(visit, "retry", "yes");
	form_prefill(visit, "cancel", "yes");
	if (may_retry(order))
		form_show(visit, "retry", "post", "job", "serial id retry");
	if (may_cancel(order))
		form_show(visit, "cancel", "post", "job", "serial id cancel");
}

static void
show_progress(struct visit *visit, const struct job *job)
{
	struct page *page = visit->page;
	const int64_t left = delivery_seconds_left(job, visit->work->now);

	page_attribute(page, "step", part_some(job->step));
	page_number(page, "percent", delivery_percent(job));
	page_number(page, "bytes_done", job->bytes_done);
	page_number(page, "bytes_total", job->bytes_total);
	if (left >= 0 && !is_over(job))
		page_number(page, "seconds_left", left);
	page_attribute(page, "server", job->server);
	page_time(page, "last_contact", job->last_contact);
	page_flag(page, "away", is_away(visit, job));
}

static void
show_head(struct visit *visit, const struct order *order)
{
	struct page *page = visit->page;
	const struct job *job = order->job;

	page_number(page, "id", job->job_id);
	page_attribute(page, "serial", job->serial);
	page_attribute(page, "action", job->action);
	page_attribute(page, "state", job->state);
	page_time(page, "created", job->created_at);
	page_time(page, "ended", job->ended_at);
	show_progress(visit, job);
	if (is_state(job, "done"))
		page_attribute(
		    page, "url", part_license_url(visit, order->license));
}

/* "id", then a blank and the server's words. */
static void
show_reason(struct visit *visit, const struct job *job)
{
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
show_step(struct page *page, const char *name, const struct job_step *step)
{
	page_open(page, "step");
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

/* All steps of an installation; of the rest those the agent told of. */
static enum db_status
show_steps(struct visit *visit, const struct job *job)
{
	const bool all = !part_same(job->action, "uninstall");
	const struct job_step *steps;
	size_t count;
	const enum db_status status =
	    job_steps(visit->work, job->job_id, &steps, &count);

	if (status != DB_OK)
		return status;
	for (size_t i = 0; delivery_steps[i] != NULL; i++) {
		const struct job_step *step =
		    find_step(steps, count, delivery_steps[i]);

		if (all || step != NULL)
			show_step(visit->page, delivery_steps[i], step);
	}
	return DB_OK;
}

static enum outcome
present(struct visit *visit, const struct order *order)
{
	struct page *page = visit->page;
	enum db_status status;

	show_forms(visit, order);
	page_open(page, "job");
	show_head(visit, order);
	page_text(page, "name", order->license->name);
	show_reason(visit, order->job);
	status = show_steps(visit, order->job);
	part_each_line(visit, "left", order->job->left_over);
	page_close(page);
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

static enum outcome
answer(struct visit *visit, enum job_result result, const char *not_now)
{
	switch (result) {
	case JOB_DONE:
		return go_to(
		    visit, "job", "serial", form_text(visit, "serial"));
	case JOB_MISSING:
		return MISSING;
	case JOB_NOT_NOW:
		return refuse(visit, not_now);
	case JOB_DIRECTORY_IN_USE:
		return refuse(visit, "install.directory-in-use");
	case JOB_RETRY:
		return RETRY;
	case JOB_BROKEN:
		break;
	}
	return BROKEN;
}

/* The button belongs to the job that was shown; there may be a newer one. */
static bool
is_meant(struct visit *visit, const struct order *order)
{
	const char *id = form_text(visit, "id");

	return id[0] == '\0' || part_same(id, part_number(visit->work->arena,
						  order->job->job_id));
}

static enum outcome
act(struct visit *visit)
{
	const bool retry = form_has(visit, "retry");
	const char *not_now = retry ? "job.cannot-retry" : "job.cannot-cancel";
	struct order order;
	const enum db_status status = find(visit, &order);

	if (status != DB_OK)
		return outcome_of(status);
	if (!is_meant(visit, &order))
		return refuse(visit, not_now);
	if (retry)
		return answer(visit,
		    install_job_retry(visit->work, order.license->serial),
		    not_now);
	if (form_has(visit, "cancel"))
		return answer(visit,
		    install_job_cancel(visit->work, order.license->serial),
		    not_now);
	return refuse(visit, "problem.missing");
}

const struct screen screen = {
	.name = "job",
	.visitor = CUSTOMER,
	.fields = fields,
	.show = show,
	.act = act,
};
