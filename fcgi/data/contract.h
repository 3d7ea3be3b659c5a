/* contract: table 72 of the seed (figure 9). */

#ifndef DATA_CONTRACT_H
#define DATA_CONTRACT_H

#include "data/db.h"

struct contract {
	const char *contract_code;	/* 82: K0001 */
	int32_t received_on;		/* 91 */
	const char *contact_code;	/* 92 */
	const char *payment_method;	/* 93: "E" "C" "P" */
	int64_t payment_state;		/* 94: 0 open, 1 paid */
	int64_t users;
	int64_t unit_price;		/* yen per user without tax */
	int64_t tax_percent;
	int64_t account_id;
	int64_t created_at;
};

/* payment_state and created_at are set here. */
enum db_status contract_add(
    struct work *work, const struct contract *contract);

/* Anybody's: for programs. */
enum db_status contract_any(struct work *work, const char *code,
    const struct contract **contract_r);
/* The acting customer's. */
enum db_status contract_by_code(struct work *work, const char *code,
    const struct contract **contract_r);

/* Only where open before. */
enum db_status contract_set_paid(struct work *work, const char *code);

#endif
