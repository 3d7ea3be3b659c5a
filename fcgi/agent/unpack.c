/* unpack: reads an archive in a process that can open nothing. */

#include "agent/unpack.h"

#include <string.h>

#include "agent/agent.h"
#include "agent/wire.h"
#include "base/arena.h"

struct job {
	struct arena *arena;
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
run(struct job *job, int archive, const struct tarball_limit *limit)
{
	const struct tarball_sink sink = { on_entry, on_bytes, job };
	const char *problem =
	    tarball_read_within(job->arena, archive, limit, &sink);
	const bool told = problem == NULL
			      ? send_frame(&job->wire, FRAME_END, 0, "", 0)
			      : send_frame(&job->wire, FRAME_PROBLEM, 0,
				    problem, strlen(problem));

	return told && wire_flush(&job->wire) ? 0 : 1;
}

int
unpack_task(const struct broker_task *task)
{
	static const size_t limits[] = { sizeof(struct tarball_limit) };
	struct job job = { .arena = arena_new(),
		.wire = { .fd = task->fds[BROKER_OUT] } };
	struct tarball_limit limit;
	struct message_part part;
	int status = 1;

	if (message_read(
		job.arena, task->fds[BROKER_MESSAGE], limits, 1, &part) &&
	    part.length == sizeof(limit)) {
		memcpy(&limit, part.bytes, sizeof(limit));
		status = run(&job, task->fds[BROKER_FILE], &limit);
	}
	arena_free(job.arena);
	return status;
}

const char *
unpack_start(const struct agent *agent, struct arena *arena, int archive,
    const struct tarball_limit *limit, int out, struct task *task_r)
{
	return task_start(agent, arena,
	    &(struct task_wish){
		.name = "unpack",
		.parts = { { (const char *)limit, sizeof(*limit) } },
		.part_count = 1,
		.in = -1,
		.out = out,
		.file = archive,
	    },
	    task_r);
}
