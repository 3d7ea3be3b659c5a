/* server: the hosting servers. */

#include "data/server.h"

#include "data/work.h"

#define COLUMNS                                                                \
	"server_id, name, os_model, ip_address, php, mariadb, public_key,"     \
	" agent_version, last_contact, revoked_at"

static const struct db_column columns[] = {
	DB_INT_AT(struct server, server_id),
	DB_TEXT_AT(struct server, name),
	DB_TEXT_AT(struct server, os_model),
	DB_TEXT_AT(struct server, ip_address),
	DB_TEXT_AT(struct server, php),
	DB_TEXT_AT(struct server, mariadb),
	DB_BYTES_AT(struct server, public_key),
	DB_TEXT_AT(struct server, agent_version),
	DB_TIME_AT(struct server, last_contact),
	DB_TIME_AT(struct server, revoked_at),
};

static const struct db_statement by_id = { "server_by_id",
	"SELECT " COLUMNS " FROM server WHERE server_id = ?",
	DB_ROW(struct server, columns) };

static const struct db_statement by_name = { "server_by_name",
	"SELECT " COLUMNS " FROM server WHERE name = ?",
	DB_ROW(struct server, columns) };

static const struct db_statement list = { "server_list",
	"SELECT " COLUMNS " FROM server ORDER BY name",
	DB_ROW(struct server, columns) };

static const struct db_statement add = { .name = "server_add",
	.sql = "INSERT INTO server (name, os_model, ip_address, php, mariadb,"
	       " public_key) VALUES (?, ?, ?, ?, ?, ?)" };

static const struct db_statement set = { .name = "server_set",
	.sql = "UPDATE server SET name = ?, os_model = ?, ip_address = ?,"
	       " php = ?, mariadb = ?, public_key = ? WHERE server_id = ?" };

static const struct db_statement revoke = { .name = "server_revoke",
	.sql = "UPDATE server SET revoked_at = ? WHERE server_id = ?" };

static const struct db_statement seen = { .name = "server_seen",
	.sql = "UPDATE server SET last_contact = ?, agent_version = ?"
	       " WHERE server_id = ?" };

static const struct db_statement *const statements[] = { &by_id, &by_name,
	&list, &add, &set, &revoke, &seen };
DB_REGISTER("server", statements)

enum db_status
server_by_id(
    struct work *work, int64_t server_id, const struct server **server_r)
{
	return db_row(work, &by_id, DB_ARGS(db_int(server_id)), server_r);
}

enum db_status
server_by_name(
    struct work *work, const char *name, const struct server **server_r)
{
	return db_row(work, &by_name, DB_ARGS(db_text(name)), server_r);
}

enum db_status
server_list(struct work *work, const struct server **servers_r, size_t *count_r)
{
	return db_rows(work, &list, DB_NO_ARGS, servers_r, count_r);
}

enum db_status
server_add(struct work *work, const struct server *server, int64_t *server_id_r)
{
	enum db_status status = db_change(work, &add,
	    DB_ARGS(db_text(server->name), db_text(server->os_model),
		db_text(server->ip_address), db_text(server->php),
		db_text(server->mariadb),
		db_bytes(server->public_key.bytes, server->public_key.length)));

	*server_id_r = status == DB_OK ? db_insert_id(work) : 0;
	return status;
}

enum db_status
server_set(struct work *work, const struct server *server)
{
	return db_change(work, &set,
	    DB_ARGS(db_text(server->name), db_text(server->os_model),
		db_text(server->ip_address), db_text(server->php),
		db_text(server->mariadb),
		db_bytes(server->public_key.bytes, server->public_key.length),
		db_int(server->server_id)));
}

enum db_status
server_revoke(struct work *work, int64_t server_id)
{
	return db_change(
	    work, &revoke, DB_ARGS(db_time(work->now), db_int(server_id)));
}

enum db_status
server_seen(struct work *work, int64_t server_id, const char *agent_version)
{
	return db_change(work, &seen,
	    DB_ARGS(
		db_time(work->now), db_text(agent_version), db_int(server_id)));
}
