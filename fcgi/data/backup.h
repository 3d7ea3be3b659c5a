/* backup: files in the customers' areas out of which a program can be
 * restored, as the agents told of them. */

#ifndef DATA_BACKUP_H
#define DATA_BACKUP_H

#include "data/db.h"

struct backup {
	int64_t backup_id;
	const char *serial;	/* of the license it was made of */
	int64_t area_id;	/* in whose root it lies */
	int64_t version_id;
	const char *name;	/* of the file */
	int64_t bytes;		/* 0: not told */
	int64_t made_at;
	const char *version;
};

/* Takes all from serial to bytes. The same name again changes nothing but
 * that it is there. */
enum db_status backup_add(struct work *work, const struct backup *backup);

/* What a license of the acting customer could be restored from, newest
 * first: backups of the same program in the license's area, of this license
 * or of one he had before. */
enum db_status backup_list(struct work *work, const char *serial,
    const struct backup **list_r, size_t *count_r);
/* One of these by its name. */
enum db_status backup_by_name(struct work *work, const char *serial,
    const char *name, const struct backup **backup_r);

/* The name of any. */
enum db_status backup_name(
    struct work *work, int64_t backup_id, const char **name_r);

/* The agent did not find it. */
enum db_status backup_set_missing(struct work *work, int64_t backup_id);

#endif
