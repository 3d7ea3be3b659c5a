/* wish_move: to another area or directory, on the same server or another. */

#include "shop/wish.h"

#include <string.h>

#include "base/arena.h"
#include "base/setting.h"
#include "data/area.h"
#include "data/audit.h"
#include "data/job.h"
#include "data/license.h"
#include "data/move.h"
#include "data/version.h"
#include "data/work.h"
#include "shop/directory.h"
#include "shop/install.h"
#include "shop/requirement.h"

/* Seconds of silence after which no program is sent to a server: until it
 * calls again it would be nowhere. */
enum { SILENCE = 60 };

struct plan {
	const struct license *license;
	const struct area *area;
	const char *directory;
};

static enum wish_result
find_area(struct work *work, int64_t area_id, struct plan *plan)
{
	const enum db_status status =
	    area_by_id(work, work->account, area_id, &plan->area);
	const int64_t silence = SILENCE + setting_number("agent.poll_seconds");

	if (status == DB_NONE)
		return WISH_NOT_YOUR_AREA;
	if (status != DB_OK)
		return wish_end(status);
	if (plan->area->revoked_at != 0)
		return WISH_NOT_YOUR_AREA;
	if (plan->area->server_id != plan->license->server_id &&
	    work->now - plan->area->last_contact > silence)
		return WISH_AWAY;
	return WISH_DONE;
}

/* Its own directory is in the way, too, when the new one is in or above. */
static enum wish_result
check_directory(struct work *work, const char *typed, struct plan *plan)
{
	const struct license *license = plan->license;
	bool is_free;

	plan->directory = directory_clean(work->arena, typed);
	if (plan->directory == NULL)
		return WISH_BAD_DIRECTORY;
	if (plan->area->area_id == license->area_id &&
	    strcmp(plan->directory, license->directory) == 0)
		return WISH_SAME_PLACE;
	const enum db_status status = install_directory_is_free(
	    work, plan->area->area_id, plan->directory, "", &is_free);
	if (status != DB_OK)
		return wish_end(status);
	return is_free ? WISH_DONE : WISH_DIRECTORY_IN_USE;
}

static enum wish_result
check_requirements(
    struct work *work, const struct plan *plan, struct wish_done *done)
{
	const struct version *version;
	const enum db_status status =
	    version_by_id(work, plan->license->version_id, &version);

	if (status != DB_OK)
		return wish_end(status);
	done->requirement = requirement_unmet(work, version, plan->area);
	return done->requirement == NULL ? WISH_DONE : WISH_REQUIREMENT;
}

static enum db_status
order(struct work *work, const struct plan *plan)
{
	const struct license *license = plan->license;
	const struct move move = {
		.serial = license->serial,
		.from_area_id = license->area_id,
		.from_directory = license->directory,
		.to_area_id = plan->area->area_id,
		.to_directory = plan->directory,
	};
	struct job_new job = {
		.serial = license->serial,
		.server_id = license->server_id,
		.action = "export",
		.version_id = license->version_id,
	};
	enum db_status status = move_add(work, &move);

	job.move_id = db_insert_id(work);
	if (status == DB_OK)
		status = job_add(work, &job);
	if (status != DB_OK)
		return status;
	return audit_add(work, "move.request", license->serial,
	    arena_print(work->arena, "area=%s directory=%s", plan->area->name,
		plan->directory));
}

enum wish_result
wish_move(struct work *work, const char *serial, const struct wish_place *place,
    struct wish_done *done_r)
{
	struct wish wish;
	struct plan plan;
	enum wish_result result = wish_open_free(work, serial, &wish);

	*done_r = (struct wish_done){ 0 };
	if (result != WISH_DONE)
		return result;
	plan.license = wish.license;
	result = find_area(work, place->area_id, &plan);
	if (result == WISH_DONE)
		result = check_requirements(work, &plan, done_r);
	if (result == WISH_DONE)
		result = check_directory(work, place->directory, &plan);
	return result == WISH_DONE ? wish_end(order(work, &plan)) : result;
}
