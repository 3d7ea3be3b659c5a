/* archive: the policy over libarchive. The bytes are a tar, wrapped as gzip
 * would wrap what does not shrink; nothing bad reaches the sink. */

#include <stdbool.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/must.h"
#include "depot/path.h"
#include "depot/tarball.h"
#include "fuzz.h"

enum { UNPACKED = 1 << 20, MOST = 60000 };

struct seen {
	int64_t bytes;
	int64_t wanted;
};

static bool
on_entry(void *context, const struct tarball_entry *entry)
{
	struct seen *seen = context;

	must(path_problem(entry->path) == NULL);
	must(entry->size >= 0 && (!entry->folder || entry->size == 0));
	seen->wanted += entry->size;
	return true;
}

static bool
on_bytes(void *context, const void *bytes, size_t n)
{
	struct seen *seen = context;

	must(bytes != NULL || n == 0);
	seen->bytes += (int64_t)n;
	must(seen->bytes <= UNPACKED);
	return true;
}

/* One stored block; libarchive does not compare gzip's own checksum. */
static void
wrap(int fd, const uint8_t *bytes, uint16_t length)
{
	static const uint8_t head[] = { 0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1 };
	const uint16_t sizes[] = { length, (uint16_t)~length };
	const uint32_t tail[] = { 0, length };

	must(write(fd, head, sizeof(head)) == sizeof(head) &&
	     write(fd, sizes, sizeof(sizes)) == sizeof(sizes) &&
	     write(fd, bytes, length) == length &&
	     write(fd, tail, sizeof(tail)) == sizeof(tail));
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	static int fd = -1;
	struct seen seen = { 0 };
	const struct tarball_sink sink = { on_entry, on_bytes, &seen };
	struct arena *arena;

	if (length > MOST)
		return 0;
	if (fd < 0)
		fd = memfd_create("archive", MFD_CLOEXEC);
	must(fd >= 0 && ftruncate(fd, 0) == 0 && lseek(fd, 0, SEEK_SET) == 0);
	wrap(fd, bytes, (uint16_t)length);
	must(lseek(fd, 0, SEEK_SET) == 0);
	arena = arena_new();
	if (tarball_read(arena, fd, UNPACKED, &sink) == NULL)
		must(seen.bytes == seen.wanted);
	arena_free(arena);
	return 0;
}
