/* pack_build: one version's folder of a depot out of a description and a
 * tree. */

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/text.h"
#include "depot/path.h"
#include "depot/tarball.h"
#include "tool/pack.h"

struct build {
	struct arena *arena;
	const struct pack_options *options;
	const char *folder; /* the maker's */
	const char *file;   /* his description */
	const char *bytes;
	size_t length;
	const struct manifest *package;
	const char *version;
	const char *released;
	struct pack_tree *tree;
	const char *target; /* the version's folder in the depot */
	unsigned char archive[SECRET_DIGEST];
	int64_t archive_size;
};

static const char *
path_in(struct build *build, const char *folder, const char *name)
{
	return arena_print(build->arena, "%s/%s", folder, name);
}

static bool
is_folder(const char *path)
{
	struct stat status;

	return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static bool
read_description(struct build *build)
{
	struct pack_reader reader;

	build->file = build->options->package != NULL
			  ? build->options->package
			  : path_in(build, build->folder, "package.xml");
	build->bytes = file_read(
	    build->arena, build->file, MANIFEST_LIMIT, &build->length);
	if (build->bytes == NULL) {
		pack_say("%s: %s", build->file, strerror(errno));
		return false;
	}
	pack_reader_begin(&reader, build->file);
	build->package = manifest_read_description(
	    build->arena, build->bytes, build->length, &reader.watcher);
	return build->package != NULL;
}

static bool
choose_version(struct build *build)
{
	int32_t day;

	build->version = build->options->version != NULL
			     ? build->options->version
			     : build->package->version;
	build->released =
	    build->options->released != NULL
		? build->options->released
		: clock_day_text(build->arena, build->package->released);
	if (!manifest_is_version(build->version)) {
		pack_say("%s cannot be a version: a digit, then digits, "
			 "letters and .+~-, 40 at most",
		    build->version);
		return false;
	}
	if (!clock_day_parse(build->released, &day)) {
		pack_say("%s is no day: 2026-11-22 is", build->released);
		return false;
	}
	return true;
}

/* Beside package.xml stand things that are not the program. */
static bool
is_no_program(const void *context, const char *path)
{
	const struct build *build = context;
	const struct manifest *package = build->package;

	if (path[0] == '.' || strcmp(path, "package.xml") == 0)
		return true;
	for (size_t i = 0; i < package->screenshot_count; i++)
		if (strcmp(path, package->screenshots[i].file) == 0)
			return true;
	return package->icon != NULL && strcmp(path, package->icon->file) == 0;
}

static bool
gather(struct build *build)
{
	const char *files = path_in(build, build->folder, "files");

	build->tree = pack_tree_new(build->arena);
	pack_tree_add_debs(build->tree, build->options);
	if (is_folder(files))
		pack_tree_add_folder(build->tree, files, NULL, NULL);
	else if (build->options->deb_count == 0)
		pack_tree_add_folder(
		    build->tree, build->folder, is_no_program, build);
	for (size_t i = 0; i < build->options->drop_count; i++)
		pack_tree_drop(build->tree, build->options->drops[i]);
	pack_tree_sort(build->tree);
	if (!build->tree->failed && build->tree->count == 0) {
		pack_say("there is nothing to pack in %s", build->folder);
		return false;
	}
	return !build->tree->failed;
}

static void
hash_file(int fd, unsigned char digest_r[SECRET_DIGEST], int64_t *size_r)
{
	struct arena *arena = arena_new();
	struct secret_hash *hash = secret_hash_new(arena);
	char *block = arena_alloc(arena, 1 << 20);
	ssize_t n;

	*size_r = 0;
	while ((n = pread(fd, block, 1 << 20, *size_r)) > 0) {
		secret_hash_add(hash, block, (size_t)n);
		*size_r += n;
	}
	secret_hash_end(hash, digest_r);
	arena_free(arena);
}

static bool
write_archive(struct build *build)
{
	const char *path = path_in(build, build->target, "archive.tar.gz");
	const char *fresh = arena_print(build->arena, "%s.new", path);
	const int fd =
	    open(fresh, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	struct tarball *tarball;
	bool whole = true;

	if (fd < 0) {
		pack_say("%s: %s", fresh, strerror(errno));
		return false;
	}
	tarball = tarball_new(build->arena, fd);
	for (size_t i = 0; whole && i < build->tree->count; i++) {
		const struct pack_file *file = &build->tree->files[i];

		whole = tarball_add_file(
			    tarball, file->path, (int64_t)file->length) &&
			tarball_add_bytes(tarball, file->bytes, file->length);
	}
	whole = tarball_end(tarball) && whole;
	hash_file(fd, build->archive, &build->archive_size);
	whole = whole && fsync(fd) == 0;
	(void)close(fd);
	if (!whole || rename(fresh, path) != 0) {
		pack_say("%s: %s", path, strerror(errno));
		return false;
	}
	return true;
}

static void
add_digest(struct text *out, const void *bytes, size_t length)
{
	unsigned char digest[SECRET_DIGEST];

	secret_sha256(bytes, length, digest);
	xml_put(out, "sha256", text_hex(out->arena, digest, SECRET_DIGEST));
}

/* Copied to the depot and described in the manifest. */
static bool
add_picture(struct build *build, struct text *out, struct xml_node *node)
{
	const char *name = xml_attribute(build->arena, node, "file");
	const char *from = path_in(build, build->folder, name);
	const char *to = path_in(build, build->target, name);
	size_t length;
	const char *bytes = file_read(build->arena, from, 4 << 20, &length);

	if (bytes == NULL || !file_replace(to, bytes, length, 0644)) {
		pack_say("%s: %s (a picture named in line %d of %s)",
		    bytes == NULL ? from : to, strerror(errno), xml_line(node),
		    build->file);
		return false;
	}
	text_print(out, "<%s", xml_is(node, "icon") ? "icon" : "screenshot");
	xml_put(out, "file", name);
	xml_put_number(out, "size", (int64_t)length);
	add_digest(out, bytes, length);
	text_add(out, "/>\n");
	return true;
}

static void
add_empty_folders(struct build *build, struct text *out)
{
	for (size_t i = 0; i < build->tree->folder_count; i++) {
		const char *path = build->tree->folders[i];
		const struct manifest_folder *folder =
		    manifest_folder(build->package, path);

		if (folder != NULL && strcmp(folder->path, path) == 0)
			continue;
		text_add(out, "<folder");
		xml_put(out, "path", path);
		xml_put(out, "kind",
		    manifest_kind_name(
			folder == NULL ? MANIFEST_PROGRAM : folder->kind));
		text_add(out, "/>\n");
	}
}

static enum manifest_kind
kind_of(const struct build *build, const char *path)
{
	const struct manifest *package = build->package;
	const struct manifest_folder *folder = manifest_folder(package, path);

	for (size_t i = 0; i < package->file_count; i++)
		if (strcmp(package->files[i].path, path) == 0)
			return package->files[i].kind;
	return folder == NULL ? MANIFEST_PROGRAM : folder->kind;
}

static void
add_files(struct build *build, struct text *out)
{
	int64_t total = 0;

	for (size_t i = 0; i < build->tree->count; i++)
		total += (int64_t)build->tree->files[i].length;
	text_add(out, "<archive file=\"archive.tar.gz\"");
	xml_put_number(out, "size", build->archive_size);
	xml_put(out, "sha256",
	    text_hex(build->arena, build->archive, SECRET_DIGEST));
	xml_put_number(out, "unpacked", total);
	xml_put_number(out, "count", (int64_t)build->tree->count);
	text_add(out, "/>\n<files>\n");
	for (size_t i = 0; i < build->tree->count; i++) {
		const struct pack_file *file = &build->tree->files[i];

		text_add(out, "<file");
		xml_put(out, "path", file->path);
		xml_put_number(out, "size", (int64_t)file->length);
		xml_put(out, "kind",
		    manifest_kind_name(kind_of(build, file->path)));
		add_digest(out, file->bytes, file->length);
		text_add(out, "/>\n");
	}
	text_add(out, "</files>\n");
}

static bool
comes_after_folders(struct xml_node *node)
{
	static const char *const names[] = { "database", "hook", "upgrade",
		"entry", "health", "file", NULL };

	if (node == NULL)
		return true;
	for (size_t i = 0; names[i] != NULL; i++)
		if (xml_is(node, names[i]))
			return true;
	return false;
}

static bool
add_elements(struct build *build, struct text *out)
{
	struct xml_node *at =
	    xml_child(xml_read(build->arena, build->bytes, build->length,
			  MANIFEST_LIMIT, NULL),
		NULL);

	for (; !comes_after_folders(at); at = xml_next(at, NULL)) {
		if (!xml_is(at, "icon") && !xml_is(at, "screenshot"))
			text_print(out, "%s\n", xml_markup(build->arena, at));
		else if (!add_picture(build, out, at))
			return false;
	}
	add_empty_folders(build, out);
	for (; at != NULL; at = xml_next(at, NULL))
		if (!xml_is(at, "file"))
			text_print(out, "%s\n", xml_markup(build->arena, at));
	add_files(build, out);
	return true;
}

static bool
write_manifest(struct build *build)
{
	struct text *out = text_new(build->arena, MANIFEST_LIMIT);
	const char *path = path_in(build, build->target, "manifest.xml");
	struct pack_reader reader;

	text_add(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<manifest");
	xml_put(out, "format", "1");
	xml_put(out, "name", build->package->name);
	xml_put(out, "version", build->version);
	xml_put(out, "released", build->released);
	xml_put(out, "kind", build->package->kind);
	text_add(out, ">\n");
	if (!add_elements(build, out))
		return false;
	text_add(out, "</manifest>\n");
	pack_reader_begin(&reader, path);
	if (out->over || manifest_read(build->arena, out->bytes, out->length,
			     &reader.watcher) == NULL) {
		pack_say("what would become %s is wrong: see above", path);
		return false;
	}
	if (!file_replace(path, out->bytes, out->length, 0644)) {
		pack_say("%s: %s", path, strerror(errno));
		return false;
	}
	return true;
}

/* Each line of the description that names a file which is not there. */
static bool
check_named(struct build *build)
{
	static const struct {
		const char *element;
		const char *attribute;
	} names[] = { { "license", "file" }, { "entry", "path" },
		{ "hook", "command" }, { "file", "path" } };
	struct xml_node *root = xml_read(
	    build->arena, build->bytes, build->length, MANIFEST_LIMIT, NULL);
	bool right = true;

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		for (struct xml_node *at = xml_child(root, names[i].element);
		     at != NULL; at = xml_next(at, names[i].element)) {
			const char *path =
			    xml_attribute(build->arena, at, names[i].attribute);

			if (*path == '\0' || pack_tree_has(build->tree, path))
				continue;
			fprintf(stderr,
			    "%s:%d: there is no file %s in the package: add "
			    "it, or name another\n",
			    build->file, xml_line(at), path);
			right = false;
		}
	return right;
}

/* Built beside and renamed, so that a depot holds whole versions only. */
static int
build_target(struct build *build, const char *final)
{
	struct stat status;

	if (stat(final, &status) == 0) {
		pack_say("%s is there: a version never changes; give the new "
			 "one another number",
		    final);
		return PACK_REFUSED;
	}
	build->target = arena_print(build->arena, "%s.new", final);
	if (!file_make_folder(build->target, 0755)) {
		pack_say("%s: %s", build->target, strerror(errno));
		return PACK_FAILED;
	}
	if (!write_archive(build))
		return PACK_FAILED;
	if (!write_manifest(build))
		return PACK_REFUSED;
	if (rename(build->target, final) != 0) {
		pack_say("%s: %s", final, strerror(errno));
		return PACK_FAILED;
	}
	printf("%s: %zu files, %lld bytes packed\n", final, build->tree->count,
	    (long long)build->archive_size);
	return PACK_DONE;
}

int
pack_build(struct pack_options *options)
{
	struct build build = { .arena = options->arena, .options = options };

	if (options->word_count != 2)
		return PACK_USAGE;
	build.folder = options->words[0];
	if (!read_description(&build) || !choose_version(&build) ||
	    !gather(&build) || !check_named(&build))
		return PACK_REFUSED;
	return build_target(
	    &build, arena_print(build.arena, "%s/%s/%s", options->words[1],
			build.package->name, build.version));
}
