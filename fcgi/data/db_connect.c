/* db_connect: finding a server that answers, and what it is told first. */

#include "data/db_inside.h"

#include <errmsg.h>
#include <mysql.h>
#include <mysqld_error.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "base/must.h"
#include "base/setting.h"
#include "base/text.h"
#include "data/schema.h"

enum {
	CONNECT_SECONDS = 1,
	ANSWER_SECONDS = 6, /* more than a statement may take */
	ADMIN_SECONDS = 600,
	TOTAL_MS = 4000, /* for all hosts together */
	QUIET_MS = 5000, /* after attempts that took long */
	SLOW_MS = 500,
};

struct target {
	const char *host; /* NULL: by the socket */
	const char *socket;
	const char *user;
	const char *password;
	const char *database;
	unsigned port;
	unsigned answer_seconds;
	bool admin;
};

/* Strict about values, UTC, no statement or lock wait without an end. Pages
 * are read from one snapshot; db_begin chooses another isolation for
 * changes. */
#define SESSION                                                                \
	"SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ZERO_DATE,"              \
	"NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO,"                          \
	"NO_ENGINE_SUBSTITUTION,ONLY_FULL_GROUP_BY',"                          \
	" time_zone = '+00:00',"                                               \
	" collation_connection = utf8mb4_nopad_bin,"                           \
	" innodb_lock_wait_timeout = 5,"                                       \
	" tx_isolation = 'REPEATABLE-READ',"                                   \
	" max_statement_time = "
static const char program_session[] =
    SESSION "5, idle_transaction_timeout = 30";
static const char admin_session[] = SESSION "0";

static bool
is_loopback(const char *host)
{
	return strcmp(host, "localhost") == 0 || strcmp(host, "::1") == 0 ||
	       strncmp(host, "127.", 4) == 0;
}

static void
set_options(MYSQL *mysql, const struct target *target)
{
	const unsigned off = 0, connect = CONNECT_SECONDS;
	const unsigned answer = target->answer_seconds;
	const unsigned protocol =
	    target->host ? MYSQL_PROTOCOL_TCP : MYSQL_PROTOCOL_SOCKET;
	const my_bool no = 0, yes = 1;

	mysql_options(mysql, MYSQL_OPT_LOCAL_INFILE, &off);
	mysql_options(mysql, MYSQL_OPT_RECONNECT, &no);
	mysql_options(mysql, MYSQL_OPT_CONNECT_TIMEOUT, &connect);
	mysql_options(mysql, MYSQL_OPT_READ_TIMEOUT, &answer);
	mysql_options(mysql, MYSQL_OPT_WRITE_TIMEOUT, &answer);
	mysql_options(mysql, MYSQL_OPT_PROTOCOL, &protocol);
	mysql_options(mysql, MYSQL_SET_CHARSET_NAME, "utf8mb4");
	mysql_options(mysql, MYSQL_INIT_COMMAND,
	    target->admin ? admin_session : program_session);
	if (target->host && !is_loopback(target->host)) {
		mysql_options(mysql, MYSQL_OPT_SSL_ENFORCE, &yes);
		mysql_options(mysql, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &yes);
	}
}

static bool
try_target(struct db *db, const struct target *target)
{
	MYSQL *mysql = mysql_init(NULL);

	must(mysql != NULL);
	set_options(mysql, target);
	if (mysql_real_connect(mysql, target->host, target->user,
		target->password, target->database, target->port,
		target->host ? NULL : target->socket, CLIENT_FOUND_ROWS)) {
		db->connection = mysql;
		return true;
	}
	log_event(LOG_WARN, "db.unreachable",
	    "host=%s port=%u user=%s code=%u message=%s",
	    target->host ? target->host : target->socket, target->port,
	    target->user, mysql_errno(mysql), mysql_error(mysql));
	mysql_close(mysql);
	return false;
}

/* "host:port", the port being optional; an IPv6 address stands in []. A path
 * is that of a socket. */
static void
set_host(struct arena *arena, struct target *target, const char *word)
{
	char *host = arena_copy(arena, text_trim(arena, word));
	char *end = *host == '[' ? strchr(host, ']') : NULL;
	char *colon = strrchr(end ? end : host, ':');
	int64_t port = 3306;

	target->host = NULL;
	target->socket = host;
	if (*host == '/')
		return;
	if (colon) {
		*colon = '\0';
		if (!text_number(colon + 1, 1, 65535, &port))
			log_event(LOG_WARN, "db.bad-port", "host=%s", host);
	}
	if (end)
		*end = '\0';
	target->host = end ? host + 1 : host;
	target->port = (unsigned)port;
}

static bool
try_hosts(struct db *db, struct target target, const char *list)
{
	const int64_t end = clock_monotonic_ms() + TOTAL_MS;
	char *rest = arena_copy(db->arena, list), *word;

	while ((word = strsep(&rest, ",")) != NULL) {
		if (clock_monotonic_ms() > end)
			return false;
		set_host(db->arena, &target, word);
		if (try_target(db, &target))
			return true;
	}
	return false;
}

static const char *
read_password(struct arena *arena)
{
	const char *path = setting_text("database.password_file");
	const char *text;

	if (*path == '\0')
		return NULL;
	text = file_read(arena, path, 1024, NULL);
	if (text == NULL) {
		log_event(LOG_FAULT, "db.no-password", "file=%s", path);
		return NULL;
	}
	return text_trim(arena, text);
}

