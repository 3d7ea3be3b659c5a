/* query: what a form or an address carries, name by name. */

#ifndef WEB_QUERY_H
#define WEB_QUERY_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

struct query_pair {
	const char *name;
	const char *value;
	bool good;	/* the value is UTF-8 and has no NUL */
};

struct query {
	const struct query_pair *pairs;
	size_t count;
};

/* "a=b&c=d". NULL when a name is not UTF-8, a % stands alone, or there are
 * more than 500 pairs. */
const struct query *query_parse(
    struct arena *arena, const char *bytes, size_t length);

/* How often the name is there; *pair_r is the first one, or NULL. */
size_t query_find(const struct query *query, const char *name,
    const struct query_pair **pair_r);

#endif
