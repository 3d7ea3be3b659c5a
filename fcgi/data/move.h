/* move: a program on its way from one area or directory to another. */

#ifndef DATA_MOVE_H
#define DATA_MOVE_H

#include "data/db.h"

struct move {
	int64_t move_id;
	const char *serial;
	int64_t from_area_id;
	const char *from_directory;
	int64_t to_area_id;
	const char *to_directory;
	struct db_bytes parcel_sha256;	/* bytes NULL before the export */
	int64_t parcel_size;
	int64_t created_at;
	int64_t ended_at;		/* 0: on its way */
	/* From the areas beside. */
	int64_t from_server_id;
	int64_t to_server_id;
	const char *to_area;
	const char *to_os_model;
	const char *to_ip_address;
};

/* Takes all up to to_directory; its number by db_insert_id. */
enum db_status move_add(struct work *work, const struct move *move);
enum db_status move_by_id(
    struct work *work, int64_t move_id, const struct move **move_r);
enum db_status move_set_parcel(struct work *work, int64_t move_id,
    const void *sha256, int64_t size);
/* DB_NONE when it has ended before. */
enum db_status move_end(struct work *work, int64_t move_id);
/* Whatever of that license is on its way: it is no more. */
enum db_status move_give_up(struct work *work, const char *serial);

/* Does a job of that move with that action run? For the spool's gate: server
 * is the name of the job's. */
enum db_status move_is_at(struct work *work, int64_t move_id, int64_t job_id,
    const char *action, const char *server);
/* May its parcel still be wanted? DB_NONE when not. */
enum db_status move_is_open(struct work *work, int64_t move_id);

#endif
