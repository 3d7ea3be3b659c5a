/* db: the connection, prepared statements, transactions, rows into
 * structures. The only module that includes mysql.h. Statements are
 * constants: no function here runs a string made at run time. */

#ifndef DATA_DB_H
#define DATA_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "data/db_column.h"

struct arena;
struct db;
struct work;

/* gcc knows this attribute for functions only. */
#ifdef __clang__
#define DB_LOOKED_AT __attribute__((warn_unused_result))
#else
#define DB_LOOKED_AT
#endif

enum db_status {
	DB_OK,
	DB_NONE,	/* no such row; a conditional change met no row */
	DB_DUPLICATE,	/* a unique key has it already (1062) */
	DB_RETRY,	/* 1213, 1205, 1020: roll back, run it all again */
	DB_LOST,	/* no database, or the connection broke */
	DB_FAILED,	/* anything else; logged here with code and statement */
} DB_LOOKED_AT;

/* name appears in logs and tests; columns are NULL for a statement that
 * returns no rows. Rows come in structures of row_size bytes. */
struct db_statement {
	const char *name;
	const char *sql;
	const struct db_column *columns;
	size_t column_count;
	size_t row_size;
};

#define DB_ROW(type, columns)                                                 \
	(columns), sizeof(columns) / sizeof((columns)[0]), sizeof(type)

/* An argument for a `?`. */
struct db_value {
	enum db_kind kind;
	int64_t number;
	const char *bytes;
	size_t length;
};

struct db_value db_int(int64_t number);
struct db_value db_text(const char *string);
struct db_value db_bytes(const void *bytes, size_t length);
struct db_value db_day(int32_t day);
struct db_value db_time(int64_t time);

#define DB_ARGS(...)                                                          \
	(const struct db_value[]){ __VA_ARGS__ },                             \
	    sizeof((const struct db_value[]){ __VA_ARGS__ }) /                \
		sizeof(struct db_value)
#define DB_NO_ARGS NULL, 0

/* Connects at the first use, as the user database.user of the settings
 * (kagiya_%p), trying the hosts of database.host in turn (or the socket). Never
 * fails; db_free also forgets the statements. */
struct db *db_new(void);
/* The same for the servers of database.replica, which are only read from;
 * NULL when there are none. */
struct db *db_new_replica(void);
/* Waits so many seconds for an answer, not six: for those who have another
 * server to ask. Before the first use. */
void db_hurry(struct db *db, unsigned seconds);
/* Its servers are known to be back: they are asked at once. */
void db_wake(struct db *db);
void db_free(struct db *db);

/* row_r: pointer to a pointer to the row's structure, in the work's arena.
 * DB_NONE when there is none; more than one is a bug. */
enum db_status db_row(struct work *work, const struct db_statement *statement,
    const struct db_value *args, size_t count, void *row_r);

/* rows_r: pointer to a pointer to an array of structures. No row is DB_OK
 * with *count_r 0. */
enum db_status db_rows(struct work *work,
    const struct db_statement *statement, const struct db_value *args,
    size_t count, void *rows_r, size_t *count_r);

/* INSERT, UPDATE, DELETE. DB_NONE when nothing changed: connections count
 * found rows, not altered ones (CLIENT_FOUND_ROWS), so a WHERE that met a row
 * is DB_OK. */
enum db_status db_change(struct work *work,
    const struct db_statement *statement, const struct db_value *args,
    size_t count);

/* Of the last INSERT into a table with AUTO_INCREMENT. */
int64_t db_insert_id(struct work *work);

enum db_access { DB_READ_ONLY, DB_READ_WRITE };
enum db_status db_begin(struct work *work, enum db_access access);
/* DB_LOST: it may have been done; ask by request id, never repeat blindly. */
enum db_status db_commit(struct work *work);
void db_rollback(struct work *work);

/* Runs action(work, context) in a transaction until it is done: any status
 * but DB_OK rolls back; DB_RETRY and a connection lost before COMMIT repeat
 * it all, at most 5 times within 2 s. DB_NONE and DB_DUPLICATE are returned
 * after the roll-back. For programs without the frame of fcgi/web. */
enum db_status db_transact(struct work *work,
    enum db_status (*action)(struct work *work, void *context),
    void *context);

/* Every statement of every module, for the test that prepares them all:
 * a module adds its table with DB_REGISTER. */
struct db_module {
	const char *name;
	const struct db_statement *const *statements;
	size_t count;
	struct db_module *next;
};
void db_register(struct db_module *module);
const struct db_module *db_modules(void);
#define DB_REGISTER(module_name, list)                                        \
	static struct db_module db_this_module = { module_name, list,         \
		sizeof(list) / sizeof((list)[0]), NULL };                     \
	__attribute__((constructor)) static void db_register_this(void)       \
	{                                                                     \
		db_register(&db_this_module);                                 \
	}

/* Does the server know this statement as described? For the same test. */
enum db_status db_check(
    struct work *work, const struct db_statement *statement);

#endif
