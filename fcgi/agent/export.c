/* export: a program leaves its area to be moved: its tree is taken out, packed
 * with all that is known of it, and uploaded. It stays beside until the
 * manager says that it has arrived (drop), or did not (return). */

#include <string.h>
#include <unistd.h>

#include "agent/agent.h"
#include "agent/database.h"
#include "agent/dump.h"
#include "agent/job.h"
#include "agent/net.h"
#include "agent/place_change.h"
#include "agent/step.h"
#include "base/arena.h"
#include "base/text.h"

static bool
done(struct job *job, bool right)
{
	return right || job_fail(job, job->place.why);
}

static bool
plan(struct job *job)
{
	if (job->order->parcel == NULL)
		return job_fail(job, "agent.parcel");
	return step_installed_still(job);
}

static bool
check(struct job *job)
{
	return done(job, place_measure(&job->place)) &&
	       step_room_here(job, job->place.tree_bytes);
}

/* What the other side must know: how much it is, and what the agent wrote. */
static const char *
describe(struct job *job)
{
	struct text *text = text_new(job->arena, 1 << 20);
	const struct place *place = &job->place;

	text_print(text, "bytes %lld\nfiles %lld\n",
	    (long long)place->tree_bytes, (long long)place->tree_files);
	for (size_t i = 0; i < place->wrote_count; i++)
		lines_write(text, "wrote", place->wrote[i]);
	return text->bytes;
}

static bool
pack_with(struct job *job, int dump)
{
	struct place *place = &job->place;
	bool right;

	job->archive = journal_nameless(&job->journal);
	if (job->archive < 0)
		return job_fail_errno(job, "parcel");
	job->total = place->tree_bytes;
	place->record = describe(job);
	place->file = job->archive;
	right = done(job, place_parcel(place, dump));
	place->file = -1;
	return right;
}

/* Out of the way first: nothing changes in it any more. */
static bool
pack(struct job *job)
{
	bool right;
	int dump;

	if (!step_hook(job, "backup", job->place.directory) ||
	    !job_note_number(job, "out", job->place.inode) ||
	    !done(job, place_move_out(&job->place)) ||
	    !dump_nameless(job, &dump))
		return false;
	right = pack_with(job, dump);
	if (dump >= 0)
		(void)close(dump);
	return right;
}

static const char *
why_not(struct job *job, enum fetch_end end, const struct fetched *fetched)
{
	switch (end) {
	case FETCH_OK:
		return "";
	case FETCH_STATUS:
		return arena_print(job->arena, "agent.parcel-refused %ld %s",
		    fetched->status, fetched->bytes);
	case FETCH_STOPPED:
		return "agent.cancelled";
	case FETCH_TOO_LARGE:
	case FETCH_UNREACHABLE:
		break;
	}
	return arena_print(job->arena, "agent.parcel-unreachable %s: %s",
	    job->order->parcel->url, fetched->trouble);
}

static bool
upload(struct job *job)
{
	const struct order_parcel *parcel = job->order->parcel;
	const char *headers[2] = { arena_print(job->arena, "Kagiya-Ticket: %s",
				       parcel->ticket),
		NULL };
	const struct fetch wish = {
		.url = parcel->url,
		.limit = 65536,
		.body_fd = job->archive,
		.body_size = job->total,
		.content_type = "application/gzip",
		.headers = headers,
		.sent = job_progress,
		.sent_context = job,
	};
	struct fetched fetched;
	const char *why = why_not(
	    job, net_fetch(job->agent, job->arena, &wish, &fetched), &fetched);

	return *why == '\0' || job_fail(job, why);
}

static bool
send_off(struct job *job)
{
	unsigned char digest[SECRET_DIGEST];
	int64_t size;

	if (!source_digest(job->arena, job->archive, digest, &size))
		return job_fail_errno(job, "parcel");
	job->total = size;
	job->detail = arena_print(job->arena, "parcel %s %lld",
	    text_hex(job->arena, digest, sizeof(digest)), (long long)size);
	return upload(job) && done(job, place_tidy(&job->place));
}

