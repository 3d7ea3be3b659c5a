/* license: reading table 71 and what pages and rules see of it. */

#include "data/license.h"

#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "data/work.h"

static const struct db_column columns[] = {
	DB_TEXT_AT(struct license, serial),
	DB_TEXT_AT(struct license, contract_code),
	DB_DAY_AT(struct license, trial_start),
	DB_TEXT_AT(struct license, status),
	DB_INT_AT(struct license, users),
	DB_TEXT_AT(struct license, os_model),
	DB_TEXT_AT(struct license, ip_address),
	DB_TEXT_AT(struct license, directory),
	DB_INT_AT(struct license, permission_code),
	DB_TEXT_AT(struct license, license_key),
	DB_TEXT_AT(struct license, certificate_no),
	DB_INT_AT(struct license, account_id),
	DB_INT_AT(struct license, software_id),
	DB_INT_AT(struct license, version_id),
	DB_INT_AT(struct license, area_id),
	DB_TEXT_AT(struct license, product),
	DB_TEXT_AT(struct license, instance),
	DB_INT_AT(struct license, key_revoked),
	DB_DAY_AT(struct license, trial_end),
	DB_TIME_AT(struct license, key_entered_at),
	DB_DAY_AT(struct license, ng_from),
	DB_TEXT_AT(struct license, ng_rule),
	DB_TEXT_AT(struct license, invoice_no),
	DB_INT_AT(struct license, suspended),
	DB_INT_AT(struct license, paid),
	DB_TEXT_AT(struct license, settings),
	DB_INT_AT(struct license, revision),
	DB_TIME_AT(struct license, installed_at),
	DB_TIME_AT(struct license, uninstalled_at),
	DB_TIME_AT(struct license, created_at),
	DB_INT_AT(struct license, kept_version_id),
	DB_TIME_AT(struct license, kept_until),
	DB_TEXT_AT(struct license, name),
	DB_TEXT_AT(struct license, model),
	DB_TEXT_AT(struct license, version),
	DB_TEXT_AT(struct license, kept_version),
	DB_TEXT_AT(struct license, latest),
	DB_TEXT_AT(struct license, entry),
	DB_TEXT_AT(struct license, area_name),
	DB_TEXT_AT(struct license, area_url),
	DB_INT_AT(struct license, server_id),
};

/* Subqueries, not joins: FOR UPDATE then locks the license alone. */
#define SELECT_LICENSE(language)                                               \
	"SELECT l.serial, l.contract_code, l.trial_start, l.status, l.users,"  \
	" l.os_model, l.ip_address, l.directory, l.permission_code,"           \
	" l.license_key, l.certificate_no, l.account_id, l.software_id,"       \
	" l.version_id, l.area_id, l.product, l.instance, l.key_revoked,"      \
	" l.trial_end, l.key_entered_at, l.ng_from, l.ng_rule, l.invoice_no,"  \
	" l.suspended, l.paid, l.settings, l.revision, l.installed_at,"        \
	" l.uninstalled_at, l.created_at, l.kept_version_id, l.kept_until,"    \
	" COALESCE((SELECT name FROM software_text t WHERE t.software_id ="    \
	"  l.software_id ORDER BY t.language = " language " DESC LIMIT 1),"    \
	"  l.product) AS name,"                                                \
	" (SELECT model FROM software s WHERE s.software_id ="                 \
	"  l.software_id) AS model,"                                           \
	" (SELECT version FROM version v WHERE v.version_id = l.version_id)"   \
	"  AS version,"                                                        \
	" (SELECT version FROM version v WHERE v.version_id ="                 \
	"  l.kept_version_id) AS kept_version,"                                \
	" (SELECT v.version FROM software s JOIN version v ON v.version_id ="  \
	"  s.latest_version_id WHERE s.software_id = l.software_id)"           \
	"  AS latest,"                                                         \
	" (SELECT entry FROM version v WHERE v.version_id = l.version_id)"     \
	"  AS entry,"                                                          \
	" (SELECT name FROM area a WHERE a.area_id = l.area_id)"               \
	"  AS area_name,"                                                      \
	" (SELECT url FROM area a WHERE a.area_id = l.area_id) AS area_url,"   \
	" (SELECT server_id FROM area a WHERE a.area_id = l.area_id)"          \
	"  AS server_id"                                                       \
	" FROM license l "

#define OWNERS                                                                 \
	"(SELECT language FROM account o WHERE o.account_id = l.account_id)"

static const struct db_statement list = { "license_list",
	SELECT_LICENSE(
	    "?") "WHERE l.account_id = ?"
		 " ORDER BY l.status = 'U', l.created_at DESC, l.serial DESC",
	DB_ROW(struct license, columns) };

static const struct db_statement list_of = { "license_list_of",
	SELECT_LICENSE("?") "WHERE l.account_id = ? AND l.software_id = ?"
			    " AND l.status <> 'U' ORDER BY l.created_at DESC, "
			    "l.serial DESC",
	DB_ROW(struct license, columns) };

static const struct db_statement by_serial = { "license_by_serial",
	SELECT_LICENSE("?") "WHERE l.serial = ? AND l.account_id = ?",
	DB_ROW(struct license, columns) };

static const struct db_statement any = { "license_any",
	SELECT_LICENSE(OWNERS) "WHERE l.serial = ?",
	DB_ROW(struct license, columns) };

static const struct db_statement lock = { "license_lock",
	SELECT_LICENSE(OWNERS) "WHERE l.serial = ? FOR UPDATE",
	DB_ROW(struct license, columns) };

