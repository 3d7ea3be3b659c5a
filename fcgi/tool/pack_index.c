/* pack_index: the signed list of a depot, and the key that signs it. */

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/text.h"
#include "depot/index.h"
#include "tool/pack.h"

enum { PACKAGES = 4000, DAY = 24 * 60 * 60 };

struct listing {
	struct arena *arena;
	const char *depot;
	struct index_package *packages;
	size_t count;
	int code;
};

int
pack_keygen(struct pack_options *options)
{
	struct secret_key *key;

	if (options->word_count != 2)
		return PACK_USAGE;
	for (size_t i = 0; i < 2; i++)
		if (access(options->words[i], F_OK) == 0) {
			pack_say("%s is there and is not overwritten",
			    options->words[i]);
			return PACK_REFUSED;
		}
	key = secret_key_make(options->arena);
	if (!secret_key_save(key, options->words[0], options->words[1])) {
		pack_say("%s: %s", options->words[0], strerror(errno));
		return PACK_FAILED;
	}
	printf("key %s\n", secret_key_id(options->arena, key));
	return PACK_DONE;
}

static void
add_version(struct listing *listing, const char *name, const char *version)
{
	struct arena *own = arena_new();
	struct index_package *package = &listing->packages[listing->count];
	const struct manifest *manifest;
	const int code = pack_check_version(own,
	    arena_print(own, "%s/%s/%s", listing->depot, name, version),
	    &manifest, package->manifest);

	arena_free(own);
	if (code != PACK_DONE) {
		if (code > listing->code)
			listing->code = code;
		return;
	}
	package->name = arena_copy(listing->arena, name);
	package->version = arena_copy(listing->arena, version);
	listing->count++;
}

/* Calls add for each folder of such a name, in byte order. */
static void
each(struct listing *listing, const char *folder,
    bool (*is_right)(const char *name),
    void (*add)(struct listing *listing, const char *above, const char *name),
    const char *above)
{
	struct dirent **names;
	const int count = scandir(folder, &names, NULL, alphasort);

	if (count < 0) {
		if (errno != ENOTDIR) {
			pack_say("%s: %s", folder, strerror(errno));
			listing->code = PACK_FAILED;
		}
		return;
	}
	for (int i = 0; i < count; i++) {
		const char *name = names[i]->d_name;

		if (is_right(name) && listing->count < PACKAGES &&
		    strstr(name, ".new") == NULL)
			add(listing, above, name);
		free(names[i]);
	}
	free(names);
}

static void
add_package(struct listing *listing, const char *above, const char *name)
{
	(void)above;
	each(listing,
	    arena_print(listing->arena, "%s/%s", listing->depot, name),
	    manifest_is_version, add_version, arena_copy(listing->arena, name));
}

static int64_t
serial_before(struct arena *arena, const char *path)
{
	size_t length;
	const char *bytes = file_read(arena, path, INDEX_LIMIT, &length);
	const struct index *index =
	    bytes == NULL ? NULL : index_read(arena, bytes, length, NULL);

	return index == NULL ? 0 : index->serial;
}

/* The signature goes first, with the last one below it: see index.h. */
static bool
publish(struct arena *arena, const char *path, const struct text *document,
    const struct secret_key *key)
{
	const char *signatures = arena_print(arena, "%s.sig", path);
	struct text *out = text_new(arena, INDEX_SIGNATURE_LIMIT);
	const char *before =
	    file_read(arena, signatures, INDEX_SIGNATURE_LIMIT, NULL);

	index_sign(key, document->bytes, document->length, out);
	if (before != NULL)
		text_add_n(out, before, strcspn(before, "\n") + 1);
	return file_replace(signatures, out->bytes, out->length, 0644) &&
	       file_replace(path, document->bytes, document->length, 0644);
}

static int
write_index(
    struct pack_options *options, const struct secret_key *key, int64_t days)
{
	struct arena *arena = options->arena;
	struct listing listing = {
		.arena = arena,
		.depot = options->words[0],
		.packages = arena_array(
		    arena, PACKAGES + 1, sizeof(struct index_package)),
	};
	const char *path = arena_print(arena, "%s/index.xml", listing.depot);
	struct index index = { .depot = options->depot };
	struct text *document = text_new(arena, INDEX_LIMIT);

	each(&listing, listing.depot, manifest_is_name, add_package, "");
	if (listing.code != PACK_DONE)
		return listing.code;
	index.serial = serial_before(arena, path) + 1;
	index.expires = clock_now() + days * DAY;
	index.packages = listing.packages;
	index.package_count = listing.count;
	index_write(document, &index);
	if (!publish(arena, path, document, key)) {
		pack_say("%s: %s", path, strerror(errno));
		return PACK_FAILED;
	}
	printf("%s: serial %lld, %zu packages, until %s\n", path,
	    (long long)index.serial, listing.count,
	    clock_time_text(arena, index.expires));
	return PACK_DONE;
}

/* Nobody would believe an index that the depot's last key but one signed. */
static int
check_key(struct pack_options *options, const struct secret_key *key)
{
	unsigned char own[SECRET_PUBLIC], wanted[SECRET_PUBLIC];
	bool there;
	const int code =
	    pack_check_chain(options->arena, options->words[0], wanted, &there);

	if (code != PACK_DONE || !there)
		return code;
	secret_key_raw(key, own);
	if (memcmp(own, wanted, SECRET_PUBLIC) == 0)
		return PACK_DONE;
	pack_say("%s is not the key that %s/keys.xml ends with: sign with "
		 "that one",
	    options->key, options->words[0]);
	return PACK_REFUSED;
}

int
pack_index(struct pack_options *options)
{
	struct secret_key *key;
	int64_t days = 30;
	int code;

	if (options->word_count != 1 || options->depot == NULL ||
	    options->key == NULL || !manifest_is_name(options->depot))
		return PACK_USAGE;
	if (options->days != NULL &&
	    !text_number(options->days, 1, 3650, &days))
		return PACK_USAGE;
	key = secret_key_load(options->arena, options->key);
	if (key == NULL) {
		pack_say(
		    "%s holds no key of ours: kagiya-pack keygen makes one",
		    options->key);
		return PACK_FAILED;
	}
	code = check_key(options, key);
	return code == PACK_DONE ? write_index(options, key, days) : code;
}
