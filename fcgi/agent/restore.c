/* restore: a program is again as it was when a backup was made; what is there
 * now is kept for a while. */

#include <unistd.h>

#include "agent/agent.h"
#include "agent/change.h"
#include "agent/dump.h"
#include "agent/job.h"
#include "agent/step.h"
#include "base/arena.h"
#include "base/text.h"

/* Of the version that was installed then: kept here, or at its depot. */
static bool
describe(struct job *job)
{
	struct source *source = &job->source;

	source->bytes = record_manifest(job->agent, job->arena,
	    text_hex(job->arena, job->order->manifest, SECRET_DIGEST),
	    &source->length);
	if (source->bytes == NULL)
		return step_describe(job);
	return (journal_keep(&job->journal, "manifest.xml", source->bytes,
		    source->length) &&
		   step_remember(job)) ||
	       job_fail(job, "agent.file manifest.xml");
}

static bool
plan(struct job *job)
{
	return change_begin(job) && describe(job) && step_require(job);
}

/* How much comes out of it is not known; no more than is free. */
static bool
check(struct job *job)
{
	struct place *place = &job->place;

	if (!change_measure(job))
		return false;
	place->backup = job->order->restore;
	if (!place_look_backup(place))
		return job_fail(job, place->why);
	return step_room(job, 2 * place->size, 100) &&
	       step_room_here(job, place->size);
}

static bool
unpack(struct job *job, int archive)
{
	struct place *place = &job->place;

	job->total = place->size;
	if (!place_take_backup(place, archive))
		return job_fail(job, place->why);
	job->total = 0;
	return place_stage_any(place, archive) || job_fail(job, place->why);
}

static bool
stage(struct job *job)
{
	const int archive = journal_nameless(&job->journal);
	bool right;

	if (archive < 0)
		return job_fail_errno(job, "archive");
	right = unpack(job, archive);
	(void)close(archive);
	/* It stays, but it is nothing that this job has left. */
	job->place.backup = NULL;
	return right;
}

static bool
unfold(struct job *job)
{
	const int dump = journal_file(&job->journal, CHANGE_LOAD);
	bool right;

	if (dump < 0 || ftruncate(dump, 0) != 0)
		return job_fail_errno(job, CHANGE_LOAD);
	right = (place_unfold(&job->place, dump) ||
		    job_fail(job, job->place.why)) &&
		(fsync(dump) == 0 || job_fail_errno(job, CHANGE_LOAD));
	(void)close(dump);
	return right;
}

static bool
configure(struct job *job)
{
	struct place *place = &job->place;

	place->wrote_count = 0;
	return unfold(job) && step_write_files(job) &&
	       (place_configure(place) || job_fail(job, place->why)) &&
	       dump_take(job) &&
	       (place->before->needs.database || dump_make(job));
}

static const struct job_step steps[] = {
	{ "PLANNED", plan, false },
	{ "CHECKED", check, false },
	{ "STAGED", stage, false },
	{ "CONFIGURED", configure, false },
	{ "SWAPPED", change_swap, true },
	{ "HEALTHY", change_keep, true },
	{ NULL, NULL, true },
};

const struct job_action restore_action = {
	.name = "restore",
	.steps = steps,
	.undo = change_undo,
	.resume = change_resume,
};