static const struct db_statement lock_own = { "license_lock_own",
	SELECT_LICENSE(OWNERS) "WHERE l.serial = ? AND l.account_id = ?"
			       " FOR UPDATE",
	DB_ROW(struct license, columns) };

static const struct db_column due_columns[] = {
	DB_TEXT_AT(struct license_due, serial),
	DB_INT_AT(struct license_due, account_id),
	DB_DAY_AT(struct license_due, trial_start),
	DB_DAY_AT(struct license_due, trial_end),
	DB_DAY_AT(struct license_due, ng_from),
	DB_TEXT_AT(struct license_due, ng_rule),
	DB_TEXT_AT(struct license_due, invoice_no),
	DB_DAY_AT(struct license_due, due_on),
	DB_INT_AT(struct license_due, permission_code),
	DB_TEXT_AT(struct license_due, steps),
};

#define SELECT_DUE                                                             \
	"SELECT l.serial, l.account_id, l.trial_start, l.trial_end, "          \
	"l.ng_from,"                                                           \
	" l.ng_rule, l.invoice_no, i.due_on, l.permission_code,"               \
	" COALESCE((SELECT GROUP_CONCAT(' ', d.rule, ' ', d.day, ','"          \
	"  SEPARATOR '') FROM daily_step d WHERE d.serial = l.serial), '')"    \
	"  AS steps"                                                           \
	" FROM license l LEFT JOIN invoice i ON i.invoice_no = l.invoice_no"   \
	" WHERE l.status IN ('1', '2', '3') AND l.paid = 0"

static const struct db_statement trial_ending = { "license_trial_ending",
	SELECT_DUE " AND l.trial_end BETWEEN ? AND ?"
		   " AND l.key_entered_at IS NULL AND l.invoice_no IS NULL"
		   " ORDER BY l.trial_end, l.serial",
	DB_ROW(struct license_due, due_columns) };

static const struct db_statement bill_due = { "license_bill_due",
	SELECT_DUE " AND i.due_on BETWEEN ? AND ? ORDER BY i.due_on, l.serial",
	DB_ROW(struct license_due, due_columns) };

static const struct db_statement ng_coming = { "license_ng_coming",
	SELECT_DUE " AND l.ng_from BETWEEN ? AND ?"
		   " ORDER BY l.ng_from, l.serial",
	DB_ROW(struct license_due, due_columns) };

static const struct db_statement *const statements[] = { &list, &list_of,
	&by_serial, &any, &lock, &lock_own, &trial_ending, &bill_due,
	&ng_coming };
DB_REGISTER("license", statements)

enum db_status
license_list(struct work *work, const char *language,
    const struct license **list_r, size_t *count_r)
{
	return db_rows(work, &list,
	    DB_ARGS(db_text(language), db_int(work->account)), list_r, count_r);
}

enum db_status
license_list_of(struct work *work, const char *language, int64_t software_id,
    const struct license **list_r, size_t *count_r)
{
	return db_rows(work, &list_of,
	    DB_ARGS(
		db_text(language), db_int(work->account), db_int(software_id)),
	    list_r, count_r);
}

enum db_status
license_by_serial(struct work *work, const char *language, const char *serial,
    const struct license **license_r)
{
	return db_row(work, &by_serial,
	    DB_ARGS(db_text(language), db_text(serial), db_int(work->account)),
	    license_r);
}

enum db_status
license_any(
    struct work *work, const char *serial, const struct license **license_r)
{
	return db_row(work, &any, DB_ARGS(db_text(serial)), license_r);
}

enum db_status
license_lock(
    struct work *work, const char *serial, const struct license **license_r)
{
	return db_row(work, &lock, DB_ARGS(db_text(serial)), license_r);
}

enum db_status
license_lock_own(
    struct work *work, const char *serial, const struct license **license_r)
{
	return db_row(work, &lock_own,
	    DB_ARGS(db_text(serial), db_int(work->account)), license_r);
}

enum db_status
license_trial_ending(struct work *work, int32_t first, int32_t last,
    const struct license_due **list_r, size_t *count_r)
{
	return db_rows(work, &trial_ending,
	    DB_ARGS(db_day(first), db_day(last)), list_r, count_r);
}

enum db_status
license_bill_due(struct work *work, int32_t first, int32_t last,
    const struct license_due **list_r, size_t *count_r)
{
	return db_rows(work, &bill_due, DB_ARGS(db_day(first), db_day(last)),
	    list_r, count_r);
}

enum db_status
license_ng_coming(struct work *work, int32_t first, int32_t last,
    const struct license_due **list_r, size_t *count_r)
{
	return db_rows(work, &ng_coming, DB_ARGS(db_day(first), db_day(last)),
	    list_r, count_r);
}

const char *
license_url(struct work *work, const struct license *license)
{
	struct text *url = text_new(work->arena, 4000);

	text_add(url, license->area_url);
	text_add(url, text_percent(work->arena, license->directory, "/"));
	if (license->directory[0] != '\0')
		text_add(url, "/");
	text_add(url, text_percent(work->arena, license->entry, "/"));
	return url->bytes;
}

static bool
trial_is_over(const struct license *license, int32_t today)
{
	return license->trial_end != CLOCK_NO_DAY && license->trial_end < today;
}

const char *
license_state(const struct license *license, int32_t today)
{
	if (license == NULL)
		return "none";
	switch (license->status[0]) {
	case 'U':
		return "ended";
	case '0':
		return "requested";
	case '1':
		return trial_is_over(license, today) ? "ended" : "installed";
	case '2':
		return "purchased";
	default:
		return "licensed";
	}
}
