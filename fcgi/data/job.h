/* job: what an agent is to do with one license, and how far it is. */

#ifndef DATA_JOB_H
#define DATA_JOB_H

#include "data/db.h"

struct job {
	int64_t job_id;
	const char *serial;
	int64_t server_id;
	const char *action;	/* "install" "upgrade" "move" "uninstall" */
	int64_t version_id;
	const char *state;	/* waiting running done failed cancelled */
	const char *step;	/* last one reported; "" for none */
	const char *reason;	/* of a failure: id, then a blank and detail */
	int64_t bytes_done;
	int64_t bytes_total;
	int64_t backup;
	const char *left_over;	/* a path per line */
	int64_t sent_at;	/* first handed to the agent; 0 never */
	int64_t created_at;
	int64_t ended_at;	/* 0: not yet */
	const char *server;	/* its name */
	int64_t last_contact;	/* the agent's; 0 never */
};

struct job_step {
	const char *step;
	const char *state;	/* running done failed */
	int64_t at;
	const char *detail;
};

/* The acting customer's newest job for a license. */
enum db_status job_latest(
    struct work *work, const char *serial, const struct job **job_r);
/* Anybody's. */
enum db_status job_latest_any(
    struct work *work, const char *serial, const struct job **job_r);
/* Anybody's, as it is now and until the transaction ends. The license must be
 * locked before. */
enum db_status job_latest_now(
    struct work *work, const char *serial, const struct job **job_r);
enum db_status job_steps(struct work *work, int64_t job_id,
    const struct job_step **list_r, size_t *count_r);

struct job_new {
	const char *serial;
	int64_t server_id;
	const char *action;
	int64_t version_id;
	int64_t bytes_total;
	int64_t backup;
};
/* Its number by db_insert_id. */
enum db_status job_add(struct work *work, const struct job_new *job);

/* Conditional on the state before; DB_NONE when it is not so. */
enum db_status job_cancel(
    struct work *work, int64_t job_id, const char *state_before);
enum db_status job_set_sent(
    struct work *work, int64_t server_id, int64_t job_id);
enum db_status job_set_progress(struct work *work, const struct job *job);
/* state "done" or "failed", from waiting or running. */
enum db_status job_end(struct work *work, const struct job *job);

/* The server's oldest job that is waiting or running. */
enum db_status job_next(
    struct work *work, int64_t server_id, const struct job **job_r);
/* The server's own job, locked until the transaction ends. */
enum db_status job_lock(struct work *work, int64_t server_id, int64_t job_id,
    const struct job **job_r);

/* Stores or replaces what is known of a step. */
enum db_status job_step_set(struct work *work, int64_t job_id,
    const struct job_step *step);

/* What the agent must know of a job beside the license. */
struct job_order {
	int64_t job_id;
	const char *action;
	const char *serial;
	const char *product;	/* software.code */
	const char *instance;
	const char *directory;
	const char *settings;	/* JSON object */
	int64_t backup;
	int64_t users;
	const char *version;
	struct db_bytes manifest_sha256;
	int64_t archive_size;
	int64_t unpacked_size;
	const char *area;	/* its folder on the server */
	const char *owner;	/* user of the server */
	int64_t quota_mb;
	const char *area_url;
	const char *depot;
	const char *depot_url;	/* ends in / */
	struct db_bytes depot_key;	/* the maker's pinned key, 32 bytes */
	const char *server;	/* name */
	const char *language;	/* the customer's */
};
enum db_status job_order(
    struct work *work, int64_t job_id, const struct job_order **order_r);

#endif
