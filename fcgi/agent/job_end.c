/* job_end: how jobs end: done, failed, or set aside to be tried again. */

#include <string.h>
#include <unistd.h>

#include "agent/agent.h"
#include "agent/hold.h"
#include "agent/job.h"
#include "base/arena.h"
#include "base/log.h"

enum { TIMES = 10 }; /* that one waits for a depot: half an hour */

static const struct job_action *const actions[] = {
	&install_action,
	&upgrade_action,
	&rollback_action,
	&backup_action,
	&restore_action,
	&export_action,
	&import_action,
	&drop_action,
	&return_action,
	&uninstall_action,
};

static const struct job_action *
action_named(const char *name)
{
	for (size_t i = 0; i < sizeof(actions) / sizeof(*actions); i++)
		if (strcmp(actions[i]->name, name) == 0)
			return actions[i];
	return NULL;
}

bool
job_begin(struct job *job, const struct agent *agent, struct arena *arena,
    const struct order_answer *answer)
{
	const struct order_job *order = answer->job;

	*job = (struct job){
		.agent = agent,
		.arena = arena,
		.order = order,
		.now = answer->time,
		.action = action_named(order->action),
		.archive = -1,
		.why = "",
		.detail = "",
		.step = "PLANNED",
		.source = {
			.agent = agent,
			.arena = arena,
			.job = order,
			.progress = job_progress,
			.context = job,
		},
		.place = {
			.agent = agent,
			.arena = arena,
			.number = order->number,
			.directory = order->directory,
			.aside = arena_print(arena, ".kagiya/%lld/tree",
			    (long long)order->number),
			.kept = arena_print(
			    arena, ".kagiya/kept/%s", order->serial),
			.out = arena_print(
			    arena, ".kagiya/out/%s", order->serial),
			.why = "",
			.progress = job_progress,
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

bool
job_open_area(struct job *job)
{
	const char *why = place_open(&job->place);

	return *why == '\0' || job_fail(job, why);
}

static bool
note_left(struct job *job)
{
	const struct place *place = &job->place;

	return journal_write_list(
	    &job->journal, "left", place->left, place->left_count);
}

/* The last words go into the journal. */
static bool
note_end(struct job *job)
{
	struct journal *journal = &job->journal;
	struct place *place = &job->place;

	return note_left(job) &&
	       (place->backup == NULL ||
		   journal_write(journal, "left", place->backup)) &&
	       (*job->detail == '\0' ||
		   journal_write(journal, "detail", job->detail)) &&
	       journal_write(journal, "ending", "done");
}

/* They are told until they are heard, when nothing is left to be done. */
static bool
end_well(struct job *job)
{
	struct journal *journal = &job->journal;

	if (!journal_has(journal, "ending") && !note_end(job))
		return false;
	if (job->action->end != NULL && !job->action->end(job))
		return false;
	log_event(LOG_NOTE, "agent.done", "job=%lld action=%s",
	    (long long)job->order->number, job->order->action);
	return journal_write(journal, "end", "done");
}

/* Once is enough, whatever it meets in being undone. */
static bool
note_failure(struct job *job)
{
	struct journal *journal = &job->journal;

	return journal_has(journal, "why") ||
	       (journal_write(journal, "step", job->step) &&
		   (!job->again || journal_write(journal, "again", "yes")) &&
		   journal_write(journal, "why", job->why));
}

/* It goes on later; till then this is what holds it up. */
static void
note_trouble(struct job *job)
{
	const char *last = lines_value(&job->journal.lines, "trouble");

	if (last == NULL || strcmp(last, job->why) != 0)
		(void)(journal_write(&job->journal, "step", job->step) &&
		       journal_write(&job->journal, "trouble", job->why));
}

/* Nothing of it is left: the manager gives it again when he is not told that
 * it waits. */
static bool
set_aside(struct job *job)
{
	log_event(LOG_NOTE, "agent.waits", "job=%lld why=%s",
	    (long long)job->order->number, job->why);
	return journal_restart(&job->journal, "wait", job->why);
}

static bool
end_badly(struct job *job)
{
	struct journal *journal = &job->journal;

	log_event(LOG_WARN, "agent.failed", "job=%lld step=%s why=%s",
	    (long long)job->order->number, job->step, job->why);
	if (journal_has(journal, JOB_FORWARD)) {
		note_trouble(job);
		return false;
	}
	if (!note_failure(job))
		return false;
	if (job->action != NULL && !job->action->undo(job))
		return false;
	if (journal_has(journal, "again") &&
	    (job->cut || hold_put(job->order->number) < TIMES))
		return set_aside(job);
	return journal_write_list(
		   journal, "left", job->place.left, job->place.left_count) &&
	       journal_write(journal, "end", "failed");
}

bool
job_finish(struct job *job, bool right)
{
	right = right ? end_well(job) : end_badly(job);
	if (right && journal_state(&job->journal) == JOURNAL_ENDED) {
		hold_end(job->order->number);
		right = journal_set_last(
		    job->agent, job->arena, job->order->number);
	}
	if (job->archive >= 0)
		(void)close(job->archive);
	journal_close(&job->journal);
	return right;
}

/* Cut short before it mattered: it goes back and is given anew. */
static bool
go_back(struct job *job)
{
	job->why = "agent.interrupted";
	job->again = job->cut = true;
	return false;
}

static bool
go_on(struct job *job)
{
	const struct lines *lines = &job->journal.lines;

	job->alone = true;
	if (lines_value(lines, "ending") != NULL)
		return true;
	if (lines_value(lines, "why") != NULL &&
	    lines_value(lines, JOB_FORWARD) == NULL) {
		job->step = lines_value(lines, "step");
		job->why = lines_value(lines, "why");
		(void)job_open_area(job);
		return false;
	}
	if (job->action == NULL || !job_open_area(job))
		return job_fail(job, "agent.cannot");
	if (job->action->resume(job))
		return true;
	return *job->why != '\0' ? false : go_back(job);
}

static bool
resume(struct job *job)
{
	log_event(LOG_NOTE, "agent.resume", "job=%lld",
	    (long long)job->order->number);
	if (job_finish(job, go_on(job)))
		return true;
	(void)hold_put(job->order->number);
	return false;
}

static const struct order_answer *
read_order(struct journal *journal)
{
	size_t length;
	const char *bytes = journal_kept(journal, "order.xml", &length);
	const struct order_answer *answer =
	    bytes == NULL ? NULL
			  : order_answer_read(journal->arena, bytes, length);

	return answer == NULL || answer->job == NULL ? NULL : answer;
}

static bool
resume_order(const struct agent *agent, struct arena *arena,
    const struct order_answer *answer)
{
	struct job job;

	return job_begin(&job, agent, arena, answer) && resume(&job);
}

bool
job_resume(const struct agent *agent, struct arena *arena, int64_t number)
{
	const struct order_answer *answer;
	struct journal journal;
	enum journal_state state;

	if (!journal_open(&journal, agent, arena, number))
		return false;
	answer = read_order(&journal);
	state = journal_state(&journal);
	if (answer == NULL || state == JOURNAL_NEW)
		journal_remove(&journal);
	journal_close(&journal);
	if (answer == NULL)
		return false;
	/* Cut short just before that was noted. */
	if (state == JOURNAL_ENDED)
		(void)journal_set_last(agent, arena, number);
	return state == JOURNAL_CUT && resume_order(agent, arena, answer);
}
