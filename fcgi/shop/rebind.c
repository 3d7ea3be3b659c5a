/* rebind: by the customer himself, so many times in a year. */

#include "shop/rebind.h"

#include <string.h>

#include "base/arena.h"
#include "data/audit.h"
#include "data/license.h"
#include "data/verdict_change.h"
#include "data/work.h"

enum { INSTANCE_LENGTH = 26, DAY_SECONDS = 24 * 3600 };

bool
rebind_is_instance(const char *instance)
{
	return strlen(instance) == INSTANCE_LENGTH &&
	       strspn(instance,
		   "0123456789"
		   "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
		   "abcdefghijklmnopqrstuvwxyz") == INSTANCE_LENGTH;
}

static enum rebind_result
broken(enum db_status status)
{
	return status == DB_RETRY ? REBIND_RETRY : REBIND_BROKEN;
}

static enum db_status
count(struct work *work, const char *serial, struct rebind_room *room_r)
{
	const int64_t span = (int64_t)REBIND_DAYS * DAY_SECONDS;
	const struct instance_move_count *moves;
	enum db_status status =
	    instance_move_counted(work, serial, work->now - span, &moves);

	if (status != DB_OK)
		return status;
	*room_r = (struct rebind_room){
		.used = moves->count,
		.left =
		    moves->count < REBIND_MOST ? REBIND_MOST - moves->count : 0,
		.more_at = moves->count > 0 ? moves->first_at + span : 0,
	};
	return DB_OK;
}

enum db_status
rebind_room(struct work *work, const char *serial, struct rebind_room *room_r)
{
	const struct license *license;
	enum db_status status = license_by_serial(work, "en", serial, &license);

	return status == DB_OK ? count(work, serial, room_r) : status;
}

static enum db_status
move(struct work *work, const struct license *license, const char *instance)
{
	const struct verdict_change change = {
		.permission_code = license->permission_code,
		.reason = "instance-moved",
	};
	const char *detail = arena_print(
	    work->arena, "before=%s after=%s", license->instance, instance);
	enum db_status status = instance_move_add(
	    work, license->serial, license->instance, instance);

	if (status == DB_OK)
		status = verdict_change_add(work, license->serial, &change);
	if (status == DB_OK)
		status =
		    audit_add(work, "license.move", license->serial, detail);
	return status;
}

/* What stands against it; REBIND_DONE when nothing does. */
static enum rebind_result
hindrance(
    struct work *work, const struct license *license, const char *instance)
{
	struct rebind_room room;
	enum db_status status;

	if (license->status[0] == 'U')
		return REBIND_ENDED;
	if (strcmp(license->instance, instance) == 0)
		return REBIND_SAME;
	status = count(work, license->serial, &room);
	if (status != DB_OK)
		return broken(status);
	return room.left > 0 ? REBIND_DONE : REBIND_TOO_MANY;
}

enum rebind_result
rebind_instance(struct work *work, const char *serial, const char *instance)
{
	const struct license *license;
	enum rebind_result result;
	enum db_status status;

	if (!rebind_is_instance(instance))
		return REBIND_BAD;
	status = license_lock_own(work, serial, &license);
	if (status == DB_NONE)
		return REBIND_MISSING;
	if (status != DB_OK)
		return broken(status);
	result = hindrance(work, license, instance);
	if (result != REBIND_DONE)
		return result;
	status = move(work, license, instance);
	if (status == DB_DUPLICATE)
		return REBIND_TAKEN;
	return status == DB_OK ? REBIND_DONE : broken(status);
}

static int64_t
not_lifted(const struct instance_move *moves, size_t length)
{
	int64_t found = 0;

	for (size_t i = 0; i < length; i++)
		found += moves[i].lifted == 0;
	return found;
}

enum db_status
rebind_lift(struct work *work, const char *serial, int64_t *count_r)
{
	const struct license *license;
	const struct instance_move *moves;
	size_t length;
	enum db_status status = license_lock(work, serial, &license);

	if (status == DB_OK)
		status = instance_move_any(work, serial, &moves, &length);
	if (status != DB_OK)
		return status;
	*count_r = not_lifted(moves, length);
	if (*count_r == 0)
		return DB_OK;
	status = instance_move_lift(work, serial);
	if (status != DB_OK)
		return status;
	return audit_add(work, "license.lift", serial,
	    arena_print(work->arena, "moves=%lld", (long long)*count_r));
}
