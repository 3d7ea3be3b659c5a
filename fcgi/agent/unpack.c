/* unpack: reads an archive in a process that can open nothing. */

#include "agent/unpack.h"

#include <string.h>

#include "agent/agent.h"
#include "agent/wire.h"
#include "base/arena.h"

enum { CPU = 600 };
/* The sanitizer's own shadow is larger than any limit. */
#ifdef __SANITIZE_ADDRESS__
#define MEMORY ((rlim_t)0)
#else
#define MEMORY ((rlim_t)256 << 20)
#endif

struct job {
	int archive;
	const struct tarball_limit *limit;
	struct wire wire;
};

static bool
send_frame(struct wire *wire, enum frame_kind kind, int64_t size,
    const void *bytes, size_t length)
{
	const struct frame frame = {
		.kind = kind,
		.length = (uint32_t)length,
		.size = size,
	};

	return wire_give(wire, &frame, sizeof(frame)) &&
	       wire_give(wire, bytes, length);
}

static bool
on_entry(void *context, const struct tarball_entry *entry)
{
	struct job *job = context;

	return send_frame(&job->wire, entry->folder ? FRAME_FOLDER : FRAME_FILE,
	    entry->size, entry->path, strlen(entry->path));
}

static bool
on_bytes(void *context, const void *bytes, size_t n)
{
	struct job *job = context;
	const char *at = bytes;

	while (n > 0) {
		const size_t part = n < FRAME_LIMIT ? n : FRAME_LIMIT;

		if (!send_frame(&job->wire, FRAME_BYTES, 0, at, part))
			return false;
		at += part;
		n -= part;
	}
	return true;
}

static int
run(void *context)
{
	struct job *job = context;
	const struct tarball_sink sink = { on_entry, on_bytes, context };
	struct arena *arena = arena_new();
	const char *problem =
	    tarball_read_within(arena, job->archive, job->limit, &sink);
	const bool told = problem == NULL
			      ? send_frame(&job->wire, FRAME_END, 0, "", 0)
			      : send_frame(&job->wire, FRAME_PROBLEM, 0,
				    problem, strlen(problem));

	arena_free(arena);
	return told && wire_flush(&job->wire) ? 0 : 1;
}

bool
unpack_start(const struct agent *agent, int archive,
    const struct tarball_limit *limit, int out, struct child *child_r)
{
	struct rights rights = agent->stranger;
	struct job job = { archive, limit, { .fd = out } };

	rights.cpu = CPU;
	rights.memory = MEMORY;
	rights.no_files = true;
	return child_start(child_r, &rights,
	    (const int[]){ archive, out, agent->lock, -1 }, run, &job);
}
