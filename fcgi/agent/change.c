/* change: a program's tree is replaced by another one. */

#include "agent/change.h"

#include <string.h>

#include "agent/agent.h"
#include "agent/dump.h"
#include "agent/job.h"
#include "agent/place_change.h"
#include "agent/step.h"
#include "base/arena.h"
#include "base/text.h"

enum { DAY = 24 * 60 * 60 };

static bool
done(struct job *job, bool right)
{
	return right || job_fail(job, job->place.why);
}

/* The customer goes on working while his files are copied: only the next
 * version gets what he changes meanwhile. */
static bool
is_carried(const struct job *job)
{
	return job->action == &upgrade_action;
}

bool
change_begin(struct job *job)
{
	static const char *const none[] = { NULL };
	struct text *text = text_new(job->arena, 1 << 20);

	if (!step_installed(job))
		return false;
	record_copy(text, job->record, none);
	return journal_keep(
		   &job->journal, "record", text->bytes, text->length) ||
	       job_fail_errno(job, "record");
}

bool
change_measure(struct job *job)
{
	struct place *place = &job->place;

	if (!place_measure(place))
		return job_fail(job, place->why);
	place->replaced = place->inode;
	return job_note_number(job, "old", place->replaced) &&
	       job_note_number(job, "mode", place->mode);
}

/* The lines on the tree that was there before. */
static const char *
kept_lines(struct job *job)
{
	const struct lines *lines = &job->record->lines;
	const int64_t until = job->now + job->order->keep_days * DAY;
	struct text *out = text_new(job->arena, 1 << 20);

	if (job->order->keep_days == 0)
		return "";
	lines_write(out, "kept", lines_value(lines, "version"));
	lines_write(out, "kept-manifest", lines_value(lines, "manifest"));
	lines_write(out, "kept-until",
	    arena_print(job->arena, "%lld", (long long)until));
	for (size_t i = 0; i < lines->count; i++)
		if (strcmp(lines->words[i], "wrote") == 0)
			lines_write(out, "kept-wrote", lines->values[i]);
	return out->bytes;
}

static bool
settle(struct job *job)
{
	struct place *place = &job->place;

	if (is_carried(job) && !place_settle(place))
		return job_fail(job, place->why);
	return true;
}

/* The database is what it was with the tree that has come. */
static bool
load(struct job *job)
{
	const char *path =
	    job->action == &rollback_action
		? record_dump(job->agent, job->arena, job->order->serial)
		: arena_print(
		      job->arena, "%s/" CHANGE_LOAD, job->journal.folder);

	return !job->place.manifest->needs.database || dump_load(job, path);
}

/* With the database it had then. */
static bool
hook(struct job *job)
{
	return job->action != &restore_action ||
	       step_hook(job, "restore", job->place.directory);
}

static bool
finish_swap(struct job *job)
{
	return settle(job) && load(job) && step_write_files(job) &&
	       step_record(job, kept_lines(job)) && hook(job);
}

bool
change_swap(struct job *job)
{
	return job_note_number(job, "swap", job->place.inode) &&
	       done(job, place_exchange(&job->place)) && finish_swap(job);
}

/* The tree that was there is aside now. */
static bool
put_away(struct job *job)
{
	struct place *place = &job->place;

	place->inode = place->replaced;
	if (!dump_keep(job))
		return false;
	if (job->order->keep_days == 0)
		return done(job, place_forget(place));
	return done(job, place_keep(place)) && done(job, place_tidy(place));
}

bool
change_keep(struct job *job)
{
	/* What still had the old one open may have written to it. */
	return step_health(job) && settle(job) &&
	       job_note(job, JOB_FORWARD, "yes") && put_away(job);
}

/* What was known when it was cut. */
static bool
remember(struct job *job)
{
	const struct lines *lines = &job->journal.lines;
	struct record *record = arena_alloc(job->arena, sizeof(*record));
	const char *text = journal_kept(&job->journal, "record", NULL);
	struct place *place = &job->place;

	if (text == NULL)
		return false;
	lines_read(&record->lines, job->arena, text);
	record->manifest = record_manifest(job->agent, job->arena,
	    lines_value(&record->lines, "manifest"), &record->manifest_length);
	if (record->manifest == NULL || !step_use_record(job, record) ||
	    !step_remember(job))
		return false;
	place->left = lines_all(lines, "beside", &place->left_count);
	place->mode = lines_number(lines, "mode");
	place->replaced = lines_number(lines, "old");
	place->inode = lines_number(lines, "swap");
	return true;
}

/* The tree that was there is aside, or it is back already. */
static bool
put_back(struct job *job)
{
	struct place *place = &job->place;
	const int64_t other = place->inode;
	const char *text = journal_kept(&job->journal, "record", NULL);

	place->left_count = 0;
	place->inode = place->replaced;
	place->replaced = other;
	if (!place_put_back(place) ||
	    (is_carried(job) && !place_bring_back(place)))
		return false;
	return record_write(
	    job->agent, job->arena, RECORD_INSTALLED, job->order->serial, text);
}

bool
change_undo(struct job *job)
{
	/* Nothing was touched, or there is no area any more. */
	if (!journal_has(&job->journal, "mode") || !job->place.area.there)
		return true;
	/* What lies beside is in the tree that goes. */
	job->place.left_count = 0;
	if (journal_has(&job->journal, "swap") &&
	    (!remember(job) || !put_back(job)))
		return false;
	/* The new version, or its hook, may have changed the database. */
	if ((journal_has(&job->journal, "swap") ||
		journal_has(&job->journal, "hooked")) &&
	    !dump_put_back(job))
		return false;
	return dump_drop(job) && place_tidy(&job->place);
}

/* Swapped already? Then it goes on. */
bool
change_resume(struct job *job)
{
	struct place *place = &job->place;
	int64_t swapped;

	if (!journal_has(&job->journal, "swap") || !remember(job))
		return false;
	if (journal_has(&job->journal, JOB_FORWARD))
		return put_away(job);
	swapped = place->inode;
	if (!place_look(place) || place->inode != swapped)
		return false;
	job->step = "SWAPPED";
	if (!finish_swap(job))
		return false;
	job->step = "HEALTHY";
	return change_keep(job);
}
