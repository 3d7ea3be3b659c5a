/* guess: the brake on guessing passwords. */

#include "data/guess.h"

#include <arpa/inet.h>
#include <string.h>

#include "base/arena.h"
#include "base/secret.h"
#include "base/text.h"
#include "data/work.h"

enum { HOUR = 3600, DAY = 86400, NETWORK_MOST = 16 };

struct count {
	int64_t failures;
	int64_t failed_at;
	int64_t hour_failures;
	int64_t hour_start;
};

static const struct db_column columns[] = {
	DB_INT_AT(struct count, failures),
	DB_TIME_AT(struct count, failed_at),
	DB_INT_AT(struct count, hour_failures),
	DB_TIME_AT(struct count, hour_start),
};

/* The row is made first and then locked, so that parallel guesses wait. */
static const struct db_statement add = { .name = "guess_add",
	.sql = "INSERT INTO guess (subject, failures, failed_at,"
	       " hour_failures, hour_start) VALUES (?, 0, ?, 0, ?)"
	       " ON DUPLICATE KEY UPDATE failures = failures" };

static const struct db_statement lock = { "guess_lock",
	"SELECT failures, failed_at, hour_failures, hour_start FROM guess"
	" WHERE subject = ? FOR UPDATE",
	DB_ROW(struct count, columns) };

static const struct db_statement set = { .name = "guess_set",
	.sql = "UPDATE guess SET failures = ?, failed_at = ?,"
	       " hour_failures = ?, hour_start = ? WHERE subject = ?" };

/* Takes the failure back that guess_begin counted. */
static const struct db_statement forgive = { .name = "guess_forgive",
	.sql = "UPDATE guess SET failures = IF(?, 0, failures - 1),"
	       " hour_failures = hour_failures - 1"
	       " WHERE subject = ? AND failures > 0 AND hour_failures > 0" };

static const struct db_statement know = { .name = "guess_know",
	.sql = "INSERT INTO account_network (account_id, network, seen_at)"
	       " VALUES (?, ?, ?)"
	       " ON DUPLICATE KEY UPDATE seen_at = VALUES(seen_at)" };

struct known {
	int64_t known;
};

static const struct db_column known_columns[] = {
	DB_INT_AT(struct known, known),
};

static const struct db_statement is_known = { "guess_is_known",
	"SELECT COUNT(*) AS known FROM account_network n"
	" JOIN account a ON a.account_id = n.account_id"
	" WHERE a.login = ? AND n.network = ?",
	DB_ROW(struct known, known_columns) };

static const struct db_statement purge = { .name = "guess_purge",
	.sql = "DELETE FROM guess WHERE failed_at < ? LIMIT 1000" };

static const struct db_statement *const statements[] = { &add, &lock, &set,
	&forgive, &know, &is_known, &purge };
DB_REGISTER("guess", statements)

/* What a guesser can change at will counts as one: of IPv6 the last half. */
static struct db_value
network_of(struct work *work, const char *address)
{
	static const unsigned char mapped[12] = { [10] = 0xff, [11] = 0xff };
	unsigned char *bytes = arena_alloc(work->arena, NETWORK_MOST);

	if (inet_pton(AF_INET, address, bytes) == 1)
		return db_bytes(bytes, 4);
	if (inet_pton(AF_INET6, address, bytes) == 1)
		return memcmp(bytes, mapped, sizeof(mapped)) == 0
			   ? db_bytes(bytes + sizeof(mapped), 4)
			   : db_bytes(bytes, 8);
	return db_bytes(bytes, 1);
}

static struct db_value
subject_of(struct work *work, const char *kind, const void *bytes, size_t n)
{
	unsigned char *digest = arena_alloc(work->arena, SECRET_DIGEST);
	const char *name = arena_print(
	    work->arena, "%s:%s", kind, text_hex(work->arena, bytes, n));

	secret_sha256(name, strlen(name), digest);
	return db_bytes(digest, SECRET_DIGEST);
}

