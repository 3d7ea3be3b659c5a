/* rule: what becomes of a customer's file when the next version takes its
 * program's place. Decides by the two manifests alone, touches nothing. */

#ifndef AGENT_RULE_H
#define AGENT_RULE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "depot/manifest.h"

enum rule_fate {
	RULE_DROP,	/* the maker's: the next version has its own, or none */
	RULE_KEEP,	/* stays at its place, over what the version brings */
	RULE_KEEP_NEW,	/* stays; what the version brings lies beside, .new */
	RULE_ORIG,	/* makes room: it lies beside, .orig */
};

struct rules {
	const struct manifest *before;	/* what was installed ... */
	const struct manifest *now;	/* ... and what comes */
	const char *const *wrote;	/* "SHA256 NAME": the agent's own */
	size_t wrote_count;
};

/* One that is there; links and pipes are changed files. */
struct rule_file {
	const char *path;
	bool regular;
	int64_t size;
	/* Its SHA-256, asked for when it matters; false when it cannot be
	 * read: then it counts as changed. */
	bool (*digest)(void *context, unsigned char digest_r[SECRET_DIGEST]);
	void *context;
};

enum rule_fate rule_fate(
    const struct rules *rules, const struct rule_file *file);

/* Is the file as that manifest has it? */
bool rule_is_as(const struct manifest *manifest, const struct rule_file *file);

/* A folder that is there because the customer has it: it stays, even empty. */
bool rule_is_own_folder(const struct rules *rules, const char *path);

/* Does the manifest have anything in that folder? */
bool rule_has_folder(const struct manifest *manifest, const char *path);

/* kagiya-license.ini, kagiya-setting.ini. */
bool rule_is_agents(const char *path);

#endif
