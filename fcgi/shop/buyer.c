/* buyer: who orders, once. */

#include "shop/buyer.h"

#include <string.h>

#include "base/arena.h"
#include "base/secret.h"
#include "base/text.h"
#include "data/company.h"
#include "data/contact.h"
#include "data/counter.h"
#include "data/work.h"

/* Folded, without blanks, and an end that no folded text holds. */
static void
add_folded(struct work *work, struct text *all, const char *field)
{
	const char *folded = text_fold(work->arena, field);

	for (const char *c = folded; *c != '\0'; c++)
		if (*c != ' ')
			text_add_n(all, c, 1);
	text_add(all, "\n");
}

static void
fold_of(struct work *work, const char *const fields[], size_t count,
    unsigned char fold_r[SECRET_DIGEST])
{
	struct text *all = text_new(work->arena, 64 * 1024);

	for (size_t i = 0; i < count; i++)
		add_folded(work, all, fields[i]);
	secret_sha256(all->bytes, all->length, fold_r);
}

static enum db_status
add_company(struct work *work, const struct buyer *buyer,
    const unsigned char *fold, const char **code_r)
{
	struct company company = {
		.name = buyer->company,
		.postcode = buyer->postcode,
		.address1 = buyer->address1,
		.address2 = buyer->address2,
		.kana = buyer->kana,
	};
	enum db_status status = counter_code(work, "C", &company.company_code);

	*code_r = company.company_code;
	return status == DB_OK ? company_add(work, &company, fold) : status;
}

static enum db_status
learn_kana(
    struct work *work, const struct company *company, const struct buyer *buyer)
{
	if (buyer->kana[0] == '\0' || company->kana[0] != '\0')
		return DB_OK;
	return company_set_kana(work, company->company_code, buyer->kana);
}

static enum db_status
find_company(struct work *work, const struct buyer *buyer, const char **code_r)
{
	const char *const fields[] = { buyer->company, buyer->postcode,
		buyer->address1, buyer->address2 };
	unsigned char fold[SECRET_DIGEST];
	const struct company *company;

	fold_of(work, fields, sizeof fields / sizeof *fields, fold);
	enum db_status status = company_by_fold(work, fold, &company);
	if (status == DB_NONE)
		return add_company(work, buyer, fold, code_r);
	if (status != DB_OK)
		return status;
	*code_r = company->company_code;
	return learn_kana(work, company, buyer);
}

static enum db_status
add_contact(struct work *work, const struct buyer *buyer,
    const char *company_code, const unsigned char *fold, const char **code_r)
{
	struct contact contact = {
		.company_code = company_code,
		.department = buyer->department,
		.name = buyer->contact,
		.tel = buyer->tel,
		.fax = buyer->fax,
		.email = buyer->email,
	};
	enum db_status status = counter_code(work, "T", &contact.contact_code);

	*code_r = contact.contact_code;
	return status == DB_OK ? contact_add(work, &contact, fold) : status;
}

static enum db_status
find_contact(struct work *work, const struct buyer *buyer,
    const char *company_code, const char **code_r)
{
	const char *const fields[] = { company_code, buyer->department,
		buyer->contact, buyer->tel, buyer->fax, buyer->email };
	unsigned char fold[SECRET_DIGEST];
	const struct contact *contact;

	fold_of(work, fields, sizeof fields / sizeof *fields, fold);
	enum db_status status = contact_by_fold(work, fold, &contact);
	if (status == DB_NONE)
		return add_contact(work, buyer, company_code, fold, code_r);
	if (status == DB_OK)
		*code_r = contact->contact_code;
	return status;
}

enum db_status
buyer_contact(
    struct work *work, const struct buyer *buyer, const char **contact_code_r)
{
	struct buyer narrow = *buyer;
	const char *company_code;

	narrow.tel = text_narrow(work->arena, buyer->tel);
	narrow.fax = text_narrow(work->arena, buyer->fax);
	narrow.postcode = text_narrow(work->arena, buyer->postcode);
	enum db_status status = find_company(work, &narrow, &company_code);
	if (status != DB_OK)
		return status;
	return find_contact(work, &narrow, company_code, contact_code_r);
}

static void
fill(struct buyer *buyer, const struct contact *contact,
    const struct company *company)
{
	*buyer = (struct buyer){
		.company = company->name,
		.department = contact->department,
		.contact = contact->name,
		.tel = contact->tel,
		.fax = contact->fax,
		.email = contact->email,
		.postcode = company->postcode,
		.address1 = company->address1,
		.address2 = company->address2,
		.kana = company->kana,
	};
}

enum db_status
purchase_last_buyer(struct work *work, struct buyer *buyer_r)
{
	const struct contact *contact;
	const struct company *company;
	enum db_status status = contact_last(work, &contact);

	*buyer_r = (struct buyer){ "", "", "", "", "", "", "", "", "", "" };
	if (status == DB_OK)
		status = company_by_code(work, contact->company_code, &company);
	if (status == DB_OK)
		fill(buyer_r, contact, company);
	return status == DB_NONE ? DB_OK : status;
}
