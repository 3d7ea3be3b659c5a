/* conf: the agent's own settings, lines `name = value`. */

#ifndef AGENT_CONF_H
#define AGENT_CONF_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct arena;
struct secret_key;

struct conf {
	const char *server;		/* this server's name at the manager */
	const char *manager_url;	/* of its gate for agents */
	struct secret_key *manager_key;	/* manager.key: signs jobs */
	const char *key_path;
	struct secret_key *key;		/* this server's; the chief's alone */
	const char *depot_keys;		/* folder of NAME.pub */
	const char *area_root;
	const char *state_dir;
	int64_t least_uid;		/* of an area's owner */
	/* As root: */
	const char *user;		/* of the chief */
	const char *stranger;		/* of who reads network and archives */
	int64_t poll_seconds;		/* until the manager says another */
	/* Of the MariaDB for the programs' databases; "" for none. */
	const char *database_socket;
	const char *database_user;	/* may make accounts */
	const char *database_password_file;	/* "": by the socket */
	const char *database_programs;	/* folder of mariadb, mariadb-dump */
};

/* On failure writes one sentence to stderr and returns false. */
bool conf_load(struct arena *arena, const char *path, struct conf *conf_r);
/* The private key, which conf_load() leaves out. */
bool conf_load_key(struct arena *arena, struct conf *conf);

#endif