static const struct job_step export_steps[] = {
	{ "PLANNED", plan, false },
	{ "CHECKED", check, false },
	{ "STAGED", pack, false },
	{ "FETCHED", send_off, false },
	{ NULL, NULL, true },
};

static bool
end_export(struct job *job)
{
	return record_turn(
	    job->agent, job->arena, RECORD_INSTALLED, job->order->serial);
}

static bool
undo_export(struct job *job)
{
	struct place *place = &job->place;

	if (!journal_has(&job->journal, "out") || !place->area.there)
		return true;
	if (!step_installed(job))
		return false;
	place->inode = lines_number(&job->journal.lines, "out");
	return place_move_back(place);
}

/* What was packed is gone with the process: all of it anew. */
static bool
resume_export(struct job *job)
{
	(void)job;
	return false;
}

const struct job_action export_action = {
	.name = "export",
	.steps = export_steps,
	.undo = undo_export,
	.resume = resume_export,
	.end = end_export,
};

/* What is out of this area, by its record; false, with no reason, for
 * nothing. */
static bool
find_out(struct job *job)
{
	const struct record *record =
	    record_read(job->agent, job->arena, RECORD_OUT, job->order->serial);

	if (record == NULL ||
	    strcmp(lines_value(&record->lines, "area"), job->order->area) != 0)
		return false;
	return step_use_record(job, record) &&
	       done(job, place_look_out(&job->place));
}

static bool
plan_return(struct job *job)
{
	return (find_out(job) && job->place.inode != 0) ||
	       job_fail(job, "agent.not-out");
}

static bool
move_back(struct job *job)
{
	return done(job, place_move_back(&job->place));
}

static bool
put_back(struct job *job)
{
	return job_note_number(job, JOB_FORWARD, job->place.inode) &&
	       move_back(job);
}

static const struct job_step return_steps[] = {
	{ "PLANNED", plan_return, false },
	{ "SWAPPED", put_back, true },
	{ NULL, NULL, true },
};

static bool
end_return(struct job *job)
{
	return record_turn(
	    job->agent, job->arena, RECORD_OUT, job->order->serial);
}

/* It is done again just as well. */
static bool
undo_nothing(struct job *job)
{
	(void)job;
	return true;
}

static bool
resume_return(struct job *job)
{
	if (!journal_has(&job->journal, JOB_FORWARD))
		return false;
	if (!find_out(job))
		return job_fail(job, "agent.not-out");
	job->place.inode = lines_number(&job->journal.lines, JOB_FORWARD);
	return move_back(job);
}

const struct job_action return_action = {
	.name = "return",
	.steps = return_steps,
	.undo = undo_nothing,
	.resume = resume_return,
	.end = end_return,
};

/* Moved within this server, the database has moved, too. */
static bool
drop_database(struct job *job)
{
	const char *why = "";

	if (job->place.before->needs.database &&
	    record_read(job->agent, job->arena, RECORD_INSTALLED,
		job->order->serial) == NULL)
		why = database_drop(job->agent, job->arena, job->order->serial);
	return *why == '\0' || job_fail(job, why);
}

static bool
drop(struct job *job)
{
	struct place *place = &job->place;

	if (!find_out(job))
		return *job->why == '\0';
	if (!job_note(job, JOB_FORWARD, "yes"))
		return false;
	if (!place_drop(place) || !place_forget(place))
		return job_fail(job, place->why);
	return (record_forget(job->agent, job->arena, job->order->serial) ||
		   job_fail_errno(job, "kept")) &&
	       drop_database(job);
}

static const struct job_step drop_steps[] = {
	{ "SWAPPED", drop, true },
	{ NULL, NULL, true },
};

static bool
end_drop(struct job *job)
{
	return record_remove(
	    job->agent, job->arena, RECORD_OUT, job->order->serial);
}

const struct job_action drop_action = {
	.name = "drop",
	.steps = drop_steps,
	.undo = undo_nothing,
	.resume = drop,
	.end = end_drop,
};
