/* rollback: the tree that is kept of before and the one in use change places:
 * done twice, all is as it was. */

#include <string.h>
#include <unistd.h>

#include "agent/agent.h"
#include "agent/change.h"
#include "agent/dump.h"
#include "agent/job.h"
#include "agent/step.h"
#include "base/arena.h"
#include "base/text.h"

/* Its manifest, by the record. */
static bool
describe(struct job *job)
{
	const struct lines *lines = &job->record->lines;
	const char *digest = lines_value(lines, "kept-manifest");
	struct source *source = &job->source;

	if (digest == NULL ||
	    strcmp(digest,
		text_hex(job->arena, job->order->manifest, SECRET_DIGEST)) != 0)
		return job_fail(job, "agent.no-kept");
	source->bytes =
	    record_manifest(job->agent, job->arena, digest, &source->length);
	if (source->bytes == NULL ||
	    !journal_keep(
		&job->journal, "manifest.xml", source->bytes, source->length) ||
	    !step_remember(job))
		return job_fail(job, "agent.no-kept");
	return true;
}

/* What will be written into the kept tree is ours, also when it goes back from
 * here and is tried again. */
static bool
note_files(struct job *job)
{
	static const char *const none[] = { NULL };
	struct text *text = text_new(job->arena, 1 << 20);

	if (!step_write_files(job))
		return false;
	record_copy(text, job->record, none);
	step_note_files(job, text, "kept-wrote");
	return record_write(job->agent, job->arena, RECORD_INSTALLED,
		   job->order->serial, text->bytes) ||
	       job_fail_errno(job, "record");
}

static bool
plan(struct job *job)
{
	return step_installed(job) && describe(job) && step_require(job) &&
	       note_files(job) && change_begin(job);
}

static bool
check(struct job *job)
{
	struct place *place = &job->place;

	place->aside = place->kept;
	if (!change_measure(job))
		return false;
	if (!place_look(place))
		return job_fail(job, place->why);
	if (place->aside_inode == 0 ||
	    (place->manifest->needs.database &&
		access(record_dump(job->agent, job->arena, job->order->serial),
		    R_OK) != 0))
		return job_fail(job, "agent.no-kept");
	place->inode = place->aside_inode;
	return true;
}

/* What the agent wrote there may be out of date. */
static bool
configure(struct job *job)
{
	struct place *place = &job->place;

	place->wrote =
	    lines_all(&job->record->lines, "kept-wrote", &place->wrote_count);
	return step_write_files(job) &&
	       (place_configure(place) || job_fail(job, place->why)) &&
	       dump_take(job);
}

static const struct job_step steps[] = {
	{ "PLANNED", plan, false },
	{ "CHECKED", check, false },
	{ "CONFIGURED", configure, false },
	{ "SWAPPED", change_swap, true },
	{ "HEALTHY", change_keep, true },
	{ NULL, NULL, true },
};

static bool
undo(struct job *job)
{
	job->place.aside = job->place.kept;
	return change_undo(job);
}

static bool
resume(struct job *job)
{
	job->place.aside = job->place.kept;
	return change_resume(job);
}

const struct job_action rollback_action = {
	.name = "rollback",
	.steps = steps,
	.undo = undo,
	.resume = resume,
};
