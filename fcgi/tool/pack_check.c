/* pack_check: looks at what was built as an agent will. */

#include <dirent.h>
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
#include "depot/index.h"
#include "depot/tarball.h"
#include "tool/pack.h"

/* The archive's entries against the manifest's files. */
struct compare {
	struct arena *arena;
	const struct manifest *manifest;
	bool *seen;
	const struct manifest_file *file;
	struct secret_hash *hash;
	int problems;
};

static void
say(struct compare *compare, const char *path, const char *problem)
{
	compare->problems++;
	pack_say("archive: %s %s: build it again", path, problem);
}

static void
finish_file(struct compare *compare)
{
	unsigned char digest[SECRET_DIGEST];

	if (compare->file == NULL)
		return;
	secret_hash_end(compare->hash, digest);
	if (memcmp(digest, compare->file->sha256, sizeof(digest)) != 0)
		say(compare, compare->file->path, "has another SHA-256");
	compare->file = NULL;
}

static bool
on_entry(void *context, const struct tarball_entry *entry)
{
	struct compare *compare = context;
	size_t place;

	finish_file(compare);
	if (entry->folder)
		return true;
	compare->file = manifest_file(compare->manifest, entry->path);
	if (compare->file == NULL) {
		say(compare, entry->path, "is not in the manifest");
		return true;
	}
	place = (size_t)(compare->file - compare->manifest->files);
	if (compare->seen[place])
		say(compare, entry->path, "is there twice");
	compare->seen[place] = true;
	if (entry->size != compare->file->size)
		say(compare, entry->path, "has another size");
	compare->hash = secret_hash_new(compare->arena);
	return true;
}

static bool
on_bytes(void *context, const void *bytes, size_t n)
{
	struct compare *compare = context;

	if (compare->file != NULL)
		secret_hash_add(compare->hash, bytes, n);
	return true;
}

static int
check_archive(
    struct arena *arena, const char *path, const struct manifest *manifest)
{
	struct compare compare = {
		.arena = arena,
		.manifest = manifest,
		.seen = arena_array(arena, manifest->file_count, sizeof(bool)),
	};
	const struct tarball_sink sink = { on_entry, on_bytes, &compare };
	const int fd = open(path, O_RDONLY | O_CLOEXEC);
	const char *problem;

	if (fd < 0) {
		pack_say("%s: %s", path, strerror(errno));
		return 1;
	}
	problem = tarball_read(arena, fd, manifest->archive.unpacked, &sink);
	(void)close(fd);
	finish_file(&compare);
	if (problem != NULL) {
		pack_say("%s: %s", path, problem);
		return 1;
	}
	for (size_t i = 0; i < manifest->file_count; i++)
		if (!compare.seen[i])
			say(&compare, manifest->files[i].path, "is missing");
	return compare.problems;
}

static int
check_bytes(struct arena *arena, const char *folder, const char *name,
    int64_t size, const unsigned char *sha256)
{
	const char *path = arena_print(arena, "%s/%s", folder, name);
	unsigned char digest[SECRET_DIGEST];
	size_t length;
	const char *bytes =
	    file_read(arena, path, (size_t)MANIFEST_TOTAL, &length);

	if (bytes == NULL) {
		pack_say("%s: %s", path, strerror(errno));
		return 1;
	}
	secret_sha256(bytes, length, digest);
	if ((int64_t)length == size &&
	    memcmp(digest, sha256, sizeof(digest)) == 0)
		return 0;
	pack_say(
	    "%s: not the bytes that the manifest names: build it again", path);
	return 1;
}

static int
check_pictures(
    struct arena *arena, const char *folder, const struct manifest *manifest)
{
	int problems = 0;

	if (manifest->icon != NULL)
		problems += check_bytes(arena, folder, manifest->icon->file,
		    manifest->icon->size, manifest->icon->sha256);
	for (size_t i = 0; i < manifest->screenshot_count; i++) {
		const struct manifest_picture *picture =
		    &manifest->screenshots[i];

		problems += check_bytes(arena, folder, picture->file,
		    picture->size, picture->sha256);
	}
	return problems;
}

static int
check_place(
    struct arena *arena, const char *folder, const struct manifest *manifest)
{
	char *real = realpath(folder, NULL);
	const char *end =
	    arena_print(arena, "/%s/%s", manifest->name, manifest->version);
	bool right;

	if (real == NULL)
		return 1;
	right = strlen(real) > strlen(end) &&
		strcmp(real + strlen(real) - strlen(end), end) == 0;
	free(real);
	if (right)
		return 0;
	pack_say("%s: belongs to ...%s: move it there", folder, end);
	return 1;
}

