/* agent: what the processes of kagiya-agent share. The broker may become
 * others and does nothing else (broker.h); the chief polls, verifies, journals
 * and plans; all else is done by tasks, each with the rights for one thing
 * (task.h). */

#ifndef AGENT_AGENT_H
#define AGENT_AGENT_H

#include <stdbool.h>
#include <stdint.h>

#include "agent/child.h"
#include "agent/conf.h"
#include "agent/sandbox.h"

struct agent {
	struct arena *arena;	/* as long as the process */
	struct conf conf;
	bool root;		/* users are changed */
	struct rights user;	/* the chief's */
	struct rights stranger;	/* no files of anybody's */
	struct sandbox sandbox;
	struct task_line *line;	/* the chief's, to the broker */
};

#endif
