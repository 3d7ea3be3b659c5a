/* kept: the trees that were replaced are kept for some days, then they go. */

#include "agent/kept.h"

#include <stddef.h>
#include <string.h>

#include "agent/agent.h"
#include "agent/place_change.h"
#include "agent/record.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"

enum { HOUR = 60 * 60 * 1000 }; /* ms */

static const char *const kept_words[] = { "kept", "kept-manifest", "kept-until",
	"kept-wrote", "kept-database", NULL };

/* By the word of the manager that was given for the last job there. */
static struct place
place_of(const struct agent *agent, struct arena *arena, const char *serial,
    const struct lines *lines)
{
	return (struct place){
		.agent = agent,
		.arena = arena,
		.number = lines_number(lines, "number"),
		.directory = lines_value(lines, "directory"),
		.kept = arena_print(arena, ".kagiya/kept/%s", serial),
		.why = "",
		.area = {
			.name = lines_value(lines, "area"),
			.owner = lines_value(lines, "owner"),
			.action = lines_value(lines, "action"),
			.grant = lines_value(lines, "grant"),
			.fd = -1,
		},
		.file = -1,
	};
}

static void
forget(const struct agent *agent, struct arena *arena, const char *serial,
    const struct record *record)
{
	struct place place = place_of(agent, arena, serial, &record->lines);
	struct text *text = text_new(arena, 1 << 20);
	const char *why = place_open(&place);

	record_copy(text, record, kept_words);
	if (*why == '\0' && !place_forget(&place))
		why = place.why;
	if (*why != '\0' || !record_forget(agent, arena, serial) ||
	    !record_write(agent, arena, RECORD_INSTALLED, serial, text->bytes))
		log_event(
		    LOG_WARN, "agent.kept", "serial=%s why=%s", serial, why);
	else
		log_event(LOG_NOTE, "agent.forgotten", "serial=%s", serial);
}

static void
look_at(const struct agent *agent, const char *serial, int64_t now)
{
	struct arena *arena = arena_new();
	const struct record *record =
	    record_read(agent, arena, RECORD_INSTALLED, serial);

	if (record != NULL &&
	    lines_value(&record->lines, "kept-until") != NULL &&
	    lines_number(&record->lines, "kept-until") <= now)
		forget(agent, arena, serial, record);
	arena_free(arena);
}

void
kept_sweep(const struct agent *agent, int64_t now)
{
	static int64_t due;
	struct arena *arena;
	const char *const *serials;
	size_t count;

	if (clock_monotonic_ms() < due)
		return;
	due = clock_monotonic_ms() + HOUR;
	arena = arena_new();
	serials = record_serials(agent, arena, &count);
	for (size_t i = 0; i < count; i++)
		look_at(agent, serials[i], now);
	arena_free(arena);
}
