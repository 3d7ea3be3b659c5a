/* deb: an ar file that holds a tar with the files. */

#include "depot/deb.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/must.h"
#include "depot/manifest.h"

enum { BLOCK = 64 * 1024 };

struct list {
	struct arena *arena;
	struct deb_entry *entries;
	size_t count;
	size_t room;
	int64_t total;
};

static struct deb_entry *
add(struct list *list)
{
	if (list->count == list->room) {
		struct deb_entry *more;

		list->room = list->room == 0 ? 256 : 2 * list->room;
		more = arena_array(list->arena, list->room, sizeof(*more));
		if (list->count > 0)
			memcpy(
			    more, list->entries, list->count * sizeof(*more));
		list->entries = more;
	}
	return &list->entries[list->count++];
}

static void
free_archive(void *archive)
{
	archive_read_free(archive);
}

static struct archive *
new_archive(struct arena *arena)
{
	struct archive *archive = archive_read_new();

	must(archive != NULL);
	arena_defer(arena, free_archive, archive);
	return archive;
}

/* NULL when it cannot be read whole or is larger than any package may be. */
static void *
read_entry(struct list *list, struct archive *archive,
    struct archive_entry *entry, size_t *length_r)
{
	const int64_t size = archive_entry_size(entry);
	char *bytes;

	list->total += size;
	if (size < 0 || list->total > MANIFEST_TOTAL)
		return NULL;
	bytes = arena_alloc(list->arena, (size_t)size + 1);
	for (int64_t done = 0; done < size;) {
		const la_ssize_t n = archive_read_data(
		    archive, bytes + done, (size_t)(size - done));

		if (n <= 0)
			return NULL;
		done += n;
	}
	*length_r = (size_t)size;
	return bytes;
}

/* "./usr/share/" is known as "usr/share". */
static const char *
clean(struct arena *arena, const char *path)
{
	size_t length;

	while (strncmp(path, "./", 2) == 0 || *path == '/')
		path += *path == '/' ? 1 : 2;
	length = strlen(path);
	while (length > 0 && path[length - 1] == '/')
		length--;
	return arena_copy_n(arena, path, length);
}

static bool
take(struct list *list, struct archive *archive, struct archive_entry *from)
{
	const mode_t type = archive_entry_filetype(from);
	const char *path = archive_entry_pathname(from);
	struct deb_entry entry = { .kind = DEB_FILE };

	if (path == NULL)
		return false;
	entry.path = clean(list->arena, path);
	if (archive_entry_hardlink(from) != NULL || type == AE_IFLNK) {
		const bool hard = archive_entry_hardlink(from) != NULL;

		entry.kind = DEB_LINK;
		entry.target =
		    hard ? arena_print(list->arena, "/%s",
			       clean(list->arena, archive_entry_hardlink(from)))
			 : arena_copy(list->arena, archive_entry_symlink(from));
	} else if (type == AE_IFDIR) {
		entry.kind = DEB_FOLDER;
	} else if (type == AE_IFREG) {
		entry.bytes = read_entry(list, archive, from, &entry.length);
		if (entry.bytes == NULL)
			return false;
	} else {
		return true;
	}
	*add(list) = entry;
	return true;
}

static bool
read_tar(struct list *list, const void *bytes, size_t length)
{
	struct archive *archive = new_archive(list->arena);
	struct archive_entry *entry;
	int status;

	archive_read_support_format_tar(archive);
	archive_read_support_filter_gzip(archive);
	archive_read_support_filter_xz(archive);
	archive_read_support_filter_zstd(archive);
	if (archive_read_open_memory(archive, bytes, length) != ARCHIVE_OK)
		return false;
	while (
	    (status = archive_read_next_header(archive, &entry)) == ARCHIVE_OK)
		if (!take(list, archive, entry))
			return false;
	return status == ARCHIVE_EOF;
}

static bool
read_members(struct list *list, struct archive *archive)
{
	struct archive_entry *entry;

	while (archive_read_next_header(archive, &entry) == ARCHIVE_OK) {
		const char *name = archive_entry_pathname(entry);
		const void *bytes;
		size_t length;

		if (name == NULL || strncmp(name, "data.tar", 8) != 0)
			continue;
		bytes = read_entry(list, archive, entry, &length);
		list->total = 0;
		return bytes != NULL && read_tar(list, bytes, length);
	}
	return false;
}

static int
compare(const void *a, const void *b)
{
	return strcmp(((const struct deb_entry *)a)->path,
	    ((const struct deb_entry *)b)->path);
}

const struct deb_entry *
deb_read(struct arena *arena, const char *path, size_t *count_r)
{
	struct list list = { .arena = arena };
	struct archive *archive = new_archive(arena);

	archive_read_support_format_ar(archive);
	if (archive_read_open_filename(archive, path, BLOCK) != ARCHIVE_OK ||
	    !read_members(&list, archive) || list.count == 0)
		return NULL;
	qsort(list.entries, list.count, sizeof(*list.entries), compare);
	*count_r = list.count;
	return list.entries;
}
