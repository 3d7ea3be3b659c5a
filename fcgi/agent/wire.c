/* wire: whole reads and writes on the pipes between the processes. */

#include "agent/wire.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { PIPE = 1 << 20 };

bool
wire_open(int ends_r[2])
{
	if (pipe2(ends_r, O_CLOEXEC) != 0)
		return false;
	/* Smaller is right too, only slower. */
	(void)fcntl(ends_r[1], F_SETPIPE_SZ, PIPE);
	return true;
}

void
wire_close(const int ends[2])
{
	(void)close(ends[0]);
	(void)close(ends[1]);
}

bool
wire_read(int fd, void *bytes_r, size_t n)
{
	char *at = bytes_r;

	while (n > 0) {
		const ssize_t got = read(fd, at, n);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		at += got;
		n -= (size_t)got;
	}
	return true;
}

bool
wire_write(int fd, const void *bytes, size_t n)
{
	const char *at = bytes;

	while (n > 0) {
		const ssize_t put = write(fd, at, n);

		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return false;
		at += put;
		n -= (size_t)put;
	}
	return true;
}

static bool
refill(struct wire *wire)
{
	ssize_t got;

	do {
		got = read(wire->fd, wire->bytes, sizeof(wire->bytes));
	} while (got < 0 && errno == EINTR);
	wire->start = 0;
	wire->end = got > 0 ? (size_t)got : 0;
	return got > 0;
}

bool
wire_take(struct wire *wire, void *bytes_r, size_t n)
{
	char *at = bytes_r;

	while (n > 0) {
		size_t part = wire->end - wire->start;

		/* What is larger than the buffer goes past it. */
		if (part == 0 && n >= sizeof(wire->bytes))
			return wire_read(wire->fd, at, n);
		if (part == 0) {
			if (!refill(wire))
				return false;
			continue;
		}
		if (part > n)
			part = n;
		memcpy(at, wire->bytes + wire->start, part);
		wire->start += part;
		at += part;
		n -= part;
	}
	return true;
}

bool
wire_flush(struct wire *wire)
{
	const size_t n = wire->end;

	wire->end = 0;
	return wire_write(wire->fd, wire->bytes, n);
}

bool
wire_give(struct wire *wire, const void *bytes, size_t n)
{
	if (n > sizeof(wire->bytes) - wire->end && !wire_flush(wire))
		return false;
	if (n > sizeof(wire->bytes))
		return wire_write(wire->fd, bytes, n);
	memcpy(wire->bytes + wire->end, bytes, n);
	wire->end += n;
	return true;
}

bool
wire_say(int fd, const char *word, const char *rest)
{
	char line[8192];
	size_t length = (size_t)snprintf(line, sizeof(line), "%.60s ", word);

	for (; *rest != '\0' && length < sizeof(line) - 8; rest++) {
		const unsigned char byte = (unsigned char)*rest;

		if (byte < 0x20 || byte == 0x7f || byte == '%')
			length += (size_t)snprintf(line + length,
			    sizeof(line) - length, "%%%02X", byte);
		else
			line[length++] = (char)byte;
	}
	line[length++] = '\n';
	return wire_write(fd, line, length);
}
