/* license_check: what the key check may see of it: no license_key. */

#ifndef DATA_LICENSE_CHECK_H
#define DATA_LICENSE_CHECK_H

#include "data/db.h"

struct license_check {
	const char *serial;
	const char *product;
	const char *instance;
	const char *status;
	int64_t users;
	int64_t permission_code;
	struct db_bytes key_digest;	/* bytes NULL before the purchase */
	int64_t key_revoked;
	int32_t trial_end;
	int32_t ng_from;
	const char *invoice_no;
	int64_t suspended;
	int64_t paid;
	int64_t revision;
	int64_t entered;		/* its key was entered before */
	int64_t software_id;
	const char *language;		/* the owner's */
	int64_t unread;			/* notices */
	/* Not of the row: software_for_check's, which changes less often. */
	const char *model;
	const char *latest;		/* newest version; NULL for none */
	int64_t was_revoked;		/* the typed key once was its key */
};

enum db_status license_for_check(
    struct work *work, const char *serial, struct license_check **check_r);

struct software_check {
	const char *model;
	const char *latest;
};
enum db_status license_check_software(struct work *work, int64_t software_id,
    const struct software_check **software_r);

/* Was this digest once the license's key and revoked? DB_OK or DB_NONE. */
enum db_status license_key_was_revoked(
    struct work *work, const char *serial, const void *digest);

#endif
