/* manifest_files: the list of files against itself and against what the rest
 * of the manifest names. */

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "depot/manifest_part.h"
#include "depot/path.h"

/* A file with the line it stands in. */
struct placed {
	const char *folded;
	int line;
};

static void
make_room(struct manifest_run *run)
{
	struct manifest_file *files;
	int *lines;

	if (run->file_count < run->file_room)
		return;
	run->file_room = run->file_room == 0 ? 64 : 2 * run->file_room;
	files = arena_array(run->arena, run->file_room, sizeof(*files));
	lines = arena_array(run->arena, run->file_room, sizeof(*lines));
	if (run->file_count > 0) {
		memcpy(files, run->files, run->file_count * sizeof(*files));
		memcpy(lines, run->lines, run->file_count * sizeof(*lines));
	}
	run->files = files;
	run->lines = lines;
}

/* As the grammar has it; only the path outlives the words. */
static bool
read_file(
    struct arena *words, struct xml_node *node, struct manifest_file *file)
{
	enum { PATH_LONGEST = 1024, DIGITS = 12 };
	const char *size = xml_attribute(words, node, "size");

	file->path = xml_attribute(words, node, "path");
	return xml_is_bare(node, 4) && *file->path != '\0' &&
	       text_count(file->path) <= PATH_LONGEST &&
	       strlen(size) <= DIGITS && (size[0] != '0' || size[1] == '\0') &&
	       text_number(size, 0, INT64_MAX, &file->size) &&
	       manifest_kind_named(
		   xml_attribute(words, node, "kind"), &file->kind) &&
	       text_unhex(xml_attribute(words, node, "sha256"), file->sha256,
		   SECRET_DIGEST);
}

bool
manifest_take_file(void *context, struct xml_node *node)
{
	struct manifest_run *run = context;
	struct arena *words = arena_new();
	struct manifest_file *file;

	make_room(run);
	file = &run->files[run->file_count];
	run->lines[run->file_count] = xml_line(node);
	if (read_file(words, node, file)) {
		file->path = arena_copy(run->arena, file->path);
		run->file_count++;
	} else if (run->file_count > 0) {
		manifest_tell(run, xml_line(node),
		    "file wants: path, size, kind, sha256, as kagiya-pack "
		    "build writes them: build it again");
	}
	arena_free(words);
	return run->file_count > 1;
}

static int
compare_placed(const void *a, const void *b)
{
	return strcmp(((const struct placed *)a)->folded,
	    ((const struct placed *)b)->folded);
}

/* A file system that does not tell case apart would lose one of two. */
static void
check_doubles(struct manifest_run *run, const struct manifest *manifest)
{
	const size_t count = manifest->file_count;
	struct arena *own = arena_new();
	struct placed *all = arena_array(own, count, sizeof(*all));

	for (size_t i = 0; i < count; i++)
		all[i] = (struct placed){
			path_fold(own, manifest->files[i].path),
			run->lines[i],
		};
	qsort(all, count, sizeof(*all), compare_placed);
	for (size_t i = 1; i < count; i++)
		if (compare_placed(&all[i - 1], &all[i]) == 0)
			manifest_tell(run, all[i].line,
			    "two files are the same but for case: %s: rename "
			    "one",
			    all[i].folded);
	arena_free(own);
}

/* The first bytes of a path. */
struct above {
	const char *path;
	size_t length;
};

static int
compare_above(const void *key, const void *file)
{
	const struct above *above = key;
	const char *path = ((const struct manifest_file *)file)->path;
	const int order = strncmp(above->path, path, above->length);

	return order != 0 ? order : (path[above->length] == '\0' ? 0 : -1);
}

static void
check_order(struct manifest_run *run, const struct manifest *manifest)
{
	for (size_t i = 1; i < manifest->file_count; i++) {
		const char *before = manifest->files[i - 1].path;
		const char *path = manifest->files[i].path;

		if (strcmp(before, path) >= 0)
			manifest_tell(run, run->lines[i],
			    "files are not in byte order: %s before %s: build "
			    "it again",
			    before, path);
		/* Between a and a/b there may stand a.b: look further. */
		for (const char *slash = strchr(path, '/'); slash != NULL;
		     slash = strchr(slash + 1, '/')) {
			const struct above above = { path,
				(size_t)(slash - path) };

			if (bsearch(&above, manifest->files,
				manifest->file_count, sizeof(*manifest->files),
				compare_above) != NULL)
				manifest_tell(run, run->lines[i],
				    "%.*s is a file and a folder: rename one",
				    (int)above.length, path);
		}
	}
}

static void
check_sums(struct manifest_run *run, struct xml_node *root,
    const struct manifest *manifest)
{
	const int line = xml_line(xml_child(root, "archive"));
	int64_t total = 0;

	for (size_t i = 0; i < manifest->file_count; i++) {
		if (manifest->files[i].size > MANIFEST_FILE)
			manifest_tell(run, run->lines[i],
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
	for (size_t i = 0; i < manifest->file_count; i++)
		manifest_check_path(
		    run, run->lines[i], manifest->files[i].path);
	check_sums(run, root, manifest);
	if (!run->ok)
		return;
	check_order(run, manifest);
	check_doubles(run, manifest);
	check_named(run, xml_child(root, "license"), "file", manifest);
	for (struct xml_node *at = xml_child(root, "entry"); at != NULL;
	     at = xml_next(at, "entry"))
		check_named(run, at, "path", manifest);
	for (struct xml_node *at = xml_child(root, "hook"); at != NULL;
	     at = xml_next(at, "hook"))
		check_named(run, at, "command", manifest);
}
