/* wish_version: upgrade, and back. A lower version comes by a roll-back (or
 * out of a backup) alone. */

#include "shop/wish.h"

#include <string.h>

#include "base/arena.h"
#include "data/area.h"
#include "data/audit.h"
#include "data/job.h"
#include "data/license.h"
#include "data/license_set.h"
#include "data/version.h"
#include "data/work.h"
#include "shop/requirement.h"

/* A version that is not for sale any more is offered to nobody. */
static bool
becomes(const struct version *from, const struct version *to)
{
	return to->position > from->position && to->withdrawn_at == 0 &&
	       strverscmp(from->version, to->upgrade_from) >= 0;
}

static const struct version *
find(const struct version *list, size_t count, int64_t version_id)
{
	for (size_t i = 0; i < count; i++)
		if (list[i].version_id == version_id)
			return &list[i];
	return NULL;
}

enum db_status
wish_offer(struct work *work, const struct license *license,
    const struct version **version_r)
{
	const struct version *list, *from;
	size_t count;
	const enum db_status status =
	    version_list(work, license->software_id, &list, &count);

	*version_r = NULL;
	if (status != DB_OK)
		return status;
	from = find(list, count, license->version_id);
	/* Newest first. */
	for (size_t i = 0; from != NULL && i < count; i++)
		if (becomes(from, &list[i])) {
			*version_r = &list[i];
			break;
		}
	return DB_OK;
}

bool
wish_may_roll_back(struct work *work, const struct license *license)
{
	return license->kept_version_id != 0 && work->now < license->kept_until;
}

static enum db_status
order(struct work *work, const struct license *license, const char *action,
    const struct version *version)
{
	const struct job_new job = {
		.serial = license->serial,
		.server_id = license->server_id,
		.action = action,
		.version_id = version->version_id,
		.from_version_id = license->version_id,
		.bytes_total =
		    strcmp(action, "upgrade") == 0 ? version->archive_size : 0,
	};
	enum db_status status = job_add(work, &job);

	if (status != DB_OK)
		return status;
	return audit_add(work, arena_print(work->arena, "%s.request", action),
	    license->serial,
	    arena_print(work->arena, "from=%s to=%s", license->version,
		version->version));
}

enum wish_result
wish_upgrade(struct work *work, const char *serial, const char *settings,
    struct wish_done *done_r)
{
	const struct version *version;
	const struct area *area;
	struct wish wish;
	const enum wish_result result = wish_open_free(work, serial, &wish);
	enum db_status status;

	*done_r = (struct wish_done){ 0 };
	if (result != WISH_DONE)
		return result;
	status = wish_offer(work, wish.license, &version);
	if (status == DB_OK && version == NULL)
		return WISH_NOTHING;
	if (status == DB_OK)
		status = area_any(work, wish.license->area_id, &area);
	if (status != DB_OK)
		return wish_end(status);
	done_r->requirement = requirement_unmet(work, version, area);
	if (done_r->requirement != NULL)
		return WISH_REQUIREMENT;
	if (settings != NULL)
		status = license_set_settings(work, serial, settings);
	if (status == DB_OK)
		status = order(work, wish.license, "upgrade", version);
	return wish_end(status);
}

enum wish_result
wish_roll_back(struct work *work, const char *serial)
{
	const struct version *version;
	struct wish wish;
	const enum wish_result result = wish_open_free(work, serial, &wish);
	enum db_status status;

	if (result != WISH_DONE)
		return result;
	if (!wish_may_roll_back(work, wish.license))
		return WISH_NOTHING;
	status = version_by_id(work, wish.license->kept_version_id, &version);
	if (status == DB_OK)
		status = order(work, wish.license, "rollback", version);
	return wish_end(status);
}
