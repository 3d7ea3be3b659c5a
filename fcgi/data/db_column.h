/* db_column: which column of a result goes into which member of a
 * structure. Comes with db.h. */

#ifndef DATA_DB_COLUMN_H
#define DATA_DB_COLUMN_H

#include <stddef.h>
#include <stdint.h>

enum db_kind {
	DB_INT,		/* int64_t */
	DB_TEXT,	/* const char *, NULL for SQL's NULL */
	DB_BYTES,	/* struct db_bytes, bytes NULL for SQL's NULL */
	DB_DAY,		/* int32_t, CLOCK_NO_DAY for NULL; a DATE column */
	DB_TIME,	/* int64_t, 0 for NULL; a DATETIME column in UTC */
};

struct db_bytes {
	const void *bytes;
	size_t length;
};

/* A column of a statement's result and where it goes in the row. */
struct db_column {
	const char *name;
	enum db_kind kind;
	size_t offset;
};

/* The member's C type is checked against the kind at compile time. */
#define DB_MEMBER(type, member, kind, ctype)                                  \
	{                                                                     \
		#member, kind,                                                \
		    offsetof(type, member) +                                  \
			0 * sizeof(char[_Generic(((type *)0)->member,         \
			    ctype: 1)])                                       \
	}
#define DB_INT_AT(type, member) DB_MEMBER(type, member, DB_INT, int64_t)
#define DB_TEXT_AT(type, member) DB_MEMBER(type, member, DB_TEXT, const char *)
#define DB_BYTES_AT(type, member)                                             \
	DB_MEMBER(type, member, DB_BYTES, struct db_bytes)
#define DB_DAY_AT(type, member) DB_MEMBER(type, member, DB_DAY, int32_t)
#define DB_TIME_AT(type, member) DB_MEMBER(type, member, DB_TIME, int64_t)

#endif
