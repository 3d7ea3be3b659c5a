/* install: a customer asks for a program in his area (figure 13, s4-s7). */

#ifndef SHOP_INSTALL_H
#define SHOP_INSTALL_H

#include <stdbool.h>
#include <stdint.h>

#include "data/db.h"

struct work;

enum install_result {
	INSTALL_REQUESTED,
	INSTALL_MISSING,	/* no such software for him */
	INSTALL_REVOKED,	/* its maker is not believed any more */
	INSTALL_NOT_YOUR_AREA,
	INSTALL_BAD_DIRECTORY,	/* not inside an area: problem.bad-directory */
	INSTALL_DIRECTORY_IN_USE,	/* or above or inside one in use */
	INSTALL_REQUIREMENT,	/* which: os, php, mariadb or disk */
	INSTALL_RETRY,
	INSTALL_BROKEN,
};

struct install_wish {
	const char *software;	/* code */
	int64_t area_id;
	const char *directory;	/* relative to the area */
	const char *os_model;	/* NULL or "": the server's */
	const char *ip_address;	/* NULL or "": the server's */
	int64_t users;		/* 0: not said */
	const char *settings;	/* JSON object; NULL for none */
};

struct install_done {
	const char *serial;
	int64_t job_id;
	const char *requirement;	/* INSTALL_REQUIREMENT: its kind */
};

/* License with status 0, and a job for the area's server. A refusal changes
 * nothing. */
enum install_result install_request(struct work *work,
    const struct install_wish *wish, struct install_done *done_r);

/* Holds the area until the transaction ends and tells whether the (clean)
 * directory is free of all live installs but one ("" for none). */
enum db_status install_directory_is_free(struct work *work, int64_t area_id,
    const char *directory, const char *but_serial, bool *free_r);

/* The trial as it would be if the agent were done today. */
struct install_trial {
	int64_t days;		/* of a fresh trial; 0: no trial (free) */
	int32_t end;		/* last day; CLOCK_NO_DAY without a trial */
	bool left;		/* an earlier trial goes on */
};

/* The last day is the day of the install plus the days: the first day does
 * not count, as the Civil Code (art. 140) has it and as the customer, who
 * loses part of that day, expects. 60 days from 1 October last to the end of
 * 30 November. DB_NONE for software he cannot see. */
enum db_status install_trial_preview(struct work *work, const char *software,
    struct install_trial *trial_r);

/* The same rule for whoever installs; used when the agent reports. */
enum db_status install_trial_of(struct work *work, int64_t account_id,
    int64_t software_id, int64_t version_id, struct install_trial *trial_r);

#endif
