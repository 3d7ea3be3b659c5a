/* database: the databases of installed programs on this server's MariaDB.
 * MariaDB's own programs do the work, each in a task of its own; no secret
 * stands in a command line. */

#include "agent/database.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "agent/agent.h"
#include "agent/lines.h"
#include "agent/task.h"
#include "agent/wire.h"
#include "base/arena.h"
#include "base/file.h"
#include "base/log.h"
#include "base/secret.h"
#include "base/text.h"

enum {
	SOON = 60,        /* seconds for statements of ours */
	LONG = 60 * 60,   /* for a whole database */
	CONNECTIONS = 30, /* of one program at a time */
	WORDS = 300,      /* bytes of what a program complains about */
	OPTIONS = 24,
};

/* Who asks, and what for. */
struct question {
	const struct agent *agent;
	struct arena *arena;
	const char *user;
	const char *password; /* "": the socket knows who it is */
	const char *program;
	const char *const *options;
	int64_t seconds;
};

/* In the process that becomes the program. */

/* The file with the password is nameless and ends with the process. */
static int
password_file(const char *password)
{
	const int fd = memfd_create("password", 0);
	FILE *file = fd < 0 ? NULL : fdopen(dup(fd), "w");

	if (file == NULL || fchmod(fd, 0600) != 0)
		return -1;
	fputs("[client]\n", file);
	if (*password != '\0')
		fprintf(file, "password=\"%s\"\n", password);
	return fclose(file) == 0 ? fd : -1;
}

/* What is said goes to `out`, complaints to the chief. */
static bool
set_descriptors(const struct broker_task *task)
{
	const int complaints = task->fds[BROKER_OUT];
	const int in = task->fds[BROKER_IN] < 0
			   ? open("/dev/null", O_RDONLY | O_CLOEXEC)
			   : task->fds[BROKER_IN];
	const int out =
	    task->fds[BROKER_FILE] < 0 ? complaints : task->fds[BROKER_FILE];

	return dup2(in, 0) >= 0 && dup2(out, 1) >= 0 &&
	       dup2(complaints, 2) >= 0;
}

/* Of the programs there are two, in a folder that the chief does not name. */
static const char *
path_of(
    const struct broker_task *task, struct arena *arena, const char *program)
{
	const char *name =
	    strcmp(program, "dump") == 0 ? "mariadb-dump" : "mariadb";

	return arena_print(
	    arena, "%s/%s", task->agent->conf.database_programs, name);
}

/* A dump may be a customer's: the client is to start no program for it. */
static int
become(const struct broker_task *task, struct arena *arena,
    const struct question *question)
{
	const struct rlimit none = { 0, 0 };
	const int secret = password_file(question->password);
	const char *path = path_of(task, arena, question->program);
	char *words[OPTIONS] = { arena_copy(arena, path),
		arena_print(arena, "--defaults-file=/proc/self/fd/%d", secret),
		arena_print(arena, "--user=%s", question->user),
		arena_print(
		    arena, "--socket=%s", task->agent->conf.database_socket),
		arena_copy(arena, "--protocol=socket"),
		arena_copy(arena, "--default-character-set=utf8mb4"),
		arena_copy(arena, "--max-allowed-packet=64M") };
	char *const environment[] = { arena_copy(arena, "EDITOR=/bin/false"),
		arena_copy(arena, "VISUAL=/bin/false"), NULL };
	size_t count = 7;

	for (size_t i = 0; question->options[i] != NULL && count < OPTIONS - 1;
	     i++)
		words[count++] = arena_copy(arena, question->options[i]);
	if (secret < 0 || !set_descriptors(task) ||
	    setrlimit(RLIMIT_NPROC, &none) != 0)
		return 1;
	(void)alarm((unsigned)question->seconds);
	(void)execve(path, words, environment);
	perror(path);
	return 1;
}

int
database_task(const struct broker_task *task)
{
	static const size_t limits[] = { 1 << 16 };
	struct arena *arena = arena_new();
	const char **options = arena_array(arena, OPTIONS, sizeof(*options));
	struct question question = { .options = options };
	struct message_part part;
	struct lines lines;
	const char **words;
	size_t count;

	if (!message_read(arena, task->fds[BROKER_MESSAGE], limits, 1, &part))
		return 1;
	lines_read(&lines, arena, part.bytes);
	question.program = lines_value(&lines, "program");
	question.user = lines_value(&lines, "user");
	question.password = lines_value(&lines, "password");
	question.seconds = lines_number(&lines, "seconds");
	words = lines_all(&lines, "option", &count);
	for (size_t i = 0; i < count && i < OPTIONS - 1; i++)
		options[i] = words[i];
	if (question.program == NULL || question.user == NULL ||
	    question.password == NULL || question.seconds <= 0)
		return 1;
	return become(task, arena, &question);
}

