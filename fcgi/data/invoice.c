/* invoice: documents, their lines and their tax. */

#include "data/invoice.h"

#include "data/work.h"

static const struct db_column columns[] = {
	DB_TEXT_AT(struct invoice, invoice_no),
	DB_TEXT_AT(struct invoice, contract_code),
	DB_INT_AT(struct invoice, account_id),
	DB_TEXT_AT(struct invoice, serial),
	DB_DAY_AT(struct invoice, issued_on),
	DB_DAY_AT(struct invoice, due_on),
	DB_TEXT_AT(struct invoice, seller),
	DB_TEXT_AT(struct invoice, registration_no),
	DB_TEXT_AT(struct invoice, buyer),
	DB_INT_AT(struct invoice, total),
	DB_INT_AT(struct invoice, paid_amount),
	DB_DAY_AT(struct invoice, paid_on),
	DB_TEXT_AT(struct invoice, name),
};

#define SELECT_INVOICE                                                         \
	"SELECT i.invoice_no, i.contract_code, i.account_id, i.serial,"        \
	" i.issued_on, i.due_on, i.seller, i.registration_no, i.buyer,"        \
	" i.total, i.paid_amount, i.paid_on,"                                  \
	" (SELECT description FROM invoice_line n WHERE n.invoice_no ="        \
	"  i.invoice_no ORDER BY n.position LIMIT 1) AS name FROM invoice i "

static const struct db_statement list = { "invoice_list",
	SELECT_INVOICE "WHERE i.account_id = ?"
		       " ORDER BY i.created_at DESC, LENGTH(i.invoice_no) DESC,"
		       " i.invoice_no DESC",
	DB_ROW(struct invoice, columns) };

static const struct db_statement by_no = { "invoice_by_no",
	SELECT_INVOICE "WHERE i.invoice_no = ? AND i.account_id = ?",
	DB_ROW(struct invoice, columns) };

static const struct db_statement any = { "invoice_any",
	SELECT_INVOICE "WHERE i.invoice_no = ?",
	DB_ROW(struct invoice, columns) };

static const struct db_statement lock = { "invoice_lock",
	SELECT_INVOICE "WHERE i.invoice_no = ? FOR UPDATE",
	DB_ROW(struct invoice, columns) };

static const struct db_statement by_contract = { "invoice_by_contract",
	SELECT_INVOICE "WHERE i.contract_code = ?",
	DB_ROW(struct invoice, columns) };

static const struct db_column line_columns[] = {
	DB_INT_AT(struct invoice_line, position),
	DB_TEXT_AT(struct invoice_line, description),
	DB_INT_AT(struct invoice_line, quantity),
	DB_INT_AT(struct invoice_line, unit_price),
	DB_INT_AT(struct invoice_line, amount),
	DB_INT_AT(struct invoice_line, tax_percent),
};

static const struct db_statement lines = { "invoice_lines",
	"SELECT position, description, quantity, unit_price, amount,"
	" tax_percent FROM invoice_line WHERE invoice_no = ?"
	" ORDER BY position",
	DB_ROW(struct invoice_line, line_columns) };

static const struct db_column tax_columns[] = {
	DB_INT_AT(struct invoice_tax, tax_percent),
	DB_INT_AT(struct invoice_tax, taxable),
	DB_INT_AT(struct invoice_tax, tax),
};

static const struct db_statement taxes = { "invoice_taxes",
	"SELECT tax_percent, taxable, tax FROM invoice_tax"
	" WHERE invoice_no = ? ORDER BY tax_percent DESC",
	DB_ROW(struct invoice_tax, tax_columns) };

static const struct db_statement add = { "invoice_add",
	"INSERT INTO invoice (invoice_no, contract_code, account_id, serial,"
	" issued_on, due_on, seller, registration_no, buyer, total,"
	" created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
	NULL, 0, 0 };

