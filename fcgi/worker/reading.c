/* reading: index, manifest and pictures of a depot, each checked by the
 * signature or digest that stands above it before it is looked at. */

#include "worker/reading.h"

#include <errno.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/log.h"
#include "base/secret.h"
#include "base/setting.h"
#include "base/text.h"
#include "data/audit.h"
#include "data/depot.h"
#include "data/version.h"
#include "data/work.h"
#include "depot/chain.h"
#include "depot/fetch.h"
#include "depot/index.h"
#include "depot/manifest.h"
#include "shop/publish.h"

enum { PICTURE_LIMIT = 4 << 20 };

static const char *
get(struct work *work, const char *url, int64_t limit,
    struct fetched *fetched_r)
{
	const struct fetch wish = { .url = url, .limit = limit };

	switch (fetch(work->arena, &wish, fetched_r)) {
	case FETCH_OK:
		return NULL;
	case FETCH_STATUS:
		return arena_print(
		    work->arena, "depot.status %s %ld", url, fetched_r->status);
	case FETCH_TOO_LARGE:
		return arena_print(work->arena, "depot.too-large %s", url);
	case FETCH_STOPPED:
	case FETCH_UNREACHABLE:
		break;
	}
	return arena_print(
	    work->arena, "depot.unreachable %s: %s", url, fetched_r->trouble);
}

/* The same with the SHA-256 that the document above names. */
static const char *
get_known(struct work *work, const char *url, int64_t limit,
    const unsigned char *sha256, struct fetched *fetched_r)
{
	unsigned char digest[SECRET_DIGEST];
	const char *problem = get(work, url, limit, fetched_r);

	if (problem != NULL)
		return problem;
	secret_sha256(fetched_r->bytes, fetched_r->length, digest);
	if (memcmp(digest, sha256, sizeof(digest)) != 0)
		return arena_print(work->arena, "depot.digest %s", url);
	return NULL;
}

struct follow {
	const struct depot *depot;
	struct chain_pin pin;
};

static enum db_status
keep_key(struct work *work, void *context)
{
	const struct follow *follow = context;
	const struct db_bytes key = { follow->pin.key, SECRET_PUBLIC };
	enum db_status status =
	    depot_follow(work, follow->depot, &key, follow->pin.number);

	return status == DB_OK
		   ? audit_add(work, "depot.key", follow->depot->name,
			 arena_print(work->arena, "%lld",
			     (long long)follow->pin.number))
		   : status;
}

/* The maker may have another key by now, and says so in keys.xml: both keys
 * signed that. */
static bool
find_next_key(struct work *work, struct follow *follow)
{
	const struct depot *depot = follow->depot;
	const struct chain *chain;
	struct fetched fetched;

	memcpy(follow->pin.key, depot->public_key.bytes, SECRET_PUBLIC);
	follow->pin.number = depot->key_number;
	if (get(work, arena_print(work->arena, "%skeys.xml", depot->url),
		CHAIN_LIMIT, &fetched) != NULL)
		return false;
	chain = chain_read(work->arena, fetched.bytes, fetched.length, NULL);
	return chain != NULL &&
	       chain_follow(work->arena, chain, depot->name, &follow->pin);
}

static const char *
judge(struct work *work, const struct depot *depot, const struct fetched *bytes,
    const struct fetched *signature, const struct index **index_r)
{
	struct follow follow = { .depot = depot };
	struct index_pin pin = {
		.depot = depot->name,
		.key = secret_key_public(work->arena, depot->public_key.bytes),
		.serial = depot->index_serial,
		.now = work->now,
	};
	enum index_end end = index_open(work->arena, &pin, bytes->bytes,
	    bytes->length, signature->bytes, index_r);

	if (end == INDEX_UNSIGNED && find_next_key(work, &follow)) {
		pin.key = secret_key_public(work->arena, follow.pin.key);
		end = index_open(work->arena, &pin, bytes->bytes, bytes->length,
		    signature->bytes, index_r);
		if (end == INDEX_OK &&
		    db_transact(work, keep_key, &follow) != DB_OK)
			return "depot.key";
	}
	return end == INDEX_OK ? NULL : index_reason(end);
}

