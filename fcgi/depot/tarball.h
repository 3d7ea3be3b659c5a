/* tarball: packages as they travel. The only module beside deb that includes
 * libarchive; it reads and writes streams, never files of a tree. */

#ifndef DEPOT_TARBALL_H
#define DEPOT_TARBALL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

struct tarball_entry {
	const char *path;	/* checked by path_problem */
	bool folder;
	int64_t size;
};

/* Both return false to stop. */
struct tarball_sink {
	bool (*entry)(void *context, const struct tarball_entry *entry);
	bool (*bytes)(void *context, const void *bytes, size_t n);
	void *context;
};

/* How much may come out. */
struct tarball_limit {
	int64_t unpacked;	/* bytes of all files */
	int64_t file;		/* of one */
	int64_t entries;
	bool dense;		/* at most 100 bytes out for one in */
};
struct tarball_limit tarball_package_limit(int64_t unpacked);

/* Reads a tar (ustar, pax) packed with gzip or zstd from its start: NULL when
 * all of it went to the sink, else an id and words why the whole package is
 * refused ("archive.link lib/plugins"): anything but regular files and
 * folders, a bad path, set-id bits, attributes, more than unpacked bytes,
 * damaged or trailing bytes. What the sink had before counts for nothing. */
const char *tarball_read(struct arena *arena, int fd, int64_t unpacked,
    const struct tarball_sink *sink);
/* The same of a tree that is no package's. */
const char *tarball_read_within(struct arena *arena, int fd,
    const struct tarball_limit *limit, const struct tarball_sink *sink);

/* The same entries give the same bytes: no times, no owners. */
struct tarball;
struct tarball *tarball_new(struct arena *arena, int fd);
/* size bytes must follow in tarball_add_bytes. All return false when the
 * descriptor takes no more. */
bool tarball_add_file(struct tarball *tarball, const char *path, int64_t size);
bool tarball_add_bytes(struct tarball *tarball, const void *bytes, size_t n);
bool tarball_add_folder(struct tarball *tarball, const char *path);
bool tarball_end(struct tarball *tarball);

#endif
