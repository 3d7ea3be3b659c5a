/* request: a form is carried out once. */

#include "data/request.h"

#include <string.h>

#include "base/secret.h"
#include "data/work.h"

enum { KEPT_SECONDS = 3 * 86400 };

struct led {
	const char *location;
};

static const struct db_column columns[] = {
	DB_TEXT_AT(struct led, location),
};

static const struct db_statement add = { .name = "request_add",
	.sql = "INSERT INTO request (request_id, account_id, screen,"
	       " created_at) VALUES (?, NULLIF(?, 0), ?, ?)" };

static const struct db_statement set_location = { .name =
						      "request_set_location",
	.sql = "UPDATE request SET location = ? WHERE request_id = ?" };

static const struct db_statement location = { "request_location",
	"SELECT location FROM request"
	" WHERE request_id = ? AND account_id <=> NULLIF(?, 0)",
	DB_ROW(struct led, columns) };

static const struct db_statement purge = { .name = "request_purge",
	.sql = "DELETE FROM request WHERE created_at < ? LIMIT 1000" };

static const struct db_statement *const statements[] = { &add, &set_location,
	&location, &purge };
DB_REGISTER("request", statements)

static struct db_value
name_of(const char *id, unsigned char digest[SECRET_DIGEST])
{
	secret_sha256(id, strlen(id), digest);
	return db_bytes(digest, SECRET_DIGEST);
}

enum db_status
request_add(struct work *work, const char *id, const char *screen)
{
	unsigned char digest[SECRET_DIGEST];

	return db_change(work, &add,
	    DB_ARGS(name_of(id, digest), db_int(work->account), db_text(screen),
		db_time(work->now)));
}

enum db_status
request_set_location(struct work *work, const char *id, const char *where)
{
	unsigned char digest[SECRET_DIGEST];

	return db_change(
	    work, &set_location, DB_ARGS(db_text(where), name_of(id, digest)));
}

enum db_status
request_location(struct work *work, const char *id, const char **location_r)
{
	unsigned char digest[SECRET_DIGEST];
	const struct led *led;
	enum db_status status = db_row(work, &location,
	    DB_ARGS(name_of(id, digest), db_int(work->account)), &led);

	*location_r = status == DB_OK ? led->location : NULL;
	return status;
}

enum db_status
request_purge(struct work *work)
{
	enum db_status status =
	    db_change(work, &purge, DB_ARGS(db_time(work->now - KEPT_SECONDS)));

	return status == DB_NONE ? DB_OK : status;
}