static const char *
open_index(
    struct work *work, const struct depot *depot, const struct index **index_r)
{
	struct fetched bytes, signature;
	const char *url = arena_print(work->arena, "%sindex.xml", depot->url);
	const char *problem = get(work, url, INDEX_LIMIT, &bytes);

	if (problem == NULL)
		problem = get(work, arena_print(work->arena, "%s.sig", url),
		    INDEX_SIGNATURE_LIMIT, &signature);
	return problem == NULL ? judge(work, depot, &bytes, &signature, index_r)
			       : problem;
}

/* Keeps a picture below media.dir; *file_r is its name there. */
static const char *
keep_picture(struct work *work, const char *folder,
    const struct manifest_picture *picture, const char *place,
    const char **file_r)
{
	struct fetched fetched;
	const char *name =
	    arena_print(work->arena, "%s/%s", place, picture->file);
	const char *path =
	    arena_print(work->arena, "%s/%s", setting_text("media.dir"), name);
	const char *problem = get_known(work,
	    arena_print(work->arena, "%s%s", folder, picture->file),
	    picture->size < PICTURE_LIMIT ? picture->size : PICTURE_LIMIT,
	    picture->sha256, &fetched);

	if (problem != NULL)
		return problem;
	const char *parent = arena_copy_n(
	    work->arena, path, (size_t)(strrchr(path, '/') - path));
	if (!file_make_folder(parent, 0755) ||
	    !file_replace(path, fetched.bytes, fetched.length, 0644))
		return arena_print(
		    work->arena, "depot.media %s: %s", path, strerror(errno));
	*file_r = name;
	return NULL;
}

static const char *
keep_pictures(struct work *work, const char *folder,
    const struct manifest *manifest, struct publication *publication)
{
	const char *place = arena_print(
	    work->arena, "%s/%s", manifest->name, manifest->version);
	const char **files = arena_array(
	    work->arena, manifest->screenshot_count + 1, sizeof(files[0]));
	const char *problem = NULL;

	publication->icon = "";
	if (manifest->icon != NULL)
		problem = keep_picture(
		    work, folder, manifest->icon, place, &publication->icon);
	for (size_t i = 0; problem == NULL && i < manifest->screenshot_count;
	     i++)
		problem = keep_picture(
		    work, folder, &manifest->screenshots[i], place, &files[i]);
	publication->screenshots = files;
	publication->screenshot_count = manifest->screenshot_count;
	return problem;
}

static const struct publication_text *
texts_of(struct arena *arena, const struct manifest *manifest)
{
	struct publication_text *texts =
	    arena_array(arena, manifest->text_count, sizeof(texts[0]));

	for (size_t i = 0; i < manifest->text_count; i++)
		texts[i] = (struct publication_text){
			.language = manifest->texts[i].language,
			.name = manifest->texts[i].name,
			.summary = manifest->texts[i].summary,
			.description = manifest->texts[i].description,
			.feature = manifest->texts[i].features,
		};
	return texts;
}

static void
describe(struct arena *arena, const struct manifest *manifest,
    struct publication *publication)
{
	publication->code = manifest->name;
	publication->version = manifest->version;
	publication->maker = manifest->maker;
	publication->maker_url = manifest->maker_url;
	publication->category = manifest->category;
	publication->kind = manifest->kind;
	publication->model = manifest->model;
	publication->trial_days = manifest->trial_days;
	publication->released_on = manifest->released;
	publication->archive_size = manifest->archive.size;
	publication->unpacked_size = manifest->archive.unpacked;
	publication->file_count = manifest->archive.count;
	publication->os = manifest->needs.os;
	publication->php_min = manifest->needs.php;
	publication->mariadb_min = manifest->needs.mariadb;
	publication->entry = manifest->entry;
	publication->upgrade_from = manifest->upgrade_from;
	publication->texts = texts_of(arena, manifest);
	publication->text_count = manifest->text_count;
	publication->related = manifest->related;
	publication->related_count = manifest->related_count;
}

