/* broker: the process that may become others; root where the areas belong to
 * many. It reads no XML, no network and no archive: requests of a fixed size
 * from the chief, by whom it may be lied to, over a socket of whole messages.
 * It believes the manager's grant, checks area and owner each time, forks,
 * gives the rights up and has a named task done. */

#ifndef AGENT_BROKER_H
#define AGENT_BROKER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct agent;

/* The descriptors that may come with a request, in this order. */
enum broker_fd {
	BROKER_MESSAGE,		/* what the task is told */
	BROKER_IN,
	BROKER_OUT,
	BROKER_FILE,		/* one more */
	BROKER_FDS
};

enum broker_wish { BROKER_LOCK = 1, BROKER_START, BROKER_KILL };

enum {
	BROKER_TASKS = 8,	/* at a time */
	BROKER_WORD = 64,
	BROKER_GRANT = 96,
	BROKER_WHY = 200,
};

/* Texts end in NUL. BROKER_LOCK: the state's lock comes as BROKER_FILE, to be
 * held by all. BROKER_KILL: of the task with that id. */
struct broker_request {
	uint32_t wish;
	uint32_t id;
	uint32_t fds;		/* which, as bits 1 << BROKER_... */
	uint32_t unused;
	int64_t number;
	char task[BROKER_WORD];
	char action[BROKER_WORD];
	char area[BROKER_WORD];
	char owner[BROKER_WORD];
	char grant[BROKER_GRANT];
};

enum broker_word { BROKER_STARTED = 1, BROKER_REFUSED, BROKER_ENDED };

/* STARTED and REFUSED answer the BROKER_START before; ENDED comes when it
 * does. */
struct broker_answer {
	uint32_t word;
	uint32_t id;
	int32_t status;		/* ended: as child_status() */
	char why[BROKER_WHY];	/* refused: id and words */
};

/* What a task finds: the area is open, its descriptors are -1 for none. */
struct broker_task {
	const struct agent *agent;
	int64_t number;
	int area;
	int fds[BROKER_FDS];
};

/* Serves until the chief ends; its exit status. */
int broker_serve(const struct agent *agent, int socket, pid_t chief);

/* From here on a signal to stop is for the chief. */
void broker_catch_signals(void);

#endif
