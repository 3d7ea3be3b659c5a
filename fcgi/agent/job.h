/* job: one job from the order to its end. It goes through steps; what cannot
 * be repeated is in the journal first; cut short anywhere, it goes on or back
 * at the next start. */

#ifndef AGENT_JOB_H
#define AGENT_JOB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "agent/journal.h"
#include "agent/place.h"
#include "agent/poll.h"
#include "agent/source.h"

struct agent;
struct arena;

struct job {
	const struct agent *agent;
	struct arena *arena;
	const struct order_job *order;
	struct journal journal;
	struct place place;
	struct source source;
	int archive;		/* -1 for none */
	const char *why;	/* the step's failure; "" while it goes well */
	bool over;		/* the manager wants no more of it */
	bool alone;		/* he was not to be reached: no more progress */
	int64_t told;		/* when progress was last told, in ms */
	const char *step;	/* the present one */
	int64_t total;		/* bytes of it; 0 for unknown */
};

struct job_step {
	const char *name;
	bool (*run)(struct job *job);	/* false with job->why */
};

/* Carries out the job of an answer; false when nothing was done. */
bool job_run(const struct agent *agent, const struct polled *polled);

/* Brings what was cut short to an end; before the first poll. False: the disk
 * does not take it, nothing else can be done. */
bool job_recover(const struct agent *agent);

/* Reports of jobs that have ended and were not heard yet; told when they
 * were. */
const struct order_report *job_reports(
    const struct agent *agent, struct arena *arena, size_t *count_r);
void job_heard(const struct agent *agent, struct arena *arena,
    const struct order_answer *answer);

/* Tells the manager, if he is there. */
void job_tell(struct job *job, const char *state, int64_t bytes);
bool job_fail(struct job *job, const char *why);

/* In install.c and uninstall.c: the steps, what makes them undone, and what
 * goes on where a crash cut them. */
extern const struct job_step install_steps[];
bool install_undo(struct job *job);
bool install_resume(struct job *job);
extern const struct job_step uninstall_steps[];
bool uninstall_undo(struct job *job);
bool uninstall_resume(struct job *job);
bool uninstall_end(struct job *job);

#endif
