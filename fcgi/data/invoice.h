/* invoice: immutable once issued, but for what was paid. Amounts in yen. */

#ifndef DATA_INVOICE_H
#define DATA_INVOICE_H

#include "data/db.h"

struct invoice {
	const char *invoice_no;		/* I0001 */
	const char *contract_code;
	int64_t account_id;
	const char *serial;
	int32_t issued_on;
	int32_t due_on;
	const char *seller;		/* a line each */
	const char *registration_no;	/* T and 13 digits */
	const char *buyer;		/* a line each */
	int64_t total;			/* with tax */
	int64_t paid_amount;
	int32_t paid_on;		/* CLOCK_NO_DAY: open */
	const char *name;		/* the software's, as on the invoice */
};

struct invoice_line {
	int64_t position;
	const char *description;
	int64_t quantity;
	int64_t unit_price;
	int64_t amount;
	int64_t tax_percent;
};

struct invoice_tax {
	int64_t tax_percent;
	int64_t taxable;
	int64_t tax;
};

/* The acting customer's, newest first. */
enum db_status invoice_list(struct work *work, const struct invoice **list_r,
    size_t *count_r);
enum db_status invoice_by_no(
    struct work *work, const char *no, const struct invoice **invoice_r);

/* Anybody's, locked until the transaction ends; for programs. */
enum db_status invoice_lock(
    struct work *work, const char *no, const struct invoice **invoice_r);
enum db_status invoice_any(
    struct work *work, const char *no, const struct invoice **invoice_r);
enum db_status invoice_by_contract(struct work *work,
    const char *contract_code, const struct invoice **invoice_r);

enum db_status invoice_lines(struct work *work, const char *no,
    const struct invoice_line **list_r, size_t *count_r);
enum db_status invoice_taxes(struct work *work, const char *no,
    const struct invoice_tax **list_r, size_t *count_r);

/* DB_DUPLICATE when the contract has one. */
enum db_status invoice_add(struct work *work, const struct invoice *invoice);
enum db_status invoice_line_add(struct work *work, const char *no,
    const struct invoice_line *line);
enum db_status invoice_tax_add(struct work *work, const char *no,
    const struct invoice_tax *tax);

/* Only where open before and the amount is the total. */
enum db_status invoice_set_paid(struct work *work, const char *no,
    int64_t amount, int32_t paid_on);

#endif
