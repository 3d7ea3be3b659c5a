/* parcel: which program it is that came from another area. */

#include "agent/parcel.h"

#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "agent/agent.h"
#include "agent/listing.h"
#include "agent/unpack.h"
#include "agent/wire.h"
#include "base/arena.h"
#include "base/text.h"
#include "depot/manifest.h"

enum { RECORD = 1 << 20 };

struct reading {
	struct arena *arena;
	struct wire *wire;
	char *block;
};

static bool
take(struct reading *reading, struct frame *frame_r)
{
	if (!wire_take(reading->wire, frame_r, sizeof(*frame_r)) ||
	    frame_r->length > FRAME_LIMIT ||
	    !wire_take(reading->wire, reading->block, frame_r->length))
		return false;
	reading->block[frame_r->length] = '\0';
	return true;
}

/* The next file of the archive must be that one. */
static const char *
take_file(
    struct reading *reading, const char *name, int64_t most, size_t *length_r)
{
	struct frame frame;
	struct text *text;
	int64_t size;

	if (!take(reading, &frame) || frame.kind != FRAME_FILE ||
	    strcmp(reading->block, name) != 0 || frame.size > most)
		return NULL;
	size = frame.size;
	text = text_new(reading->arena, (size_t)most + 1);
	while ((int64_t)text->length < size) {
		if (!take(reading, &frame) || frame.kind != FRAME_BYTES)
			return NULL;
		text_add_n(text, reading->block, frame.length);
	}
	*length_r = text->length;
	return text->bytes;
}

static bool
read_papers(struct reading *reading, struct parcel *parcel_r)
{
	size_t length;

	parcel_r->manifest = take_file(reading, LISTING_MANIFEST,
	    MANIFEST_LIMIT, &parcel_r->manifest_length);
	if (parcel_r->manifest == NULL)
		return false;
	parcel_r->record = take_file(reading, LISTING_RECORD, RECORD, &length);
	return parcel_r->record != NULL;
}

bool
parcel_open(const struct agent *agent, struct arena *arena, int archive,
    struct parcel *parcel_r)
{
	const struct tarball_limit limit = { INT64_MAX, INT64_MAX, 3, false };
	struct reading reading = {
		.arena = arena,
		.wire = arena_alloc(arena, sizeof(*reading.wire)),
		.block = arena_alloc(arena, FRAME_LIMIT + 1),
	};
	struct task task;
	int ends[2];
	bool right;

	if (!wire_open(ends))
		return false;
	right = *unpack_start(agent, arena, archive, &limit, ends[1], &task) ==
		'\0';
	(void)close(ends[1]);
	if (!right) {
		(void)close(ends[0]);
		return false;
	}
	reading.wire->fd = ends[0];
	right = read_papers(&reading, parcel_r);
	(void)close(ends[0]);
	/* The rest of it is not for us. */
	task_kill(&task);
	(void)task_wait(&task);
	return right;
}
