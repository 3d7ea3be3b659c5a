/* tool: what the subcommands of `kagiya` share. A subcommand is a file
 * fcgi/tool/NAME.c with one function; its name's table entry is in kagiya.c. */

#ifndef TOOL_TOOL_H
#define TOOL_TOOL_H

#include "data/db.h"
#include "data/work.h"

enum { TOOL_DONE = 0, TOOL_REFUSED = 1, TOOL_USAGE = 2, TOOL_FAILED = 3 };

/* argv[0] is the subcommand's name; argv[argc] is NULL. Results go to
 * standard output, one sentence to standard error when it was not done. */
struct tool {
	const char *name;
	const char *summary;
	const char *usage;	/* lines after "usage: kagiya NAME" */
	int (*run)(int argc, char **argv);
};

int tool_account(int argc, char **argv);
int tool_area(int argc, char **argv);
int tool_daily(int argc, char **argv);
int tool_depot(int argc, char **argv);
int tool_keys(int argc, char **argv);
int tool_license(int argc, char **argv);
int tool_payment(int argc, char **argv);
int tool_schema(int argc, char **argv);
int tool_server(int argc, char **argv);
int tool_software(int argc, char **argv);

/* The one arena and database of this run; tool_end gives them back. */
struct work *tool_work(void);
void tool_end(void);

/* "kagiya: " and the sentence to standard error; returns code. */
int tool_say(int code, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The exit code of a status; says what failed unless it is DB_OK. */
int tool_status(enum db_status status, const char *what);

/* The raw key of a public key's PEM file; bytes NULL, said, when it is none. */
struct db_bytes tool_public_key(const char *path);

/* Takes --name VALUE out of argv wherever it stands; fallback when absent.
 * A missing value ends the program with TOOL_USAGE. */
const char *tool_option(
    int *argc, char **argv, const char *name, const char *fallback);
bool tool_flag(int *argc, char **argv, const char *name);

/* Is argv[1] that verb? */
bool tool_is(int argc, char **argv, const char *verb);

/* After the options: exactly count words left after argv[0]? Says so. */
bool tool_words(int argc, char **argv, int count);

/* db_transact with tool_status's message and code; true when it is done. */
bool tool_commit(const char *what,
    enum db_status (*action)(struct work *work, void *context),
    void *context, int *code_r);

#endif
