/* notice_wanted: who should be told what and was not, a statement a kind. */

#include "data/notice.h"

#include "data/work.h"

static const struct db_column columns[] = {
	DB_INT_AT(struct notice_wanted, account_id),
	DB_INT_AT(struct notice_wanted, software_id),
	DB_INT_AT(struct notice_wanted, version_id),
	DB_INT_AT(struct notice_wanted, related_id),
	DB_INT_AT(struct notice_wanted, notice_mail),
	DB_TEXT_AT(struct notice_wanted, about),
};

/* He uses an older version, bought or still on trial. */
static const struct db_statement upgrade = { "notice_wanted_upgrade",
	"SELECT l.account_id, l.software_id, v.version_id, 0 AS related_id,"
	" a.notice_mail, CONCAT('upgrade ', v.version_id) AS about"
	" FROM license l"
	" JOIN software s ON s.software_id = l.software_id"
	" JOIN version v ON v.version_id = s.latest_version_id"
	" JOIN version m ON m.version_id = l.version_id"
	" JOIN account a ON a.account_id = l.account_id"
	" WHERE l.status IN ('1', '2', '3') AND s.visible = 1"
	" AND m.position < v.position AND a.disabled_at IS NULL"
	" AND (l.contract_code IS NOT NULL OR l.trial_end IS NULL"
	"  OR l.trial_end >= ?)"
	" AND NOT EXISTS (SELECT 1 FROM notice n"
	"  WHERE n.account_id = l.account_id"
	"  AND n.about = CONCAT('upgrade ', v.version_id))"
	" GROUP BY l.account_id, l.software_id, v.version_id, a.notice_mail"
	" LIMIT 500",
	DB_ROW(struct notice_wanted, columns) };

/* He tried it, did not buy, and uses it no more; it can do more now than all
 * he has seen of it. */
static const struct db_statement feature = { "notice_wanted_feature",
	"SELECT l.account_id, l.software_id, v.version_id, 0 AS related_id,"
	" a.notice_mail, CONCAT('feature ', v.version_id) AS about"
	" FROM license l"
	" JOIN software s ON s.software_id = l.software_id"
	" JOIN version v ON v.version_id = s.latest_version_id"
	" JOIN version m ON m.version_id = l.version_id"
	" JOIN account a ON a.account_id = l.account_id"
	" WHERE l.installed_at IS NOT NULL AND s.visible = 1"
	" AND v.features <> '' AND a.disabled_at IS NULL"
	" AND NOT EXISTS (SELECT 1 FROM notice n"
	"  WHERE n.account_id = l.account_id"
	"  AND n.about = CONCAT('feature ', v.version_id))"
	" GROUP BY l.account_id, l.software_id, v.version_id, v.position,"
	" a.notice_mail"
	" HAVING MAX(m.position) < v.position"
	" AND SUM(l.contract_code IS NOT NULL) = 0"
	" AND SUM(l.status <> 'U' AND (l.trial_end IS NULL"
	"  OR l.trial_end >= ?)) = 0 LIMIT 500",
	DB_ROW(struct notice_wanted, columns) };

/* Named by the maker as related to what he had or has; never had by him. */
static const struct db_statement related = { "notice_wanted_related",
	"SELECT l.account_id, MIN(l.software_id) AS software_id,"
	" 0 AS version_id, o.software_id AS related_id, a.notice_mail,"
	" CONCAT('related ', o.software_id) AS about"
	" FROM license l"
	" JOIN software_related r ON r.software_id = l.software_id"
	" JOIN software o ON o.code = r.code"
	" JOIN account a ON a.account_id = l.account_id"
	" WHERE l.installed_at IS NOT NULL AND o.visible = 1"
	" AND o.latest_version_id IS NOT NULL AND a.disabled_at IS NULL"
	" AND NOT EXISTS (SELECT 1 FROM license h"
	"  WHERE h.account_id = l.account_id"
	"  AND h.software_id = o.software_id)"
	" AND NOT EXISTS (SELECT 1 FROM notice n"
	"  WHERE n.account_id = l.account_id"
	"  AND n.about = CONCAT('related ', o.software_id))"
	" GROUP BY l.account_id, o.software_id, a.notice_mail LIMIT 500",
	DB_ROW(struct notice_wanted, columns) };

static const struct db_statement *const statements[] = { &upgrade, &feature,
	&related };
DB_REGISTER("notice_wanted", statements)

enum db_status
notice_wanted(struct work *work, enum notice_kind kind,
    const struct notice_wanted **list_r, size_t *count_r)
{
	switch (kind) {
	case NOTICE_UPGRADE:
		return db_rows(work, &upgrade, DB_ARGS(db_day(work->today)),
		    list_r, count_r);
	case NOTICE_FEATURE:
		return db_rows(work, &feature, DB_ARGS(db_day(work->today)),
		    list_r, count_r);
	case NOTICE_RELATED:
		break;
	}
	return db_rows(work, &related, DB_NO_ARGS, list_r, count_r);
}
