/* depot: where packages come from, and what was seen there last. */

#ifndef DATA_DEPOT_H
#define DATA_DEPOT_H

#include <stddef.h>
#include <stdint.h>

#include "data/db.h"

struct depot {
	int64_t depot_id;
	const char *name;
	const char *url;	/* ends in / */
	struct db_bytes public_key; /* the maker's pinned key, 32 bytes */
	int64_t key_number;	/* in the maker's keys.xml; 0 not known */
	int64_t index_serial;	/* highest seen */
	int64_t index_expires;
	int64_t checked_at;	/* 0 for never */
	const char *problem;	/* why the last reading was refused, or "" */
	int64_t revoked_at;
};

enum db_status depot_by_id(
    struct work *work, int64_t depot_id, const struct depot **depot_r);
enum db_status depot_by_name(
    struct work *work, const char *name, const struct depot **depot_r);
enum db_status depot_list(
    struct work *work, const struct depot **depots_r, size_t *count_r);

/* Takes name, url, public_key. DB_DUPLICATE when the name is taken. */
enum db_status depot_add(
    struct work *work, const struct depot *depot, int64_t *depot_id_r);
/* From now on nothing of it is installed. DB_NONE when it is so already. */
enum db_status depot_revoke(struct work *work, int64_t depot_id);
/* The names of those, cheaply. */
struct depot_name {
	const char *name;
};
enum db_status depot_list_revoked(struct work *work,
    const struct depot_name **names_r, size_t *count_r);

/* The maker's next key, as his keys.xml says. DB_NONE when the key before is
 * another by now. */
enum db_status depot_follow(
    struct work *work, const struct depot *depot, const struct db_bytes *key,
    int64_t number);
/* Another key by hand: everything begins anew, and it is not revoked. */
enum db_status depot_give_key(
    struct work *work, int64_t depot_id, const struct db_bytes *key);

/* An index was accepted. DB_NONE when a higher serial was seen before. */
enum db_status depot_seen(
    struct work *work, int64_t depot_id, int64_t serial, int64_t expires);
enum db_status depot_refused(
    struct work *work, int64_t depot_id, const char *problem);

#endif
