/* task: the chief's side: has the broker start a process that has the rights
 * for one thing. */

#ifndef AGENT_TASK_H
#define AGENT_TASK_H

#include <stdbool.h>
#include <stdint.h>

#include "agent/broker.h"
#include "agent/message.h"
#include "agent/sandbox.h"

struct agent;
struct place;

struct task {
	const struct agent *agent;
	uint32_t id;
};

/* Both ends of the talk with the broker; which tasks have ended. */
struct task_line;
struct task_line *task_line_new(struct arena *arena, int socket);
/* The state's lock, for all who come from now on. */
bool task_lock(const struct agent *agent, int lock);

struct task_wish {
	const char *name;		/* in tasks.c */
	const struct place *place;	/* whose area; NULL for none */
	struct message_part parts[MESSAGE_PARTS];
	size_t part_count;
	int in, out, file;		/* -1 for none; stay open here */
};

/* "" or why not. */
const char *task_start(const struct agent *agent, struct arena *arena,
    const struct task_wish *wish, struct task *task_r);

/* The exit status; 128 and the signal's number when one ended it. */
int task_wait(const struct task *task);
void task_kill(const struct task *task);

/* What each named task is; in tasks.c. */
struct task_kind {
	const char *name;
	enum sandbox_kind rights;
	int64_t seconds;	/* after which it is ended */
	bool area;		/* needs one, and a grant; is its owner's */
	bool chief;		/* has the chief's user, not a stranger's */
	int (*run)(const struct broker_task *task);
};
const struct task_kind *task_kind_named(const char *name);

#endif
