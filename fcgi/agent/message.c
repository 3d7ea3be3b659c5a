/* message: what a process is told, in a nameless file of parts. */

#include "agent/message.h"

#include <sys/mman.h>
#include <unistd.h>

#include "agent/wire.h"
#include "base/arena.h"
#include "base/must.h"

int
message_make(const struct message_part *parts, size_t count)
{
	const int fd = memfd_create("message", MFD_CLOEXEC);
	uint64_t lengths[MESSAGE_PARTS] = { 0 };
	bool right;

	must(count <= MESSAGE_PARTS);
	for (size_t i = 0; i < count; i++)
		lengths[i] = parts[i].length;
	right = fd >= 0 && wire_write(fd, lengths, sizeof(lengths));
	for (size_t i = 0; right && i < count; i++)
		right = wire_write(fd, parts[i].bytes, parts[i].length);
	if (right || fd < 0)
		return fd;
	(void)close(fd);
	return -1;
}

static bool
read_part(int fd, char *bytes, size_t length, off_t at)
{
	while (length > 0) {
		const ssize_t n = pread(fd, bytes, length, at);

		if (n <= 0)
			return false;
		bytes += n;
		at += n;
		length -= (size_t)n;
	}
	return true;
}

bool
message_read(struct arena *arena, int fd, const size_t *limits, size_t count,
    struct message_part *parts_r)
{
	uint64_t lengths[MESSAGE_PARTS];
	off_t at = sizeof(lengths);

	must(count <= MESSAGE_PARTS);
	if (!read_part(fd, (char *)lengths, sizeof(lengths), 0))
		return false;
	for (size_t i = 0; i < count; i++) {
		char *bytes;

		if (lengths[i] > limits[i])
			return false;
		bytes = arena_alloc(arena, (size_t)lengths[i] + 1);
		if (!read_part(fd, bytes, (size_t)lengths[i], at))
			return false;
		at += (off_t)lengths[i];
		parts_r[i] = (struct message_part){ bytes, (size_t)lengths[i] };
	}
	return true;
}
