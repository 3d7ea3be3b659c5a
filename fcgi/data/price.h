/* price: yen per user, by number of users and by day. */

#ifndef DATA_PRICE_H
#define DATA_PRICE_H

#include <stddef.h>
#include <stdint.h>

#include "data/db.h"

struct price {
	int64_t price_id;
	int64_t software_id;
	int64_t users_from;
	int64_t amount;		/* yen per user, without tax */
	int64_t tax_percent;
	int32_t valid_from;
};

/* The row that counts for so many users on that day. DB_NONE: not for sale. */
enum db_status price_for(struct work *work, int64_t software_id,
    int64_t users, int32_t day, const struct price **price_r);
/* The rows that hold on that day, fewest users first. */
enum db_status price_list(struct work *work, int64_t software_id,
    int32_t day, const struct price **prices_r, size_t *count_r);
/* The same users and day again replace the amount. */
enum db_status price_set(struct work *work, const struct price *price);

#endif
