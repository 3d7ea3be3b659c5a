/* child: a process that has the rights for one thing. It dies with whoever
 * forked it, keeps no descriptor but those named, no word of the environment,
 * and cannot get rights back. */

#ifndef AGENT_CHILD_H
#define AGENT_CHILD_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "agent/sandbox.h"

struct rights {
	bool drop;		/* to uid and gid, with no other groups */
	uid_t uid;
	gid_t gid;
	enum sandbox_kind kind;
	int beneath;		/* a folder that may be written; -1 for none */
};

/* What is done in it; the result is the exit status. */
struct child {
	const char *name;	/* for ps; at most 15 characters */
	const struct sandbox *sandbox;
	struct rights rights;
	const int *keep;	/* descriptors, -1 at the end */
	bool chief;		/* keeps the environment, and sees to signals by
				   itself: they come blocked */
	bool (*prepare)(void *context);	/* with the rights of who forked it;
					   NULL for nothing, false ends it */
	int (*run)(void *context);
	void *context;
};

enum { CHILD_KEEPS = 8 };

/* -1 with errno when there is no process to be had. */
pid_t child_fork(const struct child *child);

/* What waitpid() said as an exit status: 128 and the signal's number when one
 * ended it. */
int child_status(int status);

/* This process becomes the parent of those whose own has died; then each child
 * that is not among the known ones is killed. */
void child_adopt(void);
void child_end_strays(const pid_t *known, size_t count);

/* Takes all capabilities but those that the broker needs to fork children
 * with fewer rights, where there are any. */
void child_keep_broker(void);

#endif
