/* wish: what a customer wants done with a program that he has: upgrade, roll
 * back, back up, restore, move; the buttons of the job page. Each becomes a
 * job for an agent; while one is open there is no other for that license. */

#ifndef SHOP_WISH_H
#define SHOP_WISH_H

#include <stdbool.h>
#include <stdint.h>

#include "data/db.h"

struct license;
struct job;
struct version;
struct work;

enum wish_result {
	WISH_DONE,
	WISH_MISSING,		/* not his, not installed (any more) */
	WISH_BUSY,		/* a job is under way, or a move is stuck */
	WISH_NOTHING,		/* no newer version in reach, nothing kept, no
				   such backup */
	WISH_NOT_NOW,		/* retry, cancel: it is too late for that */
	WISH_REQUIREMENT,	/* which: os, php, mariadb or disk */
	WISH_NOT_YOUR_AREA,	/* this and the following: of a move */
	WISH_BAD_DIRECTORY,
	WISH_DIRECTORY_IN_USE,	/* retry of an install, too */
	WISH_SAME_PLACE,
	WISH_AWAY,	/* the other server has not called for a while */
	WISH_RETRY,
	WISH_BROKEN,
};

struct wish_done {
	const char *requirement;	/* WISH_REQUIREMENT: its kind */
};

/* The newest version that what is installed can become by an upgrade, by the
 * makers' ranges; NULL for none. */
enum db_status wish_offer(struct work *work, const struct license *license,
    const struct version **version_r);
/* Can it go back to the version that was replaced? */
bool wish_may_roll_back(struct work *work, const struct license *license);
/* Seen from the license's last job: is nothing in the way of a new one; can
 * it be done again; can it be called off? */
bool wish_is_free(const struct license *license, const struct job *last);
bool wish_may_again(const struct license *license, const struct job *last);
bool wish_may_call_off(
    const struct license *license, const struct job *last);

/* For the acting customer. A refusal changes nothing. settings: the answers
 * to the package's questions, new ones included, as a JSON object; NULL for
 * those that it has. */
enum wish_result wish_upgrade(struct work *work, const char *serial,
    const char *settings, struct wish_done *done_r);
enum wish_result wish_roll_back(struct work *work, const char *serial);
enum wish_result wish_back_up(struct work *work, const char *serial);
/* name: of a backup that an agent told of (data/backup.h). */
enum wish_result wish_restore(
    struct work *work, const char *serial, const char *name);
/* To an area of his, on whichever server; directory relative to the area. */
struct wish_place {
	int64_t area_id;
	const char *directory;
};
enum wish_result wish_move(struct work *work, const char *serial,
    const struct wish_place *place, struct wish_done *done_r);

/* What failed or was called off, once more, as if it were ordered now. What
 * a failed move left behind (drop, return) is done again as it was. */
enum wish_result wish_again(
    struct work *work, const char *serial, struct wish_done *done_r);
/* A waiting job ends at once; of a running one the agent is told. A failed
 * install is given up: its license ends. */
enum wish_result wish_call_off(struct work *work, const char *serial);

/* For the files of wish alone: the license and its last job, locked. */
struct wish {
	const struct license *license;
	const struct job *last;
};
enum wish_result wish_open(
    struct work *work, const char *serial, struct wish *wish_r);
/* The same, installed and free. */
enum wish_result wish_open_free(
    struct work *work, const char *serial, struct wish *wish_r);
enum wish_result wish_end(enum db_status status);

#endif
