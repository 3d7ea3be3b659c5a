/* contract: orders, as they were placed. */

#include "data/contract.h"

#include "data/work.h"

static const struct db_column columns[] = {
	DB_TEXT_AT(struct contract, contract_code),
	DB_DAY_AT(struct contract, received_on),
	DB_TEXT_AT(struct contract, contact_code),
	DB_TEXT_AT(struct contract, payment_method),
	DB_INT_AT(struct contract, payment_state),
	DB_INT_AT(struct contract, users),
	DB_INT_AT(struct contract, unit_price),
	DB_INT_AT(struct contract, tax_percent),
	DB_INT_AT(struct contract, account_id),
	DB_TIME_AT(struct contract, created_at),
};

#define SELECT_CONTRACT                                                        \
	"SELECT contract_code, received_on, contact_code, payment_method,"     \
	" payment_state, users, unit_price, tax_percent, account_id,"          \
	" created_at FROM contract WHERE contract_code = ?"

static const struct db_statement any = { "contract_any", SELECT_CONTRACT,
	DB_ROW(struct contract, columns) };

static const struct db_statement by_code = { "contract_by_code",
	SELECT_CONTRACT " AND account_id = ?",
	DB_ROW(struct contract, columns) };

static const struct db_statement add = { "contract_add",
	"INSERT INTO contract (contract_code, received_on, contact_code,"
	" payment_method, users, unit_price, tax_percent, account_id,"
	" created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
	NULL, 0, 0 };

static const struct db_statement set_paid = { "contract_set_paid",
	"UPDATE contract SET payment_state = 1"
	" WHERE contract_code = ? AND payment_state = 0",
	NULL, 0, 0 };

static const struct db_statement *const statements[] = { &any, &by_code, &add,
	&set_paid };
DB_REGISTER("contract", statements)

enum db_status
contract_any(
    struct work *work, const char *code, const struct contract **contract_r)
{
	return db_row(work, &any, DB_ARGS(db_text(code)), contract_r);
}

enum db_status
contract_by_code(
    struct work *work, const char *code, const struct contract **contract_r)
{
	return db_row(work, &by_code,
	    DB_ARGS(db_text(code), db_int(work->account)), contract_r);
}

enum db_status
contract_add(struct work *work, const struct contract *contract)
{
	return db_change(work, &add,
	    DB_ARGS(db_text(contract->contract_code),
		db_day(contract->received_on), db_text(contract->contact_code),
		db_text(contract->payment_method), db_int(contract->users),
		db_int(contract->unit_price), db_int(contract->tax_percent),
		db_int(contract->account_id), db_time(work->now)));
}

enum db_status
contract_set_paid(struct work *work, const char *code)
{
	return db_change(work, &set_paid, DB_ARGS(db_text(code)));
}