static struct db_value
login_subject(struct work *work, const char *login)
{
	const char *folded = text_fold(work->arena, login);

	return subject_of(work, "login", folded, strlen(folded));
}

static struct db_value
network_subject(struct work *work, const char *address)
{
	const struct db_value network = network_of(work, address);

	return subject_of(work, "network", network.bytes, network.length);
}

/* 1, 2, 4 ... seconds after the free ones, at most a minute. */
static int64_t
wait_after(int64_t failures, int64_t free)
{
	const int64_t over = failures - free;

	if (over < 0)
		return 0;
	return over < 6 ? (int64_t)1 << over : GUESS_WAIT_MOST;
}

static enum db_status
locked_count(struct work *work, struct db_value subject, struct count **count_r)
{
	const struct db_value now = db_time(work->now);
	enum db_status status =
	    db_change(work, &add, DB_ARGS(subject, now, now));

	if (status != DB_OK && status != DB_NONE)
		return status;
	status = db_row(work, &lock, DB_ARGS(subject), count_r);
	if (status != DB_OK)
		return status;
	if (work->now - (*count_r)->failed_at >= DAY)
		(*count_r)->failures = 0;
	if (work->now - (*count_r)->hour_start >= HOUR) {
		(*count_r)->hour_start = work->now;
		(*count_r)->hour_failures = 0;
	}
	return DB_OK;
}

static enum db_status
count_one(struct work *work, struct db_value subject, const struct count *count)
{
	return db_change(work, &set,
	    DB_ARGS(db_int(count->failures + 1), db_time(work->now),
		db_int(count->hour_failures + 1), db_time(count->hour_start),
		subject));
}

static bool
is_over(const struct work *work, const struct count *count, int64_t free)
{
	return work->now - count->failed_at < wait_after(count->failures, free);
}

static enum db_status
ask_known(
    struct work *work, const char *login, const char *address, bool *known_r)
{
	const struct known *known;
	enum db_status status = db_row(work, &is_known,
	    DB_ARGS(db_text(text_fold(work->arena, login)),
		network_of(work, address)),
	    &known);

	*known_r = status == DB_OK && known->known > 0;
	return status;
}

/* Network before login, always: so two guessers never wait for each other in
 * a circle. Where the account has logged in before, guesses made elsewhere do
 * not hold it up, only the hour's limit does. */
enum db_status
guess_begin(
    struct work *work, const char *login, const char *address, bool *allowed_r)
{
	const struct db_value network = network_subject(work, address);
	const struct db_value name = login_subject(work, login);
	struct count *by_network, *by_login;
	bool known = false;
	enum db_status status = locked_count(work, network, &by_network);

	*allowed_r = false;
	if (status == DB_OK)
		status = locked_count(work, name, &by_login);
	if (status == DB_OK)
		status = ask_known(work, login, address, &known);
	if (status != DB_OK)
		return status;
	if (by_login->hour_failures >= GUESS_HOUR_MOST ||
	    is_over(work, by_network, GUESS_NETWORK_FREE) ||
	    (!known && is_over(work, by_login, GUESS_FREE)))
		return DB_OK;
	*allowed_r = true;
	status = count_one(work, network, by_network);
	return status == DB_OK ? count_one(work, name, by_login) : status;
}

enum db_status
guess_right(struct work *work, const char *login, const char *address,
    int64_t account_id)
{
	enum db_status status = db_change(
	    work, &forgive, DB_ARGS(db_int(0), network_subject(work, address)));

	if (status == DB_OK || status == DB_NONE)
		status = db_change(work, &forgive,
		    DB_ARGS(db_int(1), login_subject(work, login)));
	if (status == DB_OK || status == DB_NONE)
		status = db_change(work, &know,
		    DB_ARGS(db_int(account_id), network_of(work, address),
			db_time(work->now)));
	return status == DB_NONE ? DB_OK : status;
}

enum db_status
guess_purge(struct work *work)
{
	enum db_status status =
	    db_change(work, &purge, DB_ARGS(db_time(work->now - DAY)));

	return status == DB_NONE ? DB_OK : status;
}