/* In the chief. */

/* The client shows the statement that failed, perhaps with a password in it,
 * before the line that counts. */
static const char *
read_words(struct arena *arena, int fd)
{
	FILE *lines = fdopen(dup(fd), "r");
	const char *words = "";
	char *line = NULL;
	size_t room = 0;

	if (lines == NULL)
		return words;
	while (getline(&line, &room, lines) > 0)
		if (*words == '\0' || strncmp(line, "ERROR", 5) == 0)
			words = arena_print(
			    arena, "%.*s", (int)strcspn(line, "\n"), line);
	free(line);
	(void)fclose(lines);
	return arena_print(arena, "%.*s", WORDS, words);
}

static const char *
end_of(const struct question *question, const struct task *task, int err)
{
	const char *words = read_words(question->arena, err);
	const int status = task_wait(task);

	if (status == 0)
		return "";
	if (status > 128)
		words = arena_print(question->arena,
		    "ended by signal %d after at most %lld s", status - 128,
		    (long long)question->seconds);
	log_event(LOG_WARN, "agent.database", "user=%s status=%d words=%s",
	    question->user, status, words);
	return arena_print(question->arena, "agent.database %s", words);
}

static struct text *
write_question(const struct question *question)
{
	struct text *out = text_new(question->arena, 1 << 16);

	lines_write(out, "program", question->program);
	lines_write(out, "user", question->user);
	lines_write(out, "password", question->password);
	text_print(out, "seconds %lld\n", (long long)question->seconds);
	for (size_t i = 0; question->options[i] != NULL; i++)
		lines_write(out, "option", question->options[i]);
	return out;
}

/* in is read to its end, -1 for nothing; out takes what is said, -1 for
 * nobody. */
static const char *
ask(const struct question *question, int in, int out)
{
	const struct text *lines = write_question(question);
	struct task_wish wish = {
		.name = "database",
		.parts = { { lines->bytes, lines->length } },
		.part_count = 1,
		.in = in,
		.file = out,
	};
	struct task task;
	const char *why;
	int ends[2];

	if (!wire_open(ends))
		return "agent.no-process";
	wish.out = ends[1];
	why = task_start(question->agent, question->arena, &wish, &task);
	(void)close(ends[1]);
	if (*why == '\0')
		why = end_of(question, &task, ends[0]);
	(void)close(ends[0]);
	return why;
}

/* As the account that may make others. */
static const char *
state(const struct agent *agent, struct arena *arena, const char *statements)
{
	static const char *const options[] = { "--batch", "--sandbox",
		"--connect-timeout=20", NULL };
	struct question question = {
		.agent = agent,
		.arena = arena,
		.user = agent->conf.database_user,
		.password = "",
		.program = "client",
		.options = options,
		.seconds = SOON,
	};
	const char *path = agent->conf.database_password_file;
	const char *why = "agent.no-process";
	int ends[2];

	if (*path != '\0') {
		question.password = file_read(arena, path, 1000, NULL);
		if (question.password == NULL)
			return arena_print(
			    arena, "agent.database %s cannot be read", path);
		question.password = text_trim(arena, question.password);
	}
	if (!wire_open(ends))
		return why;
	/* They are shorter than what a pipe holds. */
	if (wire_write(ends[1], statements, strlen(statements))) {
		(void)close(ends[1]);
		ends[1] = -1;
		why = ask(&question, ends[0], -1);
	}
	wire_close(ends);
	return why;
}

/* Kept on disk before anything depends on it. */
static const char *
key(const struct agent *agent, struct arena *arena)
{
	const char *path =
	    arena_print(arena, "%s/database.key", agent->conf.state_dir);
	const char *token = file_read(arena, path, 100, NULL);

	if (token != NULL && strlen(token) == strlen(secret_token(arena)))
		return token;
	if (access(path, F_OK) == 0)
		return NULL;
	token = secret_token(arena);
	return file_replace(path, token, strlen(token), 0600) ? token : NULL;
}

/* "2026-0001" as kagiya_2026_0001; NULL for what is no serial, since it stands
 * in statements. */
static const char *
name_of(struct arena *arena, const char *serial)
{
	const size_t length = strlen(serial);
	char *name = arena_print(arena, "kagiya_%s", serial);

	if (length == 0 || length > 40 ||
	    strspn(serial, "0123456789-") != length)
		return NULL;
	for (char *at = name; *at != '\0'; at++)
		if (*at == '-')
			*at = '_';
	return name;
}

