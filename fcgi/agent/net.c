/* net: HTTP, in a process that can do nothing else. It writes blocks, each
 * with its length in front, then what came of it. */

#include "agent/net.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "agent/agent.h"
#include "agent/lines.h"
#include "agent/task.h"
#include "agent/wire.h"
#include "base/arena.h"
#include "base/text.h"

enum { WISH = 1 << 17, BODY = 2 << 20 }; /* bytes */

struct outcome {
	enum fetch_end end;
	long status;
	char header[2000];
	char trouble[200];
};

/* In place of a block's length: how much was sent follows. */
#define SENT UINT32_MAX

/* In the process with the network. */

struct errand {
	struct arena *arena;
	struct fetch wish;
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

static bool
pass_sent(void *context, int64_t bytes)
{
	const struct errand *errand = context;
	const uint32_t sent = SENT;

	return wire_write(errand->out, &sent, sizeof(sent)) &&
	       wire_write(errand->out, &bytes, sizeof(bytes));
}

static const char *const *
read_headers(struct arena *arena, const struct lines *lines)
{
	size_t count;
	const char **all = lines_all(lines, "header", &count);
	const char **headers = arena_array(arena, count + 1, sizeof(*headers));

	for (size_t i = 0; i < count; i++)
		headers[i] = all[i];
	return headers;
}

static void
read_wish(struct errand *errand, const struct message_part parts[2])
{
	struct fetch *wish = &errand->wish;
	struct lines lines;

	lines_read(&lines, errand->arena, parts[0].bytes);
	wish->url = lines_value(&lines, "url");
	wish->limit = lines_number(&lines, "limit");
	wish->content_type = lines_value(&lines, "type");
	wish->wanted = lines_value(&lines, "wanted");
	wish->headers = read_headers(errand->arena, &lines);
	wish->body_size = lines_number(&lines, "size");
	if (lines_value(&lines, "post") != NULL) {
		wish->body = parts[1].bytes;
		wish->body_length = parts[1].length;
	}
	if (lines_value(&lines, "sent") != NULL)
		wish->sent = pass_sent;
	wish->take = pass_on;
	wish->context = errand;
	wish->sent_context = errand;
}

static bool
tell(const struct errand *errand, enum fetch_end end,
    const struct fetched *fetched)
{
	struct outcome outcome = { .end = end, .status = fetched->status };
	const uint32_t last = 0;

	(void)snprintf(
	    outcome.header, sizeof(outcome.header), "%s", fetched->header);
	(void)snprintf(
	    outcome.trouble, sizeof(outcome.trouble), "%s", fetched->trouble);
	return wire_write(errand->out, &last, sizeof(last)) &&
	       wire_write(errand->out, &outcome, sizeof(outcome));
}

int
net_task(const struct broker_task *task)
{
	static const size_t limits[] = { WISH, BODY };
	struct message_part parts[2];
	struct errand errand = { .arena = arena_new(),
		.out = task->fds[BROKER_OUT] };
	struct fetched fetched;
	bool told = false;

	if (message_read(
		errand.arena, task->fds[BROKER_MESSAGE], limits, 2, parts)) {
		read_wish(&errand, parts);
		errand.wish.body_fd = task->fds[BROKER_FILE];
		told =
		    errand.wish.url != NULL &&
		    tell(&errand, fetch(errand.arena, &errand.wish, &fetched),
			&fetched);
	}
	arena_free(errand.arena);
	return told ? 0 : 1;
}

/* In the chief. */

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

	return wish->sent != NULL && wire_read(in, &bytes, sizeof(bytes)) &&
	       wish->sent(wish->sent_context, bytes);
}

/* The other side is believed in nothing: lengths and sums are looked at
 * again. */
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
		if (!wire_read(in, &length, sizeof(length)) ||
		    (length > MOST && length != SENT))
			return FETCH_UNREACHABLE;
		if (length == 0)
			break;
		if (length == SENT) {
			if (!take_sent(in, wish))
				return FETCH_STOPPED;
			continue;
		}
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
	return outcome.end <= FETCH_UNREACHABLE ? outcome.end
						: FETCH_UNREACHABLE;
}

static void
put_line(struct text *out, const char *word, const char *value)
{
	if (value != NULL)
		lines_write(out, word, value);
}

/* What the other process has to know of the wish. */
static struct text *
write_wish(struct arena *arena, const struct fetch *wish)
{
	struct text *out = text_new(arena, WISH);

	put_line(out, "url", wish->url);
	put_line(out, "type", wish->content_type);
	put_line(out, "wanted", wish->wanted);
	for (size_t i = 0; wish->headers != NULL && wish->headers[i] != NULL;
	     i++)
		put_line(out, "header", wish->headers[i]);
	put_line(out, "post", wish->body != NULL ? "yes" : NULL);
	put_line(out, "sent", wish->sent != NULL ? "yes" : NULL);
	text_print(out, "limit %lld\nsize %lld\n", (long long)wish->limit,
	    (long long)wish->body_size);
	return out;
}

static const char *
start(const struct agent *agent, struct arena *arena, const struct fetch *wish,
    int out, struct task *task_r)
{
	const struct text *lines = write_wish(arena, wish);

	if (lines->over || wish->body_length > BODY)
		return "too long a request";
	return task_start(agent, arena,
	    &(struct task_wish){
		.name = "fetch",
		.parts = { { lines->bytes, lines->length },
		    { wish->body,
			wish->body == NULL ? 0 : wish->body_length } },
		.part_count = 2,
		.in = -1,
		.out = out,
		.file = wish->body_size > 0 ? wish->body_fd : -1,
	    },
	    task_r);
}

static enum fetch_end
run(const struct agent *agent, struct arena *arena, const struct fetch *wish,
    struct fetched *fetched_r)
{
	struct task task;
	enum fetch_end end;
	int ends[2];

	if (!wire_open(ends))
		return FETCH_UNREACHABLE;
	fetched_r->trouble = start(agent, arena, wish, ends[1], &task);
	(void)close(ends[1]);
	if (*fetched_r->trouble != '\0') {
		(void)close(ends[0]);
		return FETCH_UNREACHABLE;
	}
	fetched_r->trouble = "cut";
	end = receive(ends[0], arena, wish, fetched_r);
	(void)close(ends[0]);
	if (end == FETCH_TOO_LARGE || end == FETCH_STOPPED)
		task_kill(&task);
	(void)task_wait(&task);
	return end;
}

enum fetch_end
net_fetch(const struct agent *agent, struct arena *arena,
    const struct fetch *wish, struct fetched *fetched_r)
{
	struct fetch mine = *wish;
	struct arena *own;
	struct text *text;
	enum fetch_end end;

	*fetched_r = (struct fetched){
		.bytes = "", .header = "", .trouble = "no process"
	};
	if (wish->take != NULL)
		return run(agent, arena, wish, fetched_r);
	/* What it takes to grow is given back: manifests are long. */
	own = arena_new();
	text = text_new(own, (size_t)wish->limit + 1);
	mine.take = collect;
	mine.context = text;
	end = run(agent, arena, &mine, fetched_r);
	fetched_r->bytes = arena_copy_n(arena, text->bytes, text->length);
	fetched_r->length = text->length;
	arena_free(own);
	return end;
}
