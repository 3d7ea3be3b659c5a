/* progress: how far a job is, for the page. */

#include <string.h>

#include "data/job.h"
#include "shop/delivery.h"

const char *const delivery_steps[] = { "PLANNED", "CHECKED", "FETCHED",
	"VERIFIED", "STAGED", "CONFIGURED", "SWAPPED", "HEALTHY", "REPORTED",
	NULL };

/* Percent when the step is done; fetching takes most of the time. */
static const int percents[] = { 2, 5, 60, 65, 80, 88, 94, 98, 100 };

static size_t
place_of(const char *step)
{
	size_t i = 0;

	while (
	    delivery_steps[i] != NULL && strcmp(delivery_steps[i], step) != 0)
		i++;
	return i;
}

bool
delivery_is_step(const char *step)
{
	return delivery_steps[place_of(step)] != NULL;
}

static bool
is_fetching(const struct job *job)
{
	return strcmp(job->step, "FETCHED") == 0 && job->bytes_total > 0 &&
	       job->bytes_done < job->bytes_total;
}

int
delivery_percent(const struct job *job)
{
	enum { FETCH_FROM = 5, FETCH_TO = 60 };

	if (strcmp(job->state, "done") == 0)
		return 100;
	if (is_fetching(job))
		return FETCH_FROM + (int)((FETCH_TO - FETCH_FROM) *
					  job->bytes_done / job->bytes_total);
	return delivery_is_step(job->step) ? percents[place_of(job->step)] : 0;
}

int64_t
delivery_seconds_left(const struct job *job, int64_t now)
{
	int64_t passed = now - job->sent_at;

	if (job->sent_at == 0 || passed < 1 || !is_fetching(job) ||
	    job->bytes_done <= 0)
		return -1;
	return (job->bytes_total - job->bytes_done) * passed / job->bytes_done +
	       1;
}
