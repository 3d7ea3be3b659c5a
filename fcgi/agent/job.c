/* job: one job from the order to its end. */

#include "agent/job.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "agent/agent.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"

enum { TELL_EACH = 1000 }; /* ms between two words on progress */

static bool
is_install(const struct job *job)
{
	return strcmp(job->order->action, "install") == 0;
}

static bool
is_uninstall(const struct job *job)
{
	return strcmp(job->order->action, "uninstall") == 0;
}

bool
job_fail(struct job *job, const char *why)
{
	if (*job->why == '\0')
		job->why = *why == '\0' ? "agent.failed" : why;
	return false;
}

void
job_tell(struct job *job, const char *state, int64_t bytes)
{
	struct arena *own;
	const struct order_report report = {
		.job = job->order->number,
		.step = job->step,
		.state = state,
		.detail = "",
		.bytes = bytes,
		.total = job->total,
	};
	struct polled polled;

	job->told = clock_monotonic_ms();
	if (job->alone)
		return;
	own = arena_new();
	polled = poll_manager(job->agent, own, &report, 1, true);
	if (polled.answer == NULL)
		job->alone = true;
	else if (polled.answer->heard_count == 1 &&
		 polled.answer->heard[0].over)
		job->over = true;
	arena_free(own);
}

static void
on_progress(void *context, int64_t bytes)
{
	struct job *job = context;

	if (clock_monotonic_ms() - job->told >= TELL_EACH)
		job_tell(job, "running", bytes);
}

static bool
run_steps(struct job *job, const struct job_step *steps)
{
	for (; steps->name != NULL; steps++) {
		job->step = steps->name;
		job->total = 0;
		job->told = clock_monotonic_ms();
		if (!steps->run(job))
			return false;
		job_tell(job, "done", job->total);
		if (job->over)
			return job_fail(job, "agent.cancelled");
		log_event(LOG_NOTE, "agent.step", "job=%lld step=%s",
		    (long long)job->order->number, job->step);
	}
	return true;
}

/* The last words go into the journal; they are told until they are heard. */
static bool
end_well(struct job *job)
{
	struct journal *journal = &job->journal;
	struct place *place = &job->place;

	for (size_t i = 0; i < place->left_count; i++)
		if (!journal_write(journal, "left", place->left[i]))
			return false;
	if (place->backup != NULL &&
	    !journal_write(journal, "left", place->backup))
		return false;
	if (!journal_write(journal, "end", "done"))
		return false;
	log_event(LOG_NOTE, "agent.done", "job=%lld action=%s",
	    (long long)job->order->number, job->order->action);
	return !is_uninstall(job) || uninstall_end(job);
}

static bool
end_badly(struct job *job)
{
	struct journal *journal = &job->journal;

	log_event(LOG_WARN, "agent.failed", "job=%lld step=%s why=%s",
	    (long long)job->order->number, job->step, job->why);
	/* What cannot be brought to an end now stays in the journal and is
	 * tried again at the next turn. */
	if (is_install(job) && !install_undo(job))
		return false;
	if (is_uninstall(job) &&
	    (journal_has(journal, "out") || !uninstall_undo(job)))
		return false;
	return journal_write(journal, "step", job->step) &&
	       journal_write(journal, "why", job->why) &&
	       journal_write(journal, "end", "failed");
}

static bool
finish(struct job *job, bool right)
{
	right = right ? end_well(job) : end_badly(job);
	if (right)
		right = journal_set_last(
		    job->agent, job->arena, job->order->number);
	if (job->archive >= 0)
		(void)close(job->archive);
	journal_close(&job->journal);
	return right;
}

static bool
refuse(struct job *job)
{
	(void)job_fail(job,
	    arena_print(job->arena, "agent.cannot %s", job->order->action));
	return false;
}

static bool
begin(struct job *job, const struct agent *agent, struct arena *arena,
    const struct order_job *order)
{
	*job = (struct job){
		.agent = agent,
		.arena = arena,
		.order = order,
		.archive = -1,
		.why = "",
		.step = "PLANNED",
		.source = {
			.agent = agent,
			.arena = arena,
			.job = order,
			.progress = on_progress,
			.context = job,
		},
		.place = {
			.agent = agent,
			.arena = arena,
			.number = order->number,
			.directory = order->directory,
			.why = "",
			.progress = on_progress,
			.context = job,
			.area = {
				.name = order->area,
				.owner = order->owner,
				.action = order->action,
				.grant = order->grant,
				.fd = -1,
			},
			.file = -1,
		},
	};
	return journal_open(&job->journal, agent, arena, order->number);
}

static bool
open_area(struct job *job)
{
	const char *why = place_open(&job->place);

	return *why == '\0' || job_fail(job, why);
}

static bool
carry_out(struct job *job)
{
	if (!open_area(job))
		return false;
	if (is_install(job))
		return run_steps(job, install_steps);
	if (is_uninstall(job))
		return run_steps(job, uninstall_steps);
	return refuse(job);
}

