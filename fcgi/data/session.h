/* session: a browser that has logged in. The cookie holds a random token, the
 * table only its SHA-256. */

#ifndef DATA_SESSION_H
#define DATA_SESSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "data/db.h"

struct account;

/* How long it lasts: settings session.idle_minutes and session.hours; for staff
 * no more than these (SES-4). */
enum {
	SESSION_MOST = 10,	/* per account; the oldest ends */
	SESSION_STAFF_IDLE = 15 * 60,	/* seconds without a request */
	SESSION_STAFF_MOST = 8 * 3600,	/* seconds since the login */
};

struct session {
	struct db_bytes token_hash;	/* 32 bytes; names the session */
	int64_t account_id;
	struct db_bytes form_secret;	/* 32 bytes: key of the form tokens */
	const char *user_agent;
	const char *address;
	int64_t created_at;
	int64_t seen_at;
	int64_t unread;		/* notices; 0 in lists */
};

/* A new session of work's time; *token_r goes into the cookie. */
enum db_status session_add(struct work *work, int64_t account_id,
    const char *address, const char *user_agent, const char **token_r);

/* The session and its account in one query. DB_NONE when the token is
 * unknown, too old, idle too long, or the account is disabled. */
enum db_status session_by_token(struct work *work, const char *token,
    const struct session **session_r, const struct account **account_r);

/* Does it need session_touch? Once a minute is enough. */
bool session_is_stale(
    const struct work *work, const struct session *session);
enum db_status session_touch(
    struct work *work, const struct session *session);

enum db_status session_end(struct work *work, const struct session *session);
/* All of the session's account but itself; none is DB_OK. */
enum db_status session_end_others(
    struct work *work, const struct session *session);
enum db_status session_end_all(struct work *work, int64_t account_id);

/* Newest first, those still alive. */
enum db_status session_list(struct work *work, int64_t account_id,
    const struct session **sessions_r, size_t *count_r);

/* Removes at most 1000 that are over; for the worker. */
enum db_status session_purge(struct work *work);

#endif
