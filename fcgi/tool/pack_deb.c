/* pack_deb: a tree out of Debian packages, their links resolved. */

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "depot/deb.h"
#include "depot/path.h"
#include "tool/pack.h"

enum { LINKS = 40 }; /* followed on the way to one file */

struct debs {
	struct pack_tree *tree;
	const struct pack_options *options;
	struct deb_entry *entries;
	size_t count;
};

static int
compare(const void *a, const void *b)
{
	return strcmp(((const struct deb_entry *)a)->path,
	    ((const struct deb_entry *)b)->path);
}

static const struct deb_entry *
entry_at(const struct debs *debs, const char *path)
{
	const struct deb_entry key = { .path = path };

	return bsearch(&key, debs->entries, debs->count, sizeof(key), compare);
}

/* Without "." and ".." and double slashes, relative to the root. */
static const char *
flatten(struct arena *arena, const char *path)
{
	char *flat = arena_alloc(arena, strlen(path) + 2);
	size_t end = 0;

	while (*path != '\0') {
		const size_t length = strcspn(path, "/");

		if (length == 2 && strncmp(path, "..", 2) == 0) {
			while (end > 0 && flat[--end] != '/')
				;
		} else if (length > 0 && !(length == 1 && path[0] == '.')) {
			if (end > 0)
				flat[end++] = '/';
			memcpy(flat + end, path, length);
			end += length;
		}
		path += length + (path[length] == '/');
	}
	flat[end] = '\0';
	return flat;
}

/* Where a link at that path leads, by the options' mapping first. */
static const char *
follow(const struct debs *debs, const char *path, const char *target)
{
	const struct pack_options *options = debs->options;
	struct arena *arena = options->arena;
	const char *slash = strrchr(path, '/');

	for (size_t i = 0; i < options->link_count; i++) {
		const char *equals = strchr(options->links[i], '=');

		if (equals != NULL &&
		    strlen(target) == (size_t)(equals - options->links[i]) &&
		    strncmp(target, options->links[i], strlen(target)) == 0)
			return flatten(arena, equals + 1);
	}
	if (*target == '/' || slash == NULL)
		return flatten(arena, target);
	return flatten(arena,
	    arena_print(arena, "%.*s/%s", (int)(slash - path), path, target));
}

/* The same path with every link on the way resolved; NULL when it leads out
 * of the packages. */
static const char *
resolve(const struct debs *debs, const char *path)
{
	struct arena *arena = debs->options->arena;
	int links = 0;

	for (size_t at = 0; links < LINKS;) {
		const size_t end = at + strcspn(path + at, "/");
		const char *part = arena_copy_n(arena, path, end);
		const struct deb_entry *entry = entry_at(debs, part);

		if (entry == NULL)
			return NULL;
		if (entry->kind == DEB_LINK) {
			path = flatten(arena,
			    arena_print(arena, "%s/%s",
				follow(debs, part, entry->target), path + end));
			links++;
			at = 0;
		} else if (path[end] == '\0') {
			return path;
		} else {
			at = end + 1;
		}
	}
	return NULL;
}

static void copy(
    const struct debs *debs, const char *from, const char *to, int depth);

/* The entries right below a folder stand somewhere behind it. */
static void
copy_folder(
    const struct debs *debs, const char *from, const char *to, int depth)
{
	struct arena *arena = debs->options->arena;
	const size_t length = strlen(from);
	const struct deb_entry *entry = entry_at(debs, from);
	size_t found = 0;

	for (size_t i = (size_t)(entry - debs->entries) + 1; i < debs->count;
	     i++) {
		const char *path = debs->entries[i].path;

		if (strncmp(path, from, length) != 0)
			break;
		if (path[length] != '/' ||
		    strchr(path + length + 1, '/') != NULL)
			continue;
		found++;
		copy(debs, path,
		    *to == '\0' ? path + length + 1
				: arena_print(arena, "%s%s", to, path + length),
		    depth + 1);
	}
	if (found == 0 && *to != '\0')
		pack_tree_add_empty(debs->tree, to);
}

static void
copy(const struct debs *debs, const char *from, const char *to, int depth)
{
	const char *real = resolve(debs, from);
	const struct deb_entry *entry =
	    real == NULL ? NULL : entry_at(debs, real);

	if (entry == NULL || depth > PATH_DEPTH) {
		const struct deb_entry *link = entry_at(debs, from);

		pack_tree_add_loss(debs->tree, to,
		    link != NULL && link->target != NULL ? link->target : from);
		return;
	}
	if (entry->kind == DEB_FOLDER)
		copy_folder(debs, real, to, depth);
	else
		pack_tree_add(debs->tree, to, entry->bytes, entry->length);
}

static bool
join(struct debs *debs, const char *file)
{
	struct arena *arena = debs->options->arena;
	size_t count;
	const struct deb_entry *more = deb_read(arena, file, &count);
	struct deb_entry *all;
	size_t kept = 0;

	if (more == NULL) {
		pack_say("%s cannot be read as a Debian package", file);
		return false;
	}
	all = arena_array(arena, debs->count + count, sizeof(*all));
	if (debs->count > 0)
		memcpy(all, debs->entries, debs->count * sizeof(*all));
	memcpy(all + debs->count, more, count * sizeof(*all));
	count += debs->count;
	qsort(all, count, sizeof(*all), compare);
	for (size_t i = 0; i < count; i++)
		if (i == 0 || compare(&all[i], &all[kept - 1]) != 0)
			all[kept++] = all[i];
	debs->entries = all;
	debs->count = kept;
	return true;
}

static void
copy_named(const struct debs *debs, const char *from, const char *to)
{
	const char *flat = flatten(debs->options->arena, from);

	if (resolve(debs, flat) == NULL) {
		pack_say("there is no %s in the Debian package", from);
		debs->tree->failed = true;
		return;
	}
	copy(debs, flat, flatten(debs->options->arena, to), 0);
}

void
pack_tree_add_debs(struct pack_tree *tree, const struct pack_options *options)
{
	struct debs debs = { .tree = tree, .options = options };

	for (size_t i = 0; i < options->deb_count; i++)
		if (!join(&debs, options->debs[i])) {
			tree->failed = true;
			return;
		}
	if (options->root != NULL)
		copy_named(&debs, options->root, "");
	for (size_t i = 0; i < options->map_count; i++) {
		const char *equals = strchr(options->maps[i], '=');

		if (equals == NULL || equals[1] == '\0') {
			pack_say("--map wants FROM=TO");
			tree->failed = true;
			return;
		}
		copy_named(&debs,
		    arena_copy_n(options->arena, options->maps[i],
			(size_t)(equals - options->maps[i])),
		    equals + 1);
	}
}
