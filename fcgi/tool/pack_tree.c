/* pack_tree: gathers the files of a package from folders and Debian
 * packages. */

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/file.h"
#include "depot/deb.h"
#include "depot/path.h"
#include "tool/pack.h"

struct pack_tree *
pack_tree_new(struct arena *arena)
{
	struct pack_tree *tree = arena_alloc(arena, sizeof(*tree));

	tree->arena = arena;
	return tree;
}

void
pack_tree_add(
    struct pack_tree *tree, const char *path, const void *bytes, size_t length)
{
	if (tree->count == tree->room) {
		struct pack_file *more;

		tree->room = tree->room == 0 ? 256 : 2 * tree->room;
		more = arena_array(tree->arena, tree->room, sizeof(*more));
		if (tree->count > 0)
			memcpy(more, tree->files, tree->count * sizeof(*more));
		tree->files = more;
	}
	tree->files[tree->count++] = (struct pack_file){ path, bytes, length };
}

void
pack_tree_add_empty(struct pack_tree *tree, const char *path)
{
	if (tree->folder_count == tree->folder_room) {
		const char **more;

		tree->folder_room =
		    tree->folder_room == 0 ? 64 : 2 * tree->folder_room;
		more =
		    arena_array(tree->arena, tree->folder_room, sizeof(*more));
		for (size_t i = 0; i < tree->folder_count; i++)
			more[i] = tree->folders[i];
		tree->folders = more;
	}
	tree->folders[tree->folder_count++] = path;
}

void
pack_tree_add_loss(struct pack_tree *tree, const char *path, const char *target)
{
	if (tree->loss_count == tree->loss_room) {
		struct pack_loss *more;

		tree->loss_room =
		    tree->loss_room == 0 ? 16 : 2 * tree->loss_room;
		more = arena_array(tree->arena, tree->loss_room, sizeof(*more));
		if (tree->loss_count > 0)
			memcpy(more, tree->losses,
			    tree->loss_count * sizeof(*more));
		tree->losses = more;
	}
	tree->losses[tree->loss_count++] = (struct pack_loss){ path, target };
}

static void
fail(struct pack_tree *tree, const char *path, const char *problem)
{
	pack_say("%s: %s", path, problem);
	tree->failed = true;
}

struct walk {
	struct pack_tree *tree;
	bool (*skip)(const void *context, const char *path);
	const void *context;
};

static int walk(
    struct walk *walk_in, const char *folder, const char *prefix, int depth);

static void
visit(struct walk *in, const char *full, const char *path, int depth)
{
	struct stat status;
	size_t length;
	const char *bytes;

	if (lstat(full, &status) != 0) {
		fail(in->tree, full, strerror(errno));
	} else if (S_ISDIR(status.st_mode)) {
		if (walk(in, full, path, depth + 1) == 0)
			pack_tree_add_empty(in->tree, path);
	} else if (S_ISREG(status.st_mode)) {
		bytes = file_read(
		    in->tree->arena, full, (size_t)MANIFEST_FILE, &length);
		if (bytes == NULL)
			fail(in->tree, full, strerror(errno));
		else
			pack_tree_add(in->tree, path, bytes, length);
	} else {
		fail(in->tree, full,
		    "is neither a file nor a folder: put a copy there");
	}
}

/* The number of entries. */
static int
walk(struct walk *in, const char *folder, const char *prefix, int depth)
{
	struct arena *arena = in->tree->arena;
	struct dirent **names;
	const int count = scandir(folder, &names, NULL, alphasort);

	if (count < 0 || depth > PATH_DEPTH) {
		fail(in->tree, folder,
		    count < 0 ? strerror(errno) : "is too deep");
		return 1;
	}
	for (int i = 0; i < count; i++) {
		const char *name = arena_copy(arena, names[i]->d_name);
		const char *path =
		    *prefix == '\0' ? name
				    : arena_print(arena, "%s/%s", prefix, name);

		free(names[i]);
		if (strcmp(name, ".") != 0 && strcmp(name, "..") != 0 &&
		    (in->skip == NULL || !in->skip(in->context, path)))
			visit(in, arena_print(arena, "%s/%s", folder, name),
			    path, depth);
	}
	free(names);
	return count - 2;
}

