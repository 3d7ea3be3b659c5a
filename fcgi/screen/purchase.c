/* purchase: a license for an installed program (figure 12 e), with the six
 * facts that the law on specified commercial transactions (特定商取引法
 * 12条の6) wants to be seen before the button. */

#include "shop/purchase.h"
#include "base/arena.h"
#include "base/setting.h"
#include "base/text.h"
#include "data/account.h"
#include "screen/part.h"
#include "web/screen.h"

static const char *const methods[] = { "P", "C", "E", NULL };

static const struct field fields[] = {
	{ .name = "serial",
	    .kind = FIELD_HIDDEN,
	    .source = FIELD_BOTH,
	    .required = true,
	    .longest = 20 },
	{ .name = "company",
	    .kind = FIELD_TEXT,
	    .required = true,
	    .longest = 120,
	    .autocomplete = "organization" },
	{ .name = "department", .kind = FIELD_TEXT, .longest = 80 },
	{ .name = "contact",
	    .kind = FIELD_TEXT,
	    .required = true,
	    .longest = 80,
	    .autocomplete = "name" },
	{ .name = "tel",
	    .kind = FIELD_TEL,
	    .required = true,
	    .longest = 20,
	    .autocomplete = "tel" },
	{ .name = "fax",
	    .kind = FIELD_TEL,
	    .longest = 20,
	    .autocomplete = "fax tel" },
	{ .name = "email",
	    .kind = FIELD_EMAIL,
	    .required = true,
	    .longest = 254,
	    .autocomplete = "email" },
	{ .name = "postcode",
	    .kind = FIELD_POSTCODE,
	    .required = true,
	    .autocomplete = "postal-code" },
	{ .name = "address1",
	    .kind = FIELD_TEXT,
	    .required = true,
	    .longest = 80,
	    .autocomplete = "address-level1" },
	{ .name = "address2",
	    .kind = FIELD_TEXT,
	    .required = true,
	    .autocomplete = "street-address" },
	{ .name = "kana", .kind = FIELD_KANA, .longest = 120 },
	{ .name = "users",
	    .kind = FIELD_NUMBER,
	    .source = FIELD_BOTH,
	    .least = 1,
	    .most = 100000 },
	{ .name = "payment_method",
	    .kind = FIELD_CHOICE,
	    .required = true,
	    .choices = methods },
	{ .name = "total", .kind = FIELD_HIDDEN, .longest = 20 },
	{ .name = NULL },
};

static void
prefill_buyer(struct visit *visit, const struct buyer *buyer)
{
	const struct account *account = visit->account;

	form_prefill(visit, "company", buyer->company);
	form_prefill(visit, "department", buyer->department);
	form_prefill(visit, "contact",
	    buyer->contact[0] != '\0' ? buyer->contact : account->name);
	form_prefill(visit, "tel", buyer->tel);
	form_prefill(visit, "fax", buyer->fax);
	form_prefill(visit, "email",
	    buyer->email[0] != '\0' ? buyer->email : account->email);
	form_prefill(visit, "postcode", buyer->postcode);
	form_prefill(visit, "address1", buyer->address1);
	form_prefill(visit, "address2", buyer->address2);
	form_prefill(visit, "kana", buyer->kana);
	form_prefill(visit, "payment_method", "P");
}

static enum db_status
show_forms(struct visit *visit, const struct purchase_quote *quote)
{
	struct buyer buyer;
	const enum db_status status = purchase_last_buyer(visit->work, &buyer);

	if (status != DB_OK)
		return status;
	prefill_buyer(visit, &buyer);
	form_prefill_number(visit, "users", quote->users);
	form_set(visit, "total", part_number(visit->work->arena, quote->total));
	form_show(visit, "users", "get", "purchase", "serial users");
	form_show(visit, "purchase", "post", "purchase", NULL);
	return DB_OK;
}

static void
show_amounts(struct page *page, const struct purchase_quote *quote)
{
	page_number(page, "amount", quote->amount);
	page_number(page, "tax", quote->tax);
	page_number(page, "tax_percent", quote->tax_percent);
	page_number(page, "total", quote->total);
}

static void
open_fact(struct page *page, const char *id)
{
	page_open(page, "fact");
	page_attribute(page, "id", id);
}

static void
show_facts(struct page *page, const struct license *license,
    const struct purchase_quote *quote)
{
	open_fact(page, "quantity");
	page_number(page, "users", quote->users);
	page_close(page);
	open_fact(page, "price");
	show_amounts(page, quote);
	page_close(page);
	open_fact(page, "payment");
	page_number(page, "days", setting_number("invoice.due_days"));
	page_close(page);
	open_fact(page, "delivery");
	page_close(page);
	open_fact(page, "cancellation");
	page_attribute(page, "email", part_some(setting_text("seller.email")));
	page_close(page);
	open_fact(page, "period");
	page_day(page, "day", license->trial_end);
	page_close(page);
}

