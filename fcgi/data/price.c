/* price: yen per user. */

#include "data/price.h"

#include "data/work.h"

static const struct db_column columns[] = {
	DB_INT_AT(struct price, price_id),
	DB_INT_AT(struct price, software_id),
	DB_INT_AT(struct price, users_from),
	DB_INT_AT(struct price, amount),
	DB_INT_AT(struct price, tax_percent),
	DB_DAY_AT(struct price, valid_from),
};

#define COLUMNS                                                                \
	"p.price_id, p.software_id, p.users_from, p.amount, p.tax_percent,"    \
	" p.valid_from"

/* Of the rows that have begun, a newer one replaces an older of the same
 * number of users. */
static const struct db_statement for_users = { "price_for",
	"SELECT " COLUMNS " FROM price p WHERE p.software_id = ?"
	" AND p.users_from <= ? AND p.valid_from <= ?"
	" ORDER BY p.users_from DESC, p.valid_from DESC LIMIT 1",
	DB_ROW(struct price, columns) };

static const struct db_statement list = { "price_list",
	"SELECT " COLUMNS " FROM price p WHERE p.software_id = ?"
	" AND p.valid_from = (SELECT MAX(q.valid_from) FROM price q"
	"  WHERE q.software_id = p.software_id"
	"  AND q.users_from = p.users_from AND q.valid_from <= ?)"
	" ORDER BY p.users_from",
	DB_ROW(struct price, columns) };

static const struct db_statement set = { .name = "price_set",
	.sql = "INSERT INTO price (software_id, users_from, amount,"
	       " tax_percent, valid_from) VALUES (?, ?, ?, ?, ?)"
	       " ON DUPLICATE KEY UPDATE amount = VALUES(amount),"
	       " tax_percent = VALUES(tax_percent)" };

static const struct db_statement *const statements[] = { &for_users, &list,
	&set };
DB_REGISTER("price", statements)

enum db_status
price_for(struct work *work, int64_t software_id, int64_t users, int32_t day,
    const struct price **price_r)
{
	return db_row(work, &for_users,
	    DB_ARGS(db_int(software_id), db_int(users), db_day(day)), price_r);
}

enum db_status
price_list(struct work *work, int64_t software_id, int32_t day,
    const struct price **prices_r, size_t *count_r)
{
	return db_rows(work, &list, DB_ARGS(db_int(software_id), db_day(day)),
	    prices_r, count_r);
}

enum db_status
price_set(struct work *work, const struct price *price)
{
	return db_change(work, &set,
	    DB_ARGS(db_int(price->software_id), db_int(price->users_from),
		db_int(price->amount), db_int(price->tax_percent),
		db_day(price->valid_from)));
}
