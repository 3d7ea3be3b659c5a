/* area: a customer's own place on a hosting server. */

#include "data/area.h"

#include "data/work.h"

#define AREA                                                                   \
	"SELECT a.area_id, a.account_id, a.server_id, a.name, a.owner,"        \
	" a.url, a.quota_mb, s.name AS server_name, s.os_model,"               \
	" s.ip_address, s.php, s.mariadb, s.last_contact, s.revoked_at"        \
	" FROM area a JOIN server s ON s.server_id = a.server_id"

static const struct db_column columns[] = {
	DB_INT_AT(struct area, area_id),
	DB_INT_AT(struct area, account_id),
	DB_INT_AT(struct area, server_id),
	DB_TEXT_AT(struct area, name),
	DB_TEXT_AT(struct area, owner),
	DB_TEXT_AT(struct area, url),
	DB_INT_AT(struct area, quota_mb),
	DB_TEXT_AT(struct area, server_name),
	DB_TEXT_AT(struct area, os_model),
	DB_TEXT_AT(struct area, ip_address),
	DB_TEXT_AT(struct area, php),
	DB_TEXT_AT(struct area, mariadb),
	DB_TIME_AT(struct area, last_contact),
	DB_TIME_AT(struct area, revoked_at),
};

static const struct db_statement list = { "area_list",
	AREA " WHERE a.account_id = ? ORDER BY a.name, a.area_id",
	DB_ROW(struct area, columns) };

static const struct db_statement by_id = { "area_by_id",
	AREA " WHERE a.account_id = ? AND a.area_id = ?",
	DB_ROW(struct area, columns) };

static const struct db_statement any = { "area_any",
	AREA " WHERE a.area_id = ?", DB_ROW(struct area, columns) };

static const struct db_statement by_name = { "area_by_name",
	AREA " WHERE s.name = ? AND a.name = ?", DB_ROW(struct area, columns) };

static const struct db_statement add = { .name = "area_add",
	.sql = "INSERT INTO area (account_id, server_id, name, owner, url,"
	       " quota_mb) VALUES (?, ?, ?, ?, ?, ?)" };

static const struct db_statement *const statements[] = { &list, &by_id, &any,
	&by_name, &add };
DB_REGISTER("area", statements)

enum db_status
area_list(struct work *work, int64_t account_id, const struct area **areas_r,
    size_t *count_r)
{
	return db_rows(
	    work, &list, DB_ARGS(db_int(account_id)), areas_r, count_r);
}

enum db_status
area_by_id(struct work *work, int64_t account_id, int64_t area_id,
    const struct area **area_r)
{
	return db_row(
	    work, &by_id, DB_ARGS(db_int(account_id), db_int(area_id)), area_r);
}

enum db_status
area_any(struct work *work, int64_t area_id, const struct area **area_r)
{
	return db_row(work, &any, DB_ARGS(db_int(area_id)), area_r);
}

enum db_status
area_by_name(struct work *work, const char *server_name, const char *name,
    const struct area **area_r)
{
	return db_row(work, &by_name,
	    DB_ARGS(db_text(server_name), db_text(name)), area_r);
}

enum db_status
area_add(struct work *work, const struct area *area, int64_t *area_id_r)
{
	enum db_status status = db_change(work, &add,
	    DB_ARGS(db_int(area->account_id), db_int(area->server_id),
		db_text(area->name), db_text(area->owner), db_text(area->url),
		db_int(area->quota_mb)));

	*area_id_r = status == DB_OK ? db_insert_id(work) : 0;
	return status;
}
