/* depot: where packages come from. */

#include "data/depot.h"

#include "data/work.h"

#define COLUMNS                                                                \
	"depot_id, name, url, public_key, key_number, index_serial,"           \
	" index_expires,"                                                      \
	" checked_at, problem, revoked_at"

static const struct db_column columns[] = {
	DB_INT_AT(struct depot, depot_id),
	DB_TEXT_AT(struct depot, name),
	DB_TEXT_AT(struct depot, url),
	DB_BYTES_AT(struct depot, public_key),
	DB_INT_AT(struct depot, key_number),
	DB_INT_AT(struct depot, index_serial),
	DB_TIME_AT(struct depot, index_expires),
	DB_TIME_AT(struct depot, checked_at),
	DB_TEXT_AT(struct depot, problem),
	DB_TIME_AT(struct depot, revoked_at),
};

static const struct db_statement by_id = { "depot_by_id",
	"SELECT " COLUMNS " FROM depot WHERE depot_id = ?",
	DB_ROW(struct depot, columns) };

static const struct db_statement by_name = { "depot_by_name",
	"SELECT " COLUMNS " FROM depot WHERE name = ?",
	DB_ROW(struct depot, columns) };

static const struct db_statement list = { "depot_list",
	"SELECT " COLUMNS " FROM depot ORDER BY name",
	DB_ROW(struct depot, columns) };

static const struct db_statement add = { .name = "depot_add",
	.sql = "INSERT INTO depot (name, url, public_key) VALUES (?, ?, ?)" };

static const struct db_statement revoke = { .name = "depot_revoke",
	.sql = "UPDATE depot SET revoked_at = ? WHERE depot_id = ?"
	       " AND revoked_at IS NULL" };

static const struct db_column name_columns[] = {
	DB_TEXT_AT(struct depot_name, name),
};

static const struct db_statement list_revoked = { "depot_list_revoked",
	"SELECT name FROM depot WHERE revoked_at IS NOT NULL ORDER BY name",
	DB_ROW(struct depot_name, name_columns) };

static const struct db_statement follow = { .name = "depot_follow",
	.sql = "UPDATE depot SET public_key = ?, key_number = ?"
	       " WHERE depot_id = ? AND public_key = ?" };

static const struct db_statement give_key = { .name = "depot_give_key",
	.sql = "UPDATE depot SET public_key = ?, key_number = 0,"
	       " index_serial = 0, index_expires = NULL, problem = '',"
	       " revoked_at = NULL WHERE depot_id = ?" };

/* An index of a lower serial is an old one shown again. */
static const struct db_statement seen = { .name = "depot_seen",
	.sql = "UPDATE depot SET index_serial = ?, index_expires = ?,"
	       " checked_at = ?, problem = ''"
	       " WHERE depot_id = ? AND index_serial <= ?" };

static const struct db_statement refused = { .name = "depot_refused",
	.sql = "UPDATE depot SET checked_at = ?, problem = LEFT(?, 200)"
	       " WHERE depot_id = ?" };

static const struct db_statement *const statements[] = { &by_id, &by_name,
	&list, &add, &revoke, &list_revoked, &follow, &give_key, &seen,
	&refused };
DB_REGISTER("depot", statements)

enum db_status
depot_by_id(struct work *work, int64_t depot_id, const struct depot **depot_r)
{
	return db_row(work, &by_id, DB_ARGS(db_int(depot_id)), depot_r);
}

enum db_status
depot_by_name(struct work *work, const char *name, const struct depot **depot_r)
{
	return db_row(work, &by_name, DB_ARGS(db_text(name)), depot_r);
}

enum db_status
depot_list(struct work *work, const struct depot **depots_r, size_t *count_r)
{
	return db_rows(work, &list, DB_NO_ARGS, depots_r, count_r);
}

enum db_status
depot_add(struct work *work, const struct depot *depot, int64_t *depot_id_r)
{
	enum db_status status = db_change(work, &add,
	    DB_ARGS(db_text(depot->name), db_text(depot->url),
		db_bytes(depot->public_key.bytes, depot->public_key.length)));

	*depot_id_r = status == DB_OK ? db_insert_id(work) : 0;
	return status;
}

enum db_status
depot_revoke(struct work *work, int64_t depot_id)
{
	return db_change(
	    work, &revoke, DB_ARGS(db_time(work->now), db_int(depot_id)));
}

enum db_status
depot_list_revoked(
    struct work *work, const struct depot_name **names_r, size_t *count_r)
{
	return db_rows(work, &list_revoked, DB_NO_ARGS, names_r, count_r);
}

enum db_status
depot_follow(struct work *work, const struct depot *depot,
    const struct db_bytes *key, int64_t number)
{
	return db_change(work, &follow,
	    DB_ARGS(db_bytes(key->bytes, key->length), db_int(number),
		db_int(depot->depot_id),
		db_bytes(depot->public_key.bytes, depot->public_key.length)));
}

enum db_status
depot_give_key(struct work *work, int64_t depot_id, const struct db_bytes *key)
{
	return db_change(work, &give_key,
	    DB_ARGS(db_bytes(key->bytes, key->length), db_int(depot_id)));
}

enum db_status
depot_seen(struct work *work, int64_t depot_id, int64_t serial, int64_t expires)
{
	return db_change(work, &seen,
	    DB_ARGS(db_int(serial), db_time(expires), db_time(work->now),
		db_int(depot_id), db_int(serial)));
}

enum db_status
depot_refused(struct work *work, int64_t depot_id, const char *problem)
{
	return db_change(work, &refused,
	    DB_ARGS(db_time(work->now), db_text(problem), db_int(depot_id)));
}
