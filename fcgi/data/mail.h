/* mail: what the worker is to send; each thing once. */

#ifndef DATA_MAIL_H
#define DATA_MAIL_H

#include "data/db.h"

struct mail {
	int64_t mail_id;
	const char *about;
	const char *kind;	/* stylesheet in the skin's folder mail */
	int64_t account_id;
	const char *recipient;
	const char *language;
	const char *name;	/* the customer's */
	const char *serial;	/* NULL for none */
	const char *invoice_no;	/* NULL for none */
	int64_t notice_id;	/* 0 for none */
	int32_t day;		/* the date it speaks of; or CLOCK_NO_DAY */
	int64_t tries;
	int64_t created_at;
};

/* kind, account_id and object ("2026-0001", "2026-0001/2026-11-22") must be
 * set: about is "kind object". recipient NULL takes the account's address;
 * language is the account's. The same about a second time changes nothing and
 * is DB_OK. */
struct mail_new {
	const char *kind;
	const char *object;
	int64_t account_id;
	const char *recipient;
	const char *serial;
	const char *invoice_no;
	int64_t notice_id;
	int32_t day;		/* 0 stands for none as well */
};
enum db_status mail_add(struct work *work, const struct mail_new *mail);

/* The next to send at work->now; DB_NONE for none. Locks it, skipping what
 * another worker holds, so call it in a transaction that also tells. */
enum db_status mail_next(struct work *work, const struct mail **mail_r);
/* Takes it for ten minutes, so that a worker that dies sends it again. */
enum db_status mail_take(struct work *work, int64_t mail_id);
enum db_status mail_set_sent(struct work *work, int64_t mail_id);
/* Tries again after 1, 2, 4 ... minutes, at most 6 hours; after 20 tries the
 * state is failed. */
enum db_status mail_set_failed(
    struct work *work, int64_t mail_id, const char *error);

#endif
