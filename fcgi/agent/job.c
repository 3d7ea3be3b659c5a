/* job: one job from the order to its end. */

#include "agent/job.h"

#include <errno.h>
#include <string.h>

#include "agent/agent.h"
#include "agent/hold.h"
#include "agent/kept.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/log.h"

enum { TELL_EACH = 1000 }; /* ms between two words on progress */

bool
job_fail(struct job *job, const char *why)
{
	if (*job->why == '\0')
		job->why = *why == '\0' ? "agent.failed" : why;
	return false;
}

bool
job_fail_errno(struct job *job, const char *what)
{
	const int why = errno;
	const char *id =
	    why == ENOSPC || why == EDQUOT ? "agent.no-space" : "agent.file";

	return job_fail(
	    job, arena_print(job->arena, "%s %s: %s", id, what, strerror(why)));
}

bool
job_note(struct job *job, const char *word, const char *value)
{
	return journal_write(&job->journal, word, value) ||
	       job_fail(job, "agent.journal");
}

bool
job_note_number(struct job *job, const char *word, int64_t number)
{
	return journal_write_number(&job->journal, word, number) ||
	       job_fail(job, "agent.journal");
}

/* Its package comes from a depot that nobody is to believe any more. */
static bool
is_revoked(const struct job *job, const struct order_answer *answer)
{
	if (job->source.manifest == NULL)
		return false;
	for (size_t i = 0; i < answer->revoked_count; i++)
		if (strcmp(answer->revoked[i], job->order->depot) == 0)
			return true;
	return false;
}

/* Tells the manager, if he is there. */
static void
tell(struct job *job, const char *state, int64_t bytes)
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
	if (polled.answer == NULL) {
		job->alone = true;
	} else {
		job->revoked = is_revoked(job, polled.answer);
		if (job->revoked || (polled.answer->heard_count == 1 &&
					polled.answer->heard[0].over))
			job->over = true;
	}
	arena_free(own);
}

/* Is it too late to call the present step off? */
static bool
is_sure(const struct job *job)
{
	for (const struct job_step *step = job->action->steps;
	     step->name != NULL; step++) {
		if (step->sure)
			return true;
		if (step->name == job->step)
			return false;
	}
	return true;
}

bool
job_progress(void *context, int64_t bytes)
{
	struct job *job = context;

	if (clock_monotonic_ms() - job->told >= TELL_EACH)
		tell(job, "running", bytes);
	return !job->over || is_sure(job);
}

static bool
run_step(struct job *job, const struct job_step *step)
{
	bool right;

	job->step = step->name;
	job->total = 0;
	job->told = clock_monotonic_ms();
	right = step->run(job);
	if (right) {
		tell(job, "done", job->total);
		log_event(LOG_NOTE, "agent.step", "job=%lld step=%s",
		    (long long)job->order->number, job->step);
	}
	/* What a step says when it is called off matters to nobody. */
	if (job->over && !is_sure(job)) {
		job->why = job->revoked
			       ? arena_print(job->arena, "depot.revoked %s",
				     job->order->depot)
			       : "agent.cancelled";
		job->again = false;
		return false;
	}
	return right;
}

static bool
carry_out(struct job *job)
{
	if (job->action == NULL)
		return job_fail(job, arena_print(job->arena, "agent.cannot %s",
					 job->order->action));
	if (!job_open_area(job))
		return false;
	for (const struct job_step *step = job->action->steps;
	     step->name != NULL; step++)
		if (!run_step(job, step))
			return false;
	return true;
}

/* A program's owner waits for what of his is set aside; the others do not. */
static bool
is_area_free(const struct job *job)
{
	size_t count;
	const int64_t *numbers =
	    journal_numbers(job->agent, job->arena, &count);
	bool is_free = true;

	for (size_t i = 0; is_free && i < count; i++) {
		struct journal journal;
		const char *area;

		if (numbers[i] == job->order->number ||
		    !journal_open(&journal, job->agent, job->arena, numbers[i]))
			continue;
		area = lines_value(&journal.lines, "area");
		is_free = journal_state(&journal) != JOURNAL_CUT ||
			  area == NULL || strcmp(area, job->order->area) != 0;
		journal_close(&journal);
	}
	return is_free;
}

static bool
run_order(
    const struct agent *agent, struct arena *arena, const struct polled *polled)
{
	const struct order_job *order = polled->answer->job;
	struct job job;

	if (!job_begin(&job, agent, arena, polled->answer))
		return false;
	switch (journal_state(&job.journal)) {
	case JOURNAL_NEW:
	case JOURNAL_WAITS:
		break;
	case JOURNAL_CUT:
	case JOURNAL_ENDED:
		journal_close(&job.journal);
		return false;
	}
	if (!journal_keep(
		&job.journal, "order.xml", polled->bytes, polled->length) ||
	    !journal_restart(&job.journal, "begin", order->action) ||
	    !journal_write(&job.journal, "area", order->area)) {
		journal_close(&job.journal);
		return false;
	}
	if (!is_area_free(&job)) {
		job.again = true;
		(void)job_fail(&job, "agent.waits");
	}
	if (!job_finish(&job, *job.why == '\0' && carry_out(&job)))
		(void)hold_put(order->number);
	return true;
}

/* The manager's clock counts: he wrote both times, and the answer is one to a
 * question of just now. */
static bool
is_good(const struct agent *agent, struct arena *arena,
    const struct order_answer *answer)
{
	const int64_t number = answer->job->number;

	if (answer->job->valid_until <= answer->time)
		return false;
	return number > journal_last(agent, arena) ||
	       journal_waits(agent, arena, number);
}

static bool
run_given(const struct agent *agent, const struct polled *polled)
{
	struct arena *arena = arena_new();
	bool ran = false;

	if (!is_good(agent, arena, polled->answer))
		log_event(LOG_WARN, "agent.old-job", "job=%lld",
		    (long long)polled->answer->job->number);
	else
		ran = run_order(agent, arena, polled);
	arena_free(arena);
	return ran;
}

/* True when one of them came to its end. */
static bool
resume_all(const struct agent *agent)
{
	struct arena *arena = arena_new();
	size_t count;
	const int64_t *numbers = journal_numbers(agent, arena, &count);
	bool some = false;

	for (size_t i = 0; i < count; i++) {
		struct arena *own = arena_new();

		if (hold_is_due(numbers[i]))
			some = job_resume(agent, own, numbers[i]) || some;
		arena_free(own);
	}
	arena_free(arena);
	return some;
}

bool
job_run(const struct agent *agent, const struct polled *polled)
{
	bool some = resume_all(agent);

	if (polled->answer->job != NULL)
		return run_given(agent, polled) || some;
	kept_sweep(agent, polled->answer->time);
	return some;
}

bool
job_recover(const struct agent *agent)
{
	struct arena *arena = arena_new();
	const bool right = record_start(agent, arena);

	if (right)
		(void)resume_all(agent);
	else
		log_event(LOG_FAULT, "agent.state", "path=%s error=%s",
		    agent->conf.state_dir, strerror(errno));
	arena_free(arena);
	return right;
}
