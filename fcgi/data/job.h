/* job: what an agent is to do with one license, and how far it is. */

#ifndef DATA_JOB_H
#define DATA_JOB_H

#include "data/db.h"

struct job {
	int64_t job_id;
	const char *serial;
	int64_t server_id;
	const char *action;	/* install upgrade rollback backup restore
				   export import drop return uninstall */
	int64_t version_id;	/* what is there afterwards */
	const char *state;	/* waiting running done failed cancelled */
	const char *step;	/* last one reported; "" for none */
	const char *reason;	/* of a failure, or for which it is held for
				   now: id, then a blank and detail */
	int64_t bytes_done;
	int64_t bytes_total;
	int64_t backup;
	const char *left_over;	/* a path per line */
	int64_t from_version_id;	/* installed when it was ordered */
	int64_t backup_id;	/* restore; else 0 */
	int64_t move_id;	/* export, import, drop, return; else 0 */
	int64_t cancel_at;	/* called off, the agent must stop; 0 no */
	int64_t sent_at;	/* first handed to the agent; 0 never */
	int64_t created_at;
	int64_t ended_at;	/* 0: not yet */
	const char *version;	/* the name of version_id's */
	const char *from_version;	/* NULL for none */
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
enum db_status job_any(
    struct work *work, int64_t job_id, const struct job **job_r);
enum db_status job_steps(struct work *work, int64_t job_id,
    const struct job_step **list_r, size_t *count_r);
/* All jobs of a move, in their order. */
enum db_status job_list_of_move(struct work *work, int64_t move_id,
    const struct job **list_r, size_t *count_r);

/* Before a waiting job: how many of its server's wait or run, and how many
 * were handed to that server since a time. */
struct job_queue {
	int64_t ahead;
	int64_t handed;
};
enum db_status job_queue(struct work *work, const struct job *job,
    int64_t since, const struct job_queue **queue_r);

struct job_new {
	const char *serial;
	int64_t server_id;
	const char *action;
	int64_t version_id;
	int64_t bytes_total;
	int64_t backup;
	int64_t from_version_id;	/* these: 0 for none */
	int64_t backup_id;
	int64_t move_id;
};
/* Its number by db_insert_id. */
enum db_status job_add(struct work *work, const struct job_new *job);

/* Conditional on the state before; DB_NONE when it is not so. */
enum db_status job_cancel(
    struct work *work, int64_t job_id, const char *state_before);
/* A running one: its agent is to stop. */
enum db_status job_set_cancel(struct work *work, int64_t job_id);
enum db_status job_set_sent(
    struct work *work, int64_t server_id, int64_t job_id);
/* step, bytes, and the reason for which it is held ("" for none). */
enum db_status job_set_progress(struct work *work, const struct job *job);
/* state "done", "failed" or "cancelled", from waiting or running. */
enum db_status job_end(struct work *work, const struct job *job);

/* The server's jobs that run or wait, as they are to be handed out; at most
 * 50. */
enum db_status job_list_open(struct work *work, int64_t server_id,
    const struct job **list_r, size_t *count_r);
/* The server's own job, locked until the transaction ends. */
enum db_status job_lock(struct work *work, int64_t server_id, int64_t job_id,
    const struct job **job_r);

/* Stores or replaces what is known of a step. */
enum db_status job_step_set(struct work *work, int64_t job_id,
    const struct job_step *step);

/* What the agent must know of a job beside the license. area, owner,
 * directory and area_url are those of the job: for an import where it goes. */
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
	int64_t depot_revoked_at;	/* 0: it may be installed from */
	const char *server;	/* name */
	const char *language;	/* the customer's */
	const char *from;	/* installed version; NULL for none */
	const char *restore;	/* name of the backup; NULL for none */
	int64_t move_id;	/* 0 for none */
	struct db_bytes parcel_sha256;	/* bytes NULL before the export */
	int64_t parcel_size;
};
enum db_status job_order(
    struct work *work, int64_t job_id, const struct job_order **order_r);

#endif
