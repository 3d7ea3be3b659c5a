/* company: who is written to and pays. */

#include "data/company.h"

#include "data/work.h"

static const struct db_column columns[] = {
	DB_TEXT_AT(struct company, company_code),
	DB_TEXT_AT(struct company, name),
	DB_TEXT_AT(struct company, postcode),
	DB_TEXT_AT(struct company, address1),
	DB_TEXT_AT(struct company, address2),
	DB_TEXT_AT(struct company, kana),
};

#define SELECT_COMPANY                                                         \
	"SELECT company_code, name, postcode, address1, address2, kana"        \
	" FROM company WHERE "

/* Locking reads see what others committed since the transaction began. */
static const struct db_statement by_fold = { "company_by_fold",
	SELECT_COMPANY "fold = ? LOCK IN SHARE MODE",
	DB_ROW(struct company, columns) };

static const struct db_statement by_code = { "company_by_code",
	SELECT_COMPANY "company_code = ?", DB_ROW(struct company, columns) };

static const struct db_statement add = { "company_add",
	"INSERT INTO company (company_code, name, postcode, address1,"
	" address2, kana, fold, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
	NULL, 0, 0 };

static const struct db_statement set_kana = { "company_set_kana",
	"UPDATE company SET kana = ? WHERE company_code = ? AND kana = ''",
	NULL, 0, 0 };

static const struct db_statement *const statements[] = { &by_fold, &by_code,
	&add, &set_kana };
DB_REGISTER("company", statements)

enum db_status
company_by_fold(
    struct work *work, const void *fold, const struct company **company_r)
{
	return db_row(work, &by_fold, DB_ARGS(db_bytes(fold, 32)), company_r);
}

enum db_status
company_by_code(
    struct work *work, const char *code, const struct company **company_r)
{
	return db_row(work, &by_code, DB_ARGS(db_text(code)), company_r);
}

enum db_status
company_add(struct work *work, const struct company *company, const void *fold)
{
	return db_change(work, &add,
	    DB_ARGS(db_text(company->company_code), db_text(company->name),
		db_text(company->postcode), db_text(company->address1),
		db_text(company->address2), db_text(company->kana),
		db_bytes(fold, 32), db_time(work->now)));
}

enum db_status
company_set_kana(struct work *work, const char *code, const char *kana)
{
	return db_change(
	    work, &set_kana, DB_ARGS(db_text(kana), db_text(code)));
}
