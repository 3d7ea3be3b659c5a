/* db_bind: between C values and the client library's buffers. */

#include "data/db_inside.h"

#include <mysql.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/must.h"

enum { BINARY = 63 }; /* the number of the character set "binary" */

/* Where the library puts a row: numbers and times whole, of texts only the
 * length, as the text is fetched into a buffer made to measure. */
struct db_buffer {
	MYSQL_BIND *binds;
	struct slot {
		int64_t number;
		MYSQL_TIME time;
		unsigned long length;
		my_bool null;
		my_bool cut;
	} * slots;
};

static void
put_time(struct arena *arena, MYSQL_BIND *bind, int64_t seconds, bool day)
{
	MYSQL_TIME *time = arena_alloc(arena, sizeof(*time));
	const time_t clock = (time_t)seconds;
	struct tm tm;

	must(gmtime_r(&clock, &tm) != NULL);
	time->year = (unsigned)(tm.tm_year + 1900);
	time->month = (unsigned)(tm.tm_mon + 1);
	time->day = (unsigned)tm.tm_mday;
	time->time_type = MYSQL_TIMESTAMP_DATE;
	bind->buffer_type = MYSQL_TYPE_DATE;
	bind->buffer = time;
	if (day)
		return;
	time->hour = (unsigned)tm.tm_hour;
	time->minute = (unsigned)tm.tm_min;
	time->second = (unsigned)tm.tm_sec;
	time->time_type = MYSQL_TIMESTAMP_DATETIME;
	bind->buffer_type = MYSQL_TYPE_DATETIME;
}

static void
put_bytes(struct arena *arena, MYSQL_BIND *bind, const struct db_value *value)
{
	bind->buffer_type =
	    value->kind == DB_TEXT ? MYSQL_TYPE_STRING : MYSQL_TYPE_BLOB;
	bind->buffer = arena_copy_n(arena, value->bytes, value->length);
	bind->buffer_length = value->length;
}

static bool
is_null(const struct db_value *value)
{
	switch (value->kind) {
	case DB_INT:
		return false;
	case DB_TEXT:
	case DB_BYTES:
		return value->bytes == NULL;
	case DB_DAY:
		return value->number == CLOCK_NO_DAY;
	case DB_TIME:
		return value->number == 0;
	}
	must(false);
	return true;
}

static void
put_arg(struct arena *arena, MYSQL_BIND *bind, const struct db_value *value)
{
	if (is_null(value)) {
		bind->buffer_type = MYSQL_TYPE_NULL;
		return;
	}
	switch (value->kind) {
	case DB_INT:
		bind->buffer_type = MYSQL_TYPE_LONGLONG;
		bind->buffer =
		    arena_copy_n(arena, &value->number, sizeof(value->number));
		return;
	case DB_TEXT:
	case DB_BYTES:
		put_bytes(arena, bind, value);
		return;
	case DB_DAY:
		put_time(arena, bind, value->number * 86400, true);
		return;
	case DB_TIME:
		put_time(arena, bind, value->number, false);
		return;
	}
}

bool
db_bind_args(struct arena *arena, MYSQL_STMT *handle,
    const struct db_value *args, size_t count)
{
	MYSQL_BIND *binds;

	must(mysql_stmt_param_count(handle) == count);
	if (count == 0)
		return true;
	binds = arena_array(arena, count, sizeof(*binds));
	for (size_t i = 0; i < count; i++)
		put_arg(arena, &binds[i], &args[i]);
	return mysql_stmt_bind_param(handle, binds) == 0;
}

static void
bind_slot(MYSQL_BIND *bind, struct slot *slot, enum db_kind kind)
{
	bind->is_null = &slot->null;
	bind->length = &slot->length;
	bind->error = &slot->cut;
	switch (kind) {
	case DB_INT:
		bind->buffer_type = MYSQL_TYPE_LONGLONG;
		bind->buffer = &slot->number;
		return;
	case DB_TEXT:
	case DB_BYTES:
		bind->buffer_type = MYSQL_TYPE_BLOB;
		return;
	case DB_DAY:
	case DB_TIME:
		bind->buffer_type =
		    kind == DB_DAY ? MYSQL_TYPE_DATE : MYSQL_TYPE_DATETIME;
		bind->buffer = &slot->time;
		return;
	}
}