static bool
connect_by_settings(struct db *db)
{
	const char *list =
	    setting_text(db->replica ? "database.replica" : "database.host");
	const struct target target = {
		.answer_seconds =
		    db->answer_seconds ? db->answer_seconds : ANSWER_SECONDS,
		.socket = setting_text("database.socket"),
		.user = setting_text("database.user"),
		.password = read_password(db->arena),
		.database = setting_text("database.name"),
	};

	if (*list == '\0')
		return try_target(db, &target);
	return try_hosts(db, target, list);
}

static bool
connect_as_admin(struct db *db)
{
	const struct target target = {
		.socket = db->admin->socket,
		.user = db->admin->user,
		.password = db->admin->password,
		.answer_seconds = ADMIN_SECONDS,
		.admin = true,
	};

	if (db->admin->host == NULL || *db->admin->host == '\0')
		return try_target(db, &target);
	return try_hosts(db, target, db->admin->host);
}

enum db_status
db_connect(struct db *db)
{
	const int64_t begun = clock_monotonic_ms();

	if (db->connection)
		return DB_OK;
	if (begun < db->quiet_until)
		return DB_LOST;
	db->arena = arena_new();
	if (db->admin ? connect_as_admin(db) : connect_by_settings(db))
		return DB_OK;
	arena_free(db->arena);
	db->arena = NULL;
	/* A refusal costs nothing and is asked again at once; hosts that do
	 * not answer must not hold up every request. */
	if (clock_monotonic_ms() - begun > SLOW_MS)
		db->quiet_until = clock_monotonic_ms() + QUIET_MS;
	return DB_LOST;
}

void
db_disconnect(struct db *db)
{
	for (struct db_held *held = db->held; held; held = held->next)
		mysql_stmt_close(held->handle);
	db->held = NULL;
	if (db->connection)
		mysql_close(db->connection);
	db->connection = NULL;
	if (db->arena)
		arena_free(db->arena);
	db->arena = NULL;
}

/* 1047: a Galera node without its cluster; 1290: a server that only reads. */
static bool
is_lost(unsigned code)
{
	static const unsigned codes[] = {
		CR_CONNECTION_ERROR,
		CR_CONN_HOST_ERROR,
		CR_SERVER_GONE_ERROR,
		CR_SERVER_LOST,
		CR_SERVER_LOST_EXTENDED,
		CR_COMMANDS_OUT_OF_SYNC,
		CR_MALFORMED_PACKET,
		CR_STMT_CLOSED,
		ER_SERVER_SHUTDOWN,
		ER_CONNECTION_KILLED,
		ER_UNKNOWN_COM_ERROR,
		ER_OPTION_PREVENTS_STATEMENT,
		ER_NEW_ABORTING_CONNECTION,
		ER_NET_READ_ERROR,
		ER_NET_READ_INTERRUPTED,
		ER_NET_WRITE_INTERRUPTED,
		ER_NET_ERROR_ON_WRITE,
		ER_NORMAL_SHUTDOWN,
	};

	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
		if (codes[i] == code)
			return true;
	return false;
}

enum db_status
db_trouble(struct db *db, const char *what, unsigned code, const char *message)
{
	switch (code) {
	case ER_DUP_ENTRY:
	case ER_DUP_ENTRY_WITH_KEY_NAME:
		return DB_DUPLICATE;
	case ER_LOCK_DEADLOCK:
	case ER_LOCK_WAIT_TIMEOUT:
	case ER_CHECKREAD:
	case ER_NEED_REPREPARE:
		return DB_RETRY;
	/* An ASCII column was compared with other signs: no row has them. */
	case ER_CANT_AGGREGATE_2COLLATIONS:
		return DB_NONE;
	default:
		break;
	}
	if (is_lost(code)) {
		log_event(LOG_WARN, "db.lost",
		    "statement=%s code=%u message=%s", what, code, message);
		db_disconnect(db);
		/* it had its time; there is another to ask */
		if (db->answer_seconds != 0 && code == CR_SERVER_LOST)
			db->quiet_until = clock_monotonic_ms() + QUIET_MS;
		return DB_LOST;
	}
	log_event(LOG_FAULT, "db.failed", "statement=%s code=%u message=%s",
	    what, code, message);
	return DB_FAILED;
}

enum db_status
db_hold(struct db *db, const struct db_statement *statement,
    struct db_held **held_r)
{
	struct db_held *held;
	enum db_status status;

	for (held = db->held; held; held = held->next)
		if (held->statement == statement) {
			*held_r = held;
			return DB_OK;
		}
	held = arena_alloc(db->arena, sizeof(*held));
	held->statement = statement;
	held->handle = mysql_stmt_init(db->connection);
	must(held->handle != NULL);
	if (mysql_stmt_prepare(
		held->handle, statement->sql, strlen(statement->sql)) != 0 ||
	    !db_bind_results(db->arena, held)) {
		const unsigned code = mysql_stmt_errno(held->handle);
		const char *message =
		    arena_copy(db->arena, mysql_stmt_error(held->handle));

		mysql_stmt_close(held->handle);
		status = db_trouble(db, statement->name, code, message);
		return status == DB_OK ? DB_FAILED : status;
	}
	held->next = db->held;
	db->held = held;
	*held_r = held;
	return DB_OK;
}
