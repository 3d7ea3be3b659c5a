/* area: a customer's own place on a hosting server, with what the server
 * offers. */

#ifndef DATA_AREA_H
#define DATA_AREA_H

#include <stddef.h>
#include <stdint.h>

#include "data/db.h"

struct area {
	int64_t area_id;
	int64_t account_id;
	int64_t server_id;
	const char *name;	/* the area's folder on its server */
	const char *owner;	/* user of the hosting server */
	const char *url;	/* ends in / */
	int64_t quota_mb;
	const char *server_name;
	const char *os_model;
	const char *ip_address;
	const char *php;	/* version, "" for none */
	const char *mariadb;
	int64_t last_contact;	/* of the server's agent */
	int64_t revoked_at;	/* of the server */
};

/* A customer's areas by name. */
enum db_status area_list(struct work *work, int64_t account_id,
    const struct area **areas_r, size_t *count_r);
/* DB_NONE when it is not that account's. */
enum db_status area_by_id(struct work *work, int64_t account_id,
    int64_t area_id, const struct area **area_r);
/* Whoever owns it: for staff, gates and the worker. */
enum db_status area_any(
    struct work *work, int64_t area_id, const struct area **area_r);
enum db_status area_by_name(struct work *work, const char *server_name,
    const char *name, const struct area **area_r);

/* Takes account_id, server_id, name, owner, url, quota_mb. DB_DUPLICATE when
 * the server has an area of that name. */
enum db_status area_add(
    struct work *work, const struct area *area, int64_t *area_id_r);

#endif
