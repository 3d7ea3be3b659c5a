/* license_check: what the key check reads. Its database user may see these
 * columns and no others; the key itself is none of them. */

#include "data/license_check.h"

#include "base/secret.h"
#include "data/work.h"

static const struct db_column columns[] = {
	DB_TEXT_AT(struct license_check, serial),
	DB_TEXT_AT(struct license_check, product),
	DB_TEXT_AT(struct license_check, instance),
	DB_TEXT_AT(struct license_check, status),
	DB_INT_AT(struct license_check, users),
	DB_INT_AT(struct license_check, permission_code),
	DB_BYTES_AT(struct license_check, key_digest),
	DB_INT_AT(struct license_check, key_revoked),
	DB_DAY_AT(struct license_check, trial_end),
	DB_DAY_AT(struct license_check, ng_from),
	DB_TEXT_AT(struct license_check, invoice_no),
	DB_INT_AT(struct license_check, suspended),
	DB_INT_AT(struct license_check, paid),
	DB_INT_AT(struct license_check, revision),
	DB_INT_AT(struct license_check, entered),
	DB_INT_AT(struct license_check, software_id),
	DB_TEXT_AT(struct license_check, language),
	DB_INT_AT(struct license_check, unread),
};

/* Each further table would cost as much again as the signature. */
static const struct db_statement for_check = { "license_for_check",
	"SELECT l.serial, l.product, l.instance, l.status, l.users,"
	" l.permission_code, l.key_digest, l.key_revoked, l.trial_end,"
	" l.ng_from, l.invoice_no, l.suspended, l.paid, l.revision,"
	" l.key_entered_at IS NOT NULL AS entered, l.software_id,"
	" a.language, a.unread FROM license l"
	" JOIN account a ON a.account_id = l.account_id WHERE l.serial = ?",
	DB_ROW(struct license_check, columns) };

static const struct db_column software_columns[] = {
	DB_TEXT_AT(struct software_check, model),
	DB_TEXT_AT(struct software_check, latest),
};

static const struct db_statement of_software = { "license_check_software",
	"SELECT s.model, v.version AS latest FROM software s"
	" LEFT JOIN version v ON v.version_id = s.latest_version_id"
	" WHERE s.software_id = ?",
	DB_ROW(struct software_check, software_columns) };

static const struct db_column revoked_columns[] = {
	DB_TEXT_AT(struct license_check, serial),
};

static const struct db_statement was_revoked = { "license_key_was_revoked",
	"SELECT serial FROM revoked_key WHERE key_digest = ? AND serial = ?",
	DB_ROW(struct license_check, revoked_columns) };

static const struct db_statement *const statements[] = { &for_check,
	&of_software, &was_revoked };
DB_REGISTER("license_check", statements)

enum db_status
license_for_check(
    struct work *work, const char *serial, struct license_check **check_r)
{
	return db_row(work, &for_check, DB_ARGS(db_text(serial)), check_r);
}

enum db_status
license_check_software(struct work *work, int64_t software_id,
    const struct software_check **software_r)
{
	return db_row(
	    work, &of_software, DB_ARGS(db_int(software_id)), software_r);
}

enum db_status
license_key_was_revoked(
    struct work *work, const char *serial, const void *digest)
{
	const struct license_check *row;

	return db_row(work, &was_revoked,
	    DB_ARGS(db_bytes(digest, SECRET_DIGEST), db_text(serial)), &row);
}
