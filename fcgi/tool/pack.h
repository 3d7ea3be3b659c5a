/* pack: what the commands of kagiya-pack share. */

#ifndef TOOL_PACK_H
#define TOOL_PACK_H

#include <stdbool.h>
#include <stddef.h>

#include "depot/manifest.h"

struct arena;

enum { PACK_DONE = 0, PACK_REFUSED = 1, PACK_USAGE = 2, PACK_FAILED = 3 };

/* Options that may be given, in any order, before or after the words. */
struct pack_options {
	struct arena *arena;
	const char *words[64];
	size_t word_count;
	const char *debs[16];
	size_t deb_count;
	const char *maps[64];	/* DEB-PATH=PATH */
	size_t map_count;
	const char *links[64];	/* TARGET=DEB-PATH */
	size_t link_count;
	const char *drops[64];	/* PATH */
	size_t drop_count;
	const char *root;
	const char *package;
	const char *version;
	const char *released;
	const char *depot;
	const char *key;
	const char *new_key;
	const char *days;
};

/* A sentence to standard error. */
void pack_say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Prints problems as FILE:LINE: words. */
struct pack_reader {
	const char *file;
	int problems;
	struct xml_watcher watcher;
};
void pack_reader_begin(struct pack_reader *reader, const char *file);

/* The files that will be packed, in memory, in byte order of path. */
struct pack_file {
	const char *path;
	const void *bytes;
	size_t length;
};
/* A link whose end is nowhere to be had. */
struct pack_loss {
	const char *path;
	const char *target;
};
struct pack_tree {
	struct arena *arena;
	struct pack_file *files;
	size_t count;
	size_t room;
	const char **folders;	/* that hold nothing */
	size_t folder_count;
	size_t folder_room;
	struct pack_loss *losses;
	size_t loss_count;
	size_t loss_room;
	bool failed;		/* said why */
};

struct pack_tree *pack_tree_new(struct arena *arena);
/* A later file of the same path takes the place of the earlier one. */
void pack_tree_add(struct pack_tree *tree, const char *path,
    const void *bytes, size_t length);
void pack_tree_add_empty(struct pack_tree *tree, const char *path);
void pack_tree_add_loss(
    struct pack_tree *tree, const char *path, const char *target);
/* Everything below the folder; skip(path) leaves out. Links are refused. */
void pack_tree_add_folder(struct pack_tree *tree, const char *folder,
    bool (*skip)(const void *context, const char *path), const void *context);
/* What the options' root and maps take out of the Debian packages. */
void pack_tree_add_debs(
    struct pack_tree *tree, const struct pack_options *options);
/* Takes away a file, or a folder with all in it. */
void pack_tree_drop(struct pack_tree *tree, const char *path);
/* To be called when all is there: names that may not be, and links that lead
 * nowhere and whose place nothing else took, are failures. */
void pack_tree_sort(struct pack_tree *tree);
bool pack_tree_has(const struct pack_tree *tree, const char *path);

int pack_keygen(struct pack_options *options);
int pack_build(struct pack_options *options);
int pack_check(struct pack_options *options);
int pack_index(struct pack_options *options);
int pack_rotate(struct pack_options *options);

/* keys.xml of a depot: PACK_DONE when there is none, or each step is right;
 * then the key that signs now. */
int pack_check_chain(struct arena *arena, const char *depot,
    unsigned char key_r[SECRET_PUBLIC], bool *there_r);

/* One version's folder of a depot, wholly: PACK_DONE, or said what is wrong.
 * The manifest is NULL when it is not one. */
int pack_check_version(struct arena *arena, const char *folder,
    const struct manifest **manifest_r,
    unsigned char digest_r[SECRET_DIGEST]);

#endif
