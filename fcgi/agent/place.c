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
#include "base/must.h"
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

static const char *
open_checked(struct place *place, struct rights *rights_r)
{
	const struct agent *agent = place->agent;
	struct place_area *area = &place->area;
	const struct passwd *user = getpwnam(area->owner);
	struct stat status;

	if (!may_own(agent, user))
		return arena_print(place->arena, "agent.owner %s", area->owner);
	area->fd = open_area(agent->conf.area_root, area->name);
	if (area->fd < 0)
		return arena_print(place->arena, "agent.area %s: %s",
		    area->name, strerror(errno));
	if (fstat(area->fd, &status) != 0 || status.st_uid != user->pw_uid) {
		(void)close(area->fd);
		return arena_print(place->arena, "agent.area %s: not %s's",
		    area->name, area->owner);
	}
	*rights_r = (struct rights){
		.drop = agent->root,
		.uid = user->pw_uid,
		.gid = user->pw_gid,
	};
	return "";
}

const char *
place_open(struct place *place)
{
	struct rights rights;
	const char *why = open_checked(place, &rights);

	place->area.there = *why == '\0';
	if (place->area.there)
		(void)close(place->area.fd);
	return why;
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

/* What the task knows of the place is what it was passed. */
static int
run_child(void *context)
{
	struct place_task *task = context;
	struct arena *arena = arena_new();
	struct place place = {
		.agent = task->place->agent,
		.arena = arena,
		.area = task->place->area,
		.file = task->place->file,
	};
	bool right;

	task->place = &place;
	if (!place_unpack(&place, task->kind, task->message)) {
		(void)place_fail(task, "agent.message", task->kind->name);
		return 1;
	}
	task->stage =
	    arena_print(arena, ".kagiya/%lld", (long long)place.number);
	task->tree = arena_print(arena, "%s/tree", task->stage);
	right = task->kind->run(task);
	arena_free(arena);
	return right ? 0 : 1;
}

/* In the agent. */

/* False when the task has been called off. */
static bool
take_line(struct place *place, const char *line)
{
	const char *blank = strchr(line, ' ');
	const char *word, *rest;

	if (blank == NULL)
		return true;
	word = arena_copy_n(place->arena, line, (size_t)(blank - line));
	rest = text_unpercent(
	    place->arena, blank + 1, strlen(blank + 1), false, NULL);
	if (rest == NULL)
		return true;
	place_take_result(place, word, rest);
	return strcmp(word, "bytes") != 0 || place->progress == NULL ||
	       place->progress(place->context, place->bytes);
}

static void
read_lines(struct place *place, int in, const struct child *child)
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
		if (!take_line(place, line))
			child_kill(child);
	}
	free(line);
	(void)fclose(lines);
}

/* What is -1 is not there. */
static void
keep_open(int keep[CHILD_KEEPS + 1], const struct place_task *task)
{
	const struct place *place = task->place;
	const int all[CHILD_KEEPS] = { place->agent->lock, place->area.fd,
		task->out, task->message, task->in, place->file };
	size_t count = 0;

	for (size_t i = 0; i < CHILD_KEEPS; i++)
		if (all[i] >= 0)
			keep[count++] = all[i];
	keep[count] = -1;
}

static bool
start(struct place *place, struct place_task *task, struct child *child_r)
{
	struct rights rights;
	const char *why = open_checked(place, &rights);
	int keep[CHILD_KEEPS + 1];
	bool right;

	if (*why != '\0') {
		place->why = why;
		return false;
	}
	task->message = place_pack(place, task->kind);
	keep_open(keep, task);
	right = task->message >= 0 &&
		child_start(child_r, &rights, keep, run_child, task);
	if (task->message >= 0)
		(void)close(task->message);
	(void)close(place->area.fd);
	return right;
}

bool
place_run(struct place *place, bool (*run)(struct place_task *task), int in)
{
	struct place_task task = {
		.place = place,
		.kind = place_kind_of(run),
		.in = in,
	};
	struct child child;
	int ends[2], status;

	must(task.kind != NULL);
	place->why = "agent.no-process";
	if (!wire_open(ends))
		return false;
	task.out = ends[1];
	if (!start(place, &task, &child)) {
		wire_close(ends);
		return false;
	}
	(void)close(ends[1]);
	place->why = "";
	read_lines(place, ends[0], &child);
	status = child_wait(&child);
	if (status != 0 && *place->why == '\0')
		place->why =
		    arena_print(place->arena, "agent.ended place %d", status);
	return status == 0;
}
