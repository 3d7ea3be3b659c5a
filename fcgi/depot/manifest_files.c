/* manifest_files: the list of files against itself and against what the rest
 * of the manifest names. */

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "depot/manifest_part.h"
#include "depot/path.h"

/* A file with the line it stands in. */
struct placed {
	const char *folded;
	int line;
};

static const int *
lines_of(struct manifest_run *run, struct xml_node *files, size_t count)
{
	int *lines = arena_array(run->arena, count, sizeof(*lines));
	size_t i = 0;

	for (struct xml_node *at = xml_child(files, "file"); at != NULL;
	     at = xml_next(at, "file"))
		lines[i++] = xml_line(at);
	return lines;
}

static int
compare_placed(const void *a, const void *b)
{
	return strcmp(((const struct placed *)a)->folded,
	    ((const struct placed *)b)->folded);
}

/* A file system that does not tell case apart would lose one of two. */
static void
check_doubles(
    struct manifest_run *run, const int *lines, const struct manifest *manifest)
{
	const size_t count = manifest->file_count;
	struct placed *all = arena_array(run->arena, count, sizeof(*all));

	for (size_t i = 0; i < count; i++)
		all[i] = (struct placed){
			path_fold(run->arena, manifest->files[i].path),
			lines[i],
		};
	qsort(all, count, sizeof(*all), compare_placed);
	for (size_t i = 1; i < count; i++)
		if (compare_placed(&all[i - 1], &all[i]) == 0)
			manifest_tell(run, all[i].line,
			    "two files are the same but for case: %s: rename "
			    "one",
			    all[i].folded);
}

static void
check_order(
    struct manifest_run *run, const int *lines, const struct manifest *manifest)
{
	for (size_t i = 1; i < manifest->file_count; i++) {
		const char *before = manifest->files[i - 1].path;
		const char *path = manifest->files[i].path;

		if (strcmp(before, path) >= 0)
			manifest_tell(run, lines[i],
			    "files are not in byte order: %s before %s: build "
			    "it again",
			    before, path);
		/* Between a and a/b there may stand a.b: look further. */
		for (const char *slash = strchr(path, '/'); slash != NULL;
		     slash = strchr(slash + 1, '/')) {
			const char *above = arena_copy_n(
			    run->arena, path, (size_t)(slash - path));

			if (manifest_file(manifest, above) != NULL)
				manifest_tell(run, lines[i],
				    "%s is a file and a folder: rename one",
				    above);
		}
	}
}

static void
check_sums(struct manifest_run *run, struct xml_node *root, const int *lines,
    const struct manifest *manifest)
{
	const int line = xml_line(xml_child(root, "archive"));
	int64_t total = 0;

	for (size_t i = 0; i < manifest->file_count; i++) {
		if (manifest->files[i].size > MANIFEST_FILE)
			manifest_tell(run, lines[i],
			    "%s is larger than 512 MiB: split it",
			    manifest->files[i].path);
		total += manifest->files[i].size;
	}
	if (total > MANIFEST_TOTAL)
		manifest_tell(run, line,
		    "the package is larger than 2 GiB: make two of it");
	if (manifest->file_count > MANIFEST_FILES)
		manifest_tell(
		    run, line, "more than 50000 files: make two of it");
	if (total != manifest->archive.unpacked)
		manifest_tell(run, line,
		    "unpacked is %lld, but the files have %lld bytes: build "
		    "it again",
		    (long long)manifest->archive.unpacked, (long long)total);
	if ((int64_t)manifest->file_count != manifest->archive.count)
		manifest_tell(run, line,
		    "count is %lld, but there are %zu: build it again",
		    (long long)manifest->archive.count, manifest->file_count);
}

static void
check_named(struct manifest_run *run, struct xml_node *node,
    const char *attribute, const struct manifest *manifest)
{
	const char *path = xml_attribute(run->arena, node, attribute);

	if (*path != '\0' && manifest_file(manifest, path) == NULL)
		manifest_tell(run, xml_line(node),
		    "there is no file %s in the package: add it, or name "
		    "another",
		    path);
}

void
manifest_check_files(struct manifest_run *run, struct xml_node *root,
    const struct manifest *manifest)
{
	struct xml_node *files = xml_child(root, "files");
	const int *lines = lines_of(run, files, manifest->file_count);

	for (struct xml_node *at = xml_child(files, "file"); at != NULL;
	     at = xml_next(at, "file"))
		manifest_check_path(run, at, "path");
	check_sums(run, root, lines, manifest);
	if (!run->ok)
		return;
	check_order(run, lines, manifest);
	check_doubles(run, lines, manifest);
	check_named(run, xml_child(root, "license"), "file", manifest);
	for (struct xml_node *at = xml_child(root, "entry"); at != NULL;
	     at = xml_next(at, "entry"))
		check_named(run, at, "path", manifest);
	for (struct xml_node *at = xml_child(root, "hook"); at != NULL;
	     at = xml_next(at, "hook"))
		check_named(run, at, "command", manifest);
}
