/* install: the steps of figure 13, each undone when a later one fails. */

#include "agent/install.h"

#include "agent/agent.h"
#include "agent/dump.h"
#include "agent/job.h"
#include "agent/step.h"

/* Undone, another one of that serial would lose its record. */
bool
install_begin(struct job *job)
{
	return record_read(job->agent, job->arena, RECORD_INSTALLED,
		   job->order->serial) == NULL ||
	       job_fail(job, "agent.installed-already");
}

static bool
plan(struct job *job)
{
	return install_begin(job) && step_describe(job) && step_require(job);
}

bool
install_check(struct job *job)
{
	struct journal *journal = &job->journal;
	struct place *place = &job->place;

	if (!place_check(place))
		return job_fail(job, place->why);
	return (journal_write_list(
		    journal, "parent", place->parents, place->parent_count) &&
		   (!place->existed ||
		       journal_write(journal, "existed", "yes")) &&
		   journal_write_number(journal, "mode", place->mode)) ||
	       job_fail(job, "agent.journal");
}

static bool
check(struct job *job)
{
	const struct manifest_archive *archive = &job->place.manifest->archive;

	return install_check(job) &&
	       step_room(job, 2 * archive->unpacked, 2 * archive->count) &&
	       dump_make(job);
}

static bool
configure(struct job *job)
{
	struct place *place = &job->place;

	return step_write_files(job) &&
	       (place_configure(place) || job_fail(job, place->why)) &&
	       step_hook(job, "verify", place->aside) &&
	       step_hook(job, "install", place->aside) && step_hooked(job);
}

/* From the swap on the program is there; before its record is on disk too,
 * nothing may say so. */
bool
install_swap(struct job *job)
{
	struct place *place = &job->place;

	if (!job_note_number(job, "swap", place->inode))
		return false;
	if (!place_swap(place))
		return job_fail(job, place->why);
	return step_record(job, "") &&
	       (place_tidy(place) || job_fail(job, place->why));
}

static const struct job_step steps[] = {
	{ "PLANNED", plan, false },
	{ "CHECKED", check, false },
	{ "FETCHED", step_load, false },
	{ "VERIFIED", step_verify, false },
	{ "STAGED", step_stage, false },
	{ "CONFIGURED", configure, false },
	{ "SWAPPED", install_swap, true },
	{ "HEALTHY", step_health, true },
	{ NULL, NULL, true },
};

/* What came from another area of this server had its database before. */
static bool
drop_database(struct job *job)
{
	return record_read(job->agent, job->arena, RECORD_OUT,
		   job->order->serial) != NULL ||
	       dump_drop(job);
}

bool
install_undo(struct job *job)
{
	const struct lines *lines = &job->journal.lines;
	struct place *place = &job->place;

	/* Nothing was touched, or there is no area any more. */
	if (!journal_has(&job->journal, "mode") || !place->area.there)
		return drop_database(job);
	place->parents = lines_all(lines, "parent", &place->parent_count);
	place->existed = lines_value(lines, "existed") != NULL;
	place->mode = lines_number(lines, "mode");
	place->inode = lines_number(lines, "swap");
	if (!journal_write(&job->journal, "undo", "begin") ||
	    !place_undo(place) || !drop_database(job))
		return false;
	return place->inode == 0 || record_remove(job->agent, job->arena,
					RECORD_INSTALLED, job->order->serial);
}

/* Swapped already? Then the rest is small and goes on; else it goes back. */
bool
install_resume(struct job *job)
{
	const struct lines *lines = &job->journal.lines;
	const int64_t staged = lines_number(lines, "swap");
	struct place *place = &job->place;

	if (staged == 0 || journal_has(&job->journal, "undo") ||
	    !step_remember(job))
		return false;
	place->parents = lines_all(lines, "parent", &place->parent_count);
	place->existed = lines_value(lines, "existed") != NULL;
	place->mode = lines_number(lines, "mode");
	if (!place_look(place) || place->inode != staged)
		return false;
	job->step = "SWAPPED";
	if (!step_write_files(job) || !step_record(job, ""))
		return false;
	if (!place_tidy(place))
		return job_fail(job, place->why);
	job->step = "HEALTHY";
	return step_health(job);
}

const struct job_action install_action = {
	.name = "install",
	.steps = steps,
	.undo = install_undo,
	.resume = install_resume,
};