static const struct db_statement line_add = { "invoice_line_add",
	"INSERT INTO invoice_line (invoice_no, position, description,"
	" quantity, unit_price, amount, tax_percent)"
	" VALUES (?, ?, ?, ?, ?, ?, ?)",
	NULL, 0, 0 };

static const struct db_statement tax_add = { "invoice_tax_add",
	"INSERT INTO invoice_tax (invoice_no, tax_percent, taxable, tax)"
	" VALUES (?, ?, ?, ?)",
	NULL, 0, 0 };

static const struct db_statement set_paid = { "invoice_set_paid",
	"UPDATE invoice SET paid_amount = ?, paid_on = ?"
	" WHERE invoice_no = ? AND paid_on IS NULL AND total = ?",
	NULL, 0, 0 };

static const struct db_statement *const statements[] = { &list, &by_no, &any,
	&lock, &by_contract, &lines, &taxes, &add, &line_add, &tax_add,
	&set_paid };
DB_REGISTER("invoice", statements)

enum db_status
invoice_list(struct work *work, const struct invoice **list_r, size_t *count_r)
{
	return db_rows(
	    work, &list, DB_ARGS(db_int(work->account)), list_r, count_r);
}

enum db_status
invoice_by_no(
    struct work *work, const char *no, const struct invoice **invoice_r)
{
	return db_row(work, &by_no, DB_ARGS(db_text(no), db_int(work->account)),
	    invoice_r);
}

enum db_status
invoice_any(struct work *work, const char *no, const struct invoice **invoice_r)
{
	return db_row(work, &any, DB_ARGS(db_text(no)), invoice_r);
}

enum db_status
invoice_lock(
    struct work *work, const char *no, const struct invoice **invoice_r)
{
	return db_row(work, &lock, DB_ARGS(db_text(no)), invoice_r);
}

enum db_status
invoice_by_contract(struct work *work, const char *contract_code,
    const struct invoice **invoice_r)
{
	return db_row(
	    work, &by_contract, DB_ARGS(db_text(contract_code)), invoice_r);
}

enum db_status
invoice_lines(struct work *work, const char *no,
    const struct invoice_line **list_r, size_t *count_r)
{
	return db_rows(work, &lines, DB_ARGS(db_text(no)), list_r, count_r);
}

enum db_status
invoice_taxes(struct work *work, const char *no,
    const struct invoice_tax **list_r, size_t *count_r)
{
	return db_rows(work, &taxes, DB_ARGS(db_text(no)), list_r, count_r);
}

enum db_status
invoice_add(struct work *work, const struct invoice *invoice)
{
	return db_change(work, &add,
	    DB_ARGS(db_text(invoice->invoice_no),
		db_text(invoice->contract_code), db_int(invoice->account_id),
		db_text(invoice->serial), db_day(invoice->issued_on),
		db_day(invoice->due_on), db_text(invoice->seller),
		db_text(invoice->registration_no), db_text(invoice->buyer),
		db_int(invoice->total), db_time(work->now)));
}

enum db_status
invoice_line_add(
    struct work *work, const char *no, const struct invoice_line *line)
{
	return db_change(work, &line_add,
	    DB_ARGS(db_text(no), db_int(line->position),
		db_text(line->description), db_int(line->quantity),
		db_int(line->unit_price), db_int(line->amount),
		db_int(line->tax_percent)));
}

enum db_status
invoice_tax_add(
    struct work *work, const char *no, const struct invoice_tax *tax)
{
	return db_change(work, &tax_add,
	    DB_ARGS(db_text(no), db_int(tax->tax_percent), db_int(tax->taxable),
		db_int(tax->tax)));
}

enum db_status
invoice_set_paid(
    struct work *work, const char *no, int64_t amount, int32_t paid_on)
{
	return db_change(work, &set_paid,
	    DB_ARGS(
		db_int(amount), db_day(paid_on), db_text(no), db_int(amount)));
}
