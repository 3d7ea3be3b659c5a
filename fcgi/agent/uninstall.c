/* uninstall: the steps of figure 15. From the moment that the directory is
 * taken out it only goes forward. */

#include <string.h>

#include "agent/agent.h"
#include "agent/backup.h"
#include "agent/database.h"
#include "agent/job.h"
#include "agent/place_change.h"
#include "agent/step.h"
#include "base/arena.h"

static bool
check(struct job *job)
{
	return place_look(&job->place) || job_fail(job, job->place.why);
}

static bool
back_up(struct job *job)
{
	return !job->order->backup || job->place.inode == 0 || backup_make(job);
}

/* The database goes last: as long as it is there, so is the way back to it. */
static bool
remove_all(struct job *job)
{
	struct place *place = &job->place;
	const char *why = "";

	if (!place_remove(place) || !place_forget(place))
		return job_fail(job, place->why);
	if (!record_forget(job->agent, job->arena, job->order->serial))
		return job_fail_errno(job, "kept");
	if (place->manifest->needs.database)
		why = database_drop(job->agent, job->arena, job->order->serial);
	return *why == '\0' || job_fail(job, why);
}

/* From here on there is no way back. */
static bool
take_out(struct job *job)
{
	struct place *place = &job->place;

	/* Its log has why it does not; the customer wants it to go. */
	if (place->inode != 0 && !step_hook(job, "remove", place->directory))
		job->why = "";
	if (!job_note_number(job, JOB_FORWARD, place->inode))
		return false;
	/* The customer may have removed it by himself. */
	if (place->inode != 0 && !place_take_out(place))
		return job_fail(job, place->why);
	return remove_all(job);
}

static const struct job_step steps[] = {
	{ "PLANNED", step_installed_still, false },
	{ "CHECKED", check, false },
	{ "STAGED", back_up, false },
	{ "SWAPPED", take_out, true },
	{ NULL, NULL, true },
};

/* Only the record is left to go, after the end is in the journal. */
static bool
end(struct job *job)
{
	return record_remove(
	    job->agent, job->arena, RECORD_INSTALLED, job->order->serial);
}

/* Before the directory is taken out there is only a backup. */
static bool
undo(struct job *job)
{
	return backup_drop(job);
}

static bool
resume(struct job *job)
{
	const int64_t out = lines_number(&job->journal.lines, JOB_FORWARD);
	struct place *place = &job->place;

	if (!journal_has(&job->journal, JOB_FORWARD))
		return false;
	job->step = "SWAPPED";
	if (!step_installed_still(job) || !place_look(place))
		return job_fail(job, place->why);
	place->backup = lines_value(&job->journal.lines, "backup");
	if (out != 0 && place->inode == out && !place_take_out(place))
		return job_fail(job, place->why);
	return remove_all(job);
}

const struct job_action uninstall_action = {
	.name = "uninstall",
	.steps = steps,
	.undo = undo,
	.resume = resume,
	.end = end,
};
