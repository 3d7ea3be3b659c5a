/* place: the agent's side: opens areas, forks, reads what the child says. */

#include "agent/place.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "agent/agent.h"
#include "agent/place_part.h"
#include "agent/wire.h"
#include "base/arena.h"
#include "base/text.h"

static int
open_area(const char *root, const char *name)
{
	/* An area may be a file system of its own. */
	const struct open_how how = {
		.flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW,
		.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS |
			   RESOLVE_NO_MAGICLINKS,
	};
	const int at = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int fd;

	if (at < 0)
		return -1;
	fd = (int)syscall(SYS_openat2, at, name, &how, sizeof(how));
	(void)close(at);
	return fd;
}

static bool
may_own(const struct agent *agent, const struct passwd *user)
{
	if (user == NULL || user->pw_uid == 0)
		return false;
	return agent->root ? user->pw_uid >= agent->conf.least_uid
			   : user->pw_uid == geteuid();
}

const char *
place_open(const struct agent *agent, struct arena *arena, const char *area,
    const char *owner, struct place_area *area_r)
{
	const struct passwd *user = getpwnam(owner);
	struct stat status;

	if (!may_own(agent, user))
		return arena_print(arena, "agent.owner %s", owner);
	area_r->fd = open_area(agent->conf.area_root, area);
	if (area_r->fd < 0)
		return arena_print(
		    arena, "agent.area %s: %s", area, strerror(errno));
	if (fstat(area_r->fd, &status) != 0 || status.st_uid != user->pw_uid) {
		(void)close(area_r->fd);
		return arena_print(
		    arena, "agent.area %s: not %s's", area, owner);
	}
	area_r->drop = agent->root;
	area_r->uid = user->pw_uid;
	area_r->gid = user->pw_gid;
	return "";
}

/* In the child. */

void
place_tell(struct place_task *task, const char *word, const char *rest)
{
	(void)wire_say(task->out, word, rest);
}

void
place_tell_number(struct place_task *task, const char *word, int64_t number)
{
	char digits[32];

	(void)snprintf(digits, sizeof(digits), "%lld", (long long)number);
	place_tell(task, word, digits);
}

bool
place_fail(struct place_task *task, const char *id, const char *words)
{
	place_tell(task, "why",
	    *words == '\0'
		? id
		: arena_print(task->place->arena, "%s %s", id, words));
	return false;
}

bool
place_fail_errno(struct place_task *task, const char *what)
{
	const int why = errno;
	const char *id =
	    why == ENOSPC || why == EDQUOT ? "agent.no-space" : "agent.file";

	return place_fail(task, id,
	    arena_print(task->place->arena, "%s: %s", what, strerror(why)));
}

const char *
place_above(struct arena *arena, const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash == NULL
		   ? NULL
		   : arena_copy_n(arena, path, (size_t)(slash - path));
}

static int
run_child(void *context)
{
	struct place_task *task = context;

	return task->run(task) ? 0 : 1;
}

/* In the agent. */

static void
keep_word(
    struct place *place, const char ***list, size_t *count, const char *word)
{
	enum { GROW = 32 };

	if (*count % GROW == 0) {
		const char **more =
		    arena_array(place->arena, *count + GROW, sizeof(*more));

		for (size_t i = 0; i < *count; i++)
			more[i] = (*list)[i];
		*list = more;
	}
	if (*count < PLACE_LEFT)
		(*list)[(*count)++] = arena_copy(place->arena, word);
}

static void
take_number(struct place *place, const char *word, const char *rest)
{
	const struct {
		const char *word;
		int64_t *number;
	} known[] = {
		{ "mode", &place->mode },
		{ "inode", &place->inode },
		{ "bytes", &place->bytes },
		{ "free-bytes", &place->free_bytes },
		{ "free-files", &place->free_files },
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (strcmp(word, known[i].word) == 0)
			(void)text_number(rest, 0, INT64_MAX, known[i].number);
	if (strcmp(word, "bytes") == 0 && place->progress != NULL)
		place->progress(place->context, place->bytes);
}

static void
take_line(struct place *place, const char *line)
{
	const char *blank = strchr(line, ' ');
	const char *word, *rest;

	if (blank == NULL)
		return;
	word = arena_copy_n(place->arena, line, (size_t)(blank - line));
	rest = text_unpercent(
	    place->arena, blank + 1, strlen(blank + 1), false, NULL);
	if (rest == NULL)
		return;
	if (strcmp(word, "why") == 0)
		place->why = rest;
	else if (strcmp(word, "existed") == 0)
		place->existed = true;
	else if (strcmp(word, "parent") == 0)
		keep_word(place, &place->parents, &place->parent_count, rest);
	else if (strcmp(word, "left") == 0)
		keep_word(place, &place->left, &place->left_count, rest);
	else
		take_number(place, word, rest);
}

static void
read_lines(struct place *place, int in)
{
	FILE *lines = fdopen(in, "r");
	char *line = NULL;
	size_t room = 0;
	ssize_t length;

	if (lines == NULL) {
		(void)close(in);
		return;
	}
	while ((length = getline(&line, &room, lines)) > 0) {
		if (line[length - 1] == '\n')
			line[length - 1] = '\0';
		take_line(place, line);
	}
	free(line);
	(void)fclose(lines);
}

bool
place_run(struct place *place, bool (*run)(struct place_task *task), int in)
{
	const struct rights rights = {
		.drop = place->area.drop,
		.uid = place->area.uid,
		.gid = place->area.gid,
	};
	struct place_task task = {
		.place = place,
		.run = run,
		.in = in,
		.stage = arena_print(
		    place->arena, ".kagiya/%lld", (long long)place->number),
		.tree = arena_print(place->arena, ".kagiya/%lld/tree",
		    (long long)place->number),
	};
	struct child child;
	int ends[2], status;

	place->why = "agent.no-process";
	if (!wire_open(ends))
		return false;
	task.out = ends[1];
	if (!child_start(&child, &rights,
		(const int[]){
		    place->agent->lock, place->area.fd, ends[1], in, -1 },
		run_child, &task)) {
		wire_close(ends);
		return false;
	}
	(void)close(ends[1]);
	place->why = "";
	read_lines(place, ends[0]);
	status = child_wait(&child);
	if (status != 0 && *place->why == '\0')
		place->why =
		    arena_print(place->arena, "agent.ended place %d", status);
	return status == 0;
}
