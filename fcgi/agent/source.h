/* source: what a depot has to say and to give, each thing believed for the
 * signature or digest above it. */

#ifndef AGENT_SOURCE_H
#define AGENT_SOURCE_H

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
	void (*progress)(void *context, int64_t bytes);
	void *context;
};

/* Index and manifest, signed by the maker and named in the job. "" or why
 * not. */
const char *source_describe(struct source *source);

/* The archive into fd; then, its digest on that very descriptor. */
const char *source_load(struct source *source, int fd);
const char *source_verify(struct source *source, int fd);

#endif
