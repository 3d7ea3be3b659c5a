/* action_move: a move is a chain of jobs: export, import, drop; or, when
 * nothing comes of it, return. Each link orders the next. */

#include "shop/action.h"

#include <string.h>

#include "base/log.h"
#include "base/secret.h"
#include "base/text.h"
#include "data/job.h"
#include "data/license.h"
#include "data/license_set.h"
#include "data/move.h"
#include "data/verdict_change.h"
#include "data/work.h"

static enum db_status
order(struct work *work, const struct action_end *end, const char *action,
    int64_t server_id)
{
	const struct job_new job = {
		.serial = end->license->serial,
		.server_id = server_id,
		.action = action,
		.version_id = end->license->version_id,
		.move_id = end->job->move_id,
	};

	return job_add(work, &job);
}

static enum db_status
order_return(struct work *work, const struct action_end *end)
{
	const struct move *move;
	enum db_status status = move_by_id(work, end->job->move_id, &move);

	return status == DB_OK
		   ? order(work, end, "return", move->from_server_id)
		   : status;
}

/* "parcel SHA256HEX SIZE" */
static bool
read_parcel(const char *detail, unsigned char *sha256, int64_t *size_r)
{
	enum { WORD = 7, HEX = 2 * SECRET_DIGEST };
	char hex[HEX + 1];

	if (strncmp(detail, "parcel ", WORD) != 0 ||
	    strlen(detail) < WORD + HEX + 2 || detail[WORD + HEX] != ' ')
		return false;
	memcpy(hex, detail + WORD, HEX);
	hex[HEX] = '\0';
	return text_unhex(hex, sha256, SECRET_DIGEST) &&
	       text_number(detail + WORD + HEX + 1, 1, INT64_MAX, size_r);
}

enum db_status
action_exported(struct work *work, const struct action_end *end)
{
	unsigned char sha256[SECRET_DIGEST];
	const struct move *move;
	int64_t size;

	if (!read_parcel(end->detail, sha256, &size)) {
		log_event(LOG_WARN, "move.no-parcel", "job=%lld",
		    (long long)end->job->job_id);
		return order_return(work, end);
	}
	enum db_status status = move_by_id(work, end->job->move_id, &move);
	if (status == DB_OK)
		status = move_set_parcel(work, move->move_id, sha256, size);
	return status == DB_OK ? order(work, end, "import", move->to_server_id)
			       : status;
}

enum db_status
action_not_exported(struct work *work, const struct action_end *end)
{
	enum db_status status = move_end(work, end->job->move_id);

	return status == DB_OK ? action_failed(work, end) : status;
}

static enum db_status
settle(
    struct work *work, const struct license *license, const struct move *move)
{
	const struct license_place place = {
		.from_area_id = move->from_area_id,
		.area_id = move->to_area_id,
		.directory = move->to_directory,
		.os_model = move->to_os_model,
		.ip_address = move->to_ip_address,
	};
	const struct verdict_change change = {
		.permission_code = license->permission_code,
		.reason = "moved",
	};
	enum db_status status =
	    license_set_place(work, license->serial, &place);

	return status == DB_OK
		   ? verdict_change_add(work, license->serial, &change)
		   : status;
}

enum db_status
action_imported(struct work *work, const struct action_end *end)
{
	const struct move *move;
	enum db_status status = move_by_id(work, end->job->move_id, &move);

	if (status == DB_OK)
		status = settle(work, end->license, move);
	if (status == DB_OK)
		status = move_end(work, move->move_id);
	return status == DB_OK ? order(work, end, "drop", move->from_server_id)
			       : status;
}

enum db_status
action_not_imported(struct work *work, const struct action_end *end)
{
	return order_return(work, end);
}

enum db_status
action_dropped(struct work *work, const struct action_end *end)
{
	return action_tell(work, end, "job-done");
}

/* The program is nowhere: this is for people to mend. */
enum db_status
action_not_returned(struct work *work, const struct action_end *end)
{
	log_event(LOG_FAULT, "move.not-returned", "serial=%s job=%lld why=%s",
	    end->license->serial, (long long)end->job->job_id, end->detail);
	return action_tell(work, end, "job-failed");
}

/* It is back where it was; whether somebody wanted that, the import knows. */
enum db_status
action_returned(struct work *work, const struct action_end *end)
{
	const struct job *jobs;
	size_t count;
	bool wanted = false;
	enum db_status status = move_end(work, end->job->move_id);

	if (status == DB_OK)
		status =
		    job_list_of_move(work, end->job->move_id, &jobs, &count);
	if (status != DB_OK)
		return status;
	for (size_t i = 0; i < count; i++)
		wanted |= strcmp(jobs[i].state, "cancelled") == 0;
	return wanted ? DB_OK : action_tell(work, end, "job-failed");
}
