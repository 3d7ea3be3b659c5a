/* course: a piece of work as its customer sees it: one job, or the jobs of a
 * move, which are one thing to him. */

#ifndef SCREEN_COURSE_H
#define SCREEN_COURSE_H

#include <stdbool.h>
#include <stddef.h>

#include "data/job.h"

struct license;
struct work;

struct course {
	const struct job *jobs;		/* in their order */
	size_t count;
	const struct job *last;
	const char *action;		/* install ... or "move" */
	const char *state;		/* as a job has it */
	const struct job *trouble;	/* whose reason counts, or NULL */
	int percent;
};

/* The newest of that license of the acting customer. */
enum db_status course_find(
    struct work *work, const struct license *license, struct course *course_r);

bool course_is_over(const struct course *course);

/* Of the open job: when its present step began; 0 for unknown. */
enum db_status course_step_began(
    struct work *work, const struct job *job, int64_t *began_r);

#endif
