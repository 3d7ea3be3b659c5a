/* guess: the brake on guessing passwords. */

#include "data/guess.h"

#include <string.h>

#include "base/arena.h"
#include "base/network.h"
#include "base/secret.h"
#include "base/text.h"
#include "data/work.h"

enum { HOUR = 3600, DAY = 86400 };

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

static struct db_value
network_value(struct work *work, const char *address)
{
	unsigned char *bytes = arena_alloc(work->arena, NETWORK_MOST);
	const size_t length = network_of(address, bytes);

	return db_bytes(bytes, length);
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
	const struct db_value network = network_value(work, address);

	return subject_of(work, "network", network.bytes, network.length);
}

/* The login from this network; both in one name, so no third thing is it. */
static struct db_value
pair_subject(struct work *work, const char *login, const char *address)
{
	const struct db_value network = network_value(work, address);
	const char *pair = arena_print(work->arena, "%s:%s",
	    text_hex(work->arena, network.bytes, network.length),
	    text_fold(work->arena, login));

	return subject_of(work, "pair", pair, strlen(pair));
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

/* One failure is forgotten for each quiet minute: a guesser is as slow as
 * before, but a network of many people who mistype now and then is not. */
static void
fade(const struct work *work, struct count *count)
{
	const int64_t minutes =
	    (work->now - count->failed_at) / GUESS_WAIT_MOST;

	if (minutes > 0)
		count->failures -=
		    minutes < count->failures ? minutes : count->failures;
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
	/* a clock that was set back must not shut anybody out */
	if ((*count_r)->failed_at > work->now)
		(*count_r)->failed_at = work->now;
	fade(work, *count_r);
	if (work->now - (*count_r)->hour_start >= HOUR ||
	    (*count_r)->hour_start > work->now) {
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
		network_value(work, address)),
	    &known);

	*known_r = status == DB_OK && known->known > 0;
	return status;
}

/* What is counted for one try, in the order in which the rows are locked:
 * always the same, so two guessers never wait for each other in a circle. */
enum { BY_NETWORK, BY_LOGIN, BY_PAIR, SUBJECTS };

struct tried {
	struct db_value subjects[SUBJECTS];
	struct count *counts[SUBJECTS];
};

static enum db_status
lock_all(struct work *work, const char *login, const char *address,
    struct tried *tried)
{
	enum db_status status = DB_OK;

	tried->subjects[BY_NETWORK] = network_subject(work, address);
	tried->subjects[BY_LOGIN] = login_subject(work, login);
	tried->subjects[BY_PAIR] = pair_subject(work, login, address);
	for (size_t i = 0; status == DB_OK && i < SUBJECTS; i++)
		status =
		    locked_count(work, tried->subjects[i], &tried->counts[i]);
	return status;
}

/* Where the account has logged in before, neither guesses made elsewhere nor
 * a neighbour's mistakes hold it up: only its own ones there and the hour's
 * limit do. */
static bool
must_wait(const struct work *work, const struct tried *tried, bool known)
{
	struct count *const *counts = tried->counts;

	if (counts[BY_LOGIN]->hour_failures >= GUESS_HOUR_MOST)
		return true;
	if (known)
		return is_over(work, counts[BY_PAIR], GUESS_FREE);
	return is_over(work, counts[BY_NETWORK], GUESS_NETWORK_FREE) ||
	       is_over(work, counts[BY_LOGIN], GUESS_FREE);
}

enum db_status
guess_begin(
    struct work *work, const char *login, const char *address, bool *allowed_r)
{
	struct tried tried;
	bool known = false;
	enum db_status status = lock_all(work, login, address, &tried);

	*allowed_r = false;
	if (status == DB_OK)
		status = ask_known(work, login, address, &known);
	if (status != DB_OK || must_wait(work, &tried, known))
		return status;
	*allowed_r = true;
	for (size_t i = 0; status == DB_OK && i < SUBJECTS; i++)
		status = count_one(work, tried.subjects[i], tried.counts[i]);
	return status;
}

/* The account's own failures are forgotten, the network's but for this try:
 * who has an account must not clear the way for guessing at others. */
static enum db_status
forgive_all(struct work *work, const char *login, const char *address)
{
	const struct db_value subjects[SUBJECTS] = {
		[BY_NETWORK] = network_subject(work, address),
		[BY_LOGIN] = login_subject(work, login),
		[BY_PAIR] = pair_subject(work, login, address),
	};
	enum db_status status = DB_OK;

	for (size_t i = 0; i < SUBJECTS; i++) {
		status = db_change(work, &forgive,
		    DB_ARGS(db_int(i != BY_NETWORK), subjects[i]));
		if (status != DB_OK && status != DB_NONE)
			return status;
	}
	return DB_OK;
}

enum db_status
guess_right(struct work *work, const char *login, const char *address,
    int64_t account_id)
{
	enum db_status status = forgive_all(work, login, address);

	if (status == DB_OK)
		status = db_change(work, &know,
		    DB_ARGS(db_int(account_id), network_value(work, address),
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
