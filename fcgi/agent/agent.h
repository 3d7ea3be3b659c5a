/* agent: what the parts of kagiya-agent share. One part, one file; children
 * have the rights for one thing (child.h). */

#ifndef AGENT_AGENT_H
#define AGENT_AGENT_H

#include <stdbool.h>
#include <stdint.h>

#include "agent/child.h"
#include "agent/conf.h"

struct agent {
	struct arena *arena;	/* as long as the process */
	struct conf conf;
	int lock;		/* held by children too: none is left behind */
	struct rights stranger;	/* no files of anybody's */
	bool root;
};


#endif
