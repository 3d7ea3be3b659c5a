/* license: table 71 of the seed (figure 8), as pages and rules read it. */

#ifndef DATA_LICENSE_H
#define DATA_LICENSE_H

#include "data/db.h"

/* Figure 8 in its order, then what we keep beside it. Texts are NULL where
 * the column is. */
struct license {
	const char *serial;		/* 81 */
	const char *contract_code;	/* 82; NULL before the purchase */
	int32_t trial_start;		/* 83 */
	const char *status;		/* 84: "0" "1" "2" "3" "U" */
	int64_t users;			/* 85 */
	const char *os_model;		/* 86 */
	const char *ip_address;		/* 87 */
	const char *directory;		/* 88 */
	int64_t permission_code;	/* 89: 0 OK, 1 NG */
	const char *license_key;	/* 8A, in five groups; NULL for none */
	const char *certificate_no;	/* 8B; NULL before the payment */
	int64_t account_id;
	int64_t software_id;
	int64_t version_id;
	int64_t area_id;
	const char *product;		/* software.code */
	const char *instance;
	int64_t key_revoked;
	int32_t trial_end;		/* last day; CLOCK_NO_DAY: none */
	int64_t key_entered_at;		/* 0: never */
	int32_t ng_from;		/* CLOCK_NO_DAY: no such day */
	const char *ng_rule;
	const char *invoice_no;		/* NULL before the key was entered */
	int64_t suspended;
	int64_t paid;
	const char *settings;		/* JSON object */
	int64_t revision;
	int64_t installed_at;
	int64_t uninstalled_at;
	int64_t created_at;
	int64_t kept_version_id;	/* for a roll-back; 0: none */
	int64_t kept_until;		/* 0: none */
	/* From the tables beside. */
	const char *name;		/* software's, in the language asked */
	const char *model;		/* "license", "credit", "free" */
	const char *version;
	const char *kept_version;	/* NULL for none */
	const char *latest;		/* newest version; NULL for none */
	const char *entry;		/* start page inside the install */
	const char *area_name;
	const char *area_url;		/* ends in / */
	int64_t server_id;
};

/* The acting customer's (work->account). All but uninstalled ones first, then
 * those; newest first. */
enum db_status license_list(struct work *work, const char *language,
    const struct license **list_r, size_t *count_r);

/* The acting customer's live (not uninstalled) ones of one software. */
enum db_status license_list_of(struct work *work, const char *language,
    int64_t software_id, const struct license **list_r, size_t *count_r);

/* The acting customer's; DB_NONE for another's. */
enum db_status license_by_serial(struct work *work, const char *language,
    const char *serial, const struct license **license_r);

/* Anybody's: for programs, never for a customer's screen. Locks the row until
 * the transaction ends. name is the software's in the owner's language. */
enum db_status license_lock(struct work *work, const char *serial,
    const struct license **license_r);
/* The acting customer's, locked. */
enum db_status license_lock_own(struct work *work, const char *serial,
    const struct license **license_r);
/* Anybody's, without the lock. */
enum db_status license_any(struct work *work, const char *serial,
    const struct license **license_r);

/* Where the start page is seen: the area's URL, the directory
 * (percent-encoded, part by part), a slash, the entry. */
const char *license_url(struct work *work, const struct license *license);

/* For the pages, as the catalog has it: none (license NULL), requested (0),
 * installed (1), purchased (2), licensed (3), ended (U, or 1 with the trial
 * over). */
const char *license_state(const struct license *license, int32_t today);

/* Live licenses whose trial ends from first to last day and that have no
 * entered key; and unpaid ones whose ng_from lies there. For the daily step. */
struct license_due {
	const char *serial;
	int64_t account_id;
	int32_t trial_start;
	int32_t trial_end;
	int32_t ng_from;
	const char *ng_rule;
	const char *invoice_no;
	int32_t due_on;		/* of the invoice; CLOCK_NO_DAY without */
	int64_t permission_code;
	const char *steps;	/* daily steps done, " rule day," each */
};
enum db_status license_trial_ending(struct work *work, int32_t first,
    int32_t last, const struct license_due **list_r, size_t *count_r);
/* Unpaid ones whose invoice is due there. */
enum db_status license_bill_due(struct work *work, int32_t first,
    int32_t last, const struct license_due **list_r, size_t *count_r);
enum db_status license_ng_coming(struct work *work, int32_t first,
    int32_t last, const struct license_due **list_r, size_t *count_r);

#endif
