/* uninstall: the steps of figure 15. From the moment that the directory is
 * taken out it only goes forward. */

#include <string.h>

#include "agent/agent.h"
#include "agent/database.h"
#include "agent/job.h"
#include "agent/record.h"
#include "base/arena.h"
#include "base/secret.h"
#include "base/text.h"

static bool
plan(struct job *job)
{
	const struct record *record =
	    record_read(job->agent, job->arena, job->order->serial);
	struct place *place = &job->place;

	if (record == NULL)
		return job_fail(
		    job, arena_print(job->arena, "agent.not-installed %s",
			     job->order->serial));
	place->manifest = manifest_read(
	    job->arena, record->manifest, record->manifest_length, NULL);
	place->paper = (struct place_paper){ record->manifest,
		record->manifest_length };
	if (place->manifest == NULL ||
	    strcmp(lines_value(&record->lines, "area"), job->order->area) != 0)
		return job_fail(job, "agent.not-installed");
	place->directory = lines_value(&record->lines, "directory");
	place->parents =
	    lines_all(&record->lines, "parent", &place->parent_count);
	place->existed = lines_value(&record->lines, "existed") != NULL;
	place->mode = lines_number(&record->lines, "mode");
	return true;
}

static bool
check(struct job *job)
{
	return place_look(&job->place) || job_fail(job, job->place.why);
}

/* Nobody finds it by guessing, should the web server show it. */
static const char *
backup_name(struct job *job)
{
	const struct order_job *order = job->order;
	const char *text = arena_print(job->arena, "backup %lld %s",
	    (long long)order->number, order->instance);
	unsigned char digest[SECRET_DIGEST];

	secret_sha256(text, strlen(text), digest);
	return arena_print(job->arena, "backup-%s-%s-%s.tar.gz", order->package,
	    order->serial, text_hex(job->arena, digest, 8));
}

static bool
back_up(struct job *job)
{
	struct place *place = &job->place;

	if (!job->order->backup || place->inode == 0)
		return true;
	place->backup = backup_name(job);
	if (!journal_write(&job->journal, "backup", place->backup))
		return job_fail(job, "agent.journal");
	return place_backup(place) || job_fail(job, place->why);
}

/* The database goes last: as long as it is there, so is the way back to it. */
static bool
remove_all(struct job *job)
{
	struct place *place = &job->place;
	const char *why = "";

	if (!place_remove(place))
		return job_fail(job, place->why);
	if (place->manifest->needs.database)
		why = database_drop(job->agent, job->arena, job->order->serial);
	return *why == '\0' || job_fail(job, why);
}

static bool
take_out(struct job *job)
{
	struct place *place = &job->place;

	if (!journal_write_number(&job->journal, "out", place->inode))
		return job_fail(job, "agent.journal");
	/* The customer may have removed it by himself. */
	if (place->inode != 0 && !place_take_out(place))
		return job_fail(job, place->why);
	return remove_all(job);
}

const struct job_step uninstall_steps[] = {
	{ "PLANNED", plan },
	{ "CHECKED", check },
	{ "STAGED", back_up },
	{ "SWAPPED", take_out },
	{ NULL, NULL },
};

/* Only the record is left to go, after the end is in the journal. */
bool
uninstall_end(struct job *job)
{
	return record_remove(job->agent, job->arena, job->order->serial);
}

/* Before the directory is taken out there is only half a backup. */
bool
uninstall_undo(struct job *job)
{
	return !job->place.area.there ||
	       !journal_has(&job->journal, "backup") || place_tidy(&job->place);
}

bool
uninstall_resume(struct job *job)
{
	const int64_t out = lines_number(&job->journal.lines, "out");
	struct place *place = &job->place;

	if (!journal_has(&job->journal, "out"))
		return false;
	job->step = "SWAPPED";
	if (!plan(job) || !place_look(place))
		return job_fail(job, place->why);
	place->backup = lines_value(&job->journal.lines, "backup");
	if (out != 0 && place->inode == out &&
	    !journal_has(&job->journal, "back")) {
		if (!place_take_out(place))
			return job_fail(job, place->why);
	}
	return remove_all(job);
}
