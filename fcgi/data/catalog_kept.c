/* catalog_kept: lists that are the same for all customers. */

#include "data/catalog_kept.h"

#include <string.h>

#include "base/arena.h"

enum { MOST = 64 };

/* Live as long as the process; one without an arena is free. */
static struct catalog_kept lists[MOST];
static int64_t uses;

static struct catalog_kept *
find(const char *key)
{
	for (size_t i = 0; i < MOST; i++)
		if (lists[i].arena != NULL && strcmp(lists[i].key, key) == 0)
			return &lists[i];
	return NULL;
}

static struct catalog_kept *
oldest(void)
{
	struct catalog_kept *found = &lists[0];

	for (size_t i = 0; i < MOST; i++)
		if (lists[i].used < found->used)
			found = &lists[i];
	return found;
}

const struct catalog_kept *
catalog_kept_find(const char *mark, const char *key)
{
	struct catalog_kept *kept = find(key);

	if (kept == NULL || strcmp(kept->mark, mark) != 0)
		return NULL;
	kept->used = ++uses;
	return kept;
}

struct catalog_kept *
catalog_kept_add(const char *mark, const char *key)
{
	struct catalog_kept *kept = find(key);
	struct arena *arena = arena_new();

	if (kept == NULL)
		kept = oldest();
	catalog_kept_drop(kept);
	*kept = (struct catalog_kept){
		.arena = arena,
		.mark = arena_copy(arena, mark),
		.key = arena_copy(arena, key),
		.used = ++uses,
	};
	return kept;
}

void
catalog_kept_drop(struct catalog_kept *kept)
{
	if (kept->arena != NULL)
		arena_free(kept->arena);
	*kept = (struct catalog_kept){ .arena = NULL };
}
