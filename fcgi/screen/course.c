/* course: one job, or the jobs of a move, seen as one thing. */

#include "screen/course.h"

#include <string.h>

#include "data/license.h"
#include "data/work.h"
#include "shop/action.h"
#include "shop/delivery.h"

static bool
is_state(const struct job *job, const char *state)
{
	return strcmp(job->state, state) == 0;
}

/* What failed or was called off, unless it was put right by what followed. */
static const struct job *
find_trouble(const struct course *course)
{
	for (size_t i = course->count; i > 0; i--)
		if (is_state(&course->jobs[i - 1], "failed") ||
		    is_state(&course->jobs[i - 1], "cancelled"))
			return &course->jobs[i - 1];
	return NULL;
}

/* A return that went well is the end of a move that did not. */
static const char *
state_of(const struct course *course)
{
	const struct job *last = course->last;

	if (is_state(last, "waiting") && course->count > 1)
		return "running";
	if (!is_state(last, "done") || strcmp(last->action, "return") != 0)
		return last->state;
	return course->trouble != NULL ? course->trouble->state : "failed";
}

static int
percent_of(const struct course *course)
{
	const struct action *action = action_find(course->last->action);

	return action->from + (action->to - action->from) *
				  delivery_percent(course->last) / 100;
}

static enum db_status
find_chain(struct work *work, struct course *course)
{
	if (course->last->move_id == 0)
		return DB_OK;
	return job_list_of_move(
	    work, course->last->move_id, &course->jobs, &course->count);
}

enum db_status
course_find(
    struct work *work, const struct license *license, struct course *course_r)
{
	enum db_status status =
	    job_latest(work, license->serial, &course_r->last);

	if (status != DB_OK)
		return status;
	course_r->jobs = course_r->last;
	course_r->count = 1;
	status = find_chain(work, course_r);
	if (status != DB_OK)
		return status;
	course_r->action = action_find(course_r->last->action)->page;
	course_r->trouble = find_trouble(course_r);
	course_r->state = state_of(course_r);
	course_r->percent = percent_of(course_r);
	return DB_OK;
}

bool
course_is_over(const struct course *course)
{
	return course->last->ended_at != 0;
}

enum db_status
course_step_began(struct work *work, const struct job *job, int64_t *began_r)
{
	const struct job_step *steps;
	size_t count;
	const enum db_status status =
	    job_steps(work, job->job_id, &steps, &count);

	*began_r = 0;
	for (size_t i = 0; status == DB_OK && i < count; i++)
		if (strcmp(steps[i].step, job->step) == 0)
			*began_r = steps[i].at;
	return status;
}
