/* verdict: may the program run? Figure 17, as a pure function. */

#ifndef SHOP_VERDICT_H
#define SHOP_VERDICT_H

#include <stdbool.h>
#include <stdint.h>

#include "data/license.h"
#include "shop/key.h"

enum verdict_code {
	VERDICT_VALID,
	VERDICT_TRIAL,
	VERDICT_PAYMENT_DUE,	/* key right, invoice open */
	VERDICT_TRIAL_ENDED,
	VERDICT_PAYMENT_OVERDUE,
	VERDICT_KEY_UNKNOWN,	/* also: no such license */
	VERDICT_KEY_REVOKED,
	VERDICT_PRODUCT_MISMATCH,
	VERDICT_INSTANCE_MISMATCH,
	VERDICT_UNINSTALLED,
	VERDICT_SUSPENDED,
};

struct verdict_facts {
	bool known;		/* there is such a license */
	bool product_matches;
	bool instance_matches;
	bool uninstalled;
	bool suspended;
	bool requested;		/* status 0: the agent is still at it */
	bool free;		/* costs nothing, needs no key */
	bool permission_ng;	/* permission code 1 */
	bool invoice_open;
	int32_t trial_end;	/* last day; CLOCK_NO_DAY for no trial */
	int32_t ng_from;	/* CLOCK_NO_DAY: none */
};

struct verdict {
	bool ok;
	enum verdict_code code;
	enum key_state key;
	int permission;		/* 0 OK, 1 NG */
	/* First day on which the verdict is another if nobody does anything;
	 * CLOCK_NO_DAY for never. */
	int32_t changes_on;
};

/* In this order: unknown, another product, another instance; uninstalled;
 * suspended; permission NG; free; key right; trial running (to the end of its
 * last day; it has not begun while the agent works); NG for what is wrong with
 * the key, TRIAL_ENDED when there is none. */
struct verdict verdict_of(const struct verdict_facts *facts, int32_t today,
    enum key_state key);

/* check NULL: no such license. product and instance as the program sent
 * them. */
struct verdict_facts verdict_facts_of(const struct license_check *check,
    const char *product, const char *instance);

/* For the owner's pages: as if the installed program asked now, with its key
 * once that was entered. */
struct verdict verdict_of_license(
    const struct license *license, int32_t today);

/* "VALID", "TRIAL" ...; "OK" or "NG". */
const char *verdict_code_name(enum verdict_code code);
const char *verdict_result(const struct verdict *verdict);

#endif
