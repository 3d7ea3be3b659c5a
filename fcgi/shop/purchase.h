/* purchase: the order, and the key that answers it (figure 13, s13-s16). */

#ifndef SHOP_PURCHASE_H
#define SHOP_PURCHASE_H

#include <stdint.h>

struct work;

enum purchase_result {
	PURCHASE_DONE,
	PURCHASE_MISSING,	/* not his */
	PURCHASE_NOT_INSTALLED,	/* status 0: wait for the install */
	PURCHASE_ALREADY,	/* ordered before, or uninstalled */
	PURCHASE_NOT_FOR_SALE,	/* no price: free, or not for so many users */
	PURCHASE_PRICE_CHANGED,	/* the total is not the one he saw */
	PURCHASE_RETRY,
	PURCHASE_BROKEN,
};

/* Yen. What the page shows and the invoice will say: one line, its tax
 * rounded down once. */
struct purchase_quote {
	int64_t users;
	int64_t unit_price;
	int64_t amount;
	int64_t tax_percent;
	int64_t tax;
	int64_t total;
};

/* For the acting customer's license. users 0: those of the license, or 1. */
enum purchase_result purchase_quote(struct work *work, const char *serial,
    int64_t users, struct purchase_quote *quote_r);

/* Checked by the form; "" for what was left empty. */
struct buyer {
	const char *company;
	const char *department;
	const char *contact;
	const char *tel;
	const char *fax;
	const char *email;
	const char *postcode;
	const char *address1;
	const char *address2;
	const char *kana;
};

struct purchase_wish {
	const char *serial;
	int64_t users;
	char method;		/* 'E' 'C' 'P' */
	int64_t expected_total;	/* as shown to him; -1: not checked */
	struct buyer buyer;
};

struct purchase_done {
	const char *contract_code;
	const char *key;
	struct purchase_quote quote;	/* of PURCHASE_PRICE_CHANGED too */
};

/* Contract, contact and company, status 1 -> 2 -> 3 and the key, in the
 * caller's transaction. A refusal changes nothing. */
enum purchase_result purchase_request(struct work *work,
    const struct purchase_wish *wish, struct purchase_done *done_r);

/* What he typed the last time, for prefilling; all "" at the first. */
enum db_status purchase_last_buyer(struct work *work, struct buyer *buyer_r);

#endif
