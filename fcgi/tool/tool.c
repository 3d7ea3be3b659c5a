/* tool: options, messages and the database of the subcommands. */

#include "tool/tool.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/secret.h"

static struct arena *arena;
static struct work work;

struct work *
tool_work(void)
{
	if (arena == NULL) {
		arena = arena_new();
		work = work_now(arena, db_new());
	}
	return &work;
}

void
tool_end(void)
{
	if (arena == NULL)
		return;
	db_free(work.db);
	arena_free(arena);
	arena = NULL;
}

int
tool_say(int code, const char *format, ...)
{
	va_list list;

	fputs("kagiya: ", stderr);
	va_start(list, format);
	vfprintf(stderr, format, list);
	va_end(list);
	fputc('\n', stderr);
	return code;
}

int
tool_status(enum db_status status, const char *what)
{
	switch (status) {
	case DB_OK:
		return TOOL_DONE;
	case DB_NONE:
		return tool_say(TOOL_REFUSED, "%s: there is none", what);
	case DB_DUPLICATE:
		return tool_say(TOOL_REFUSED, "%s: it is there already", what);
	case DB_RETRY:
	case DB_LOST:
		return tool_say(
		    TOOL_FAILED, "%s: the database does not answer", what);
	case DB_FAILED:
		break;
	}
	return tool_say(TOOL_FAILED, "%s: the database refused it", what);
}

static void
take_out(int *argc, char **argv, int at, int count)
{
	memmove(argv + at, argv + at + count,
	    (size_t)(*argc - at - count + 1) * sizeof(argv[0]));
	*argc -= count;
}

const char *
tool_option(int *argc, char **argv, const char *name, const char *fallback)
{
	for (int i = 1; i < *argc; i++) {
		if (strcmp(argv[i], name) != 0)
			continue;
		if (i + 1 == *argc)
			exit(tool_say(TOOL_USAGE, "%s wants a value", name));
		const char *value = argv[i + 1];
		take_out(argc, argv, i, 2);
		return value;
	}
	return fallback;
}

bool
tool_flag(int *argc, char **argv, const char *name)
{
	for (int i = 1; i < *argc; i++) {
		if (strcmp(argv[i], name) != 0)
			continue;
		take_out(argc, argv, i, 1);
		return true;
	}
	return false;
}

bool
tool_words(int argc, char **argv, int count)
{
	for (int i = 1; i < argc; i++)
		if (strncmp(argv[i], "--", 2) == 0) {
			tool_say(TOOL_USAGE, "unknown option %s", argv[i]);
			return false;
		}
	if (argc - 1 == count)
		return true;
	tool_say(
	    TOOL_USAGE, "%s words", argc - 1 < count ? "too few" : "too many");
	return false;
}

bool
tool_is(int argc, char **argv, const char *verb)
{
	return argc > 1 && strcmp(argv[1], verb) == 0;
}

bool
tool_commit(const char *what, enum db_status (*action)(struct work *, void *),
    void *context, int *code_r)
{
	*code_r = tool_status(db_transact(tool_work(), action, context), what);
	return *code_r == TOOL_DONE;
}

struct db_bytes
tool_public_key(const char *path)
{
	struct work *mine = tool_work();
	const struct secret_key *key = secret_key_load(mine->arena, path);
	unsigned char *raw = arena_alloc(mine->arena, SECRET_PUBLIC);

	if (key == NULL) {
		tool_say(TOOL_REFUSED, "%s holds no Ed25519 key", path);
		return (struct db_bytes){ NULL, 0 };
	}
	secret_key_raw(key, raw);
	return (struct db_bytes){ raw, SECRET_PUBLIC };
}
