/* database: the databases of installed programs on this server's MariaDB, one
 * for each serial, with an account that reaches no other. The only place
 * beside fcgi/data with SQL: it is the hosting server's, not the manager's. */

#ifndef AGENT_DATABASE_H
#define AGENT_DATABASE_H

struct agent;
struct arena;
struct broker_task;

/* What a program needs to reach its own; the password is always the same for
 * a serial on this server. */
struct database_access {
	const char *host;	/* localhost */
	const char *socket;
	const char *name;	/* kagiya_2026_0001, of database and account */
	const char *user;
	const char *password;
};

/* All return "" or why not, as id and words: "agent.no-database" when the
 * server has none, "agent.database WORDS" when it does not do it, which may be
 * tried again. Each can be done twice, and again where it was cut short. */
const char *database_access(const struct agent *agent, struct arena *arena,
    const char *serial, struct database_access *access_r);

/* There afterwards, with its account; what is in it stays. */
const char *database_make(
    const struct agent *agent, struct arena *arena, const char *serial);

/* Gone afterwards, with its account; open connections are ended. */
const char *database_drop(
    const struct agent *agent, struct arena *arena, const char *serial);

/* All of it as SQL to fd, from one moment. What was written counts for nothing
 * when it fails. */
const char *database_dump(const struct agent *agent, struct arena *arena,
    const char *serial, int fd);

/* Becomes what the dump in fd says; what was in it goes first, and does not
 * come back when the dump is bad. The dump may be a stranger's: it is read
 * with the rights of that one account. */
const char *database_load(const struct agent *agent, struct arena *arena,
    const char *serial, int fd);

/* In the process that becomes MariaDB's program. */
int database_task(const struct broker_task *task);

#endif
