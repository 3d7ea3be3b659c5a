/* payment: money that came in, once for each reference. */

#include "data/payment.h"

#include "data/work.h"

static const struct db_column columns[] = {
	DB_TEXT_AT(struct payment, invoice_no),
	DB_INT_AT(struct payment, amount),
	DB_DAY_AT(struct payment, received_on),
	DB_TEXT_AT(struct payment, reference),
	DB_TEXT_AT(struct payment, actor),
	DB_TIME_AT(struct payment, created_at),
};

#define SELECT_PAYMENT                                                         \
	"SELECT invoice_no, amount, received_on, reference, actor,"            \
	" created_at FROM payment WHERE "

static const struct db_statement list = { "payment_list",
	SELECT_PAYMENT "invoice_no = ? ORDER BY payment_id",
	DB_ROW(struct payment, columns) };

static const struct db_statement by_reference = { "payment_by_reference",
	SELECT_PAYMENT "reference = LEFT(?, 80) LOCK IN SHARE MODE",
	DB_ROW(struct payment, columns) };

static const struct db_statement add = { "payment_add",
	"INSERT INTO payment (invoice_no, amount, received_on, reference,"
	" actor, created_at) VALUES (?, ?, ?, ?, LEFT(?, 80), ?)",
	NULL, 0, 0 };

static const struct db_statement *const statements[] = { &list, &by_reference,
	&add };
DB_REGISTER("payment", statements)

enum db_status
payment_list(struct work *work, const char *invoice_no,
    const struct payment **list_r, size_t *count_r)
{
	return db_rows(
	    work, &list, DB_ARGS(db_text(invoice_no)), list_r, count_r);
}

enum db_status
payment_by_reference(
    struct work *work, const char *reference, const struct payment **payment_r)
{
	return db_row(
	    work, &by_reference, DB_ARGS(db_text(reference)), payment_r);
}

enum db_status
payment_add(struct work *work, const struct payment *payment)
{
	return db_change(work, &add,
	    DB_ARGS(db_text(payment->invoice_no), db_int(payment->amount),
		db_day(payment->received_on), db_text(payment->reference),
		db_text(work->actor), db_time(work->now)));
}
