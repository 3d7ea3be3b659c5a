/* upgrade: the next version takes a program's place; what is the customer's
 * goes over to it, and what was there before is kept for a while. */

#include <string.h>

#include "agent/agent.h"
#include "agent/change.h"
#include "agent/dump.h"
#include "agent/job.h"
#include "agent/place_change.h"
#include "agent/step.h"
#include "base/arena.h"

static bool
plan(struct job *job)
{
	const struct order_job *order = job->order;
	const char *version;

	if (!change_begin(job))
		return false;
	version = lines_value(&job->record->lines, "version");
	if (strverscmp(order->version, version) <= 0)
		return job_fail(job,
		    arena_print(job->arena, "agent.not-newer %s", version));
	if (!step_describe(job))
		return false;
	if (strverscmp(version, job->place.manifest->upgrade_from) < 0)
		return job_fail(
		    job, arena_print(job->arena, "agent.too-far %s %s", version,
			     job->place.manifest->upgrade_from));
	return step_require(job);
}

/* For the new tree, and all that may be copied into it. */
static bool
check(struct job *job)
{
	struct place *place = &job->place;
	const struct manifest_archive *archive = &place->manifest->archive;

	return change_measure(job) &&
	       step_room(job, 2 * archive->unpacked + place->tree_bytes,
		   2 * archive->count + place->tree_files);
}

static bool
configure(struct job *job)
{
	struct place *place = &job->place;

	job->total = place->tree_bytes;
	if (!place_carry(place))
		return job_fail(job, place->why);
	if (!journal_write_list(
		&job->journal, "beside", place->left, place->left_count))
		return job_fail(job, "agent.journal");
	return dump_take(job) &&
	       (place->before->needs.database || dump_make(job)) &&
	       step_write_files(job) &&
	       (place_configure(place) || job_fail(job, place->why)) &&
	       step_hook(job, "verify", place->aside) &&
	       job_note(job, "hooked", "yes") &&
	       step_hook(job, "upgrade", place->aside) && step_hooked(job);
}

static const struct job_step steps[] = {
	{ "PLANNED", plan, false },
	{ "CHECKED", check, false },
	{ "FETCHED", step_load, false },
	{ "VERIFIED", step_verify, false },
	{ "STAGED", step_stage, false },
	{ "CONFIGURED", configure, false },
	{ "SWAPPED", change_swap, true },
	{ "HEALTHY", change_keep, true },
	{ NULL, NULL, true },
};

const struct job_action upgrade_action = {
	.name = "upgrade",
	.steps = steps,
	.undo = change_undo,
	.resume = change_resume,
};