int
pack_check_version(struct arena *arena, const char *folder,
    const struct manifest **manifest_r, unsigned char digest_r[SECRET_DIGEST])
{
	const char *path = arena_print(arena, "%s/manifest.xml", folder);
	struct pack_reader reader;
	size_t length;
	const char *bytes = file_read(arena, path, MANIFEST_LIMIT, &length);
	const struct manifest *manifest;
	int problems;

	*manifest_r = NULL;
	if (bytes == NULL) {
		pack_say("%s: %s", path, strerror(errno));
		return PACK_FAILED;
	}
	secret_sha256(bytes, length, digest_r);
	pack_reader_begin(&reader, path);
	manifest = manifest_read(arena, bytes, length, &reader.watcher);
	*manifest_r = manifest;
	if (manifest == NULL)
		return PACK_REFUSED;
	problems = check_place(arena, folder, manifest);
	problems += check_pictures(arena, folder, manifest);
	if (check_bytes(arena, folder, manifest->archive.file,
		manifest->archive.size, manifest->archive.sha256) != 0)
		return PACK_REFUSED;
	problems += check_archive(arena,
	    arena_print(arena, "%s/%s", folder, manifest->archive.file),
	    manifest);
	return problems == 0 ? PACK_DONE : PACK_REFUSED;
}

static int
check_description(struct arena *arena, const char *path)
{
	struct pack_reader reader;
	size_t length;
	const char *bytes = file_read(arena, path, MANIFEST_LIMIT, &length);

	if (bytes == NULL) {
		pack_say("%s: %s", path, strerror(errno));
		return PACK_FAILED;
	}
	pack_reader_begin(&reader, path);
	return manifest_read_description(
		   arena, bytes, length, &reader.watcher) != NULL
		   ? PACK_DONE
		   : PACK_REFUSED;
}

static int
check_entry(
    struct arena *arena, const char *depot, const struct index_package *package)
{
	const char *folder = arena_print(
	    arena, "%s/%s/%s", depot, package->name, package->version);
	const struct manifest *manifest;
	unsigned char digest[SECRET_DIGEST];
	const int code = pack_check_version(arena, folder, &manifest, digest);

	if (code != PACK_DONE)
		return code;
	if (memcmp(digest, package->manifest, sizeof(digest)) == 0)
		return PACK_DONE;
	pack_say("%s/manifest.xml: not the one in the index: run index again",
	    folder);
	return PACK_REFUSED;
}

/* The key itself is told nobody here; after a change it stands in keys.xml. */
static int
check_signature(struct arena *arena, const char *depot, const char *path,
    const char *bytes, size_t length)
{
	unsigned char key[SECRET_PUBLIC];
	bool there;
	const int code = pack_check_chain(arena, depot, key, &there);
	const char *signature = file_read(arena,
	    arena_print(arena, "%s.sig", path), INDEX_SIGNATURE_LIMIT, NULL);

	if (signature == NULL) {
		pack_say("%s.sig: %s: run index again", path, strerror(errno));
		return PACK_REFUSED;
	}
	if (code != PACK_DONE || !there)
		return code;
	if (index_is_signed(
		arena, secret_key_public(arena, key), bytes, length, signature))
		return PACK_DONE;
	pack_say("%s: not signed by the last key of keys.xml: run index again "
		 "with that one",
	    path);
	return PACK_REFUSED;
}

static int
check_depot(struct arena *arena, const char *depot, const char *path)
{
	struct pack_reader reader;
	size_t length;
	const char *bytes = file_read(arena, path, INDEX_LIMIT, &length);
	const struct index *index;
	int code;

	if (bytes == NULL) {
		pack_say("%s: %s", path, strerror(errno));
		return PACK_FAILED;
	}
	pack_reader_begin(&reader, path);
	code = check_signature(arena, depot, path, bytes, length);
	index = index_read(arena, bytes, length, &reader.watcher);
	if (index == NULL)
		return PACK_REFUSED;
	if (index->expires <= clock_now()) {
		pack_say("%s: its days are over: run index again", path);
		code = PACK_REFUSED;
	}
	for (size_t i = 0; i < index->package_count; i++) {
		struct arena *own = arena_new();
		const int one = check_entry(own, depot, &index->packages[i]);

		arena_free(own);
		if (one > code)
			code = one;
	}
	return code;
}

static const char *
present(struct arena *arena, const char *folder, const char *name)
{
	const char *path = arena_print(arena, "%s/%s", folder, name);

	return access(path, F_OK) == 0 ? path : NULL;
}

static int
check_one(struct arena *arena, const char *word)
{
	const struct manifest *manifest;
	unsigned char digest[SECRET_DIGEST];
	const char *path;

	if ((path = present(arena, word, "index.xml")) != NULL)
		return check_depot(arena, word, path);
	if (present(arena, word, "manifest.xml") != NULL)
		return pack_check_version(arena, word, &manifest, digest);
	if ((path = present(arena, word, "package.xml")) != NULL)
		return check_description(arena, path);
	if (strlen(word) > 4 && strcmp(word + strlen(word) - 4, ".xml") == 0)
		return check_description(arena, word);
	pack_say("%s: there is no index.xml, manifest.xml or package.xml in it",
	    word);
	return PACK_REFUSED;
}

int
pack_check(struct pack_options *options)
{
	int code = PACK_DONE;

	if (options->word_count == 0)
		return PACK_USAGE;
	for (size_t i = 0; i < options->word_count; i++) {
		const int one = check_one(options->arena, options->words[i]);

		if (one == PACK_DONE)
			printf("%s: right\n", options->words[i]);
		if (one > code)
			code = one;
	}
	return code;
}
