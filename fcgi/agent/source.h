/* source: what a depot has to say and to give, each thing believed for the
 * signature or digest above it. */

#ifndef AGENT_SOURCE_H
#define AGENT_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "depot/manifest.h"
#include "depot/order.h"

struct agent;
struct arena;

struct source {
	const struct agent *agent;
	struct arena *arena;
	const struct order_job *job;
	const struct manifest *manifest;
	const char *bytes;	/* of the manifest */
	size_t length;
	bool away;		/* the depot was, when something failed */
	bool (*progress)(void *context, int64_t bytes);	/* false: no more */
	void *context;
};

/* Index and manifest, signed by the maker and named in the job. "" or why
 * not. */
const char *source_describe(struct source *source);

/* Bytes somewhere that are known by their digest: the package's archive, or
 * the parcel that another server has packed. */
struct source_thing {
	const char *url;
	const char *ticket;
	int64_t size;
	const unsigned char *digest;
};
struct source_thing source_archive(const struct source *source);
struct source_thing source_parcel(const struct source *source);

/* Into fd; then, its digest on that very descriptor. "" or why not. */
const char *source_load(
    struct source *source, const struct source_thing *thing, int fd);
const char *source_verify(
    struct source *source, const struct source_thing *thing, int fd);

/* The digest of all that is in fd; false when it cannot be read. */
bool source_digest(struct arena *arena, int fd,
    unsigned char digest_r[SECRET_DIGEST], int64_t *size_r);

#endif
