/* invoice: written once, from what was ordered. */

#include "shop/invoice.h"

#include "base/arena.h"
#include "base/clock.h"
#include "base/setting.h"
#include "base/text.h"
#include "data/company.h"
#include "data/contact.h"
#include "data/contract.h"
#include "data/counter.h"
#include "data/license.h"
#include "data/license_set.h"
#include "data/mail.h"
#include "data/software.h"
#include "data/verdict_change.h"
#include "data/work.h"
#include "shop/tax.h"

/* All that an invoice speaks of. */
struct order {
	const struct license *license;
	const struct contract *contract;
	const struct contact *contact;
	const struct company *company;
	const struct software *software;
	struct tax_sum tax;
	struct invoice invoice;
	struct invoice_ng ng;
};

static enum invoice_result
broken(enum db_status status)
{
	return status == DB_RETRY ? INVOICE_RETRY : INVOICE_BROKEN;
}

struct invoice_ng
invoice_ng_of(const struct invoice_ng_facts *facts)
{
	struct invoice_ng ng = {
		.from = facts->installed_on + (int32_t)facts->after_install,
		.rule = "after-install",
	};

	if (facts->trial_end != CLOCK_NO_DAY &&
	    facts->trial_end + facts->after_trial < ng.from) {
		ng.from = facts->trial_end + (int32_t)facts->after_trial;
		ng.rule = "after-trial";
	}
	if (ng.from < facts->due_on) {
		ng.from = facts->due_on;
		ng.rule = "invoice-due";
	}
	return ng;
}

const char *
invoice_state(const struct invoice *invoice, int32_t today)
{
	if (invoice->paid_on != CLOCK_NO_DAY)
		return "paid";
	return invoice->due_on < today ? "overdue" : "open";
}

static enum db_status
gather(struct work *work, struct order *order)
{
	enum db_status status =
	    contract_any(work, order->license->contract_code, &order->contract);

	if (status == DB_OK)
		status = contact_by_code(
		    work, order->contract->contact_code, &order->contact);
	if (status == DB_OK)
		status = company_by_code(
		    work, order->contact->company_code, &order->company);
	if (status == DB_OK)
		status = software_by_id(
		    work, order->license->software_id, "", &order->software);
	return status;
}

static void
add_line(struct text *lines, const char *line)
{
	if (line[0] == '\0')
		return;
	if (lines->length > 0)
		text_add(lines, "\n");
	text_add(lines, line);
}

static const char *
seller_lines(struct work *work)
{
	struct text *lines = text_new(work->arena, 4000);
	const char *name = setting_text("seller.name");

	add_line(lines, name[0] != '\0' ? name : setting_text("site.name"));
	add_line(lines, setting_text("seller.address"));
	add_line(lines, setting_text("seller.tel"));
	add_line(lines, setting_text("seller.email"));
	return lines->bytes;
}

static const char *
buyer_lines(struct work *work, const struct order *order)
{
	const struct company *company = order->company;
	struct text *lines = text_new(work->arena, 4000);

	add_line(lines, company->postcode);
	add_line(lines, arena_print(work->arena, "%s%s", company->address1,
			    company->address2));
	add_line(lines, company->name);
	add_line(lines, order->contact->department);
	add_line(lines, order->contact->name);
	return lines->bytes;
}

static void
reckon(struct work *work, struct order *order)
{
	const struct contract *contract = order->contract;
	const struct tax_line line = {
		.percent = contract->tax_percent,
		.amount = contract->unit_price * contract->users,
	};

	(void)tax_of(&line, 1, TAX_DOWN, &order->tax, 1);
	order->invoice = (struct invoice){
		.contract_code = contract->contract_code,
		.account_id = order->license->account_id,
		.serial = order->license->serial,
		.issued_on = work->today,
		.due_on =
		    work->today + (int32_t)setting_number("invoice.due_days"),
		.seller = seller_lines(work),
		.registration_no = setting_text("seller.registration_no"),
		.buyer = buyer_lines(work, order),
		.total = order->tax.taxable + order->tax.tax,
	};
}

