/* hook: the chief's side: has a package's program run, and judges how it
 * ended. */

#include "agent/hook.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "agent/agent.h"
#include "agent/lines.h"
#include "agent/place.h"
#include "agent/task.h"
#include "agent/wire.h"
#include "base/arena.h"
#include "base/log.h"
#include "base/text.h"

enum { MEND_SETTING = 10, TRY_AGAIN = 20, TRIES = 3 };
enum { LOGGED = 200, WORDS = 200 }; /* lines; bytes of the last one */

struct run {
	struct place *place;
	const struct hook *hook;
	const struct manifest *manifest;
	const struct manifest_hook *known;
	struct hook_end end;
	char *output;
};

bool
hook_is_possible(const struct agent *agent)
{
	return agent->sandbox.bwrap && agent->sandbox.seccomp;
}

static const struct manifest_hook *
find(const struct manifest *manifest, const char *name)
{
	for (size_t i = 0; i < manifest->hook_count; i++)
		if (strcmp(manifest->hooks[i].name, name) == 0)
			return &manifest->hooks[i];
	return NULL;
}

static void
put_variable(struct text *out, const char *name, const char *value)
{
	lines_write(
	    out, "variable", arena_print(out->arena, "%s=%s", name, value));
}

static struct text *
describe(const struct run *run)
{
	struct text *out = text_new(run->place->arena, 1 << 17);
	const struct hook *hook = run->hook;

	lines_write(out, "command", run->known->command);
	lines_write(out, "tree", hook->tree);
	text_print(out, "seconds %lld\n", (long long)run->known->seconds);
	if (hook->socket != NULL)
		lines_write(out, "socket", hook->socket);
	put_variable(out, "KAGIYA_HOOK", hook->name);
	put_variable(out, "KAGIYA_PACKAGE", run->manifest->name);
	put_variable(out, "KAGIYA_VERSION", run->manifest->version);
	put_variable(out, "KAGIYA_JOB",
	    arena_print(out->arena, "%lld", (long long)run->place->number));
	for (size_t i = 0;
	     hook->environment != NULL && hook->environment[i] != NULL; i++)
		lines_write(out, "variable", hook->environment[i]);
	return out;
}

/* The other side runs a stranger's program: lengths are looked at. */
static bool
read_end(struct run *run, int in)
{
	struct hook_end *end = &run->end;

	if (!wire_read(in, end, sizeof(*end)) || end->length > HOOK_OUTPUT)
		return false;
	end->trouble[sizeof(end->trouble) - 1] = '\0';
	run->output = arena_alloc(run->place->arena, end->length + 1);
	return wire_read(in, run->output, end->length);
}

static const char *
once(struct run *run)
{
	struct place *place = run->place;
	const struct text *lines = describe(run);
	struct task_wish wish = {
		.name = "hook",
		.place = place,
		.parts = { { lines->bytes, lines->length } },
		.part_count = 1,
		.in = -1,
		.file = -1,
	};
	struct task task;
	const char *why;
	int ends[2];
	bool told;

	if (lines->over || !wire_open(ends))
		return "agent.no-process";
	wish.out = ends[1];
	why = task_start(place->agent, place->arena, &wish, &task);
	(void)close(ends[1]);
	told = *why == '\0' && read_end(run, ends[0]);
	(void)close(ends[0]);
	if (*why != '\0')
		return why;
	if (task_wait(&task) != 0 || !told)
		return "agent.ended hook";
	return "";
}

/* For a reason that goes into XML and a page. */
static const char *
cleaned(struct arena *arena, const char *line, size_t length)
{
	char *copy = arena_copy_n(arena, line, length < WORDS ? length : WORDS);
	const bool right = text_is_utf8(copy, strlen(copy));

	for (char *at = copy; *at != '\0'; at++)
		if (*at < 0x20 && (*at >= 0 || !right))
			*at = *at < 0 ? '?' : ' ';
	return text_trim(arena, copy);
}

/* Logs the lines; the last one that says something. */
static const char *
last_line(const struct run *run)
{
	struct arena *arena = run->place->arena;
	const char *last = "";
	int logged = 0;

	for (const char *at = run->output; *at != '\0';) {
		const size_t length = strcspn(at, "\n");
		const char *line = cleaned(arena, at, length);

		if (*line != '\0') {
			last = line;
			if (logged++ < LOGGED)
				log_event(LOG_NOTE, "agent.hook",
				    "job=%lld hook=%s line=%s",
				    (long long)run->place->number,
				    run->hook->name, line);
		}
		at += length + (at[length] == '\n');
	}
	return last;
}

static const char *
judge(const struct run *run)
{
	struct arena *arena = run->place->arena;
	const struct hook_end *end = &run->end;
	const char *words = last_line(run);
	const char *id = "agent.hook-failed";

	if (*end->trouble != '\0')
		words = cleaned(arena, end->trouble, strlen(end->trouble));
	else if (end->late != 0)
		words = arena_print(
		    arena, "more than %lld s", (long long)run->known->seconds);
	else if (end->status == 0)
		return "";
	else if (end->status == MEND_SETTING)
		id = "agent.hook-setting";
	else if (*words == '\0')
		words = arena_print(arena, "exit %d", (int)end->status);
	return arena_print(arena, "%s %s: %s", id, run->hook->name, words);
}

const char *
hook_run(struct place *place, const struct manifest *manifest,
    const struct hook *hook)
{
	struct run run = {
		.place = place,
		.hook = hook,
		.manifest = manifest,
		.known = find(manifest, hook->name),
	};
	const char *why = "";

	if (run.known == NULL)
		return "";
	if (!hook_is_possible(place->agent))
		return "agent.no-sandbox";
	for (int i = 0; i < TRIES; i++) {
		why = once(&run);
		if (*why != '\0')
			return why;
		why = judge(&run);
		if (run.end.status != TRY_AGAIN || run.end.late != 0)
			break;
	}
	return why;
}