bool
db_bind_results(struct arena *arena, struct db_held *held)
{
	const struct db_statement *statement = held->statement;
	const size_t count = statement->column_count;
	struct db_buffer *buffer;

	must(mysql_stmt_field_count(held->handle) == count);
	if (count == 0)
		return true;
	buffer = arena_alloc(arena, sizeof(*buffer));
	buffer->binds = arena_array(arena, count, sizeof(*buffer->binds));
	buffer->slots = arena_array(arena, count, sizeof(*buffer->slots));
	for (size_t i = 0; i < count; i++)
		bind_slot(&buffer->binds[i], &buffer->slots[i],
		    statement->columns[i].kind);
	held->buffer = buffer;
	return mysql_stmt_bind_result(held->handle, buffer->binds) == 0;
}

static int64_t
taken_time(const MYSQL_TIME *time)
{
	struct tm tm = {
		.tm_year = (int)time->year - 1900,
		.tm_mon = (int)time->month - 1,
		.tm_mday = (int)time->day,
		.tm_hour = (int)time->hour,
		.tm_min = (int)time->minute,
		.tm_sec = (int)time->second,
	};

	return timegm(&tm);
}

static char *
take_bytes(struct arena *arena, const struct db_held *held, size_t index,
    size_t length)
{
	char *bytes = arena_alloc(arena, length + 1);
	unsigned long whole = 0;
	my_bool null = 0, cut = 0;
	MYSQL_BIND bind = {
		.buffer_type = MYSQL_TYPE_BLOB,
		.buffer = bytes,
		.buffer_length = length,
		.length = &whole,
		.is_null = &null,
		.error = &cut,
	};

	must(mysql_stmt_fetch_column(held->handle, &bind, (unsigned)index, 0) ==
	     0);
	must(whole == length);
	return bytes;
}

static void
take_column(
    struct arena *arena, const struct db_held *held, size_t index, void *place)
{
	const struct slot *slot = &held->buffer->slots[index];
	const char *bytes = NULL;
	struct db_bytes counted = { NULL, 0 };
	int32_t day = CLOCK_NO_DAY;
	int64_t number = 0;

	switch (held->statement->columns[index].kind) {
	case DB_INT:
		number = slot->null ? 0 : slot->number;
		memcpy(place, &number, sizeof(number));
		return;
	case DB_TEXT:
		if (!slot->null)
			bytes = take_bytes(arena, held, index, slot->length);
		memcpy(place, &bytes, sizeof(bytes));
		return;
	case DB_BYTES:
		if (!slot->null) {
			counted.bytes =
			    take_bytes(arena, held, index, slot->length);
			counted.length = slot->length;
		}
		memcpy(place, &counted, sizeof(counted));
		return;
	case DB_DAY:
		if (!slot->null)
			day = (int32_t)(taken_time(&slot->time) / 86400);
		memcpy(place, &day, sizeof(day));
		return;
	case DB_TIME:
		number = slot->null ? 0 : taken_time(&slot->time);
		memcpy(place, &number, sizeof(number));
		return;
	}
}

void
db_take_row(struct arena *arena, const struct db_held *held, void *row)
{
	const struct db_statement *statement = held->statement;

	for (size_t i = 0; i < statement->column_count; i++)
		take_column(
		    arena, held, i, (char *)row + statement->columns[i].offset);
}

static bool
is_of_kind(const MYSQL_FIELD *field, enum db_kind kind)
{
	switch (kind) {
	case DB_INT:
		return IS_NUM(field->type);
	case DB_TEXT:
	case DB_BYTES:
		return !IS_NUM(field->type) &&
		       (field->charsetnr == BINARY) == (kind == DB_BYTES);
	case DB_DAY:
		return field->type == MYSQL_TYPE_DATE;
	case DB_TIME:
		return field->type == MYSQL_TYPE_DATETIME;
	}
	return false;
}

/* A member may lie deeper ("session.account_id"): its last word counts. */
static bool
is_named(const MYSQL_FIELD *field, const char *member)
{
	const char *dot = strrchr(member, '.');

	return strcmp(field->name, dot ? dot + 1 : member) == 0;
}

bool
db_describes(const struct db_held *held)
{
	MYSQL_RES *result = mysql_stmt_result_metadata(held->handle);
	const struct db_column *columns = held->statement->columns;
	bool good = true;

	if (result == NULL)
		return held->statement->column_count == 0;
	for (unsigned i = 0; i < mysql_num_fields(result); i++) {
		const MYSQL_FIELD *field = mysql_fetch_field_direct(result, i);

		good = good && is_named(field, columns[i].name) &&
		       is_of_kind(field, columns[i].kind);
	}
	mysql_free_result(result);
	return good;
}
