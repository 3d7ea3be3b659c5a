/* child: a process that has the rights for one thing. It dies with the agent,
 * keeps no descriptor but those named, and cannot get rights back. */

#ifndef AGENT_CHILD_H
#define AGENT_CHILD_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/resource.h>
#include <sys/types.h>

struct rights {
	bool drop;		/* to uid and gid, with no other groups */
	uid_t uid;
	gid_t gid;
	rlim_t cpu;		/* seconds, 0 for no limit */
	rlim_t memory;		/* bytes of address space, 0 for no limit */
	bool no_files;		/* opens none: reads and writes what it has */
};

struct child {
	pid_t pid;
};

enum { CHILD_KEEPS = 6 };

/* run(context) in the child; its result is the exit status. keep ends with
 * -1. False with errno when there is no process to be had. */
bool child_start(struct child *child_r, const struct rights *rights,
    const int *keep, int (*run)(void *context), void *context);

/* The exit status; 128 and the signal's number when one ended it. */
int child_wait(const struct child *child);
void child_kill(const struct child *child);

#endif