/* Nothing is left of it but the manager's wish, and he will say it again. */
static bool
forget(struct job *job)
{
	bool right = true;

	if (is_install(job))
		right = install_undo(job);
	else
		right = uninstall_undo(job);
	if (right)
		journal_remove(&job->journal);
	return right;
}

static bool
resume(struct job *job)
{
	bool right;

	if (!open_area(job)) {
		/* The area is gone: there is nothing to undo in it. */
		return finish(job, false);
	}
	right = is_install(job) ? install_resume(job) : uninstall_resume(job);
	if (right || *job->why != '\0')
		return finish(job, right);
	return forget(job);
}

static bool
recover(const struct agent *agent, struct arena *arena, int64_t number)
{
	struct journal journal;
	const struct order_answer *answer;
	const char *bytes;
	size_t length;
	struct job job;
	bool right = true;

	if (!journal_open(&journal, agent, arena, number))
		return false;
	bytes = journal_kept(&journal, "order.xml", &length);
	answer = bytes == NULL ? NULL : order_answer_read(arena, bytes, length);
	if (answer == NULL || answer->job == NULL ||
	    !journal_has(&journal, "begin")) {
		journal_remove(&journal);
		return true;
	}
	journal_close(&journal);
	if (!begin(&job, agent, arena, answer->job))
		return false;
	if (!journal_has(&job.journal, "end")) {
		log_event(
		    LOG_NOTE, "agent.resume", "job=%lld", (long long)number);
		job.alone = true;
		right = resume(&job);
	} else {
		right = !is_uninstall(&job) ||
			strcmp(lines_value(&job.journal.lines, "end"),
			    "done") != 0 ||
			uninstall_end(&job);
		if (right)
			right = journal_set_last(agent, arena, number);
	}
	journal_close(&job.journal);
	return right;
}

static bool
run_order(
    const struct agent *agent, struct arena *arena, const struct polled *polled)
{
	const struct order_job *order = polled->answer->job;
	struct job job;

	if (!begin(&job, agent, arena, order))
		return false;
	/* Something in its way was not to be undone: try that again. */
	if (journal_has(&job.journal, "begin")) {
		journal_close(&job.journal);
		(void)recover(agent, arena, order->number);
		return false;
	}
	if (!journal_keep(
		&job.journal, "order.xml", polled->bytes, polled->length) ||
	    !journal_write(&job.journal, "begin", order->action))
		return false;
	(void)finish(&job, carry_out(&job));
	return true;
}

bool
job_run(const struct agent *agent, const struct polled *polled)
{
	const struct order_job *order = polled->answer->job;
	struct arena *arena = arena_new();
	bool ran = false;

	if (order->number <= journal_last(agent, arena) ||
	    order->valid_until <= clock_now())
		log_event(LOG_WARN, "agent.old-job", "job=%lld",
		    (long long)order->number);
	else
		ran = run_order(agent, arena, polled);
	arena_free(arena);
	return ran;
}

bool
job_recover(const struct agent *agent)
{
	struct arena *arena = arena_new();
	size_t count;
	const int64_t *numbers = journal_numbers(agent, arena, &count);
	bool right = true;

	for (size_t i = 0; i < count; i++) {
		struct arena *own = arena_new();

		right = recover(agent, own, numbers[i]) && right;
		arena_free(own);
	}
	arena_free(arena);
	return right;
}

const struct order_report *
job_reports(const struct agent *agent, struct arena *arena, size_t *count_r)
{
	size_t count;
	const int64_t *numbers = journal_numbers(agent, arena, &count);
	struct order_report *reports =
	    arena_array(arena, count, sizeof(*reports));

	*count_r = 0;
	for (size_t i = 0; i < count; i++) {
		struct order_report *report = &reports[*count_r];
		struct journal journal;
		const char *end;

		if (!journal_open(&journal, agent, arena, numbers[i]))
			continue;
		journal_close(&journal);
		end = lines_value(&journal.lines, "end");
		if (end == NULL)
			continue;
		*report = (struct order_report){
			.job = numbers[i],
			.step = "REPORTED",
			.state = "done",
			.detail = "",
		};
		if (strcmp(end, "done") != 0) {
			report->step = lines_value(&journal.lines, "step");
			report->state = "failed";
			report->detail = lines_value(&journal.lines, "why");
		}
		report->left =
		    lines_all(&journal.lines, "left", &report->left_count);
		(*count_r)++;
	}
	return reports;
}

void
job_heard(const struct agent *agent, struct arena *arena,
    const struct order_answer *answer)
{
	for (size_t i = 0; i < answer->heard_count; i++) {
		struct journal journal;

		if (!journal_open(&journal, agent, arena, answer->heard[i].job))
			continue;
		if (journal_has(&journal, "end"))
			journal_remove(&journal);
		journal_close(&journal);
	}
}
