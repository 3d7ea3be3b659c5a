/* source: what a depot has to say and to give. */

#include "agent/source.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "agent/agent.h"
#include "agent/net.h"
#include "agent/pin.h"
#include "agent/wire.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/text.h"
#include "depot/index.h"

static const char *
why_not(struct source *source, enum fetch_end end, const char *url,
    const struct fetched *fetched)
{
	struct arena *arena = source->arena;

	source->away = end == FETCH_UNREACHABLE ||
		       (end == FETCH_STATUS && fetched->status >= 500);
	switch (end) {
	case FETCH_OK:
		return "";
	case FETCH_STATUS:
		return arena_print(
		    arena, "depot.status %s %ld", url, fetched->status);
	case FETCH_TOO_LARGE:
		return arena_print(arena, "depot.too-large %s", url);
	case FETCH_STOPPED:
		return arena_print(arena, "agent.no-space %s", strerror(errno));
	case FETCH_UNREACHABLE:
		break;
	}
	return arena_print(
	    arena, "depot.unreachable %s: %s", url, fetched->trouble);
}

static const char *
get(struct source *source, const char *name, int64_t limit,
    struct fetched *fetched_r)
{
	const struct fetch wish = {
		.url = arena_print(
		    source->arena, "%s%s", source->job->depot_url, name),
		.limit = limit,
	};
	const enum fetch_end end =
	    net_fetch(source->agent, source->arena, &wish, fetched_r);

	return why_not(source, end, wish.url, fetched_r);
}

/* The maker may have another key by now, and says so in keys.xml. */
static bool
follow(struct source *source, struct pin *pin)
{
	struct arena *arena = source->arena;
	const struct chain *chain;
	struct fetched fetched;

	if (*get(source, "keys.xml", CHAIN_LIMIT, &fetched) != '\0')
		return false;
	chain = chain_read(arena, fetched.bytes, fetched.length, NULL);
	return chain != NULL &&
	       chain_follow(arena, chain, pin->depot, &pin->at);
}

static enum index_end
judge(struct source *source, struct pin *pin, const struct fetched *bytes,
    const struct fetched *signature, const struct index **index_r)
{
	struct index_pin known = {
		.depot = pin->depot,
		.key = secret_key_public(source->arena, pin->at.key),
		.serial = pin->serial,
		.now = clock_now(),
	};
	enum index_end end = index_open(source->arena, &known, bytes->bytes,
	    bytes->length, signature->bytes, index_r);

	if (end != INDEX_UNSIGNED || !follow(source, pin))
		return end;
	known.key = secret_key_public(source->arena, pin->at.key);
	return index_open(source->arena, &known, bytes->bytes, bytes->length,
	    signature->bytes, index_r);
}

static const char *
open_index(struct source *source, const struct index **index_r)
{
	struct arena *arena = source->arena;
	struct fetched bytes, signature;
	struct pin pin;
	const char *why =
	    pin_read(source->agent, arena, source->job->depot, &pin);
	enum index_end end;

	if (*why == '\0')
		why = get(source, "index.xml", INDEX_LIMIT, &bytes);
	if (*why == '\0')
		why = get(
		    source, "index.xml.sig", INDEX_SIGNATURE_LIMIT, &signature);
	if (*why != '\0')
		return why;
	end = judge(source, &pin, &bytes, &signature, index_r);
	if (end != INDEX_OK)
		return arena_print(
		    arena, "%s %s", index_reason(end), source->job->depot);
	/* On disk before anything follows from it: there is no way back. */
	pin.serial = (*index_r)->serial;
	if (!pin_write(source->agent, arena, &pin))
		return arena_print(arena, "agent.file %s", strerror(errno));
	return "";
}

static const char *
folder_of(const struct source *source)
{
	return arena_print(source->arena, "%s/%s", source->job->package,
	    text_percent(source->arena, source->job->version, ""));
}

