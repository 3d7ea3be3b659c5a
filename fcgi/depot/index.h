/* index: the signed list of a depot's packages. */

#ifndef DEPOT_INDEX_H
#define DEPOT_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/secret.h"
#include "base/xml.h"

struct arena;
struct text;

enum {
	INDEX_LIMIT = 1 << 20,		/* bytes of index.xml */
	INDEX_SIGNATURE_LIMIT = 200,	/* bytes of index.xml.sig */
};

struct index_package {
	const char *name;
	const char *version;
	unsigned char manifest[SECRET_DIGEST];	/* SHA-256 of manifest.xml */
};

struct index {
	const char *depot;
	int64_t serial;
	int64_t expires;	/* time */
	const struct index_package *packages;
	size_t package_count;
};

/* Signatures are made over a line that says what is signed and the bytes.
 * index.xml.sig holds one in each line: that of the index and that of the one
 * before, and is written first, so that a reader who comes while the depot
 * changes has a signature for whichever index he got. */
void index_sign(const struct secret_key *key, const void *bytes, size_t n,
    struct text *signature);
bool index_is_signed(struct arena *arena, const struct secret_key *key,
    const void *bytes, size_t n, const char *signature);

enum index_end {
	INDEX_OK,
	INDEX_UNSIGNED,		/* not by this key, or changed since */
	INDEX_MALFORMED,
	INDEX_OTHER_DEPOT,	/* signed by the maker, for another depot */
	INDEX_OLDER,		/* a serial below the highest seen */
	INDEX_EXPIRED,		/* perhaps somebody keeps newer ones away */
};

/* What is known of a depot before its index is read. */
struct index_pin {
	const char *depot;
	const struct secret_key *key;
	int64_t serial;		/* highest seen, 0 for none */
	int64_t now;
};

/* Looks at the signature first; index_r is set for INDEX_OK alone. */
enum index_end index_open(struct arena *arena, const struct index_pin *pin,
    const void *bytes, size_t n, const char *signature,
    const struct index **index_r);

/* "depot.index-unsigned" ...; "" for INDEX_OK. */
const char *index_reason(enum index_end end);

/* Unsigned reading, for the maker's own tools. */
const struct index *index_read(struct arena *arena, const void *bytes,
    size_t n, const struct xml_watcher *watcher);
void index_write(struct text *out, const struct index *index);

/* NULL when it is not in it. */
const struct index_package *index_package(
    const struct index *index, const char *name, const char *version);

#endif
