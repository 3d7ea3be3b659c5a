/* purchase: an order becomes a contract and a key in one transaction. */

#include "shop/purchase.h"

#include <string.h>

#include "base/arena.h"
#include "data/audit.h"
#include "data/contract.h"
#include "data/counter.h"
#include "data/license.h"
#include "data/license_set.h"
#include "data/mail.h"
#include "data/price.h"
#include "data/verdict_change.h"
#include "data/work.h"
#include "shop/buyer.h"
#include "shop/key.h"
#include "shop/tax.h"

static enum purchase_result
broken(enum db_status status)
{
	return status == DB_RETRY ? PURCHASE_RETRY : PURCHASE_BROKEN;
}

static enum purchase_result
may_buy(const struct license *license)
{
	switch (license->status[0]) {
	case '0':
		return PURCHASE_NOT_INSTALLED;
	case '1':
		return strcmp(license->model, "free") == 0
			   ? PURCHASE_NOT_FOR_SALE
			   : PURCHASE_DONE;
	default:
		return PURCHASE_ALREADY;
	}
}

static struct purchase_quote
reckon(const struct price *price, int64_t users)
{
	const struct tax_line line = { .percent = price->tax_percent,
		.amount = price->amount * users };
	struct tax_sum sum;

	(void)tax_of(&line, 1, TAX_DOWN, &sum, 1);
	return (struct purchase_quote){
		.users = users,
		.unit_price = price->amount,
		.amount = line.amount,
		.tax_percent = price->tax_percent,
		.tax = sum.tax,
		.total = line.amount + sum.tax,
	};
}

/* Nothing to pay is nothing to buy; a sum past all reason is a slip of the
 * finger. */
static bool
is_a_price(const struct price *price, int64_t users)
{
	const int64_t most = INT64_C(1) << 48;

	return price->amount > 0 && price->amount <= most / users;
}

static enum purchase_result
quote(struct work *work, const struct license *license, int64_t users,
    struct purchase_quote *quote_r)
{
	const struct price *price;

	if (users == 0)
		users = license->users > 0 ? license->users : 1;
	if (users < 0)
		return PURCHASE_NOT_FOR_SALE;
	enum db_status status =
	    price_for(work, license->software_id, users, work->today, &price);
	if (status == DB_NONE)
		return PURCHASE_NOT_FOR_SALE;
	if (status != DB_OK)
		return broken(status);
	if (!is_a_price(price, users))
		return PURCHASE_NOT_FOR_SALE;
	*quote_r = reckon(price, users);
	return PURCHASE_DONE;
}

enum purchase_result
purchase_quote(struct work *work, const char *serial, int64_t users,
    struct purchase_quote *quote_r)
{
	const struct license *license;
	enum db_status status = license_by_serial(work, "", serial, &license);

	*quote_r = (struct purchase_quote){ 0 };
	if (status == DB_NONE)
		return PURCHASE_MISSING;
	if (status != DB_OK)
		return broken(status);
	enum purchase_result result = may_buy(license);
	return result == PURCHASE_DONE ? quote(work, license, users, quote_r)
				       : result;
}

/* Everything that may be refused, before the first change. */
static enum purchase_result
check(struct work *work, const struct purchase_wish *wish,
    const struct license **license_r, struct purchase_quote *quote_r)
{
	enum db_status status = license_lock_own(work, wish->serial, license_r);

	if (status == DB_NONE)
		return PURCHASE_MISSING;
	if (status != DB_OK)
		return broken(status);
	enum purchase_result result = may_buy(*license_r);
	if (result == PURCHASE_DONE)
		result = quote(work, *license_r, wish->users, quote_r);
	if (result == PURCHASE_DONE && wish->expected_total >= 0 &&
	    wish->expected_total != quote_r->total)
		result = PURCHASE_PRICE_CHANGED;
	return result;
}

static enum db_status
add_contract(struct work *work, const struct purchase_wish *wish,
    struct purchase_done *done)
{
	struct contract contract = {
		.received_on = work->today,
		.payment_method = (const char[]){ wish->method, '\0' },
		.users = done->quote.users,
		.unit_price = done->quote.unit_price,
		.tax_percent = done->quote.tax_percent,
		.account_id = work->account,
	};
	/* First the counter: whoever orders now waits here, so the lookups of
	 * contact and company below see all who ordered before. */
	enum db_status status =
	    counter_code(work, "K", &contract.contract_code);

	if (status == DB_OK)
		status =
		    buyer_contact(work, &wish->buyer, &contract.contact_code);
	done->contract_code = contract.contract_code;
	return status == DB_OK ? contract_add(work, &contract) : status;
}

static enum db_status
issue_key(struct work *work, const char *serial, struct purchase_done *done)
{
	unsigned char digest[SECRET_DIGEST];

	done->key = key_make(work->arena);
	key_digest(key_fold(work->arena, done->key), digest);
	enum db_status status =
	    license_set_key(work, serial, done->key, digest);
	/* 120 random bits do not meet by chance; if they do, try it all
	 * again. */
	return status == DB_DUPLICATE ? DB_RETRY : status;
}

static enum db_status
note(struct work *work, const struct license *license, const char *reason)
{
	const struct verdict_change change = {
		.permission_code = license->permission_code,
		.reason = reason,
	};

	return verdict_change_add(work, license->serial, &change);
}

static enum db_status
tell(struct work *work, const struct purchase_wish *wish)
{
	const struct mail_new mail = {
		.kind = "key-issued",
		.object = wish->serial,
		.account_id = work->account,
		.recipient = wish->buyer.email,
		.serial = wish->serial,
	};

	return mail_add(work, &mail);
}

static enum db_status
order(struct work *work, const struct purchase_wish *wish,
    const struct license *license, struct purchase_done *done)
{
	enum db_status status = add_contract(work, wish, done);

	if (status == DB_OK)
		status = license_set_ordered(work, license->serial,
		    done->contract_code, done->quote.users);
	if (status == DB_OK)
		status = note(work, license, "purchased");
	if (status == DB_OK)
		status = issue_key(work, license->serial, done);
	if (status == DB_OK)
		status = note(work, license, "key-issued");
	if (status == DB_OK)
		status = tell(work, wish);
	if (status == DB_OK)
		status = audit_add(work, "purchase", license->serial,
		    arena_print(work->arena, "contract=%s users=%lld",
			done->contract_code, (long long)done->quote.users));
	return status;
}

enum purchase_result
purchase_request(struct work *work, const struct purchase_wish *wish,
    struct purchase_done *done_r)
{
	const struct license *license;
	enum purchase_result result;

	*done_r = (struct purchase_done){ 0 };
	result = check(work, wish, &license, &done_r->quote);
	if (result != PURCHASE_DONE)
		return result;
	enum db_status status = order(work, wish, license, done_r);
	return status == DB_OK ? PURCHASE_DONE : broken(status);
}
