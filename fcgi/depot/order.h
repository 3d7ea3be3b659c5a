/* order: what agent and manager say to each other (schema/package/job.rng). */

#ifndef DEPOT_ORDER_H
#define DEPOT_ORDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/secret.h"
#include "base/xml.h"

struct arena;
struct text;

enum { ORDER_LIMIT = 1 << 20 };		/* bytes of either document */

struct order_report {
	int64_t job;
	const char *step;
	const char *state;	/* running done failed */
	const char *detail;
	int64_t bytes;
	int64_t total;
	const char *const *left;
	size_t left_count;
};

struct order_poll {
	const char *server;
	int64_t time;
	const char *nonce;
	const char *version;
	const char *sandbox;	/* what its host can do; "" for not told */
	bool busy;
	const struct order_report *reports;
	size_t report_count;
};

struct order_setting {
	const char *name;
	const char *value;
};

/* Where an exported program goes to, or an imported one comes from. */
struct order_parcel {
	const char *url;
	const char *ticket;
	int64_t size;		/* 0 when it is still to be made */
	unsigned char sha256[SECRET_DIGEST];
};

/* Texts that are absent are "", numbers 0. */
struct order_job {
	int64_t number;
	const char *action;	/* install upgrade rollback backup restore
				   export import drop return uninstall */
	const char *server;
	const char *area;
	const char *owner;
	const char *directory;
	const char *url;	/* the area's, ends in / */
	const char *package;
	const char *version;
	unsigned char manifest[SECRET_DIGEST];
	const char *serial;
	int64_t valid_until;
	bool backup;
	const char *from;	/* of an upgrade: the version it leaves */
	int64_t keep_days;	/* so long the tree it replaces is kept */
	const char *restore;	/* name of a backup in the area */
	const char *grant;	/* sign_grant over number, action, area, owner:
				   who writes an answer may leave it out */
	const struct order_parcel *parcel;	/* NULL for none */
	const char *depot;
	const char *depot_url;	/* ends in / */
	const char *ticket;
	const char *check_url;
	const char *buy_url;
	const char *product;
	const char *instance;
	const char *const *public_keys;	/* base64url, one or two */
	size_t public_key_count;
	const struct order_setting *settings;
	size_t setting_count;
};

struct order_heard {
	int64_t job;
	bool over;
};

struct order_answer {
	const char *server;
	int64_t time;
	const char *nonce;
	int64_t poll_seconds;
	const struct order_heard *heard;
	size_t heard_count;
	const char *const *revoked;	/* depots */
	size_t revoked_count;
	const struct order_job *job;	/* NULL for none */
};

void order_poll_write(struct text *out, const struct order_poll *poll);
void order_answer_write(struct text *out, const struct order_answer *answer);

/* NULL when malformed. */
const struct order_poll *order_poll_read(
    struct arena *arena, const void *bytes, size_t length);
const struct order_answer *order_answer_read(
    struct arena *arena, const void *bytes, size_t length);

#endif
