/* revoke: another key for the same license. */

#include "shop/revoke.h"

#include "base/arena.h"
#include "data/audit.h"
#include "data/license.h"
#include "data/license_set.h"
#include "data/mail.h"
#include "data/verdict_change.h"
#include "data/work.h"
#include "shop/key.h"

static enum revoke_result
broken(enum db_status status)
{
	return status == DB_RETRY ? REVOKE_RETRY : REVOKE_BROKEN;
}

static enum db_status
tell(struct work *work, const struct license *license)
{
	const struct verdict_change change = {
		.permission_code = license->permission_code,
		.reason = "key-revoked",
	};
	const struct mail_new mail = {
		.kind = "key-issued",
		.object = arena_print(work->arena, "%s/%lld", license->serial,
		    (long long)license->revision),
		.account_id = license->account_id,
		.serial = license->serial,
	};
	enum db_status status =
	    verdict_change_add(work, license->serial, &change);

	return status == DB_OK ? mail_add(work, &mail) : status;
}

static enum db_status
replace(struct work *work, const struct license *license, const char **key_r)
{
	unsigned char digest[SECRET_DIGEST];

	*key_r = key_make(work->arena);
	key_digest(key_fold(work->arena, *key_r), digest);
	enum db_status status =
	    license_replace_key(work, license, *key_r, digest);
	if (status == DB_OK)
		status = tell(work, license);
	if (status == DB_OK)
		status = audit_add(work, "key.revoke", license->serial, "");
	return status == DB_DUPLICATE ? DB_RETRY : status;
}

enum revoke_result
revoke_key(struct work *work, const char *serial, const char **key_r)
{
	const struct license *license;
	enum db_status status = license_lock_own(work, serial, &license);

	if (status == DB_NONE)
		return REVOKE_MISSING;
	if (status != DB_OK)
		return broken(status);
	if (license->status[0] != '3' || license->license_key == NULL)
		return REVOKE_NO_KEY;
	status = replace(work, license, key_r);
	return status == DB_OK ? REVOKE_DONE : broken(status);
}
