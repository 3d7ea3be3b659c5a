/* server: the hosting servers, each with one agent. */

#ifndef DATA_SERVER_H
#define DATA_SERVER_H

#include <stddef.h>
#include <stdint.h>

#include "data/db.h"

struct server {
	int64_t server_id;
	const char *name;
	const char *os_model;	/* as shown to customers */
	const char *ip_address;
	const char *php;	/* version, "" for none */
	const char *mariadb;
	struct db_bytes public_key; /* the agent's, 32 bytes */
	const char *agent_version;
	int64_t last_contact;	/* 0 for never */
	int64_t revoked_at;	/* 0 for never */
};

enum db_status server_by_id(
    struct work *work, int64_t server_id, const struct server **server_r);
enum db_status server_by_name(
    struct work *work, const char *name, const struct server **server_r);
enum db_status server_list(
    struct work *work, const struct server **servers_r, size_t *count_r);

/* Takes all up to public_key. DB_DUPLICATE when the name is taken. */
enum db_status server_add(
    struct work *work, const struct server *server, int64_t *server_id_r);
/* The same fields, by server_id. */
enum db_status server_set(struct work *work, const struct server *server);
enum db_status server_revoke(struct work *work, int64_t server_id);

/* The agent was heard at work's time. */
enum db_status server_seen(
    struct work *work, int64_t server_id, const char *agent_version);

#endif