const char *
database_access(const struct agent *agent, struct arena *arena,
    const char *serial, struct database_access *access_r)
{
	unsigned char digest[SECRET_DIGEST];
	const char *name = name_of(arena, serial);
	const char *token;

	if (*agent->conf.database_socket == '\0')
		return "agent.no-database";
	if (name == NULL)
		return arena_print(arena, "agent.database-name %s", serial);
	token = key(agent, arena);
	if (token == NULL)
		return "agent.file database.key";
	secret_hmac(token, strlen(token), name, strlen(name), digest);
	*access_r = (struct database_access){
		.host = "localhost",
		.socket = agent->conf.database_socket,
		.name = name,
		.user = name,
		/* All kinds of characters, for servers that ask for them. */
		.password = arena_print(arena, "Kg1-%s",
		    text_base64url(arena, digest, SECRET_DIGEST)),
	};
	return "";
}

/* In a GRANT an underscore alone would stand for any letter. */
static const char *
pattern_of(struct arena *arena, const char *name)
{
	struct text *out = text_new(arena, 200);

	for (; *name != '\0'; name++) {
		if (*name == '_')
			text_add(out, "\\");
		text_add_n(out, name, 1);
	}
	return out->bytes;
}

static void
add_make(struct text *out, const struct database_access *own)
{
	const char *name = own->name;

	text_print(out,
	    "CREATE DATABASE IF NOT EXISTS `%s`"
	    " CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;\n"
	    "CREATE USER IF NOT EXISTS '%s'@'localhost';\n"
	    "ALTER USER '%s'@'localhost' IDENTIFIED BY '%s'"
	    " WITH MAX_USER_CONNECTIONS %d ACCOUNT UNLOCK;\n"
	    "GRANT ALL PRIVILEGES ON `%s`.* TO '%s'@'localhost';\n",
	    name, name, name, own->password, CONNECTIONS,
	    pattern_of(out->arena, name), name);
}

/* Whoever holds a table must not hold us up. */
static void
add_shut(struct text *out, const struct database_access *own)
{
	text_print(out,
	    "SET SESSION lock_wait_timeout = 20;\n"
	    "ALTER USER IF EXISTS '%s'@'localhost' ACCOUNT LOCK;\n"
	    "KILL HARD CONNECTION USER '%s'@'localhost';\n"
	    "DROP DATABASE IF EXISTS `%s`;\n",
	    own->name, own->name, own->name);
}

const char *
database_make(
    const struct agent *agent, struct arena *arena, const char *serial)
{
	struct text *out = text_new(arena, 4096);
	struct database_access own;
	const char *why = database_access(agent, arena, serial, &own);

	if (*why != '\0')
		return why;
	add_make(out, &own);
	return state(agent, arena, out->bytes);
}

const char *
database_drop(
    const struct agent *agent, struct arena *arena, const char *serial)
{
	struct text *out = text_new(arena, 4096);
	struct database_access own;
	const char *why = database_access(agent, arena, serial, &own);

	if (*why != '\0')
		return why;
	add_shut(out, &own);
	text_print(out, "DROP USER IF EXISTS '%s'@'localhost';\n", own.name);
	return state(agent, arena, out->bytes);
}

const char *
database_dump(
    const struct agent *agent, struct arena *arena, const char *serial, int fd)
{
	struct database_access own = { 0 };
	const char *why = database_access(agent, arena, serial, &own);
	const char *const options[] = { "--single-transaction",
		"--skip-lock-tables", "--quick", "--routines", "--events",
		"--triggers", "--hex-blob", "--no-tablespaces",
		"--skip-dump-date", own.name, NULL };
	struct question question = {
		.agent = agent,
		.arena = arena,
		.user = own.user,
		.password = own.password,
		.program = "dump",
		.options = options,
		.seconds = LONG,
	};

	/* The program may have given its account another password. */
	if (*why == '\0')
		why = database_make(agent, arena, serial);
	if (*why != '\0')
		return why;
	return ask(&question, -1, fd);
}

const char *
database_load(
    const struct agent *agent, struct arena *arena, const char *serial, int fd)
{
	struct text *out = text_new(arena, 4096);
	struct database_access own = { 0 };
	const char *why = database_access(agent, arena, serial, &own);
	const char *const options[] = { "--batch", "--sandbox",
		"--local-infile=0", "--connect-timeout=20",
		"--init-command=SET SESSION max_statement_time = 0", own.name,
		NULL };
	struct question question = {
		.agent = agent,
		.arena = arena,
		.user = own.user,
		.password = own.password,
		.program = "client",
		.options = options,
		.seconds = LONG,
	};

	if (*why != '\0')
		return why;
	add_shut(out, &own);
	add_make(out, &own);
	why = state(agent, arena, out->bytes);
	return *why == '\0' ? ask(&question, fd, -1) : why;
}
