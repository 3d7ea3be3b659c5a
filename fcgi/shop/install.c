/* install: from the customer's wish to a job for the agent. */

#include "shop/install.h"

#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "data/area.h"
#include "data/audit.h"
#include "data/counter.h"
#include "data/depot.h"
#include "data/job.h"
#include "data/license.h"
#include "data/license_set.h"
#include "data/software.h"
#include "data/trial.h"
#include "data/version.h"
#include "data/work.h"
#include "shop/base32.h"
#include "shop/directory.h"
#include "shop/requirement.h"

enum { INSTANCE_LENGTH = 26 }; /* 130 bits */

/* What the wish turned out to be. */
struct plan {
	const struct install_wish *wish;
	const struct software *software;
	const struct version *version;
	const struct area *area;
	const char *directory;
	struct install_done *done;
};

static enum install_result
broken(enum db_status status)
{
	return status == DB_RETRY ? INSTALL_RETRY : INSTALL_BROKEN;
}

static enum install_result
find_software(struct work *work, struct plan *plan)
{
	enum db_status status =
	    software_by_code(work, plan->wish->software, "", &plan->software);

	if (status == DB_OK)
		status = version_latest(
		    work, plan->software->software_id, &plan->version);
	if (status == DB_OK)
		return plan->software->visible ? INSTALL_REQUESTED
					       : INSTALL_MISSING;
	return status == DB_NONE ? INSTALL_MISSING : broken(status);
}

static enum install_result
find_depot(struct work *work, const struct plan *plan)
{
	const struct depot *depot;
	const enum db_status status =
	    depot_by_id(work, plan->software->depot_id, &depot);

	if (status != DB_OK)
		return broken(status);
	return depot->revoked_at == 0 ? INSTALL_REQUESTED : INSTALL_REVOKED;
}

static enum install_result
find_area(struct work *work, struct plan *plan)
{
	enum db_status status =
	    area_by_id(work, work->account, plan->wish->area_id, &plan->area);

	if (status == DB_OK)
		return plan->area->revoked_at == 0 ? INSTALL_REQUESTED
						   : INSTALL_NOT_YOUR_AREA;
	return status == DB_NONE ? INSTALL_NOT_YOUR_AREA : broken(status);
}

enum db_status
install_directory_is_free(struct work *work, int64_t area_id,
    const char *directory, const char *but_serial, bool *free_r)
{
	const struct license_directory *list;
	size_t count;
	enum db_status status = license_hold_area(work, area_id);

	*free_r = true;
	if (status == DB_OK)
		status = license_directories(
		    work, area_id, but_serial, &list, &count);
	if (status != DB_OK)
		return status;
	for (size_t i = 0; i < count; i++)
		if (directory_meets(directory, list[i].directory))
			*free_r = false;
	return DB_OK;
}

static enum install_result
check_directory(struct work *work, struct plan *plan)
{
	bool is_free;

	plan->directory = directory_clean(work->arena, plan->wish->directory);
	if (plan->directory == NULL)
		return INSTALL_BAD_DIRECTORY;
	enum db_status status = install_directory_is_free(
	    work, plan->area->area_id, plan->directory, "", &is_free);
	if (status != DB_OK)
		return broken(status);
	return is_free ? INSTALL_REQUESTED : INSTALL_DIRECTORY_IN_USE;
}

static enum install_result
check(struct work *work, struct plan *plan)
{
	enum install_result result = find_software(work, plan);

	if (result == INSTALL_REQUESTED)
		result = find_depot(work, plan);
	if (result == INSTALL_REQUESTED)
		result = find_area(work, plan);
	if (result != INSTALL_REQUESTED)
		return result;
	plan->done->requirement =
	    requirement_unmet(work, plan->version, plan->area);
	if (plan->done->requirement != NULL)
		return INSTALL_REQUIREMENT;
	return check_directory(work, plan);
}

static const char *
or_else(const char *text, const char *other)
{
	return text == NULL || *text == '\0' ? other : text;
}

static enum db_status
add_license(struct work *work, const struct plan *plan)
{
	const struct install_wish *wish = plan->wish;
	const struct license_new license = {
		.serial = plan->done->serial,
		.os_model = or_else(wish->os_model, plan->area->os_model),
		.ip_address = or_else(wish->ip_address, plan->area->ip_address),
		.directory = plan->directory,
		.product = plan->software->code,
		.instance = base32_random(work->arena, INSTANCE_LENGTH),
		.settings = or_else(wish->settings, "{}"),
		.users = wish->users,
		.software_id = plan->software->software_id,
		.version_id = plan->version->version_id,
		.area_id = plan->area->area_id,
	};

	return license_add(work, &license);
}

static enum db_status
add_job(struct work *work, const struct plan *plan)
{
	const struct job_new job = {
		.serial = plan->done->serial,
		.server_id = plan->area->server_id,
		.action = "install",
		.version_id = plan->version->version_id,
		.bytes_total = plan->version->archive_size,
	};
	enum db_status status = job_add(work, &job);

	plan->done->job_id = db_insert_id(work);
	return status;
}

static enum db_status
request(struct work *work, const struct plan *plan)
{
	enum db_status status = counter_serial(work, &plan->done->serial);

	if (status == DB_OK)
		status = add_license(work, plan);
	if (status == DB_OK)
		status = add_job(work, plan);
	if (status == DB_OK)
		status = audit_add(work, "install.request", plan->done->serial,
		    arena_print(work->arena, "software=%s version=%s",
			plan->software->code, plan->version->version));
	return status;
}

enum install_result
install_request(struct work *work, const struct install_wish *wish,
    struct install_done *done_r)
{
	struct plan plan = { .wish = wish, .done = done_r };
	enum install_result result;

	*done_r = (struct install_done){ 0 };
	/* Looked at before the first change: a refusal leaves nothing. */
	result = check(work, &plan);
	if (result != INSTALL_REQUESTED)
		return result;
	enum db_status status = request(work, &plan);
	return status == DB_OK ? INSTALL_REQUESTED : broken(status);
}