struct news {
	const struct depot *depot;
	struct publication publication;
	enum publish result;
};

static enum db_status
publish(struct work *work, void *context)
{
	struct news *news = context;

	return publish_version(
	    work, news->depot, &news->publication, &news->result);
}

static const char *
prepare(struct work *work, const struct depot *depot,
    const struct index_package *package, struct news *news)
{
	struct fetched fetched;
	const char *folder = arena_print(work->arena, "%s%s/%s/", depot->url,
	    package->name, package->version);
	const char *problem =
	    get_known(work, arena_print(work->arena, "%smanifest.xml", folder),
		MANIFEST_LIMIT, package->manifest, &fetched);

	if (problem != NULL)
		return problem;
	const struct manifest *manifest =
	    manifest_read(work->arena, fetched.bytes, fetched.length, NULL);
	if (manifest == NULL || strcmp(manifest->name, package->name) != 0 ||
	    strcmp(manifest->version, package->version) != 0)
		return arena_print(work->arena, "depot.manifest %s", folder);
	news->depot = depot;
	news->publication.manifest = fetched.bytes;
	news->publication.manifest_sha256 =
	    (struct db_bytes){ package->manifest, SECRET_DIGEST };
	describe(work->arena, manifest, &news->publication);
	return keep_pictures(work, folder, manifest, &news->publication);
}

/* Is this very manifest published already? */
static enum db_status
is_known(struct work *work, const struct index_package *package, bool *known_r)
{
	const struct version *version;
	const enum db_status status =
	    version_by_name(work, package->name, package->version, &version);

	*known_r =
	    status == DB_OK && memcmp(version->manifest_sha256.bytes,
				   package->manifest, SECRET_DIGEST) == 0;
	return status == DB_NONE ? DB_OK : status;
}

static enum db_status
read_package(struct work *work, const struct depot *depot,
    const struct index_package *package, struct reading *reading)
{
	struct news news = { 0 };
	bool known;
	enum db_status status = is_known(work, package, &known);

	if (status != DB_OK || known)
		return status;
	const char *problem = prepare(work, depot, package, &news);
	if (problem != NULL) {
		reading->problem = problem;
		return DB_OK;
	}
	status = db_transact(work, publish, &news);
	if (status != DB_OK)
		return status;
	switch (news.result) {
	case PUBLISH_NEW:
		reading->published++;
		break;
	case PUBLISH_SAME:
		break;
	case PUBLISH_OTHER_BYTES:
		reading->problem = arena_print(work->arena,
		    "depot.changed %s %s", package->name, package->version);
		break;
	case PUBLISH_OTHER_DEPOT:
		reading->problem = arena_print(
		    work->arena, "depot.other-depot %s", package->name);
		break;
	}
	return DB_OK;
}

struct seen {
	const struct depot *depot;
	const struct index *index;
	const char *problem;
};

static enum db_status
note(struct work *work, void *context)
{
	const struct seen *seen = context;
	enum db_status status = DB_OK;

	/* Packages first, then the serial: what was not read is tried again
	 * with the next index at the latest. */
	if (seen->index != NULL)
		status = depot_seen(work, seen->depot->depot_id,
		    seen->index->serial, seen->index->expires);
	if (status == DB_OK && seen->problem[0] != '\0')
		status =
		    depot_refused(work, seen->depot->depot_id, seen->problem);
	return status;
}

enum db_status
reading_depot(
    struct work *work, const struct depot *depot, struct reading *reading_r)
{
	const struct index *index = NULL;
	enum db_status status = DB_OK;

	*reading_r = (struct reading){ .problem = "" };
	const char *problem = open_index(work, depot, &index);
	if (problem != NULL)
		reading_r->problem = problem;
	else
		reading_r->packages = index->package_count;
	for (size_t i = 0; status == DB_OK && i < reading_r->packages; i++)
		status =
		    read_package(work, depot, &index->packages[i], reading_r);
	if (status != DB_OK)
		return status;
	struct seen seen = { depot, index, reading_r->problem };
	return db_transact(work, note, &seen);
}
