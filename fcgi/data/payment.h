/* payment: money that came in for an invoice. */

#ifndef DATA_PAYMENT_H
#define DATA_PAYMENT_H

#include "data/db.h"

struct payment {
	const char *invoice_no;
	int64_t amount;
	int32_t received_on;
	const char *reference;	/* the bank's or the driver's: unique */
	const char *actor;
	int64_t created_at;
};

enum db_status payment_list(struct work *work, const char *invoice_no,
    const struct payment **list_r, size_t *count_r);
enum db_status payment_by_reference(struct work *work, const char *reference,
    const struct payment **payment_r);
/* actor and created_at are set here. DB_DUPLICATE for a known reference. */
enum db_status payment_add(struct work *work, const struct payment *payment);

#endif
