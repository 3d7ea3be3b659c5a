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
