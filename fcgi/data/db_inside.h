/* db_inside: what db.c, db_connect.c, db_bind.c and db_admin.c share; nobody
 * else includes it. */

#ifndef DATA_DB_INSIDE_H
#define DATA_DB_INSIDE_H

#include <stdbool.h>
#include <stdint.h>

#include "data/db.h"

struct schema_admin;
struct st_mysql;
struct st_mysql_stmt;

/* A statement the server has prepared, with room for one row of results. */
struct db_held {
	const struct db_statement *statement;
	struct st_mysql_stmt *handle;
	struct db_buffer *buffer;	/* NULL when it returns no rows */
	struct db_held *next;
};

struct db {
	struct st_mysql *connection;	/* NULL when there is none */
	struct arena *arena;		/* as long as the connection */
	struct db_held *held;
	const struct schema_admin *admin; /* NULL: by the settings */
	bool replica;		/* servers of database.replica */
	unsigned answer_seconds;	/* 0: as usual */
	bool inside;			/* a transaction is begun */
	int64_t insert_id;
	int64_t quiet_until;	/* no new attempt before; monotonic ms */
};

enum db_status db_connect(struct db *db);
void db_disconnect(struct db *db);

/* What an error code means; logged unless the caller is to try again. A
 * broken connection is given up here. */
enum db_status db_trouble(
    struct db *db, const char *what, unsigned code, const char *message);

/* The prepared statement, made at its first use on this connection. */
enum db_status db_hold(struct db *db, const struct db_statement *statement,
    struct db_held **held_r);

/* Gives the arguments to the statement; they are used by the next execute.
 * False when the library refuses them. */
bool db_bind_args(struct arena *arena, struct st_mysql_stmt *handle,
    const struct db_value *args, size_t count);

/* Room for a row, once per statement; false as above. */
bool db_bind_results(struct arena *arena, struct db_held *held);

/* The row just fetched, into a structure. */
void db_take_row(struct arena *arena, const struct db_held *held, void *row);

/* Does the result look as the columns say? */
bool db_describes(const struct db_held *held);

#endif
