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
	const char *model;
	const char *latest;		/* newest version; NULL for none */
	const char *language;		/* the owner's */
	int64_t unread;			/* notices */
	int64_t was_revoked;	/* the digest asked for once was its key */
	int64_t entered;	/* its key was entered before */
};

/* digest: of the key that was typed (SECRET_DIGEST bytes), NULL for none. */
enum db_status license_for_check(struct work *work, const char *serial,
    const void *digest, const struct license_check **check_r);

#endif
