/* db: statements run, rows collected, transactions repeated. */

#include "data/db.h"

#include <mysql.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/must.h"
#include "base/secret.h"
#include "base/setting.h"
#include "data/db_inside.h"
#include "data/work.h"

enum { TRIES = 5, FIRST_WAIT_MS = 20, PATIENCE_MS = 2000 };

static struct db_module *modules;
static int live; /* connections not yet freed */

struct db *
db_new(void)
{
	struct db *db = calloc(1, sizeof(*db));

	must(db != NULL);
	live++;
	return db;
}

struct db *
db_new_replica(void)
{
	struct db *db = NULL;

	if (*setting_text("database.replica") != '\0') {
		db = db_new();
		db->replica = true;
	}
	return db;
}

void
db_hurry(struct db *db, unsigned seconds)
{
	db->answer_seconds = seconds;
}

void
db_wake(struct db *db)
{
	db->quiet_until = 0;
}

void
db_free(struct db *db)
{
	if (db == NULL)
		return;
	db_disconnect(db);
	free(db);
	if (--live == 0)
		mysql_library_end();
}

struct db_value
db_int(int64_t number)
{
	return (struct db_value){ .kind = DB_INT, .number = number };
}

struct db_value
db_text(const char *string)
{
	return (struct db_value){ .kind = DB_TEXT,
		.bytes = string,
		.length = string ? strlen(string) : 0 };
}

struct db_value
db_bytes(const void *bytes, size_t length)
{
	return (struct db_value){
		.kind = DB_BYTES, .bytes = bytes, .length = length
	};
}

struct db_value
db_day(int32_t day)
{
	return (struct db_value){ .kind = DB_DAY, .number = day };
}

struct db_value
db_time(int64_t time)
{
	return (struct db_value){ .kind = DB_TIME, .number = time };
}

static enum db_status
trouble_of(struct db *db, const struct db_held *held)
{
	return db_trouble(db, held->statement->name,
	    mysql_stmt_errno(held->handle), mysql_stmt_error(held->handle));
}

/* Inside a transaction a connection that broke is not replaced: what was done
 * before is gone. */
static enum db_status
run(struct work *work, const struct db_statement *statement,
    const struct db_value *args, size_t count, struct db_held **held_r)
{
	struct db *db = work->db;
	struct db_held *held;
	enum db_status status;

	if (db->inside && db->connection == NULL)
		return DB_LOST;
	status = db_connect(db);
	if (status == DB_OK)
		status = db_hold(db, statement, &held);
	if (status != DB_OK)
		return status;
	if (!db_bind_args(work->arena, held->handle, args, count) ||
	    mysql_stmt_execute(held->handle) != 0)
		return trouble_of(db, held);
	*held_r = held;
	return DB_OK;
}

static enum db_status
collect(struct work *work, struct db_held *held, char **rows_r, size_t *count_r)
{
	const size_t size = held->statement->row_size;
	size_t count;
	char *rows;

	if (mysql_stmt_store_result(held->handle) != 0)
		return trouble_of(work->db, held);
	count = mysql_stmt_num_rows(held->handle);
	rows = arena_array(work->arena, count ? count : 1, size);
	for (size_t i = 0; i < count; i++) {
		const int end = mysql_stmt_fetch(held->handle);

		must(end == 0 || end == MYSQL_DATA_TRUNCATED);
		db_take_row(work->arena, held, rows + i * size);
	}
	mysql_stmt_free_result(held->handle);
	*rows_r = rows;
	*count_r = count;
	return DB_OK;
}

/* Reading outside a transaction may be repeated when the server was away
 * since the last use. */
static enum db_status
query(struct work *work, const struct db_statement *statement,
    const struct db_value *args, size_t count, char **rows_r, size_t *count_r)
{
	enum db_status status = DB_LOST;

	must(statement->columns != NULL);
	for (int turn = 0; turn < 2 && status == DB_LOST; turn++) {
		struct db_held *held;

		status = run(work, statement, args, count, &held);
		if (status == DB_OK)
			status = collect(work, held, rows_r, count_r);
		if (work->db->inside)
			break;
	}
	return status;
}

enum db_status
db_row(struct work *work, const struct db_statement *statement,
    const struct db_value *args, size_t count, void *row_r)
{
	char *rows;
	size_t found;
	enum db_status status =
	    query(work, statement, args, count, &rows, &found);

	if (status != DB_OK)
		return status;
	must(found <= 1);
	if (found == 0)
		return DB_NONE;
	memcpy(row_r, &rows, sizeof(rows));
	return DB_OK;
}

