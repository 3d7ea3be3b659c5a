/* contact: the people who order. */

#include "data/contact.h"

#include "data/work.h"

static const struct db_column columns[] = {
	DB_TEXT_AT(struct contact, contact_code),
	DB_TEXT_AT(struct contact, company_code),
	DB_TEXT_AT(struct contact, department),
	DB_TEXT_AT(struct contact, name),
	DB_TEXT_AT(struct contact, tel),
	DB_TEXT_AT(struct contact, fax),
	DB_TEXT_AT(struct contact, email),
};

#define SELECT_CONTACT                                                         \
	"SELECT t.contact_code, t.company_code, t.department, t.name, t.tel,"  \
	" t.fax, t.email FROM contact t "

static const struct db_statement by_fold = { "contact_by_fold",
	SELECT_CONTACT "WHERE t.fold = ? LOCK IN SHARE MODE",
	DB_ROW(struct contact, columns) };

static const struct db_statement by_code = { "contact_by_code",
	SELECT_CONTACT "WHERE t.contact_code = ?",
	DB_ROW(struct contact, columns) };

static const struct db_statement last = { "contact_last",
	SELECT_CONTACT
	"JOIN contract k ON k.contact_code = t.contact_code"
	" WHERE k.account_id = ?"
	" ORDER BY k.created_at DESC, k.contract_code DESC LIMIT 1",
	DB_ROW(struct contact, columns) };

static const struct db_statement add = { "contact_add",
	"INSERT INTO contact (contact_code, company_code, department, name,"
	" tel, fax, email, fold, created_at)"
	" VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
	NULL, 0, 0 };

static const struct db_statement *const statements[] = { &by_fold, &by_code,
	&last, &add };
DB_REGISTER("contact", statements)

enum db_status
contact_by_fold(
    struct work *work, const void *fold, const struct contact **contact_r)
{
	return db_row(work, &by_fold, DB_ARGS(db_bytes(fold, 32)), contact_r);
}

enum db_status
contact_by_code(
    struct work *work, const char *code, const struct contact **contact_r)
{
	return db_row(work, &by_code, DB_ARGS(db_text(code)), contact_r);
}

enum db_status
contact_last(struct work *work, const struct contact **contact_r)
{
	return db_row(work, &last, DB_ARGS(db_int(work->account)), contact_r);
}

enum db_status
contact_add(struct work *work, const struct contact *contact, const void *fold)
{
	return db_change(work, &add,
	    DB_ARGS(db_text(contact->contact_code),
		db_text(contact->company_code), db_text(contact->department),
		db_text(contact->name), db_text(contact->tel),
		db_text(contact->fax), db_text(contact->email),
		db_bytes(fold, 32), db_time(work->now)));
}
