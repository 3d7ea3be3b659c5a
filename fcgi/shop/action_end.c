/* action_end: what the ends of jobs bring to a license. */

#include "shop/action.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/setting.h"
#include "base/text.h"
#include "data/backup.h"
#include "data/job.h"
#include "data/license.h"
#include "data/license_set.h"
#include "data/mail.h"
#include "data/move.h"
#include "data/trial.h"
#include "data/verdict_change.h"
#include "data/work.h"
#include "shop/install.h"
#include "shop/sealed.h"

enum { DAY_SECONDS = 86400, LONGEST = 200 /* of a backup's name */ };

static enum db_status
write_down(struct work *work, const struct license *license, const char *reason)
{
	const struct verdict_change change = {
		.permission_code = license->permission_code,
		.reason = reason,
	};

	return verdict_change_add(work, license->serial, &change);
}

enum db_status
action_tell(struct work *work, const struct action_end *end, const char *kind)
{
	const struct mail_new mail = {
		.kind = kind,
		.object = arena_print(
		    work->arena, "%lld", (long long)end->job->job_id),
		.account_id = end->license->account_id,
		.serial = end->license->serial,
	};

	return mail_add(work, &mail);
}

/* Of a life's first and last day: history and mail of the same name. */
static enum db_status
tell_of_life(struct work *work, const struct license *license, const char *kind)
{
	const struct mail_new mail = {
		.kind = kind,
		.object = license->serial,
		.account_id = license->account_id,
		.serial = license->serial,
	};
	enum db_status status = write_down(work, license, kind);

	return status == DB_OK ? mail_add(work, &mail) : status;
}

/* Who called it off needs no mail. */
enum db_status
action_failed(struct work *work, const struct action_end *end)
{
	if (strcmp(end->job->state, "cancelled") == 0)
		return DB_OK;
	return action_tell(work, end, "job-failed");
}

static enum db_status
start_trial(struct work *work, const struct license *license)
{
	struct install_trial trial;
	enum db_status status = install_trial_of(work, license->account_id,
	    license->software_id, license->version_id, &trial);
	const struct trial fresh = { .trial_start = work->today,
		.trial_end = trial.end,
		.version_id = license->version_id };

	if (status == DB_OK && !trial.left && trial.end != CLOCK_NO_DAY)
		status = trial_set(
		    work, license->account_id, license->software_id, &fresh);
	if (status == DB_OK)
		status = license_set_installed(
		    work, license->serial, work->today, trial.end);
	return status;
}

/* Passwords that the agent needed once. */
static enum db_status
forget_secrets(struct work *work, const struct license *license)
{
	const char *rest = sealed_strip(work->arena, license->settings);

	return strcmp(rest, license->settings) == 0
		   ? DB_OK
		   : license_set_settings(work, license->serial, rest);
}

enum db_status
action_installed(struct work *work, const struct action_end *end)
{
	enum db_status status = start_trial(work, end->license);

	if (status == DB_OK)
		status = forget_secrets(work, end->license);
	return status == DB_OK ? tell_of_life(work, end->license, "installed")
			       : status;
}

/* Called off, nothing will come of its license; failed, it may be tried
 * again. */
enum db_status
action_not_installed(struct work *work, const struct action_end *end)
{
	enum db_status status;

	if (strcmp(end->job->state, "failed") == 0)
		return action_tell(work, end, "job-failed");
	status = license_set_uninstalled(work, end->license->serial);
	if (status == DB_OK)
		status = forget_secrets(work, end->license);
	return status == DB_OK ? write_down(work, end->license, "cancelled")
			       : status;
}

static const char *
history_of(const char *action)
{
	if (strcmp(action, "upgrade") == 0)
		return "upgraded";
	return strcmp(action, "rollback") == 0 ? "rolled-back" : "restored";
}

/* The agent counts the days from the exchange, which comes after the hour in
 * which it was told: ours are over first, so that nobody is promised what is
 * gone. */
enum db_status
action_replaced(struct work *work, const struct action_end *end)
{
	const struct job *job = end->job;
	const struct license_step step = {
		.from_version_id = job->from_version_id,
		.version_id = job->version_id,
		.kept_until = job->sent_at +
			      setting_number("upgrade.keep_days") * DAY_SECONDS,
	};
	enum db_status status =
	    license_set_version(work, end->license->serial, &step);

	if (status == DB_OK)
		status = forget_secrets(work, end->license);
	if (status == DB_OK)
		status =
		    write_down(work, end->license, history_of(job->action));
	return status == DB_OK ? action_tell(work, end, "job-done") : status;
}

/* "backup SIZE" */
static int64_t
size_of(const char *detail)
{
	int64_t size = 0;

	if (strncmp(detail, "backup ", 7) != 0 ||
	    !text_number(detail + 7, 0, INT64_MAX, &size))
		return 0;
	return size;
}

static bool
is_backup(const char *name, size_t length)
{
	static const char first[] = "backup-", last[] = ".tar.gz";

	return length > strlen(first) + strlen(last) && length <= LONGEST &&
	       strncmp(name, first, strlen(first)) == 0 &&
	       strncmp(name + length - strlen(last), last, strlen(last)) == 0 &&
	       memchr(name, '/', length) == NULL;
}

/* The file that is named among what was left. */
static enum db_status
keep_backup(struct work *work, const struct action_end *end)
{
	const char *left = end->job->left_over;
	enum db_status status = DB_OK;

	while (status == DB_OK && *left != '\0') {
		const size_t length = strcspn(left, "\n");
		const struct backup backup = {
			.serial = end->license->serial,
			.area_id = end->license->area_id,
			.version_id = end->job->version_id,
			.name = arena_copy_n(work->arena, left, length),
			.bytes = size_of(end->detail),
		};

		if (is_backup(left, length))
			status = backup_add(work, &backup);
		left += length + (left[length] == '\n');
	}
	return status;
}

enum db_status
action_backed_up(struct work *work, const struct action_end *end)
{
	enum db_status status = keep_backup(work, end);

	return status == DB_OK ? action_tell(work, end, "job-done") : status;
}

/* The customer may have removed the file himself: it is offered no more. */
enum db_status
action_not_restored(struct work *work, const struct action_end *end)
{
	static const char gone[] = "agent.no-backup";
	enum db_status status = DB_OK;

	if (strncmp(end->detail, gone, strlen(gone)) == 0)
		status = backup_set_missing(work, end->job->backup_id);
	return status == DB_OK ? action_failed(work, end) : status;
}

enum db_status
action_uninstalled(struct work *work, const struct action_end *end)
{
	enum db_status status =
	    end->job->backup ? keep_backup(work, end) : DB_OK;

	if (status == DB_OK)
		status = license_set_uninstalled(work, end->license->serial);
	if (status == DB_OK)
		status = move_give_up(work, end->license->serial);
	return status == DB_OK ? tell_of_life(work, end->license, "uninstalled")
			       : status;
}
