/* notice: what a customer is told about software (figure 12 i). */

#ifndef DATA_NOTICE_H
#define DATA_NOTICE_H

#include "data/db.h"

enum notice_kind { NOTICE_UPGRADE, NOTICE_FEATURE, NOTICE_RELATED };
/* "upgrade", "feature", "related". */
const char *notice_kind_name(enum notice_kind kind);

struct notice {
	int64_t notice_id;
	const char *kind;		/* upgrade feature related */
	const char *software;		/* code */
	const char *name;
	const char *version;		/* NULL for related */
	const char *features;		/* the version's, a line per language */
	const char *related;		/* code; NULL but for related */
	const char *related_name;
	const char *serial;		/* upgrade: of his install; or NULL */
	int64_t created_at;
	int64_t read_at;		/* 0: unread */
};

/* The acting customer's, in the order upgrade, feature, related, then newest
 * first; at most 200. */
enum db_status notice_list(struct work *work, const char *language,
    const struct notice **list_r, size_t *count_r);
enum db_status notice_unread(struct work *work, int64_t *unread_r);
/* DB_NONE when it is not the acting customer's. */
enum db_status notice_set_read(struct work *work, int64_t notice_id);
enum db_status notice_set_all_read(struct work *work);

/* For the worker and the mails: anybody's. */
enum db_status notice_any(struct work *work, const char *language,
    int64_t notice_id, const struct notice **notice_r);

/* A notice somebody should get and has not got. */
struct notice_wanted {
	int64_t account_id;
	int64_t software_id;
	int64_t version_id;	/* 0: none */
	int64_t related_id;	/* 0: none */
	int64_t notice_mail;
	const char *about;
};
/* At most 500 at a time. */
enum db_status notice_wanted(struct work *work, enum notice_kind kind,
    const struct notice_wanted **list_r, size_t *count_r);
/* DB_DUPLICATE when he was told before; the number by db_insert_id. */
enum db_status notice_add(struct work *work, enum notice_kind kind,
    const struct notice_wanted *wanted);

#endif
