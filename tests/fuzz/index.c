/* index: a depot's list. What is read can be written and reads the same. */

#include "depot/index.h"

#include <string.h>

#include "base/arena.h"
#include "base/must.h"
#include "base/text.h"
#include "fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct arena *arena = arena_new();
	const struct index *index = index_read(arena, bytes, length, NULL);

	if (index != NULL) {
		struct text *out = text_new(arena, FUZZ_ROOM);
		const struct index *again;

		index_write(out, index);
		again = index_read(arena, out->bytes, out->length, NULL);
		must(again != NULL && again->serial == index->serial &&
		     again->expires == index->expires &&
		     again->package_count == index->package_count &&
		     strcmp(again->depot, index->depot) == 0);
	}
	arena_free(arena);
	return 0;
}