static void
find_ng(struct order *order)
{
	const struct invoice_ng_facts facts = {
		.installed_on = clock_day(order->license->installed_at),
		.trial_end = order->license->trial_end,
		.due_on = order->invoice.due_on,
		.after_install = order->software->ng_after_install,
		.after_trial = order->software->ng_after_trial,
	};

	order->ng = invoice_ng_of(&facts);
}

static enum db_status
store_parts(struct work *work, const struct order *order)
{
	const struct invoice_line line = {
		.position = 1,
		.description = order->license->name,
		.quantity = order->contract->users,
		.unit_price = order->contract->unit_price,
		.amount = order->tax.taxable,
		.tax_percent = order->tax.percent,
	};
	const struct invoice_tax tax = {
		.tax_percent = order->tax.percent,
		.taxable = order->tax.taxable,
		.tax = order->tax.tax,
	};
	const char *no = order->invoice.invoice_no;
	enum db_status status = invoice_line_add(work, no, &line);

	return status == DB_OK ? invoice_tax_add(work, no, &tax) : status;
}

static enum db_status
store(struct work *work, struct order *order)
{
	enum db_status status =
	    counter_code(work, "I", &order->invoice.invoice_no);

	if (status == DB_OK)
		status = invoice_add(work, &order->invoice);
	if (status == DB_OK)
		status = store_parts(work, order);
	if (status == DB_OK)
		status = license_set_invoiced(work, order->license->serial,
		    order->invoice.invoice_no, order->ng.from, order->ng.rule);
	return status;
}

static enum db_status
tell(struct work *work, const struct order *order)
{
	const struct invoice *invoice = &order->invoice;
	const struct verdict_change change = {
		.permission_code = order->license->permission_code,
		.reason = "invoice-issued",
		.rule = order->ng.rule,
		.day = order->ng.from,
		.invoice_no = invoice->invoice_no,
	};
	const struct mail_new mail = {
		.kind = "invoice-issued",
		.object = invoice->invoice_no,
		.account_id = invoice->account_id,
		.recipient = order->contact->email,
		.serial = invoice->serial,
		.invoice_no = invoice->invoice_no,
		.day = invoice->due_on,
	};
	enum db_status status =
	    verdict_change_add(work, invoice->serial, &change);

	return status == DB_OK ? mail_add(work, &mail) : status;
}

static enum db_status
issue(struct work *work, const struct license *license)
{
	struct order order = { .license = license };
	enum db_status status = gather(work, &order);

	if (status != DB_OK)
		return status;
	reckon(work, &order);
	find_ng(&order);
	status = store(work, &order);
	return status == DB_OK ? tell(work, &order) : status;
}

static enum db_status
enter_key(struct work *work, const struct license *license)
{
	const struct verdict_change change = {
		.permission_code = license->permission_code,
		.reason = "key-entered",
	};

	if (license->key_entered_at != 0)
		return DB_OK;
	enum db_status status = license_set_key_entered(work, license->serial);
	return status == DB_OK
		   ? verdict_change_add(work, license->serial, &change)
		   : status;
}

enum invoice_result
invoice_for_first_check(struct work *work, const char *serial)
{
	const struct license *license;
	enum db_status status = license_lock(work, serial, &license);

	if (status == DB_NONE)
		return INVOICE_NOTHING;
	if (status != DB_OK)
		return broken(status);
	if (license->status[0] != '3' || license->contract_code == NULL)
		return INVOICE_NOTHING;
	status = enter_key(work, license);
	if (status != DB_OK)
		return broken(status);
	if (license->invoice_no != NULL)
		return INVOICE_NOTHING;
	status = issue(work, license);
	return status == DB_OK ? INVOICE_ISSUED : broken(status);
}