void
pack_tree_add_folder(struct pack_tree *tree, const char *folder,
    bool (*skip)(const void *context, const char *path), const void *context)
{
	struct walk in = { tree, skip, context };

	(void)walk(&in, folder, "", 0);
}

void
pack_tree_drop(struct pack_tree *tree, const char *path)
{
	size_t kept = 0, gone = tree->count + tree->loss_count;

	for (size_t i = 0; i < tree->count; i++)
		if (!path_is_in(tree->files[i].path, path))
			tree->files[kept++] = tree->files[i];
	tree->count = kept;
	kept = 0;
	for (size_t i = 0; i < tree->loss_count; i++)
		if (!path_is_in(tree->losses[i].path, path))
			tree->losses[kept++] = tree->losses[i];
	tree->loss_count = kept;
	gone -= tree->count + tree->loss_count;
	kept = 0;
	for (size_t i = 0; i < tree->folder_count; i++)
		if (!path_is_in(tree->folders[i], path))
			tree->folders[kept++] = tree->folders[i];
	gone += tree->folder_count - kept;
	tree->folder_count = kept;
	if (gone == 0)
		pack_say("--drop %s: there is no such thing", path);
}

static int
compare(const void *a, const void *b)
{
	const struct pack_file *one = a;
	const struct pack_file *other = b;

	return strcmp(one->path, other->path);
}

/* A merge sort, so that of two files the one added last comes last. */
static void
sort_stable(struct pack_file *files, size_t count, struct pack_file *space)
{
	const size_t half = count / 2;
	size_t left = 0, right = half;

	if (count < 2)
		return;
	sort_stable(files, half, space);
	sort_stable(files + half, count - half, space);
	memcpy(space, files, count * sizeof(*files));
	for (size_t i = 0; i < count; i++)
		files[i] =
		    right == count || (left < half && compare(&space[left],
							  &space[right]) <= 0)
			? space[left++]
			: space[right++];
}

static int
compare_folder(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static int
compare_to(const void *key, const void *file)
{
	return strcmp(key, ((const struct pack_file *)file)->path);
}

bool
pack_tree_has(const struct pack_tree *tree, const char *path)
{
	return bsearch(path, tree->files, tree->count, sizeof(*tree->files),
		   compare_to) != NULL;
}

static bool
is_made_good(const struct pack_tree *tree, const struct pack_loss *loss)
{
	for (size_t i = 0; i < tree->count; i++)
		if (path_is_in(tree->files[i].path, loss->path))
			return true;
	return false;
}

static void
complain(struct pack_tree *tree)
{
	for (size_t i = 0; i < tree->loss_count; i++) {
		const struct pack_loss *loss = &tree->losses[i];

		if (is_made_good(tree, loss))
			continue;
		tree->failed = true;
		pack_say("%s: the link leads to %s, which none of the packages "
			 "has: add the one that has it with --deb, put a copy "
			 "below files/, say --link %s=PATH for something else, "
			 "or leave it out with --drop %s",
		    loss->path, loss->target, loss->target, loss->path);
	}
	for (size_t i = 0; i < tree->count; i++) {
		const char *path = tree->files[i].path;
		const char *problem = path_problem(path);

		if (problem != NULL)
			fail(tree, path,
			    arena_print(tree->arena, "%s: rename it", problem));
	}
}

void
pack_tree_sort(struct pack_tree *tree)
{
	size_t kept = 0;

	sort_stable(tree->files, tree->count,
	    arena_array(tree->arena, tree->count, sizeof(*tree->files)));
	for (size_t i = 0; i < tree->count; i++)
		if (i + 1 == tree->count ||
		    strcmp(tree->files[i].path, tree->files[i + 1].path) != 0)
			tree->files[kept++] = tree->files[i];
	tree->count = kept;
	if (tree->folder_count > 0)
		qsort(tree->folders, tree->folder_count, sizeof(*tree->folders),
		    compare_folder);
	complain(tree);
}
