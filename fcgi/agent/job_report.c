/* job_report: what the manager is told of jobs that are not under way. */

#include <string.h>

#include "agent/agent.h"
#include "agent/hold.h"
#include "agent/job.h"
#include "base/arena.h"

static const char *
known(const struct lines *lines, const char *word, const char *absent)
{
	const char *value = lines_value(lines, word);

	return value == NULL ? absent : value;
}

static struct order_report
ended(const struct lines *lines)
{
	if (strcmp(lines_value(lines, "end"), "done") == 0)
		return (struct order_report){
			.step = "REPORTED",
			.state = "done",
			.detail = known(lines, "detail", ""),
		};
	return (struct order_report){
		.step = known(lines, "step", "PLANNED"),
		.state = "failed",
		.detail = known(lines, "why", "agent.failed"),
	};
}

static struct order_report
held(const struct lines *lines, const char *word)
{
	return (struct order_report){
		.step = known(lines, "step", "PLANNED"),
		.state = "held",
		.detail = known(
		    lines, word, known(lines, "trouble", "agent.interrupted")),
	};
}

static bool
is_in(const char *const *list, size_t count, const char *word)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(list[i], word) == 0)
			return true;
	return false;
}

/* Each once: some things are looked at again. */
static void
add_left(struct order_report *report, const struct lines *lines)
{
	size_t all;
	const char **left = lines_all(lines, "left", &all);
	size_t count = 0;

	for (size_t i = 0; i < all; i++)
		if (!is_in(left, count, left[i]))
			left[count++] = left[i];
	report->left = left;
	report->left_count = count;
}

/* False when there is nothing to say: it is wanted again. */
static bool
report(const struct journal *journal, int64_t number,
    struct order_report *report_r)
{
	const struct lines *lines = &journal->lines;

	switch (journal_state(journal)) {
	case JOURNAL_ENDED:
		*report_r = ended(lines);
		break;
	case JOURNAL_CUT:
		*report_r = held(lines, "why");
		break;
	case JOURNAL_WAITS:
		if (hold_is_due(number))
			return false;
		*report_r = held(lines, "wait");
		break;
	case JOURNAL_NEW:
		return false;
	}
	report_r->job = number;
	add_left(report_r, lines);
	return true;
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
		struct journal journal;

		if (!journal_open(&journal, agent, arena, numbers[i]))
			continue;
		journal_close(&journal);
		if (report(&journal, numbers[i], &reports[*count_r]))
			(*count_r)++;
	}
	return reports;
}

/* What waits has nothing to be undone. */
static bool
call_off(struct journal *journal, const struct agent *agent,
    struct arena *arena, int64_t number)
{
	hold_end(number);
	return journal_write(journal, "step", "PLANNED") &&
	       journal_write(journal, "why", "agent.cancelled") &&
	       journal_write(journal, "end", "failed") &&
	       journal_set_last(agent, arena, number);
}

void
job_heard(const struct agent *agent, struct arena *arena,
    const struct order_answer *answer)
{
	for (size_t i = 0; i < answer->heard_count; i++) {
		const struct order_heard *heard = &answer->heard[i];
		struct journal journal;

		if (!journal_open(&journal, agent, arena, heard->job))
			continue;
		if (journal_state(&journal) == JOURNAL_ENDED)
			journal_remove(&journal);
		else if (journal_state(&journal) == JOURNAL_WAITS &&
			 heard->over)
			(void)call_off(&journal, agent, arena, heard->job);
		journal_close(&journal);
	}
}
