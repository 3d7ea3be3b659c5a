/* manifest_part: what reading and checking a manifest share. */

#ifndef DEPOT_MANIFEST_PART_H
#define DEPOT_MANIFEST_PART_H

#include "depot/manifest.h"

/* One run over a document; ok turns false with the first problem told. */
struct manifest_run {
	struct arena *arena;
	const struct xml_watcher *watcher;
	bool ok;
	/* The files of a manifest, read as they come: there may be 50,000. */
	struct manifest_file *files;
	int *lines;
	size_t file_count;
	size_t file_room;
};

void manifest_tell(struct manifest_run *run, int line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* An element <file> of <files>; gone from the tree but for the first, which
 * the grammar wants to see. */
bool manifest_take_file(void *run, struct xml_node *node);

/* As the grammar says; each problem is followed by what belongs there. */
bool manifest_is_valid(struct manifest_run *run, struct xml_node *root);

/* Everything the grammar cannot say: paths, doubles, sums, references. */
void manifest_check(struct manifest_run *run, struct xml_node *root,
    const struct manifest *manifest);
void manifest_check_path(
    struct manifest_run *run, int line, const char *path);
/* The files of a manifest, and what is named among them. */
void manifest_check_files(struct manifest_run *run, struct xml_node *root,
    const struct manifest *manifest);

#endif
