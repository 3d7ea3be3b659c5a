/* requirement: compares versions and sizes. */

#include "shop/requirement.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "data/area.h"
#include "data/version.h"
#include "data/work.h"

/* "8.2.29" is at least "8.2", "10.11" at least "10.4"; what follows the
 * numbers is not looked at. */
static bool
reaches(const char *has, const char *needs)
{
	char *has_next, *needs_next;

	if (*has == '\0')
		return *needs == '\0';
	while (*needs >= '0' && *needs <= '9') {
		unsigned long have = strtoul(has, &has_next, 10);
		unsigned long need = strtoul(needs, &needs_next, 10);

		if (have != need)
			return have > need;
		has = *has_next == '.' ? has_next + 1 : "";
		needs = *needs_next == '.' ? needs_next + 1 : needs_next;
	}
	return true;
}

/* Servers are named after their distribution ("Debian 12"): whatever is not
 * Windows is Linux. */
static bool
runs(const char *model, const char *os)
{
	if (strcasecmp(os, "linux") == 0)
		return strcasestr(model, "windows") == NULL;
	return strcasestr(model, os) != NULL;
}

static struct requirement
disk(struct work *work, const struct version *version, const struct area *area)
{
	enum { MIB = 1024 * 1024 };
	long long needs = (version->unpacked_size + MIB - 1) / MIB;

	return (struct requirement){
		.kind = "disk",
		.needs = arena_print(work->arena, "%lld", needs),
		.has =
		    arena_print(work->arena, "%lld", (long long)area->quota_mb),
		.met = needs <= area->quota_mb,
	};
}

size_t
requirement_list(struct work *work, const struct version *version,
    const struct area *area, struct requirement list_r[REQUIREMENT_MOST])
{
	size_t count = 0;

	if (version->os[0] != '\0')
		list_r[count++] = (struct requirement){ "os", version->os,
			area->os_model, runs(area->os_model, version->os) };
	if (version->php_min[0] != '\0')
		list_r[count++] = (struct requirement){ "php", version->php_min,
			area->php, reaches(area->php, version->php_min) };
	if (version->mariadb_min[0] != '\0')
		list_r[count++] = (struct requirement){ "mariadb",
			version->mariadb_min, area->mariadb,
			reaches(area->mariadb, version->mariadb_min) };
	list_r[count++] = disk(work, version, area);
	return count;
}

const char *
requirement_unmet(
    struct work *work, const struct version *version, const struct area *area)
{
	struct requirement list[REQUIREMENT_MOST];
	size_t count = requirement_list(work, version, area, list);

	for (size_t i = 0; i < count; i++)
		if (!list[i].met)
			return list[i].kind;
	return NULL;
}
