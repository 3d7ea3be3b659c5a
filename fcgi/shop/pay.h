/* pay: money came in (figure 13, s22-s23). */

#ifndef SHOP_PAY_H
#define SHOP_PAY_H

#include <stdint.h>

struct work;

enum pay_result {
	PAY_RECORDED,
	PAY_REPEATED,		/* that reference is known; nothing changed */
	PAY_MISSING,		/* no such invoice */
	PAY_ALREADY_PAID,	/* the invoice is, by another reference */
	PAY_AMOUNT_DIFFERS,	/* only the exact total pays an invoice */
	PAY_RETRY,
	PAY_BROKEN,
};

struct pay_money {
	const char *invoice_no;
	int64_t amount;
	int32_t received_on;
	const char *reference;	/* unique for ever: names this payment */
};

struct pay_done {
	const char *serial;
	const char *certificate_no;
	int64_t expected;	/* the invoice's total */
};

/* In the caller's transaction: payment, invoice, contract, license (paid,
 * permission 0, certificate), the change and the mail. done_r may be NULL. */
enum pay_result pay_record(struct work *work, const struct pay_money *money,
    struct pay_done *done_r);

#endif
