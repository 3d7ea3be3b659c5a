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
#include "agent/record.h"
#include "agent/source.h"

struct agent;
struct arena;
struct job_action;

struct job {
	const struct agent *agent;
	struct arena *arena;
	const struct order_job *order;
	int64_t now;		/* by the manager's clock, when he gave it */
	const struct job_action *action;
	struct journal journal;
	struct place place;
	struct source source;
	const struct record *record;	/* of what is installed, if it is */
	int archive;		/* -1 for none */
	const char *why;	/* the step's failure; "" while it goes well */
	bool again;		/* which may pass: it is undone, and tried once
				   more when it is given again */
	bool cut;		/* it was cut short, no more */
	const char *detail;	/* a good end's words; "" for none */
	bool over;		/* the manager wants no more of it */
	bool revoked;		/* because he wants nothing of its depot */
	bool alone;		/* he was not to be reached: no more progress */
	int64_t told;		/* when progress was last told, in ms */
	const char *step;	/* the present one */
	int64_t total;		/* bytes of it; 0 for unknown */
};

struct job_step {
	const char *name;
	bool (*run)(struct job *job);	/* false with job->why */
	bool sure;		/* the customer cannot call it off from here */
};

/* A word of the journal: with it there is no way back. Such a job goes on, at
 * once or later, until it is through. */
#define JOB_FORWARD "forward"

struct job_action {
	const char *name;
	const struct job_step *steps;	/* a nameless one at the end */
	/* A step failed, or it was cut short: as if nothing had been. False:
	 * not now, it is asked again. Never asked when there is no way back. */
	bool (*undo)(struct job *job);
	/* After it was cut short: true when it could go on to its end. False
	 * with job->why: it failed; without: it goes back. */
	bool (*resume)(struct job *job);
	/* What is left when its end is in the journal; NULL for nothing. */
	bool (*end)(struct job *job);
};

extern const struct job_action install_action;
extern const struct job_action upgrade_action;
extern const struct job_action rollback_action;
extern const struct job_action backup_action;
extern const struct job_action restore_action;
extern const struct job_action export_action;
extern const struct job_action import_action;
extern const struct job_action drop_action;
extern const struct job_action return_action;
extern const struct job_action uninstall_action;

/* Does what an answer asks for, and what was set aside and is due; true when
 * there is something to tell at once. */
bool job_run(const struct agent *agent, const struct polled *polled);

/* Brings what was cut short to an end; before the first poll. What does not
 * go now is set aside. False: the state folder does not work. */
bool job_recover(const struct agent *agent);

/* Reports of jobs that have ended and were not heard yet, or are set aside;
 * told when they were. */
const struct order_report *job_reports(
    const struct agent *agent, struct arena *arena, size_t *count_r);
void job_heard(const struct agent *agent, struct arena *arena,
    const struct order_answer *answer);

/* For the steps. job_fail() returns false, as do those that write. */
bool job_fail(struct job *job, const char *why);
bool job_fail_errno(struct job *job, const char *what);
/* False when the step has been called off. */
bool job_progress(void *context, int64_t bytes);
bool job_note(struct job *job, const char *word, const char *value);
bool job_note_number(struct job *job, const char *word, int64_t number);

/* In job_end.c. */
bool job_begin(struct job *job, const struct agent *agent,
    struct arena *arena, const struct order_answer *answer);
bool job_open_area(struct job *job);
/* Its end into the journal, when it went well or everything is undone. False:
 * not now. */
bool job_finish(struct job *job, bool right);
bool job_resume(const struct agent *agent, struct arena *arena,
    int64_t number);

#endif
