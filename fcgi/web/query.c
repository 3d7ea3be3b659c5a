/* query: what a form or an address carries, name by name. */

#include "web/query.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"

enum { MOST = 500 };

static size_t
count_pairs(const char *bytes, size_t length)
{
	size_t count = 1;

	for (size_t i = 0; i < length; i++)
		count += bytes[i] == '&';
	return count;
}

static bool
parse_pair(struct arena *arena, const char *bytes, size_t length,
    struct query_pair *pair_r)
{
	const char *sign = memchr(bytes, '=', length);
	size_t first = sign != NULL ? (size_t)(sign - bytes) : length;
	size_t second = sign != NULL ? length - first - 1 : 0;
	size_t n = 0;

	pair_r->name = text_unpercent(arena, bytes, first, true, &n);
	if (pair_r->name == NULL || !text_is_utf8(pair_r->name, n))
		return false;
	pair_r->value = text_unpercent(
	    arena, sign != NULL ? sign + 1 : "", second, true, &n);
	if (pair_r->value == NULL)
		return false;
	pair_r->good = text_is_utf8(pair_r->value, n);
	return true;
}

const struct query *
query_parse(struct arena *arena, const char *bytes, size_t length)
{
	size_t most = count_pairs(bytes, length);
	struct query *query = arena_alloc(arena, sizeof(*query));
	struct query_pair *pairs;
	const char *end = bytes + length;

	if (most > MOST)
		return NULL;
	pairs = arena_array(arena, most, sizeof(*pairs));
	query->pairs = pairs;
	while (bytes < end) {
		const char *sign = memchr(bytes, '&', (size_t)(end - bytes));
		size_t n = (size_t)((sign != NULL ? sign : end) - bytes);

		if (n > 0 &&
		    !parse_pair(arena, bytes, n, &pairs[query->count++]))
			return NULL;
		bytes += n + 1;
	}
	return query;
}

size_t
query_find(const struct query *query, const char *name,
    const struct query_pair **pair_r)
{
	size_t count = 0;

	*pair_r = NULL;
	for (size_t i = 0; i < query->count; i++)
		if (strcmp(query->pairs[i].name, name) == 0 && count++ == 0)
			*pair_r = &query->pairs[i];
	return count;
}
