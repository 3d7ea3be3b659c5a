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
	DELIVERY_OVER,		/* report: the job has ended */
	DELIVERY_RETRY,
	DELIVERY_BROKEN,
};

/* The server's oldest job that has not ended, the same again until its end
 * is reported: an agent that lost the answer asks again. Marks it running. */
enum delivery_result delivery_next(struct work *work, int64_t server_id,
    const struct job_order **order_r);

/* step: PLANNED CHECKED FETCHED VERIFIED STAGED CONFIGURED SWAPPED HEALTHY
 * REPORTED; state: running, done, failed. REPORTED done ends the job well, a
 * failed step ends it with everything undone. */
struct delivery_report {
	int64_t job_id;
	const char *step;
	const char *state;
	const char *detail;	/* of a failure: id, then a blank and words */
	int64_t bytes_done;	/* of the download; 0 with total 0: unknown */
	int64_t bytes_total;
	const char *left_over;	/* uninstall: a path per line; or NULL */
};

/* The same report again changes nothing. */
enum delivery_result delivery_report(struct work *work, int64_t server_id,
    const struct delivery_report *report);

/* The steps in their order, NULL at the end. */
extern const char *const delivery_steps[];
bool delivery_is_step(const char *step);

/* 0 to 100. */
int delivery_percent(const struct job *job);
/* Seconds until the download is done at its pace so far; -1 for unknown. */
int64_t delivery_seconds_left(const struct job *job, int64_t now);

#endif
