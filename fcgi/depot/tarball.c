/* tarball: packages as they travel, libarchive behind a policy. */

#include "depot/tarball.h"

#include <archive.h>
#include <archive_entry.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/must.h"
#include "depot/manifest.h"
#include "depot/path.h"

enum {
	BLOCK = 256 * 1024,
	RATIO = 100,           /* bytes out for a byte in ... */
	RATIO_FROM = 10 << 20, /* ... beyond so many */
};

struct reading {
	struct arena *arena;
	struct archive *archive;
	const struct tarball_sink *sink;
	struct tarball_limit limit;
	int64_t total;
	int64_t entries;
};

static void
free_reader(void *archive)
{
	archive_read_free(archive);
}

static struct archive *
open_reader(struct arena *arena, int fd)
{
	struct archive *archive = archive_read_new();

	must(archive != NULL);
	arena_defer(arena, free_reader, archive);
	must(archive_read_support_format_tar(archive) == ARCHIVE_OK);
	must(archive_read_support_filter_gzip(archive) == ARCHIVE_OK);
	must(archive_read_support_filter_zstd(archive) == ARCHIVE_OK);
	/* Else whatever follows the end mark would go unseen. */
	must(archive_read_set_option(archive, "tar",
		 "read_concatenated_archives", "1") == ARCHIVE_OK);
	if (archive_read_open_fd(archive, fd, BLOCK) != ARCHIVE_OK)
		return NULL;
	return archive;
}

static const char *
type_problem(struct archive_entry *entry)
{
	const mode_t type = archive_entry_filetype(entry);

	if (archive_entry_hardlink(entry) != NULL)
		return "archive.hard-link";
	if (type == AE_IFLNK)
		return "archive.link";
	if (type != AE_IFREG && type != AE_IFDIR)
		return "archive.not-a-file";
	if ((archive_entry_mode(entry) & 07000) != 0)
		return "archive.set-id";
	if (archive_entry_sparse_count(entry) > 0)
		return "archive.sparse";
	if (archive_entry_xattr_count(entry) > 0 ||
	    archive_entry_acl_types(entry) != 0)
		return "archive.attributes";
	if (!archive_entry_size_is_set(entry) || archive_entry_size(entry) < 0)
		return "archive.no-size";
	return NULL;
}

/* A folder's path may end in a slash. */
static const char *
clean_path(struct arena *arena, struct archive_entry *entry)
{
	const char *path = archive_entry_pathname(entry);
	size_t length;

	if (path == NULL)
		return NULL;
	length = strlen(path);
	if (archive_entry_filetype(entry) == AE_IFDIR && length > 1 &&
	    path[length - 1] == '/')
		length--;
	return arena_copy_n(arena, path, length);
}

static const char *
amount_problem(struct reading *reading, const struct tarball_entry *entry)
{
	if (++reading->entries > reading->limit.entries)
		return "archive.too-many";
	if (entry->size > reading->limit.file ||
	    entry->size > reading->limit.unpacked - reading->total)
		return "archive.too-big";
	reading->total += entry->size;
	return NULL;
}

static const char *
ratio_problem(struct reading *reading, int64_t out)
{
	const int64_t in = archive_filter_bytes(reading->archive, -1);

	return reading->limit.dense && out > RATIO_FROM && out / RATIO > in
		   ? "archive.bomb"
		   : NULL;
}

static const char *
pass_bytes(struct reading *reading, const struct tarball_entry *entry)
{
	const void *bytes;
	int64_t done = 0;

	for (;;) {
		size_t n;
		la_int64_t offset;
		const int status = archive_read_data_block(
		    reading->archive, &bytes, &n, &offset);

		if (status == ARCHIVE_EOF)
			return done == entry->size ? NULL : "archive.damaged";
		if (status != ARCHIVE_OK || offset != done ||
		    (int64_t)n > entry->size - done)
			return "archive.damaged";
		done += (int64_t)n;
		if (ratio_problem(
			reading, reading->total - entry->size + done) != NULL)
			return "archive.bomb";
		if (n > 0 &&
		    !reading->sink->bytes(reading->sink->context, bytes, n))
			return "archive.stopped";
	}
}

static const char *
pass_entry(
    struct reading *reading, struct arena *own, struct archive_entry *from)
{
	struct tarball_entry entry = {
		.path = clean_path(own, from),
		.folder = archive_entry_filetype(from) == AE_IFDIR,
	};
	const char *problem = type_problem(from);

	if (entry.path == NULL)
		return "archive.bad-path";
	if (problem == NULL && path_problem(entry.path) != NULL)
		problem = "archive.bad-path";
	if (problem == NULL) {
		entry.size = entry.folder ? 0 : archive_entry_size(from);
		problem = amount_problem(reading, &entry);
	}
	if (problem == NULL &&
	    !reading->sink->entry(reading->sink->context, &entry))
		problem = "archive.stopped";
	if (problem == NULL)
		problem = pass_bytes(reading, &entry);
	return problem == NULL
		   ? NULL
		   : arena_print(reading->arena, "%s %s", problem, entry.path);
}

