/* backup: a program's tree and its database as one file in its owner's area. */

#include "agent/backup.h"

#include <string.h>
#include <unistd.h>

#include "agent/agent.h"
#include "agent/dump.h"
#include "agent/job.h"
#include "agent/place_change.h"
#include "agent/step.h"
#include "base/arena.h"
#include "base/secret.h"
#include "base/text.h"

/* Nobody finds it by guessing, should the web server show it. */
static const char *
make_name(const struct job *job)
{
	const struct order_job *order = job->order;
	const char *text = arena_print(job->arena, "backup %lld %s",
	    (long long)order->number, order->instance);
	unsigned char digest[SECRET_DIGEST];

	secret_sha256(text, strlen(text), digest);
	return arena_print(job->arena, "backup-%s-%s-%s.tar.gz", order->package,
	    order->serial, text_hex(job->arena, digest, 8));
}

bool
backup_make(struct job *job)
{
	struct place *place = &job->place;
	bool right;
	int dump;

	place->backup = make_name(job);
	if (!step_hook(job, "backup", place->directory) ||
	    !job_note(job, "backup", place->backup) ||
	    !dump_nameless(job, &dump))
		return false;
	job->total = place->tree_bytes;
	right = place_backup(place, dump) || job_fail(job, place->why);
	if (dump >= 0)
		(void)close(dump);
	return right;
}

static bool
check(struct job *job)
{
	struct place *place = &job->place;

	if (!place_measure(place))
		return job_fail(job, place->why);
	return step_room(job, place->tree_bytes, 2);
}

static bool
back_up(struct job *job)
{
	if (!backup_make(job))
		return false;
	job->detail =
	    arena_print(job->arena, "backup %lld", (long long)job->place.size);
	return place_tidy(&job->place) || job_fail(job, job->place.why);
}

static const struct job_step steps[] = {
	{ "PLANNED", step_installed_still, false },
	{ "CHECKED", check, false },
	{ "STAGED", back_up, false },
	{ NULL, NULL, true },
};

bool
backup_drop(struct job *job)
{
	struct place *place = &job->place;

	place->backup = lines_value(&job->journal.lines, "backup");
	if (place->backup == NULL || !place->area.there)
		return true;
	if (!place_drop_backup(place))
		return false;
	place->backup = NULL;
	return true;
}

/* It is made again. */
static bool
resume(struct job *job)
{
	(void)job;
	return false;
}

const struct job_action backup_action = {
	.name = "backup",
	.steps = steps,
	.undo = backup_drop,
	.resume = resume,
};