static void
show_seller(struct visit *visit)
{
	if (setting_text("seller.name")[0] == '\0')
		return;
	page_open(visit->page, "seller");
	part_each_line(visit, "line", setting_text("seller.name"));
	part_each_line(visit, "line", setting_text("seller.address"));
	part_each_line(visit, "line", setting_text("seller.tel"));
	part_each_line(visit, "line", setting_text("seller.email"));
	page_close(visit->page);
}

/* quote NULL: it cannot be bought, and a problem says why. */
static enum outcome
present(struct visit *visit, const struct license *license,
    const struct purchase_quote *quote)
{
	struct page *page = visit->page;
	enum db_status status = DB_OK;

	form_prefill(visit, "serial", license->serial);
	if (quote != NULL)
		status = show_forms(visit, quote);
	page_open(page, "purchase");
	page_attribute(page, "serial", license->serial);
	page_attribute(page, "software", license->product);
	page_attribute(page, "version", license->version);
	page_day(page, "trial_end", license->trial_end);
	if (quote != NULL) {
		page_number(page, "users", quote->users);
		page_number(page, "unit_price", quote->unit_price);
		show_amounts(page, quote);
		page_number(
		    page, "due_days", setting_number("invoice.due_days"));
	}
	page_text(page, "name", license->name);
	if (quote != NULL)
		show_facts(page, license, quote);
	show_seller(visit);
	page_close(page);
	return outcome_of(status);
}

static enum outcome
refuse(struct visit *visit, const struct license *license, const char *problem)
{
	form_problem(visit, NULL, problem, NULL);
	return present(visit, license, NULL);
}

/* A link that came too late leads to where the license stands. */
static enum outcome
turn_away(struct visit *visit, const struct license *license,
    const char *screen_name, const char *problem)
{
	if (part_is_get(visit))
		return go_to(visit, screen_name, "serial", license->serial);
	return refuse(visit, license, problem);
}

static enum outcome
answer(struct visit *visit, const struct license *license,
    enum purchase_result result, const struct purchase_quote *quote)
{
	switch (result) {
	case PURCHASE_DONE:
		return present(visit, license, quote);
	case PURCHASE_MISSING:
		return MISSING;
	case PURCHASE_NOT_INSTALLED:
		return turn_away(
		    visit, license, "job", "purchase.not-installed");
	case PURCHASE_ALREADY:
		return turn_away(visit, license, "license", "purchase.already");
	case PURCHASE_NOT_FOR_SALE:
		return refuse(visit, license, "purchase.not-for-sale");
	case PURCHASE_PRICE_CHANGED:
		form_problem(visit, NULL, "purchase.price-changed",
		    part_number(visit->work->arena, quote->total));
		return present(visit, license, quote);
	case PURCHASE_RETRY:
		return RETRY;
	case PURCHASE_BROKEN:
		break;
	}
	return BROKEN;
}

static enum outcome
show(struct visit *visit)
{
	const struct license *license;
	struct purchase_quote quote;
	const enum db_status status = part_license(visit, true, &license);

	if (status != DB_OK)
		return outcome_of(status);
	return answer(visit, license,
	    purchase_quote(visit->work, license->serial,
		form_number(visit, "users"), &quote),
	    &quote);
}

/* The total that the visitor saw; -1 when his client did not say. */
static int64_t
expected_total(struct visit *visit)
{
	const char *typed = form_text(visit, "total");
	int64_t total;

	if (typed[0] == '\0')
		return -1;
	return text_number(typed, 0, INT64_MAX, &total) ? total : INT64_MAX;
}

static struct purchase_wish
read_wish(struct visit *visit)
{
	const int64_t users = form_number(visit, "users");

	return (struct purchase_wish){
		.serial = form_text(visit, "serial"),
		.users = users > 0 ? users : 1,
		.method = form_text(visit, "payment_method")[0],
		.expected_total = expected_total(visit),
		.buyer = {
			.company = form_text(visit, "company"),
			.department = form_text(visit, "department"),
			.contact = form_text(visit, "contact"),
			.tel = form_text(visit, "tel"),
			.fax = form_text(visit, "fax"),
			.email = form_text(visit, "email"),
			.postcode = form_text(visit, "postcode"),
			.address1 = form_text(visit, "address1"),
			.address2 = form_text(visit, "address2"),
			.kana = form_text(visit, "kana"),
		},
	};
}

static enum outcome
act(struct visit *visit)
{
	const struct license *license;
	const struct purchase_wish wish = read_wish(visit);
	struct purchase_done done;
	enum purchase_result result;
	const enum db_status status = part_license(visit, true, &license);

	if (status != DB_OK)
		return outcome_of(status);
	result = purchase_request(visit->work, &wish, &done);
	if (result != PURCHASE_DONE)
		return answer(visit, license, result, &done.quote);
	go_with(visit, "purchase.done");
	return go_to(visit, "license", "serial", license->serial);
}

const struct screen screen = {
	.name = "purchase",
	.visitor = CUSTOMER,
	.fields = fields,
	.show = show,
	.act = act,
};
