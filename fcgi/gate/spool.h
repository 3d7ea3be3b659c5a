/* spool: lines on their way to where it may take long. The program appends
 * and goes on; a thread of the same process stores them a little later, again
 * and again until it is done. They lie in files, so that a killed process
 * loses none: the next one that looks finds them. */

#ifndef GATE_SPOOL_H
#define GATE_SPOOL_H

#include <stdbool.h>
#include <stddef.h>

enum spool_end {
	SPOOL_STORED,
	SPOOL_LATER,	/* the same again in a moment */
	SPOOL_NEVER,	/* no time will make it good: dropped, logged */
};

struct spool_rule {
	const char *folder;	/* kept; without it (logged): in memory */
	size_t limit;	/* bytes that one process keeps; what is more is lost */
	/* In the thread: whole lines, each with its newline; and, each second,
	 * what else is to be looked at. */
	enum spool_end (*store)(const char *lines, size_t length);
	void (*look)(void);
};

/* False (logged) when no thread can be had. */
bool spool_start(const struct spool_rule *rule);

/* False when the line is lost; how many were is logged once a minute. */
bool spool_add(const char *line, size_t length);

/* For `look`: what failed until now may go well again. */
void spool_wake(void);

/* Tries once more to store what there is, for at most two seconds. */
void spool_end(void);

#endif
