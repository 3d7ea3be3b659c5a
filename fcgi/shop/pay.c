/* pay: money, permission and certificate in one transaction. */

#include "shop/pay.h"

#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "data/audit.h"
#include "data/contact.h"
#include "data/contract.h"
#include "data/counter.h"
#include "data/invoice.h"
#include "data/license.h"
#include "data/license_set.h"
#include "data/mail.h"
#include "data/payment.h"
#include "data/verdict_change.h"
#include "data/work.h"

static enum pay_result
broken(enum db_status status)
{
	return status == DB_RETRY ? PAY_RETRY : PAY_BROKEN;
}

static enum db_status
add_payment(struct work *work, const struct pay_money *money)
{
	const struct payment payment = {
		.invoice_no = money->invoice_no,
		.amount = money->amount,
		.received_on = money->received_on,
		.reference = money->reference,
	};

	return payment_add(work, &payment);
}

static enum db_status
settle(struct work *work, const struct invoice *invoice,
    const struct pay_money *money, struct pay_done *done)
{
	enum db_status status = invoice_set_paid(
	    work, invoice->invoice_no, money->amount, money->received_on);

	if (status == DB_OK)
		status = contract_set_paid(work, invoice->contract_code);
	if (status == DB_OK)
		status = counter_code(work, "L", &done->certificate_no);
	if (status == DB_OK)
		status = license_set_paid(
		    work, invoice->serial, done->certificate_no);
	return status;
}

static enum db_status
note(struct work *work, const struct invoice *invoice,
    const struct pay_money *money)
{
	const struct verdict_change change = {
		.reason = "paid",
		.day = money->received_on,
		.invoice_no = invoice->invoice_no,
	};
	enum db_status status =
	    verdict_change_add(work, invoice->serial, &change);

	if (status == DB_OK)
		status = audit_add(work, "payment.record", invoice->invoice_no,
		    arena_print(work->arena, "amount=%lld reference=%s",
			(long long)money->amount, money->reference));
	return status;
}

static enum db_status
tell(struct work *work, const struct invoice *invoice,
    const struct pay_money *money)
{
	const struct contract *contract;
	const struct contact *contact;
	enum db_status status =
	    contract_any(work, invoice->contract_code, &contract);

	if (status == DB_OK)
		status =
		    contact_by_code(work, contract->contact_code, &contact);
	if (status != DB_OK)
		return status;
	const struct mail_new mail = {
		.kind = "paid",
		.object = invoice->invoice_no,
		.account_id = invoice->account_id,
		.recipient = contact->email,
		.serial = invoice->serial,
		.invoice_no = invoice->invoice_no,
		.day = money->received_on,
	};
	return mail_add(work, &mail);
}

static enum pay_result
record(struct work *work, const struct invoice *invoice,
    const struct pay_money *money, struct pay_done *done)
{
	/* The first change: a known reference ends it with nothing changed. */
	enum db_status status = add_payment(work, money);

	if (status == DB_DUPLICATE)
		return PAY_REPEATED;
	if (status == DB_OK)
		status = settle(work, invoice, money, done);
	if (status == DB_OK)
		status = note(work, invoice, money);
	if (status == DB_OK)
		status = tell(work, invoice, money);
	return status == DB_OK ? PAY_RECORDED : broken(status);
}

/* The invoice is paid: by this very payment? */
static enum pay_result
again(struct work *work, const struct pay_money *money)
{
	const struct payment *payment;
	enum db_status status =
	    payment_by_reference(work, money->reference, &payment);

	if (status == DB_OK)
		return PAY_REPEATED;
	return status == DB_NONE ? PAY_ALREADY_PAID : broken(status);
}

static enum pay_result
look(struct work *work, const struct invoice *invoice,
    const struct pay_money *money, struct pay_done *done)
{
	done->serial = invoice->serial;
	done->expected = invoice->total;
	if (invoice->paid_on != CLOCK_NO_DAY)
		return again(work, money);
	if (invoice->total != money->amount)
		return PAY_AMOUNT_DIFFERS;
	return record(work, invoice, money, done);
}

enum pay_result
pay_record(
    struct work *work, const struct pay_money *money, struct pay_done *done_r)
{
	const struct invoice *invoice;
	struct pay_done done = { 0 };
	enum db_status status = invoice_lock(work, money->invoice_no, &invoice);

	if (status == DB_NONE)
		return PAY_MISSING;
	if (status != DB_OK)
		return broken(status);
	enum pay_result result = look(work, invoice, money, &done);
	if (done_r != NULL)
		*done_r = done;
	return result;
}
