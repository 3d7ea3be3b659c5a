/* import: a program that another area has let go comes into this one, with all
 * that its customer has in it. */

#include <string.h>
#include <unistd.h>

#include "agent/agent.h"
#include "agent/dump.h"
#include "agent/install.h"
#include "agent/job.h"
#include "agent/parcel.h"
#include "agent/step.h"
#include "base/arena.h"
#include "base/secret.h"

static bool
plan(struct job *job)
{
	const struct order_parcel *parcel = job->order->parcel;

	if (parcel == NULL || parcel->size == 0)
		return job_fail(job, "agent.parcel");
	return install_begin(job);
}

/* How much is in it is known when it is here. */
static bool
check(struct job *job)
{
	return install_check(job) &&
	       step_room(job, 2 * job->order->parcel->size, 100) &&
	       step_room_here(job, job->order->parcel->size);
}

static bool
load(struct job *job)
{
	const struct source_thing thing = source_parcel(&job->source);
	const char *why;

	job->archive = journal_nameless(&job->journal);
	if (job->archive < 0)
		return job_fail_errno(job, "parcel");
	job->total = thing.size;
	why = source_load(&job->source, &thing, job->archive);
	job->again = job->source.away;
	return *why == '\0' || job_fail(job, why);
}

/* The manager's word, through the digest, is about the manifest too. */
static bool
read_papers(struct job *job)
{
	struct source *source = &job->source;
	struct parcel parcel;
	unsigned char digest[SECRET_DIGEST];
	struct lines lines;

	if (!parcel_open(job->agent, job->arena, job->archive, &parcel))
		return job_fail(job, "agent.parcel");
	secret_sha256(parcel.manifest, parcel.manifest_length, digest);
	if (memcmp(digest, job->order->manifest, sizeof(digest)) != 0)
		return job_fail(job, "agent.parcel manifest");
	lines_read(&lines, job->arena, parcel.record);
	job->place.tree_bytes = lines_number(&lines, "bytes");
	job->place.tree_files = lines_number(&lines, "files");
	job->place.wrote = lines_all(&lines, "wrote", &job->place.wrote_count);
	source->bytes = parcel.manifest;
	source->length = parcel.manifest_length;
	return (journal_keep(&job->journal, "manifest.xml", source->bytes,
		    source->length) &&
		   step_remember(job)) ||
	       job_fail(job, "agent.parcel manifest");
}

static bool
verify(struct job *job)
{
	const struct source_thing thing = source_parcel(&job->source);

	if (*source_verify(&job->source, &thing, job->archive) != '\0')
		return job_fail(job, "agent.parcel");
	return read_papers(job) && step_require(job) &&
	       step_room(job, job->place.tree_bytes, job->place.tree_files) &&
	       dump_make(job);
}

static bool
stage(struct job *job)
{
	if (!job_note(job, "stage", "begin"))
		return false;
	job->total = job->place.tree_bytes;
	return place_stage_any(&job->place, job->archive) ||
	       job_fail(job, job->place.why);
}

#define LOAD "load.sql"

static bool
unfold(struct job *job)
{
	const int dump = journal_file(&job->journal, LOAD);
	bool right;

	if (dump < 0)
		return job_fail_errno(job, LOAD);
	right =
	    place_unfold(&job->place, dump) || job_fail(job, job->place.why);
	(void)close(dump);
	return right && (!job->place.manifest->needs.database ||
			    dump_load(job, arena_print(job->arena, "%s/" LOAD,
					       job->journal.folder)));
}

static bool
configure(struct job *job)
{
	struct place *place = &job->place;

	return unfold(job) && step_write_files(job) &&
	       (place_configure(place) || job_fail(job, place->why)) &&
	       step_hook(job, "restore", place->aside) &&
	       step_hook(job, "configure", place->aside) && step_hooked(job);
}

static const struct job_step steps[] = {
	{ "PLANNED", plan, false },
	{ "CHECKED", check, false },
	{ "FETCHED", load, false },
	{ "VERIFIED", verify, false },
	{ "STAGED", stage, false },
	{ "CONFIGURED", configure, false },
	{ "SWAPPED", install_swap, true },
	{ "HEALTHY", step_health, true },
	{ NULL, NULL, true },
};

const struct job_action import_action = {
	.name = "import",
	.steps = steps,
	.undo = install_undo,
	.resume = install_resume,
};
