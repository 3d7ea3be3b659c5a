/* manifest: what a package says of itself. What is read keeps its promises:
 * good paths in rising order, sums that are right. */

#include "depot/manifest.h"

#include <string.h>

#include "base/arena.h"
#include "base/must.h"
#include "depot/path.h"
#include "fuzz.h"

static void
look(const struct manifest *manifest)
{
	int64_t total = 0;

	must(manifest_is_name(manifest->name) &&
	     manifest_is_version(manifest->version));
	must(
	    manifest->file_count > 0 && manifest->file_count <= MANIFEST_FILES);
	for (size_t i = 0; i < manifest->file_count; i++) {
		must(path_problem(manifest->files[i].path) == NULL);
		must(i == 0 || strcmp(manifest->files[i - 1].path,
				   manifest->files[i].path) < 0);
		must(manifest->files[i].size >= 0 &&
		     manifest->files[i].size <= MANIFEST_FILE);
		total += manifest->files[i].size;
	}
	must(total == manifest->archive.unpacked && total <= MANIFEST_TOTAL);
	for (size_t i = 0; i < manifest->hook_count; i++)
		must(manifest_file(manifest, manifest->hooks[i].command) !=
		     NULL);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct arena *arena = arena_new();
	const struct manifest *manifest =
	    manifest_read(arena, bytes, length, NULL);

	if (manifest != NULL)
		look(manifest);
	(void)manifest_read_description(arena, bytes, length, NULL);
	arena_free(arena);
	return 0;
}