const char *
source_describe(struct source *source)
{
	struct arena *arena = source->arena;
	const struct order_job *job = source->job;
	const struct index_package *package;
	const struct index *index;
	unsigned char digest[SECRET_DIGEST];
	struct fetched fetched;
	const char *why = open_index(source, &index);

	if (*why != '\0')
		return why;
	package = index_package(index, job->package, job->version);
	if (package == NULL)
		return arena_print(arena, "depot.not-offered %s %s",
		    job->package, job->version);
	/* The maker's word and the manager's must be about the same bytes. */
	if (memcmp(package->manifest, job->manifest, SECRET_DIGEST) != 0)
		return arena_print(arena, "depot.other-manifest %s %s",
		    job->package, job->version);
	why = get(source,
	    arena_print(arena, "%s/manifest.xml", folder_of(source)),
	    MANIFEST_LIMIT, &fetched);
	if (*why != '\0')
		return why;
	secret_sha256(fetched.bytes, fetched.length, digest);
	if (memcmp(digest, job->manifest, SECRET_DIGEST) != 0)
		return arena_print(
		    arena, "depot.digest %s/manifest.xml", folder_of(source));
	source->bytes = fetched.bytes;
	source->length = fetched.length;
	source->manifest =
	    manifest_read(arena, fetched.bytes, fetched.length, NULL);
	if (source->manifest == NULL ||
	    strcmp(source->manifest->name, job->package) != 0 ||
	    strcmp(source->manifest->version, job->version) != 0)
		return arena_print(
		    arena, "depot.manifest %s", folder_of(source));
	return "";
}

struct loading {
	struct source *source;
	int fd;
	int64_t bytes;
	bool over;
};

static bool
store(void *context, const void *bytes, size_t n)
{
	struct loading *loading = context;
	struct source *source = loading->source;

	loading->bytes += (int64_t)n;
	if (source->progress != NULL &&
	    !source->progress(source->context, loading->bytes)) {
		loading->over = true;
		return false;
	}
	return wire_write(loading->fd, bytes, n);
}

const char *
source_load(struct source *source, const struct source_thing *thing, int fd)
{
	struct arena *arena = source->arena;
	struct loading loading = { .source = source, .fd = fd };
	const char *headers[2] = {
		arena_print(arena, "Kagiya-Ticket: %s", thing->ticket), NULL
	};
	const struct fetch wish = {
		.url = thing->url,
		.limit = thing->size,
		.headers = headers,
		.take = store,
		.context = &loading,
	};
	struct fetched fetched;
	const enum fetch_end end =
	    net_fetch(source->agent, arena, &wish, &fetched);

	if (loading.over)
		return "agent.cancelled";
	if (end != FETCH_OK)
		return why_not(source, end, wish.url, &fetched);
	if (loading.bytes != thing->size)
		return arena_print(arena, "depot.short %s", wish.url);
	return "";
}

const char *
source_verify(struct source *source, const struct source_thing *thing, int fd)
{
	unsigned char digest[SECRET_DIGEST];
	int64_t size;

	if (!source_digest(source->arena, fd, digest, &size))
		return arena_print(
		    source->arena, "agent.file %s", strerror(errno));
	if (size != thing->size ||
	    memcmp(digest, thing->digest, sizeof(digest)) != 0)
		return arena_print(
		    source->arena, "depot.digest %s", thing->url);
	return "";
}

bool
source_digest(struct arena *arena, int fd,
    unsigned char digest_r[SECRET_DIGEST], int64_t *size_r)
{
	enum { BLOCK = 1 << 20 };
	struct secret_hash *hash = secret_hash_new(arena);
	char *block = arena_alloc(arena, BLOCK);
	ssize_t n;

	*size_r = 0;
	while ((n = pread(fd, block, BLOCK, *size_r)) > 0) {
		secret_hash_add(hash, block, (size_t)n);
		*size_r += n;
	}
	secret_hash_end(hash, digest_r);
	return n == 0;
}

struct source_thing
source_archive(const struct source *source)
{
	const struct manifest_archive *archive = &source->manifest->archive;

	return (struct source_thing){
		.url = arena_print(source->arena, "%s%s/%s",
		    source->job->depot_url, folder_of(source), archive->file),
		.ticket = source->job->ticket,
		.size = archive->size,
		.digest = archive->sha256,
	};
}

struct source_thing
source_parcel(const struct source *source)
{
	const struct order_parcel *parcel = source->job->parcel;

	return (struct source_thing){
		.url = parcel->url,
		.ticket = parcel->ticket,
		.size = parcel->size,
		.digest = parcel->sha256,
	};
}
