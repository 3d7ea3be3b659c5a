/* daily: what a change of the day brings: trial mails, reminders, permission
 * NG (figure 14; figure 16, s18-s19). */

#ifndef SHOP_DAILY_H
#define SHOP_DAILY_H

#include <stdbool.h>
#include <stdint.h>

#include "data/db.h"

struct work;

/* Rules: of the trial's last day trial-ending-14, trial-ending-3, trial-ended;
 * of the invoice's due date due-3, due-past; of ng_from reminder-7, reminder-1
 * (tomorrow NG), overdue (NG now). */
struct daily_act {
	const char *serial;
	const char *rule;
	int32_t day;		/* the date that the rule speaks of */
	const char *invoice_no;	/* NULL for none */
	const char *why;	/* ng rule: after-install ...; "" for none */
};

/* For each thing done; with dry_run for each thing that would be done on
 * today + 1, the NG ones among them being who goes NG tomorrow. */
typedef void daily_told(const struct daily_act *act, void *context);

/* Each act in a transaction of its own, once for (license, rule, day), with
 * today = work->today. Days that were missed are caught up: permission turns
 * NG with the right date, of several reminders of one date only the nearest is
 * sent, and a date that has passed is not announced as to come. */
enum db_status daily_run(struct work *work, bool dry_run, daily_told *told,
    void *context);

#endif
