/* message: what a process is told, in a nameless file of parts: lengths, then
 * bytes. Its reader believes nothing in it. */

#ifndef AGENT_MESSAGE_H
#define AGENT_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

enum { MESSAGE_PARTS = 4 };

struct message_part {
	const char *bytes;	/* read: ends in NUL */
	size_t length;
};

/* The descriptor, -1 with errno. */
int message_make(const struct message_part *parts, size_t count);

/* As many parts as there are limits, none longer than its own; copied, since
 * the writer could still change them. False when it is anything else. */
bool message_read(struct arena *arena, int fd, const size_t *limits,
    size_t count, struct message_part *parts_r);

#endif
