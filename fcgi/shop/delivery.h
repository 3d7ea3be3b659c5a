/* delivery: jobs on their way to an agent, and its reports on their way back
 * (figure 13, s7-s10; figure 15, s8-s10). */

#ifndef SHOP_DELIVERY_H
#define SHOP_DELIVERY_H

#include "data/job.h"

struct work;

enum delivery_result {
	DELIVERY_DONE,
	DELIVERY_NOTHING,	/* next: no job; report: another server's */
	DELIVERY_REFUSED,	/* report: no such step or state */
	DELIVERY_OVER,		/* report: the job has ended, or its customer
				   called it off and the agent can still stop */
	DELIVERY_RETRY,
	DELIVERY_BROKEN,
};

/* Jobs that the agent has set aside for a while and told so. */
struct delivery_held {
	const int64_t *jobs;
	size_t count;
};

/* The server's job that is next, the same again until its end is reported: an
 * agent that lost the answer asks again. Marks it running. What is held (may
 * be NULL) is passed over; what was called off and is no agent's ends here.
 * No more new ones in an hour than agent.jobs_per_hour: the rest waits. */
enum delivery_result delivery_next(struct work *work, int64_t server_id,
    const struct delivery_held *held, const struct job_order **order_r);

/* step: PLANNED CHECKED FETCHED VERIFIED STAGED CONFIGURED SWAPPED HEALTHY
 * REPORTED; state: running, done, failed, held. REPORTED done ends the job
 * well, a failed step ends it with everything undone; held: it cannot go on
 * for now, detail says why. */
struct delivery_report {
	int64_t job_id;
	const char *step;
	const char *state;
	const char *detail;	/* of a failure: id, then a blank and words; of
				   a done export: "parcel SHA256HEX SIZE"; of a
				   done backup, if known: "backup SIZE" */
	int64_t bytes_done;	/* of the step; 0 with total 0: unknown */
	int64_t bytes_total;
	const char *left_over;	/* a path per line; or NULL: left, kept or put
				   beside; the backup that was made */
};

/* The same report again changes nothing. */
enum delivery_result delivery_report(struct work *work, int64_t server_id,
    const struct delivery_report *report);

bool delivery_is_step(const char *step);

/* 0 to 100, of this job alone. */
int delivery_percent(const struct job *job);
/* Seconds until the present step is done at its pace since it began; -1 for
 * unknown. */
int64_t delivery_seconds_left(
    const struct job *job, int64_t began, int64_t now);

/* Jobs that were handed to a server since then count for the cap. */
int64_t delivery_cap_since(struct work *work);

#endif
