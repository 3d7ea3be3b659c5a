/* invoice: the customer's invoices, and how to pay them. */

#include "data/invoice.h"
#include "base/setting.h"
#include "data/contract.h"
#include "data/payment.h"
#include "screen/part.h"
#include "shop/invoice.h"
#include "web/screen.h"

static const struct field fields[] = {
	{ .name = "no",
	    .kind = FIELD_HIDDEN,
	    .source = FIELD_BOTH,
	    .required = true,
	    .longest = 20 },
	{ .name = "pay", .kind = FIELD_HIDDEN, .longest = 20 },
	{ .name = NULL },
};

static void
show_head(struct visit *visit, const struct invoice *invoice)
{
	struct page *page = visit->page;

	page_attribute(page, "no", invoice->invoice_no);
	page_day(page, "issued", invoice->issued_on);
	page_day(page, "due", invoice->due_on);
	page_number(page, "total", invoice->total);
	page_day(page, "paid_on", invoice->paid_on);
	page_attribute(
	    page, "state", invoice_state(invoice, visit->work->today));
	page_attribute(page, "serial", invoice->serial);
}

static enum db_status
show_list(struct visit *visit)
{
	const struct invoice *invoices;
	size_t count;
	const enum db_status status =
	    invoice_list(visit->work, &invoices, &count);

	page_flag(visit->page, "list", true);
	for (size_t i = 0; status == DB_OK && i < count; i++) {
		page_open(visit->page, "entry");
		show_head(visit, &invoices[i]);
		page_text(visit->page, "name", invoices[i].name);
		page_close(visit->page);
	}
	return status;
}

static enum db_status
show_lines(struct visit *visit, const struct invoice *invoice)
{
	struct page *page = visit->page;
	const struct invoice_line *lines;
	size_t count;
	const enum db_status status =
	    invoice_lines(visit->work, invoice->invoice_no, &lines, &count);

	for (size_t i = 0; status == DB_OK && i < count; i++) {
		page_open(page, "item");
		page_number(page, "quantity", lines[i].quantity);
		page_number(page, "unit_price", lines[i].unit_price);
		page_number(page, "amount", lines[i].amount);
		page_number(page, "tax_percent", lines[i].tax_percent);
		page_text(page, "description", lines[i].description);
		page_close(page);
	}
	return status;
}

static enum db_status
show_taxes(struct visit *visit, const struct invoice *invoice)
{
	const struct invoice_tax *taxes;
	size_t count;
	const enum db_status status =
	    invoice_taxes(visit->work, invoice->invoice_no, &taxes, &count);

	for (size_t i = 0; status == DB_OK && i < count; i++) {
		page_open(visit->page, "tax");
		page_number(visit->page, "percent", taxes[i].tax_percent);
		page_number(visit->page, "taxable", taxes[i].taxable);
		page_number(visit->page, "tax", taxes[i].tax);
		page_close(visit->page);
	}
	return status;
}

static enum db_status
show_payments(struct visit *visit, const struct invoice *invoice)
{
	const struct payment *payments;
	size_t count;
	const enum db_status status =
	    payment_list(visit->work, invoice->invoice_no, &payments, &count);

	for (size_t i = 0; status == DB_OK && i < count; i++) {
		page_open(visit->page, "payment");
		page_day(visit->page, "on", payments[i].received_on);
		page_number(visit->page, "amount", payments[i].amount);
		page_close(visit->page);
	}
	return status;
}

static enum db_status
show_method(struct visit *visit, const struct invoice *invoice)
{
	const struct contract *contract;
	const enum db_status status =
	    contract_by_code(visit->work, invoice->contract_code, &contract);

	if (status == DB_OK)
		page_attribute(visit->page, "method", contract->payment_method);
	return status;
}

static enum db_status
show_one(struct visit *visit, const struct invoice *invoice)
{
	struct page *page = visit->page;
	enum db_status status;

	page_flag(page, "list", false);
	show_head(visit, invoice);
	page_number(page, "paid_amount", invoice->paid_amount);
	page_attribute(page, "contract", invoice->contract_code);
	page_attribute(page, "registration", invoice->registration_no);
	status = show_method(visit, invoice);
	part_lines(visit, "seller", invoice->seller);
	part_lines(visit, "buyer", invoice->buyer);
	if (status == DB_OK)
		status = show_lines(visit, invoice);
	if (status == DB_OK)
		status = show_taxes(visit, invoice);
	if (status == DB_OK)
		status = show_payments(visit, invoice);
	part_lines(visit, "bank", setting_text("seller.bank"));
	return status;
}

static void
show_form(struct visit *visit, const struct invoice *invoice)
{
	if (invoice->paid_on != CLOCK_NO_DAY)
		return;
	form_prefill(visit, "no", invoice->invoice_no);
	form_prefill(visit, "pay", "yes");
	form_show(visit, "pay", "post", "invoice", "no pay");
}

/* What is no number leads to nothing, not to the list. */
static bool
is_one(struct visit *visit)
{
	return form_has(visit, "no") || form_wrong(visit) ||
	       !part_is_get(visit);
}

static enum outcome
show(struct visit *visit)
{
	const bool one = is_one(visit);
	const struct invoice *invoice = NULL;
	enum db_status status = DB_OK;

	if (one)
		status = invoice_by_no(
		    visit->work, form_text(visit, "no"), &invoice);
	if (status != DB_OK)
		return outcome_of(status);
	if (one)
		show_form(visit, invoice);
	page_open(visit->page, "invoice");
	status = one ? show_one(visit, invoice) : show_list(visit);
	page_close(visit->page);
	return outcome_of(status);
}

/* By bank transfer only, for now: says where to. */
static enum outcome
act(struct visit *visit)
{
	const struct invoice *invoice;
	const enum db_status status =
	    invoice_by_no(visit->work, form_text(visit, "no"), &invoice);

	if (status != DB_OK)
		return outcome_of(status);
	if (invoice->paid_on != CLOCK_NO_DAY)
		form_problem(visit, NULL, "invoice.already-paid", NULL);
	else
		page_message(
		    visit->page, "invoice.how-to-pay", invoice->invoice_no);
	return show(visit);
}

const struct screen screen = {
	.name = "invoice",
	.visitor = CUSTOMER,
	.fields = fields,
	.show = show,
	.act = act,
};
