/* wire: whole reads and writes on the pipes between the processes. */

#ifndef AGENT_WIRE_H
#define AGENT_WIRE_H

#include <stdbool.h>
#include <stddef.h>

/* A pipe that is as large as it may be; false with errno. */
bool wire_open(int ends_r[2]);
void wire_close(const int ends[2]);

/* False at the end of the pipe or on an error. */
bool wire_read(int fd, void *bytes_r, size_t n);
bool wire_write(int fd, const void *bytes, size_t n);

/* The same with a buffer between, for many small ones. */
struct wire {
	int fd;
	size_t start;
	size_t end;
	char bytes[1 << 17];
};
bool wire_take(struct wire *wire, void *bytes_r, size_t n);
bool wire_give(struct wire *wire, const void *bytes, size_t n);
bool wire_flush(struct wire *wire);

/* A line `word rest`, control characters and % in rest as %XX. */
bool wire_say(int fd, const char *word, const char *rest);

#endif
