/* lab: children and folders of the unit tests. */

#include "lab.h"

#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/text.h"

enum { MOST = 1024 * 1024 };

static _Noreturn void
run(void (*act)(void), int complaint)
{
	/* A child that dies on purpose leaves no core. */
	const struct rlimit none = { 0, 0 };

	(void)setrlimit(RLIMIT_CORE, &none);
	(void)signal(SIGABRT, SIG_DFL);
	if (dup2(complaint, STDERR_FILENO) < 0)
		_exit(98);
	act();
	(void)fflush(stderr);
	_exit(0);
}

const char *
lab_complaint(struct arena *arena, void (*act)(void), int *status_r)
{
	struct text *text = text_new(arena, MOST);
	char bytes[4096];
	int ends[2];
	int status = 0;

	assert_int_equal(pipe(ends), 0);
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0)
		run(act, ends[1]);
	(void)close(ends[1]);
	for (ssize_t n; (n = read(ends[0], bytes, sizeof bytes)) > 0;)
		text_add_n(text, bytes, (size_t)n);
	(void)close(ends[0]);
	assert_int_equal(waitpid(child, &status, 0), child);
	if (status_r != NULL)
		*status_r = status;
	return text->bytes;
}

bool
lab_breaks(void (*act)(void), const char *promise)
{
	struct arena *arena = arena_new();
	int status;
	const char *complaint = lab_complaint(arena, act, &status);
	bool broken = WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT &&
		      strstr(complaint, " bug ") != NULL &&
		      strstr(complaint, promise) != NULL;

	if (!broken)
		print_message("# status %d: %s\n", status, complaint);
	arena_free(arena);
	return broken;
}

static int
remove_entry(
    const char *path, const struct stat *status, int kind, struct FTW *where)
{
	(void)status;
	(void)kind;
	(void)where;
	return remove(path);
}

static void
remove_folder(void *handle)
{
	(void)nftw(handle, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
}

const char *
lab_folder(struct arena *arena)
{
	const char *upper = getenv("TMPDIR");
	char *folder = arena_print(
	    arena, "%s/kagiya-base.XXXXXX", upper != NULL ? upper : "/tmp");

	assert_non_null(mkdtemp(folder));
	arena_defer(arena, remove_folder, folder);
	return folder;
}

const char *
lab_file(struct arena *arena, const char *folder, const char *name,
    const char *content)
{
	const char *path = arena_print(arena, "%s/%s", folder, name);
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_true(fputs(content, file) >= 0);
	assert_int_equal(fclose(file), 0);
	return path;
}
