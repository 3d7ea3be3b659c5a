/* invoice: issued when the program is first seen with its key (figure 13,
 * s19-s21; figure 16, s14-s17), and the day on which permission would end.
 *
 * A key that is never entered brings no invoice and no ng_from: the customer
 * has not begun to use what he ordered, and the trial's end governs, as for
 * one who ordered nothing. */

#ifndef SHOP_INVOICE_H
#define SHOP_INVOICE_H

#include <stdint.h>

#include "data/invoice.h"

struct work;

enum invoice_result {
	INVOICE_ISSUED,
	INVOICE_NOTHING,	/* has one, or no contract, or no license */
	INVOICE_RETRY,
	INVOICE_BROKEN,
};

/* In the caller's transaction; a second call changes nothing. */
enum invoice_result invoice_for_first_check(
    struct work *work, const char *serial);

/* Acts on what the gate appended (keycheck_event): for each event with a right
 * key invoice_for_first_check, in a transaction of its own. Called by the
 * worker at least each second. *count_r: events done. */
enum db_status invoice_from_events(struct work *work, size_t *count_r);

/* The first day without permission if nothing is paid, and why. */
struct invoice_ng {
	int32_t from;
	const char *rule;	/* after-install, after-trial, invoice-due */
};
struct invoice_ng_facts {
	int32_t installed_on;
	int32_t trial_end;	/* CLOCK_NO_DAY: no trial */
	int32_t due_on;
	int64_t after_install;	/* days: 120 */
	int64_t after_trial;	/* days: 30 */
};
/* The earlier of installed_on + after_install and trial_end + after_trial,
 * but never before due_on. */
struct invoice_ng invoice_ng_of(const struct invoice_ng_facts *facts);

/* "open", "overdue" (after due_on), "paid". */
const char *invoice_state(const struct invoice *invoice, int32_t today);

#endif
