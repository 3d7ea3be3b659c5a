/* job: what agent and manager say to each other. What is read can be written
 * and reads the same. */

#include <string.h>

#include "base/arena.h"
#include "base/must.h"
#include "base/text.h"
#include "depot/order.h"
#include "fuzz.h"

static void
try_answer(struct arena *arena, const uint8_t *bytes, size_t length)
{
	const struct order_answer *answer =
	    order_answer_read(arena, bytes, length);
	const struct order_answer *again;
	struct text *out;

	if (answer == NULL)
		return;
	out = text_new(arena, FUZZ_ROOM);
	order_answer_write(out, answer);
	again = order_answer_read(arena, out->bytes, out->length);
	must(again != NULL && strcmp(again->server, answer->server) == 0 &&
	     again->heard_count == answer->heard_count &&
	     (again->job == NULL) == (answer->job == NULL));
	if (answer->job != NULL)
		must(again->job->number == answer->job->number &&
		     strcmp(again->job->directory, answer->job->directory) ==
			 0 &&
		     memcmp(again->job->manifest, answer->job->manifest,
			 SECRET_DIGEST) == 0);
}

static void
try_poll(struct arena *arena, const uint8_t *bytes, size_t length)
{
	const struct order_poll *poll = order_poll_read(arena, bytes, length);
	const struct order_poll *again;
	struct text *out;

	if (poll == NULL)
		return;
	out = text_new(arena, FUZZ_ROOM);
	order_poll_write(out, poll);
	again = order_poll_read(arena, out->bytes, out->length);
	must(again != NULL && strcmp(again->nonce, poll->nonce) == 0 &&
	     again->report_count == poll->report_count);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct arena *arena = arena_new();

	/* Either is never taken for the other, and reading costs time. */
	if (memmem(bytes, length, "<poll ", 6) == NULL)
		try_answer(arena, bytes, length);
	else
		try_poll(arena, bytes, length);
	arena_free(arena);
	return 0;
}
