/* catalog_kept: lists that are the same for all customers, kept from one
 * request to the next for as long as they are true. */

#ifndef DATA_CATALOG_KEPT_H
#define DATA_CATALOG_KEPT_H

#include <stddef.h>
#include <stdint.h>

struct arena;

struct catalog_kept {
	struct arena *arena;	/* where the rows are to be put */
	const void *rows;
	size_t count;
	int64_t total;
	const char *mark;	/* of the catalog it was read from */
	const char *key;	/* what was asked for */
	int64_t used;		/* the higher, the later */
};

/* The list of that key and mark, NULL when there is none. */
const struct catalog_kept *catalog_kept_find(
    const char *mark, const char *key);

/* A place for it, to be filled: the oldest is given up when there are many,
 * and the one of another mark in any case, so rows found before are gone. */
struct catalog_kept *catalog_kept_add(const char *mark, const char *key);

/* It could not be filled. */
void catalog_kept_drop(struct catalog_kept *kept);

#endif
