/* action: the table of what agents can be told to do. */

#include "shop/action.h"

#include <string.h>

#include "base/must.h"
#include "data/job.h"
#include "data/license.h"

/* Loading takes most of the time of these. */
static const struct action_step install_steps[] = {
	{ "PLANNED", 2, false },
	{ "CHECKED", 5, false },
	{ "FETCHED", 60, true },
	{ "VERIFIED", 65, false },
	{ "STAGED", 80, true },
	{ "CONFIGURED", 88, true },
	{ "SWAPPED", 94, false },
	{ "HEALTHY", 98, false },
	{ "REPORTED", 100, false },
	{ NULL, 0, false },
};

static const struct action_step rollback_steps[] = {
	{ "PLANNED", 5, false },
	{ "CHECKED", 10, false },
	{ "CONFIGURED", 60, true },
	{ "SWAPPED", 80, false },
	{ "HEALTHY", 98, false },
	{ "REPORTED", 100, false },
	{ NULL, 0, false },
};

static const struct action_step backup_steps[] = {
	{ "PLANNED", 2, false },
	{ "CHECKED", 5, false },
	{ "STAGED", 98, true },
	{ "REPORTED", 100, false },
	{ NULL, 0, false },
};

static const struct action_step restore_steps[] = {
	{ "PLANNED", 2, false },
	{ "CHECKED", 5, false },
	{ "STAGED", 75, true },
	{ "CONFIGURED", 85, true },
	{ "SWAPPED", 94, false },
	{ "HEALTHY", 98, false },
	{ "REPORTED", 100, false },
	{ NULL, 0, false },
};

/* FETCHED: the manager has the parcel. */
static const struct action_step export_steps[] = {
	{ "PLANNED", 2, false },
	{ "CHECKED", 5, false },
	{ "STAGED", 50, true },
	{ "FETCHED", 98, true },
	{ "REPORTED", 100, false },
	{ NULL, 0, false },
};

static const struct action_step last_steps[] = {
	{ "PLANNED", 10, false },
	{ "SWAPPED", 98, false },
	{ "REPORTED", 100, false },
	{ NULL, 0, false },
};

static const struct action_step uninstall_steps[] = {
	{ "PLANNED", 2, false },
	{ "CHECKED", 5, false },
	{ "STAGED", 70, true },
	{ "SWAPPED", 98, false },
	{ "REPORTED", 100, false },
	{ NULL, 0, false },
};

static const struct action actions[] = {
	{ "install", "install", install_steps, ACTION_BEFORE_SWAP, 0, 100,
	    action_installed, action_not_installed },
	{ "upgrade", "upgrade", install_steps, ACTION_BEFORE_SWAP, 0, 100,
	    action_replaced, action_failed },
	{ "rollback", "rollback", rollback_steps, ACTION_BEFORE_SWAP, 0, 100,
	    action_replaced, action_failed },
	{ "backup", "backup", backup_steps, ACTION_BEFORE_END, 0, 100,
	    action_backed_up, action_failed },
	{ "restore", "restore", restore_steps, ACTION_BEFORE_SWAP, 0, 100,
	    action_replaced, action_not_restored },
	{ "export", "move", export_steps, ACTION_BEFORE_END, 0, 45,
	    action_exported, action_not_exported },
	{ "import", "move", install_steps, ACTION_BEFORE_SWAP, 45, 95,
	    action_imported, action_not_imported },
	{ "drop", "move", last_steps, ACTION_NEVER, 95, 100, action_dropped,
	    action_failed },
	{ "return", "move", last_steps, ACTION_NEVER, 0, 100, action_returned,
	    action_not_returned },
	{ "uninstall", "uninstall", uninstall_steps, ACTION_BEFORE_SWAP, 0, 100,
	    action_uninstalled, action_failed },
};

const struct action *
action_find(const char *name)
{
	for (size_t i = 0; i < sizeof(actions) / sizeof(actions[0]); i++)
		if (strcmp(actions[i].name, name) == 0)
			return &actions[i];
	must_broken(name, __FILE__, __LINE__);
}

int
action_step(const struct action *action, const char *step)
{
	for (int i = 0; action->steps[i].name != NULL; i++)
		if (strcmp(action->steps[i].name, step) == 0)
			return i;
	return -1;
}

bool
action_is_open(const struct job *job)
{
	return strcmp(job->state, "waiting") == 0 ||
	       strcmp(job->state, "running") == 0;
}

bool
action_may_stop(const struct job *job)
{
	const struct action *action = action_find(job->action);

	if (!action_is_open(job) || action->stop == ACTION_NEVER)
		return false;
	if (action->stop == ACTION_BEFORE_END)
		return strcmp(job->step, "REPORTED") != 0;
	return action_step(action, job->step) < action_step(action, "SWAPPED");
}

const char *
action_word(const struct job *job)
{
	const struct action *action = action_find(job->action);

	return action->stop == ACTION_NEVER && strcmp(job->state, "done") != 0
		   ? action->name
		   : action->page;
}

enum db_status
action_cancel(
    struct work *work, const struct license *license, const struct job *job)
{
	struct job ended = *job;
	const struct action_end end = { license, &ended, "" };
	enum db_status status = job_cancel(work, job->job_id, job->state);

	ended.state = "cancelled";
	return status == DB_OK ? action_find(job->action)->undone(work, &end)
			       : status;
}
