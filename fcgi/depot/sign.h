/* sign: signatures over documents. A line that says what is signed goes
 * before the bytes, so that no signature serves for something else. */

#ifndef DEPOT_SIGN_H
#define DEPOT_SIGN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct secret_key;

#define SIGN_INDEX "kagiya-index-1\n"
#define SIGN_POLL "kagiya-poll-1\n"
#define SIGN_JOB "kagiya-job-1\n"
#define SIGN_KEY "kagiya-key-1\n"
#define SIGN_GRANT "kagiya-grant-1\n"

/* base64url of the Ed25519 signature over domain and bytes. */
const char *sign_make(struct arena *arena, const struct secret_key *key,
    const char *domain, const void *bytes, size_t n);
/* signature may be NULL: that is wrong. */
bool sign_is_right(struct arena *arena, const struct secret_key *key,
    const char *domain, const void *bytes, size_t n, const char *signature);

/* The manager's word that a server may do a job in an area as its owner: what
 * the agent's broker believes, who reads no XML. */
struct sign_grant {
	const char *server;
	int64_t number;		/* of the job */
	const char *action;
	const char *area;
	const char *owner;
};
const char *sign_grant_make(struct arena *arena, const struct secret_key *key,
    const struct sign_grant *grant);
/* Words with a newline in them are wrong too. */
bool sign_grant_is_right(struct arena *arena, const struct secret_key *key,
    const struct sign_grant *grant, const char *signature);

/* "2026-11-22T00:21:21Z", nothing else, and a real moment. */
bool sign_time_parse(const char *string, int64_t *time_r);

#endif
