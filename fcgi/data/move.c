/* move: a program on its way from one place to another. */

#include "data/move.h"

#include "data/work.h"

static const struct db_column columns[] = {
	DB_INT_AT(struct move, move_id),
	DB_TEXT_AT(struct move, serial),
	DB_INT_AT(struct move, from_area_id),
	DB_TEXT_AT(struct move, from_directory),
	DB_INT_AT(struct move, to_area_id),
	DB_TEXT_AT(struct move, to_directory),
	DB_BYTES_AT(struct move, parcel_sha256),
	DB_INT_AT(struct move, parcel_size),
	DB_TIME_AT(struct move, created_at),
	DB_TIME_AT(struct move, ended_at),
	DB_INT_AT(struct move, from_server_id),
	DB_INT_AT(struct move, to_server_id),
	DB_TEXT_AT(struct move, to_area),
	DB_TEXT_AT(struct move, to_os_model),
	DB_TEXT_AT(struct move, to_ip_address),
};

static const struct db_statement by_id = { "move_by_id",
	"SELECT m.move_id, m.serial, m.from_area_id, m.from_directory,"
	" m.to_area_id, m.to_directory, m.parcel_sha256, m.parcel_size,"
	" m.created_at, m.ended_at, f.server_id AS from_server_id,"
	" t.server_id AS to_server_id, t.name AS to_area,"
	" s.os_model AS to_os_model, s.ip_address AS to_ip_address"
	" FROM move m JOIN area f ON f.area_id = m.from_area_id"
	" JOIN area t ON t.area_id = m.to_area_id"
	" JOIN server s ON s.server_id = t.server_id WHERE m.move_id = ?",
	DB_ROW(struct move, columns) };

static const struct db_statement add = { "move_add",
	"INSERT INTO move (serial, from_area_id, from_directory, to_area_id,"
	" to_directory, created_at) VALUES (?, ?, ?, ?, ?, ?)",
	NULL, 0, 0 };

static const struct db_statement set_parcel = { "move_set_parcel",
	"UPDATE move SET parcel_sha256 = ?, parcel_size = ?"
	" WHERE move_id = ? AND ended_at IS NULL",
	NULL, 0, 0 };

static const struct db_statement end = { "move_end",
	"UPDATE move SET ended_at = ? WHERE move_id = ? AND ended_at IS NULL",
	NULL, 0, 0 };

static const struct db_statement give_up = { "move_give_up",
	"UPDATE move SET ended_at = ? WHERE serial = ? AND ended_at IS NULL",
	NULL, 0, 0 };

struct number {
	int64_t number;
};

static const struct db_column number_columns[] = {
	DB_INT_AT(struct number, number),
};

static const struct db_statement is_at = { "move_is_at",
	"SELECT j.job_id AS number FROM job j"
	" JOIN server s ON s.server_id = j.server_id"
	" WHERE j.job_id = ? AND j.move_id = ? AND j.action = ?"
	" AND j.state = 'running' AND s.name = ? AND s.revoked_at IS NULL",
	DB_ROW(struct number, number_columns) };

static const struct db_statement is_open = { "move_is_open",
	"SELECT move_id AS number FROM move"
	" WHERE move_id = ? AND ended_at IS NULL",
	DB_ROW(struct number, number_columns) };

static const struct db_statement *const statements[] = { &by_id, &add,
	&set_parcel, &end, &give_up, &is_at, &is_open };
DB_REGISTER("move", statements)

enum db_status
move_add(struct work *work, const struct move *move)
{
	return db_change(work, &add,
	    DB_ARGS(db_text(move->serial), db_int(move->from_area_id),
		db_text(move->from_directory), db_int(move->to_area_id),
		db_text(move->to_directory), db_time(work->now)));
}

enum db_status
move_by_id(struct work *work, int64_t move_id, const struct move **move_r)
{
	return db_row(work, &by_id, DB_ARGS(db_int(move_id)), move_r);
}

enum db_status
move_set_parcel(
    struct work *work, int64_t move_id, const void *sha256, int64_t size)
{
	return db_change(work, &set_parcel,
	    DB_ARGS(db_bytes(sha256, 32), db_int(size), db_int(move_id)));
}

enum db_status
move_end(struct work *work, int64_t move_id)
{
	return db_change(
	    work, &end, DB_ARGS(db_time(work->now), db_int(move_id)));
}

enum db_status
move_give_up(struct work *work, const char *serial)
{
	const enum db_status status = db_change(
	    work, &give_up, DB_ARGS(db_time(work->now), db_text(serial)));

	return status == DB_NONE ? DB_OK : status;
}

enum db_status
move_is_at(struct work *work, int64_t move_id, int64_t job_id,
    const char *action, const char *server)
{
	const struct number *row;

	return db_row(work, &is_at,
	    DB_ARGS(db_int(job_id), db_int(move_id), db_text(action),
		db_text(server)),
	    &row);
}

enum db_status
move_is_open(struct work *work, int64_t move_id)
{
	const struct number *row;

	return db_row(work, &is_open, DB_ARGS(db_int(move_id)), &row);
}