enum db_status
db_rows(struct work *work, const struct db_statement *statement,
    const struct db_value *args, size_t count, void *rows_r, size_t *count_r)
{
	char *rows;
	enum db_status status =
	    query(work, statement, args, count, &rows, count_r);

	if (status == DB_NONE) {
		rows = arena_alloc(work->arena, statement->row_size);
		*count_r = 0;
		status = DB_OK;
	}
	if (status == DB_OK)
		memcpy(rows_r, &rows, sizeof(rows));
	return status;
}

enum db_status
db_change(struct work *work, const struct db_statement *statement,
    const struct db_value *args, size_t count)
{
	struct db_held *held;
	enum db_status status;

	must(work->db->inside && statement->columns == NULL);
	status = run(work, statement, args, count, &held);
	if (status != DB_OK)
		return status;
	work->db->insert_id = (int64_t)mysql_stmt_insert_id(held->handle);
	return mysql_stmt_affected_rows(held->handle) > 0 ? DB_OK : DB_NONE;
}

int64_t
db_insert_id(struct work *work)
{
	return work->db->insert_id;
}

static enum db_status
say(struct db *db, const char *sql)
{
	if (db->connection == NULL)
		return DB_LOST;
	if (mysql_query(db->connection, sql) == 0)
		return DB_OK;
	return db_trouble(
	    db, sql, mysql_errno(db->connection), mysql_error(db->connection));
}

/* Changes see what others have committed by now: a conditional UPDATE that
 * waited for a lock judges the row as it is, and no gaps are locked. */
static enum db_status
open_transaction(struct db *db, enum db_access access)
{
	enum db_status status = db_connect(db);

	if (status != DB_OK)
		return status;
	if (access == DB_READ_ONLY)
		return say(db, "START TRANSACTION READ ONLY");
	status = say(db, "SET TRANSACTION ISOLATION LEVEL READ COMMITTED");
	if (status == DB_OK)
		status = say(db, "START TRANSACTION READ WRITE");
	return status;
}

enum db_status
db_begin(struct work *work, enum db_access access)
{
	struct db *db = work->db;
	const bool used = db->connection != NULL;
	enum db_status status;

	must(!db->inside);
	status = open_transaction(db, access);
	/* The server may have been restarted since the last request. */
	if (status == DB_LOST && used)
		status = open_transaction(db, access);
	db->inside = status == DB_OK;
	return status;
}

enum db_status
db_commit(struct work *work)
{
	enum db_status status;

	must(work->db->inside);
	status = say(work->db, "COMMIT");
	if (status == DB_OK)
		work->db->inside = false;
	else
		db_rollback(work);
	return status;
}

void
db_rollback(struct work *work)
{
	struct db *db = work->db;

	/* A connection that cannot even do this is of no more use. */
	if (db->inside && db->connection && say(db, "ROLLBACK") != DB_OK)
		db_disconnect(db);
	db->inside = false;
}

static void
wait_a_little(int turn)
{
	unsigned char noise;
	int64_t ms = (int64_t)FIRST_WAIT_MS << turn;
	struct timespec pause;

	secret_random(&noise, 1);
	ms = ms / 2 + ms * noise / 255;
	pause = (struct timespec){ ms / 1000, ms % 1000 * 1000000 };
	nanosleep(&pause, NULL);
}

/* DB_LOST of the COMMIT itself must not be repeated. */
static enum db_status
transact_once(struct work *work,
    enum db_status (*action)(struct work *work, void *context), void *context,
    bool *again_r)
{
	enum db_status status = db_begin(work, DB_READ_WRITE);

	if (status == DB_OK)
		status = action(work, context);
	*again_r = status == DB_RETRY || status == DB_LOST;
	if (status != DB_OK) {
		db_rollback(work);
		return status;
	}
	status = db_commit(work);
	*again_r = status == DB_RETRY;
	return status;
}

enum db_status
db_transact(struct work *work,
    enum db_status (*action)(struct work *work, void *context), void *context)
{
	const int64_t end = clock_monotonic_ms() + PATIENCE_MS;
	enum db_status status = DB_LOST;
	bool again = true;

	for (int turn = 0; turn < TRIES && again; turn++) {
		if (turn > 0 && clock_monotonic_ms() > end)
			break;
		if (turn > 0)
			wait_a_little(turn - 1);
		status = transact_once(work, action, context, &again);
	}
	return status;
}

void
db_register(struct db_module *module)
{
	module->next = modules;
	modules = module;
}

const struct db_module *
db_modules(void)
{
	return modules;
}

enum db_status
db_check(struct work *work, const struct db_statement *statement)
{
	struct db_held *held;
	enum db_status status = db_connect(work->db);

	if (status == DB_OK)
		status = db_hold(work->db, statement, &held);
	if (status == DB_OK && !db_describes(held)) {
		log_event(LOG_FAULT, "db.other-columns", "statement=%s",
		    statement->name);
		status = DB_FAILED;
	}
	return status;
}
