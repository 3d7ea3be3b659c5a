/* keycheck_note: what was answered, written down. The check itself does not
 * wait for it: lines go into the spool, and from there, many at once, into
 * the table that the worker reads. */

#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/setting.h"
#include "base/text.h"
#include "data/keycheck_event.h"
#include "data/schema.h"
#include "data/work.h"
#include "gate/keycheck.h"
#include "gate/spool.h"
#include "web/gate.h"

enum { LINE_LIMIT = 1024, ADDRESS_MOST = 45, COUNT_MS = 60 * 1000 };

/* The thread's. */
static struct db *store_db;

/* Tries that are no license's: only their numbers are kept. */
static struct {
	int64_t counts[NOTE_CODES];
	int64_t told_ms;
} strange;

static void
put_word(struct text *line, const char *word)
{
	text_add(line, ",\"");
	for (; *word != '\0'; word++) {
		if (*word == '"' || *word == '\\')
			text_add(line, "\\");
		text_add_n(line, word, 1);
	}
	text_add(line, "\"");
}

static void
add(struct arena *arena, int64_t at, const struct keycheck_event *event,
    bool done, int64_t count)
{
	struct text *line = text_new(arena, LINE_LIMIT);

	text_print(line, "[%lld", (long long)at);
	put_word(line, event->serial);
	put_word(line, event->instance);
	put_word(line, event->version);
	put_word(line, event->why);
	put_word(line, event->code);
	put_word(line, event->key_state);
	put_word(line, event->address);
	text_print(line, ",%d,%lld]\n", done, (long long)count);
	if (!line->over)
		(void)spool_add(line->bytes, line->length);
}

/* The worker has something to do for the first right check only. */
static bool
is_done(const struct standing *standing)
{
	return standing->entered || !standing->verdict.ok ||
	       standing->verdict.key != KEY_VALID;
}

void
note_check(const struct call *call, const struct question *question,
    const struct standing *standing)
{
	struct arena *arena = call->work->arena;
	const struct keycheck_event event = {
		.serial = question_ascii(arena, question->serial),
		.instance = question_ascii(arena, question->instance),
		.version = question_ascii(arena, question->version),
		.why = question->why,
		.code = verdict_code_name(standing->verdict.code),
		.key_state = key_state_name(standing->verdict.key),
		.address = question_ascii(
		    arena, arena_copy_n(arena, call->address,
			       strnlen(call->address, ADDRESS_MOST))),
	};

	add(arena, call->work->now, &event, is_done(standing), 1);
}

static void
tell_strange(int64_t now_ms)
{
	struct arena *arena = arena_new();

	for (int i = 0; i < NOTE_CODES; i++) {
		const struct keycheck_event event = {
			.serial = "",
			.instance = "",
			.version = "",
			.why = "daily",
			.code = i == NOTE_REFUSED
				    ? "TOO_MANY"
				    : verdict_code_name((enum verdict_code)i),
			.key_state = "",
			.address = "",
		};

		if (strange.counts[i] > 0)
			add(arena, clock_now(), &event, true,
			    strange.counts[i]);
		strange.counts[i] = 0;
	}
	arena_free(arena);
	strange.told_ms = now_ms;
}

void
note_strange(int code)
{
	const int64_t now_ms = clock_monotonic_ms();

	strange.counts[code]++;
	if (now_ms - strange.told_ms >= COUNT_MS)
		tell_strange(now_ms);
}

/* One list of the lists that stand in the lines; what is no whole line, as
 * after a power cut, is left out. */
static const char *
list_of(struct arena *arena, const char *lines, size_t length)
{
	struct text *list = text_new(arena, length + 2);
	const char *end = lines + length;

	while (lines < end) {
		const char *stop = memchr(lines, '\n', (size_t)(end - lines));
		const size_t n = (size_t)(stop - lines);

		if (n > 2 && lines[0] == '[' && stop[-1] == ']' &&
		    text_is_utf8(lines, n)) {
			text_add(list, list->length == 0 ? "[" : ",");
			text_add_n(list, lines, n);
		}
		lines = stop + 1;
	}
	text_add(list, list->length == 0 ? "" : "]");
	return list->bytes;
}

static enum db_status
add_all(struct work *work, void *context)
{
	return keycheck_event_add_all(work, context);
}

static enum spool_end
store(const char *lines, size_t length)
{
	struct arena *arena = arena_new();
	struct work work = work_now(arena, store_db);
	char *list = arena_copy(arena, list_of(arena, lines, length));
	enum db_status status = DB_OK;

	if (*list != '\0')
		status = db_transact(&work, add_all, list);
	arena_free(arena);
	return status == DB_OK ? SPOOL_STORED : SPOOL_LATER;
}

/* Is the writer back? Asked here, so that no check waits for the answer. */
static void
look(void)
{
	struct arena *arena;
	struct work work;

	if (!read_is_away())
		return;
	arena = arena_new();
	work = work_now(arena, store_db);
	if (schema_is_ours(&work) == DB_OK) {
		read_is_back();
		spool_wake();
	}
	arena_free(arena);
}

bool
note_start(void)
{
	const char *folder = setting_text("keycheck.dir");
	const struct spool_rule rule = {
		.folder = folder,
		.limit = (size_t)setting_number("keycheck.spool_kb") * 1024,
		.store = store,
		.look = look,
	};

	store_db = db_new();
	return spool_start(&rule);
}

void
note_end(void)
{
	tell_strange(clock_monotonic_ms());
	spool_end();
	db_free(store_db);
}