/* A tar that is not packed, or packed twice, is none of ours. */
static bool
is_packed(struct archive *archive)
{
	const int code = archive_filter_code(archive, 0);

	return archive_filter_count(archive) == 2 &&
	       (code == ARCHIVE_FILTER_GZIP || code == ARCHIVE_FILTER_ZSTD);
}

/* Bytes behind the packed stream would be seen by nobody. */
static const char *
end_problem(struct reading *reading, int fd)
{
	struct stat status;

	if (fstat(fd, &status) != 0)
		return "archive.damaged";
	return S_ISREG(status.st_mode) && archive_filter_bytes(reading->archive,
					      -1) != status.st_size
		   ? "archive.trailing-bytes"
		   : NULL;
}

struct tarball_limit
tarball_package_limit(int64_t unpacked)
{
	return (struct tarball_limit){ unpacked, MANIFEST_FILE,
		2 * MANIFEST_FILES, true };
}

const char *
tarball_read(struct arena *arena, int fd, int64_t unpacked,
    const struct tarball_sink *sink)
{
	const struct tarball_limit limit = tarball_package_limit(unpacked);

	return tarball_read_within(arena, fd, &limit, sink);
}

const char *
tarball_read_within(struct arena *arena, int fd,
    const struct tarball_limit *limit, const struct tarball_sink *sink)
{
	struct reading reading = {
		.arena = arena,
		.sink = sink,
		.limit = *limit,
	};
	struct archive_entry *entry;
	const char *problem;

	if (lseek(fd, 0, SEEK_SET) != 0)
		return "archive.damaged";
	reading.archive = open_reader(arena, fd);
	if (reading.archive == NULL)
		return "archive.damaged";
	if (!is_packed(reading.archive))
		return "archive.format";
	for (;;) {
		struct arena *own;
		const int status =
		    archive_read_next_header(reading.archive, &entry);

		if (status == ARCHIVE_EOF)
			return end_problem(&reading, fd);
		/* A warning too: something was not as it should be. */
		if (status != ARCHIVE_OK)
			return "archive.damaged";
		own = arena_new();
		problem = pass_entry(&reading, own, entry);
		arena_free(own);
		if (problem != NULL)
			return problem;
	}
}

struct tarball {
	struct archive *archive;
	struct archive_entry *entry;
};

static void
free_writer(void *handle)
{
	struct tarball *tarball = handle;

	archive_entry_free(tarball->entry);
	if (tarball->archive != NULL) {
		/* Else freeing would write the rest. */
		(void)archive_write_fail(tarball->archive);
		archive_write_free(tarball->archive);
	}
}

struct tarball *
tarball_new(struct arena *arena, int fd)
{
	struct tarball *tarball = arena_alloc(arena, sizeof(*tarball));
	struct archive *archive = archive_write_new();

	must(archive != NULL);
	tarball->archive = archive;
	tarball->entry = archive_entry_new();
	must(tarball->entry != NULL);
	arena_defer(arena, free_writer, tarball);
	must(archive_write_set_format_pax_restricted(archive) == ARCHIVE_OK);
	must(archive_write_add_filter_gzip(archive) == ARCHIVE_OK);
	must(archive_write_set_filter_option(
		 archive, "gzip", "timestamp", NULL) == ARCHIVE_OK);
	must(archive_write_set_bytes_per_block(archive, BLOCK) == ARCHIVE_OK);
	must(archive_write_set_bytes_in_last_block(archive, 1) == ARCHIVE_OK);
	if (archive_write_open_fd(archive, fd) != ARCHIVE_OK)
		(void)archive_write_fail(archive);
	return tarball;
}

static bool
add(struct tarball *tarball, const char *path, mode_t type, mode_t mode,
    int64_t size)
{
	struct archive_entry *entry = archive_entry_clear(tarball->entry);

	archive_entry_set_pathname(entry, path);
	archive_entry_set_filetype(entry, type);
	archive_entry_set_perm(entry, mode);
	archive_entry_set_size(entry, size);
	archive_entry_set_mtime(entry, 0, 0);
	return archive_write_header(tarball->archive, entry) == ARCHIVE_OK;
}

bool
tarball_add_file(struct tarball *tarball, const char *path, int64_t size)
{
	return add(tarball, path, AE_IFREG, 0644, size);
}

bool
tarball_add_folder(struct tarball *tarball, const char *path)
{
	return add(tarball, path, AE_IFDIR, 0755, 0);
}

bool
tarball_add_bytes(struct tarball *tarball, const void *bytes, size_t n)
{
	return archive_write_data(tarball->archive, bytes, n) == (la_ssize_t)n;
}

bool
tarball_end(struct tarball *tarball)
{
	const bool whole = archive_write_close(tarball->archive) == ARCHIVE_OK;

	archive_write_free(tarball->archive);
	tarball->archive = NULL;
	return whole;
}
