/* schema: numbered files make and change the tables; every program knows
 * which number it was written for. */

#ifndef DATA_SCHEMA_H
#define DATA_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "data/db.h"

struct arena;

/* The highest file of schema/sql that this source knows. */
enum { SCHEMA_NUMBER = 9 };

/* DB_NONE when the database has another number. */
enum db_status schema_is_ours(struct work *work);

/* For `kagiya schema`: how to reach the server as its administrator. host
 * NULL: by the socket. */
struct schema_admin {
	const char *host;
	const char *socket;
	const char *user;
	const char *password;	/* NULL for none */
	const char *database;	/* made when absent */
};

struct schema_file {
	int64_t number;
	const char *name;	/* "0001-base.sql" */
	const char *sha256;	/* hex */
	bool applied;
	bool edited;		/* applied, but the file is another now */
};

enum schema_end {
	SCHEMA_DONE,
	SCHEMA_GAP,		/* a number is missing or there twice */
	SCHEMA_EDITED,		/* an applied file was changed */
	SCHEMA_NEWER,		/* the database knows more files */
	SCHEMA_NO_FILE,		/* a file or folder cannot be read */
	SCHEMA_NO_SERVER,
	SCHEMA_FAILED,		/* a statement; trouble says which */
};

struct schema_report {
	const struct schema_file *files;
	size_t count;
	size_t applied_now;
	const char *trouble;	/* one English sentence, or "" */
};

/* Applies what is missing, in order, each file recorded when it is done.
 * Repeating is harmless. */
enum schema_end schema_upgrade(struct arena *arena,
    const struct schema_admin *admin, const char *folder,
    struct schema_report *report_r);
/* Looks only. */
enum schema_end schema_status(struct arena *arena,
    const struct schema_admin *admin, const char *folder,
    struct schema_report *report_r);

/* Makes the users that folder/grant.sql names, with the passwords of the
 * files database.password_file names (made when missing, mode 0600), takes
 * all rights from them and gives those of the file. */
enum schema_end schema_grant(struct arena *arena,
    const struct schema_admin *admin, const char *folder,
    struct schema_report *report_r);

#endif
