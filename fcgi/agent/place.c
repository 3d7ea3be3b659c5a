/* place: both ends of a task in an area: the chief has it started and reads
 * what it says; the process that does it has the area and a message. */

#include "agent/place.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "agent/agent.h"
#include "agent/dir.h"
#include "agent/place_part.h"
#include "agent/task.h"
#include "agent/unpack.h"
#include "agent/wire.h"
#include "base/arena.h"
#include "base/must.h"
#include "base/text.h"

/* In the task. */

void
place_tell(struct place_task *task, const char *word, const char *rest)
{
	if (!wire_say(task->out, word, rest))
		task->untold = true;
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

/* The broker's descriptor only names the area. */
static bool
do_task(struct place_task *task, const struct broker_task *given)
{
	struct place *place = task->place;

	place->area.fd = dir_open_folder(given->area, ".");
	if (place->area.fd < 0)
		return place_fail_errno(task, ".");
	if (!place_unpack(place, given->fds[BROKER_MESSAGE], &task->kind))
		return place_fail(task, "agent.message", "");
	task->stage =
	    arena_print(place->arena, ".kagiya/%lld", (long long)place->number);
	task->tree = arena_print(place->arena, "%s/tree", task->stage);
	return task->kind->run(task) && !task->untold;
}

int
place_task(const struct broker_task *given)
{
	struct arena *arena = arena_new();
	struct place place = {
		.agent = given->agent,
		.arena = arena,
		.number = given->number,
		.file = given->fds[BROKER_FILE],
	};
	struct place_task task = {
		.place = &place,
		.in = given->fds[BROKER_IN],
		.out = given->fds[BROKER_OUT],
	};
	const bool right = do_task(&task, given);

	arena_free(arena);
	return right ? 0 : 1;
}

/* In the chief. */

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

/* Whoever says more than any task has to say is ended. */
static void
read_lines(struct place *place, int in, const struct task *task)
{
	enum { LINE = 16384, ALL = 16 << 20 };
	FILE *lines = fdopen(in, "r");
	char *line = arena_alloc(place->arena, LINE);
	size_t total = 0;

	if (lines == NULL) {
		(void)close(in);
		return;
	}
	while (fgets(line, LINE, lines) != NULL) {
		total += strlen(line) + 1;
		line[strcspn(line, "\n")] = '\0';
		if (total > ALL || !take_line(place, line))
			task_kill(task);
	}
	(void)fclose(lines);
}

static bool
start(struct place *place, const struct place_kind *kind, int in, int out,
    struct task *task_r)
{
	struct task_wish wish = {
		.name = "place",
		.place = place,
		.part_count = PLACE_PARTS,
		.in = in,
		.out = out,
		.file = place->file,
	};

	must(kind != NULL);
	if (!place_pack(place, kind, wish.parts)) {
		place->why = "agent.no-process too long";
		return false;
	}
	place->why = task_start(place->agent, place->arena, &wish, task_r);
	return *place->why == '\0';
}

bool
place_run(struct place *place, bool (*run)(struct place_task *task), int in)
{
	struct task task;
	int ends[2], status;
	bool started;

	place->why = "agent.no-process";
	if (!wire_open(ends))
		return false;
	started = start(place, place_kind_of(run), in, ends[1], &task);
	(void)close(ends[1]);
	if (!started) {
		(void)close(ends[0]);
		return false;
	}
	read_lines(place, ends[0], &task);
	status = task_wait(&task);
	if (status != 0 && *place->why == '\0')
		place->why =
		    arena_print(place->arena, "agent.ended place %d", status);
	return status == 0;
}

bool
place_stage_by(struct place *place, int archive,
    const struct tarball_limit *limit, bool (*run)(struct place_task *task))
{
	struct task reader;
	int ends[2];
	bool right;

	place->why = "agent.no-process";
	if (!wire_open(ends))
		return false;
	place->why = unpack_start(
	    place->agent, place->arena, archive, limit, ends[1], &reader);
	(void)close(ends[1]);
	if (*place->why != '\0') {
		(void)close(ends[0]);
		return false;
	}
	right = place_run(place, run, ends[0]);
	(void)close(ends[0]);
	if (!right)
		task_kill(&reader);
	(void)task_wait(&reader);
	return right;
}

static bool
nothing(struct place_task *task)
{
	(void)task;
	return true;
}

const struct place_kind place_kinds[] = {
	{ "nothing", nothing, 0 },
	{ NULL, NULL, 0 },
};

const char *
place_open(struct place *place)
{
	place->area.there = place_run(place, nothing, -1);
	return place->area.there ? "" : place->why;
}
