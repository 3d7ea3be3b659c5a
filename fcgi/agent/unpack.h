/* unpack: reads an archive in a process that can open nothing, and passes
 * what is in it on as frames. */

#ifndef AGENT_UNPACK_H
#define AGENT_UNPACK_H

#include <stdbool.h>
#include <stdint.h>

#include "agent/task.h"
#include "depot/tarball.h"

struct agent;
struct arena;

enum frame_kind {
	FRAME_FILE = 1,		/* its path follows */
	FRAME_FOLDER,		/* the same */
	FRAME_BYTES,		/* of the file before */
	FRAME_END,		/* nothing follows: that was the whole */
	FRAME_PROBLEM,		/* why the archive is refused follows */
};

enum { FRAME_LIMIT = 1 << 20 };	/* bytes that follow */

struct frame {
	uint32_t kind;
	uint32_t length;	/* of what follows */
	int64_t size;		/* of a file */
};

/* Takes the archive's descriptor and the pipe's end to write to; both stay
 * open here. "" or why not. */
const char *unpack_start(const struct agent *agent, struct arena *arena,
    int archive, const struct tarball_limit *limit, int out,
    struct task *task_r);

int unpack_task(const struct broker_task *task);

#endif
