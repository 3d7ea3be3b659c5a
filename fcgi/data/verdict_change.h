/* verdict_change: every change of the right to run, with its reason. */

#ifndef DATA_VERDICT_CHANGE_H
#define DATA_VERDICT_CHANGE_H

#include "data/db.h"

struct verdict_change {
	int64_t at;
	int64_t permission_code;
	const char *reason;	/* message id: installed, purchased ... */
	const char *rule;	/* "" for none */
	int32_t day;		/* CLOCK_NO_DAY for none */
	const char *invoice_no;	/* NULL for none */
	const char *actor;
};

/* Of the acting customer's license, newest first. */
enum db_status verdict_change_list(struct work *work, const char *serial,
    const struct verdict_change **list_r, size_t *count_r);

/* at and actor come from work; rule NULL and day 0 stand for none as well. */
enum db_status verdict_change_add(struct work *work, const char *serial,
    const struct verdict_change *change);

#endif
