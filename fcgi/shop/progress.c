/* progress: how far a job is, for the page. */

#include <string.h>

#include "data/job.h"
#include "shop/action.h"
#include "shop/delivery.h"

bool
delivery_is_step(const char *step)
{
	return action_step(action_find("install"), step) >= 0;
}

/* Loading, packing, copying, unpacking. */
static bool
is_counting(const struct job *job)
{
	const struct action *action = action_find(job->action);
	const int at = action_step(action, job->step);

	return at >= 0 && action->steps[at].counts &&
	       job->bytes_done < job->bytes_total;
}

int
delivery_percent(const struct job *job)
{
	const struct action *action = action_find(job->action);
	const int at = action_step(action, job->step);
	const int from = at > 0 ? action->steps[at - 1].percent : 0;

	if (strcmp(job->state, "done") == 0)
		return 100;
	if (at < 0)
		return 0;
	if (is_counting(job))
		return from + (int)((action->steps[at].percent - from) *
				    job->bytes_done / job->bytes_total);
	return action->steps[at].percent;
}

int64_t
delivery_seconds_left(const struct job *job, int64_t began, int64_t now)
{
	const int64_t passed = now - began;

	if (began == 0 || passed < 1 || job->bytes_done <= 0 ||
	    !is_counting(job))
		return -1;
	return (job->bytes_total - job->bytes_done) * passed / job->bytes_done +
	       1;
}
