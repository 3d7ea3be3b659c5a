/* net: HTTP, in a process that can do nothing else. It writes blocks, each
 * with its length in front, then what came of it. */

#include "agent/net.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "agent/agent.h"
#include "agent/wire.h"
#include "base/arena.h"
#include "base/text.h"

struct outcome {
	enum fetch_end end;
	long status;
	char header[2000];
	char trouble[200];
};

struct errand {
	const struct fetch *wish;
	int out;
};

static bool
pass_on(void *context, const void *bytes, size_t n)
{
	const struct errand *errand = context;
	const uint32_t length = (uint32_t)n;

	return wire_write(errand->out, &length, sizeof(length)) &&
	       wire_write(errand->out, bytes, n);
}

/* A length that no block has: how much has been sent follows. */
enum { SENT = 0x7fffffff };

static bool
pass_sent(void *context, int64_t bytes)
{
	const struct errand *errand = context;
	const uint32_t mark = SENT;

	return wire_write(errand->out, &mark, sizeof(mark)) &&
	       wire_write(errand->out, &bytes, sizeof(bytes));
}

static int
run(void *context)
{
	const struct errand *errand = context;
	struct arena *arena = arena_new();
	struct fetch wish = *errand->wish;
	struct fetched fetched;
	struct outcome outcome = { 0 };
	const uint32_t last = 0;
	bool told;

	wish.take = pass_on;
	wish.context = context;
	if (wish.sent != NULL)
		wish.sent = pass_sent;
	wish.sent_context = context;
	outcome.end = fetch(arena, &wish, &fetched);
	outcome.status = fetched.status;
	(void)snprintf(
	    outcome.header, sizeof(outcome.header), "%s", fetched.header);
	(void)snprintf(
	    outcome.trouble, sizeof(outcome.trouble), "%s", fetched.trouble);
	told = wire_write(errand->out, &last, sizeof(last)) &&
	       wire_write(errand->out, &outcome, sizeof(outcome));
	arena_free(arena);
	return told ? 0 : 1;
}

static bool
collect(void *context, const void *bytes, size_t n)
{
	text_add_n(context, bytes, n);
	return true;
}

static bool
take_sent(int in, const struct fetch *wish)
{
	int64_t bytes;

	return wire_read(in, &bytes, sizeof(bytes)) && wish->sent != NULL &&
	       wish->sent(wish->sent_context, bytes);
}

/* The child is believed in nothing: lengths and sums are looked at again. */
static enum fetch_end
receive(int in, struct arena *arena, const struct fetch *wish,
    struct fetched *fetched_r)
{
	enum { MOST = 1 << 20 };
	char *block = arena_alloc(arena, MOST);
	struct outcome outcome;
	int64_t total = 0;
	uint32_t length;

	for (;;) {
		if (!wire_read(in, &length, sizeof(length)))
			return FETCH_UNREACHABLE;
		if (length == SENT) {
			if (!take_sent(in, wish))
				return FETCH_STOPPED;
			continue;
		}
		if (length > MOST)
			return FETCH_UNREACHABLE;
		if (length == 0)
			break;
		total += length;
		if (total > wish->limit)
			return FETCH_TOO_LARGE;
		if (!wire_read(in, block, length))
			return FETCH_UNREACHABLE;
		if (!wish->take(wish->context, block, length))
			return FETCH_STOPPED;
	}
	if (!wire_read(in, &outcome, sizeof(outcome)))
		return FETCH_UNREACHABLE;
	outcome.header[sizeof(outcome.header) - 1] = '\0';
	outcome.trouble[sizeof(outcome.trouble) - 1] = '\0';
	fetched_r->status = outcome.status;
	fetched_r->header = arena_copy(arena, outcome.header);
	fetched_r->trouble = arena_copy(arena, outcome.trouble);
	return outcome.end;
}

enum fetch_end
net_fetch(const struct agent *agent, struct arena *arena,
    const struct fetch *wish, struct fetched *fetched_r)
{
	struct text *text = text_new(arena, (size_t)wish->limit + 1);
	struct fetch mine = *wish;
	struct errand errand = { .wish = wish };
	struct child child;
	enum fetch_end end;
	int ends[2];

	*fetched_r = (struct fetched){
		.bytes = "", .header = "", .trouble = "no process"
	};
	if (mine.take == NULL) {
		mine.take = collect;
		mine.context = text;
	}
	if (!wire_open(ends))
		return FETCH_UNREACHABLE;
	errand.out = ends[1];
	if (!child_start(&child, &agent->stranger,
		(const int[]){ ends[1], agent->lock,
		    wish->body_size > 0 ? wish->body_fd : -1, -1 },
		run, &errand)) {
		wire_close(ends);
		return FETCH_UNREACHABLE;
	}
	(void)close(ends[1]);
	end = receive(ends[0], arena, &mine, fetched_r);
	(void)close(ends[0]);
	if (end == FETCH_TOO_LARGE || end == FETCH_STOPPED)
		child_kill(&child);
	(void)child_wait(&child);
	if (wish->take == NULL) {
		fetched_r->bytes = text->bytes;
		fetched_r->length = text->length;
	}
	return end;
}
