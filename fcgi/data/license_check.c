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
	DB_TEXT_AT(struct license_check, model),
	DB_TEXT_AT(struct license_check, latest),
	DB_TEXT_AT(struct license_check, language),
	DB_INT_AT(struct license_check, unread),
	DB_INT_AT(struct license_check, was_revoked),
	DB_INT_AT(struct license_check, entered),
};

static const struct db_statement for_check = { "license_for_check",
	"SELECT l.serial, l.product, l.instance, l.status, l.users,"
	" l.permission_code, l.key_digest, l.key_revoked, l.trial_end,"
	" l.ng_from, l.invoice_no, l.suspended, l.paid, l.revision, s.model,"
	" v.version AS latest, a.language, (SELECT COUNT(*) FROM notice n"
	"  WHERE n.account_id = l.account_id AND n.read_at IS NULL) AS unread,"
	" EXISTS (SELECT 1 FROM revoked_key r WHERE r.key_digest = ?"
	"  AND r.serial = l.serial) AS was_revoked,"
	" l.key_entered_at IS NOT NULL AS entered"
	" FROM license l JOIN software s ON s.software_id = l.software_id"
	" JOIN account a ON a.account_id = l.account_id"
	" LEFT JOIN version v ON v.version_id = s.latest_version_id"
	" WHERE l.serial = ?",
	DB_ROW(struct license_check, columns) };

static const struct db_statement *const statements[] = { &for_check };
DB_REGISTER("license_check", statements)

enum db_status
license_for_check(struct work *work, const char *serial, const void *digest,
    const struct license_check **check_r)
{
	return db_row(work, &for_check,
	    DB_ARGS(db_bytes(digest, digest == NULL ? 0 : SECRET_DIGEST),
		db_text(serial)),
	    check_r);
}
