/* action: what agents can be told to do, and what each thing means for a
 * license: its steps, until when it may be called off, what its end brings. */

#ifndef SHOP_ACTION_H
#define SHOP_ACTION_H

#include <stdbool.h>
#include <stdint.h>

#include "data/db.h"

struct job;
struct license;

struct action_step {
	const char *name;
	int percent;		/* of the job when it is done */
	bool counts;		/* bytes are told of it */
};

enum action_stop {
	ACTION_NEVER,		/* may it be called off once it began */
	ACTION_BEFORE_SWAP,
	ACTION_BEFORE_END,
};

/* A job's end, inside the transaction that stores it; both rows are locked. */
struct action_end {
	const struct license *license;
	const struct job *job;	/* as it is now: state, reason, left_over */
	const char *detail;	/* of the last report */
};

struct action {
	const char *name;
	const char *page;	/* as customers know it: "move" for its parts */
	const struct action_step *steps;	/* ends with a NULL name */
	enum action_stop stop;
	int from, to;		/* percent of the whole that it makes */
	enum db_status (*done)(
	    struct work *work, const struct action_end *end);
	/* Failed, or called off: everything is as it was before. */
	enum db_status (*undone)(
	    struct work *work, const struct action_end *end);
};

/* A bug when there is none of that name. */
const struct action *action_find(const char *name);

/* Its place among the steps; -1 for none. */
int action_step(const struct action *action, const char *step);

/* Waiting or running. */
bool action_is_open(const struct job *job);

/* May this open job still be called off? */
bool action_may_stop(const struct job *job);

/* What ended, as its customer knows it: a move, unless it was one of its last
 * parts that went wrong. */
const char *action_word(const struct job *job);

/* Ends a job that no agent is at as cancelled, with what that means. DB_NONE
 * when it is in another state by now. */
enum db_status action_cancel(
    struct work *work, const struct license *license, const struct job *job);

/* The ends of the actions: action_end.c, of a move's parts: action_move.c. */
enum db_status action_installed(
    struct work *work, const struct action_end *end);
enum db_status action_not_installed(
    struct work *work, const struct action_end *end);
enum db_status action_replaced(
    struct work *work, const struct action_end *end);
enum db_status action_backed_up(
    struct work *work, const struct action_end *end);
enum db_status action_not_restored(
    struct work *work, const struct action_end *end);
enum db_status action_uninstalled(
    struct work *work, const struct action_end *end);
enum db_status action_failed(struct work *work, const struct action_end *end);
enum db_status action_exported(
    struct work *work, const struct action_end *end);
enum db_status action_not_exported(
    struct work *work, const struct action_end *end);
enum db_status action_imported(
    struct work *work, const struct action_end *end);
enum db_status action_not_imported(
    struct work *work, const struct action_end *end);
enum db_status action_dropped(struct work *work, const struct action_end *end);
enum db_status action_returned(
    struct work *work, const struct action_end *end);
enum db_status action_not_returned(
    struct work *work, const struct action_end *end);

/* A mail about a job to who has the license: job-done or job-failed. */
enum db_status action_tell(
    struct work *work, const struct action_end *end, const char *kind);

#endif
