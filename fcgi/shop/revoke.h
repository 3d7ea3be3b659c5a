/* revoke: a key got into wrong hands; the customer takes another. */

#ifndef SHOP_REVOKE_H
#define SHOP_REVOKE_H

struct work;

enum revoke_result {
	REVOKE_DONE,
	REVOKE_MISSING,		/* not his */
	REVOKE_NO_KEY,		/* nothing to revoke */
	REVOKE_RETRY,
	REVOKE_BROKEN,
};

/* The old key is KEY_REVOKED from now on; the new one is in *key_r and mailed.
 * Contract, invoice and payment stay. */
enum revoke_result revoke_key(
    struct work *work, const char *serial, const char **key_r);

#endif
