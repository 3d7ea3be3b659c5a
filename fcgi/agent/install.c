/* install: the steps of figure 13, each undone when a later one fails. */

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "agent/agent.h"
#include "agent/database.h"
#include "agent/ini.h"
#include "agent/job.h"
#include "agent/net.h"
#include "agent/record.h"
#include "base/arena.h"
#include "base/file.h"
#include "base/text.h"

static bool
plan(struct job *job)
{
	struct journal *journal = &job->journal;
	const char *why = source_describe(&job->source);

	if (*why != '\0')
		return job_fail(job, why);
	job->place.manifest = job->source.manifest;
	job->place.paper =
	    (struct place_paper){ job->source.bytes, job->source.length };
	if (!journal_keep(
		journal, "manifest.xml", job->source.bytes, job->source.length))
		return job_fail(job, "agent.file manifest.xml");
	if (job->source.manifest->needs.database &&
	    *job->agent->conf.database_socket == '\0')
		return job_fail(job, "agent.no-database");
	if (job->source.manifest->hook_count > 0)
		return job_fail(job, "agent.no-hooks");
	if (strverscmp(job->source.manifest->needs.agent, KAGIYA_VERSION) > 0)
		return job_fail(job, "agent.too-old");
	return true;
}

/* A tenth more than the files have, and as much again for what is on its way
 * to the disk. */
static bool
has_room(struct job *job)
{
	const struct manifest *manifest = job->place.manifest;
	const int64_t bytes = manifest->archive.unpacked +
			      manifest->archive.unpacked / 10 + (1 << 20);
	const int64_t files =
	    manifest->archive.count + manifest->archive.count / 10 + 64;

	if (job->place.free_bytes >= bytes && job->place.free_files >= files)
		return true;
	return job_fail(
	    job, arena_print(job->arena, "agent.no-space %lld MB are needed",
		     (long long)(bytes >> 20) + 1));
}

/* Undone with the install, so it must not be that of one that is there. */
static bool
make_database(struct job *job)
{
	const char *serial = job->order->serial;
	const char *why;

	if (!job->place.manifest->needs.database)
		return true;
	if (record_read(job->agent, job->arena, serial) != NULL)
		return job_fail(job, "agent.installed-already");
	if (!journal_write(&job->journal, "database", "make"))
		return job_fail(job, "agent.journal");
	why = database_make(job->agent, job->arena, serial);
	return *why == '\0' || job_fail(job, why);
}

static bool
check(struct job *job)
{
	struct journal *journal = &job->journal;
	struct place *place = &job->place;

	if (!place_check(place))
		return job_fail(job, place->why);
	if (!has_room(job))
		return false;
	for (size_t i = 0; i < place->parent_count; i++)
		if (!journal_write(journal, "parent", place->parents[i]))
			return job_fail(job, "agent.journal");
	if (place->existed && !journal_write(journal, "existed", "yes"))
		return job_fail(job, "agent.journal");
	if (!journal_write_number(journal, "mode", place->mode))
		return job_fail(job, "agent.journal");
	return make_database(job);
}

/* A nameless file, gone with the process. */
static bool
load(struct job *job)
{
	const char *path =
	    arena_print(job->arena, "%s/archive", job->journal.folder);
	const char *why;

	job->archive = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (job->archive < 0 || unlink(path) != 0)
		return job_fail(job,
		    arena_print(job->arena, "agent.file %s", strerror(errno)));
	job->total = job->source.manifest->archive.size;
	why = source_load(&job->source, job->archive);
	return *why == '\0' || job_fail(job, why);
}

static bool
verify(struct job *job)
{
	const char *why = source_verify(&job->source, job->archive);

	return *why == '\0' || job_fail(job, why);
}

static bool
stage(struct job *job)
{
	if (!journal_write(&job->journal, "stage", "begin"))
		return job_fail(job, "agent.journal");
	job->total = job->source.manifest->archive.unpacked;
	return place_stage(&job->place, job->archive) ||
	       job_fail(job, job->place.why);
}

static bool
configure(struct job *job)
{
	const bool wanted = job->place.manifest->needs.database;
	struct database_access database;
	const char *why = !wanted ? ""
				  : database_access(job->agent, job->arena,
					job->order->serial, &database);

	if (*why != '\0')
		return job_fail(job, why);
	job->place.license = ini_license(job->arena, job->order);
	job->place.setting = ini_setting(job->arena, job->order,
	    job->place.manifest, wanted ? &database : NULL);
	return place_configure(&job->place) || job_fail(job, job->place.why);
}

/* From the swap on the program is there; before its record is on disk too,
 * nothing may say so. */
static bool
write_record(struct job *job)
{
	struct text *out = text_new(job->arena, 1 << 20);
	struct place *place = &job->place;
	const char *shared[RECORD_PARENTS];
	const size_t shared_count = record_parents(
	    job->agent, job->arena, job->order->area, place->directory, shared);

	lines_write(out, "area", job->order->area);
	lines_write(out, "owner", job->order->owner);
	lines_write(out, "directory", place->directory);
	lines_write(out, "package", job->order->package);
	lines_write(out, "version", job->order->version);
	lines_write(out, "instance", job->order->instance);
	lines_write(out, "mode",
	    arena_print(job->arena, "%lld", (long long)place->mode));
	if (place->existed)
		lines_write(out, "existed", "yes");
	for (size_t i = 0; i < shared_count; i++)
		lines_write(out, "parent", shared[i]);
	for (size_t i = 0; i < place->parent_count; i++)
		lines_write(out, "parent", place->parents[i]);
	return record_write(job->agent, job->arena, job->order->serial,
	    out->bytes, job->source.bytes, job->source.length);
}

static bool
swap(struct job *job)
{
	if (!journal_write_number(&job->journal, "swap", job->place.inode))
		return job_fail(job, "agent.journal");
	if (!place_swap(&job->place))
		return job_fail(job, job->place.why);
	if (!write_record(job) || !place_tidy(&job->place))
		return job_fail(job, "agent.journal");
	return true;
}

static const char *
ask(struct job *job, const char *url)
{
	const struct fetch wish = { .url = url, .limit = 8 << 20 };
	struct fetched fetched;
	const enum fetch_end end =
	    net_fetch(job->agent, job->arena, &wish, &fetched);

	if (end == FETCH_OK || end == FETCH_TOO_LARGE)
		return "";
	if (end == FETCH_UNREACHABLE)
		return arena_print(job->arena, "agent.not-healthy %s: %s", url,
		    fetched.trouble);
	/* A redirect, a login, a page that wants a key: it runs. */
	if (fetched.status < 500 && fetched.status != 404)
		return "";
	return arena_print(job->arena, "agent.not-healthy %s: status %ld", url,
	    fetched.status);
}

static bool
look(struct job *job)
{
	enum { TRIES = 3 };
	const struct timespec pause = { .tv_nsec = 300000000 };
	const char *page = job->place.manifest->health;
	const char *url = arena_print(job->arena, "%s%s/%s", job->order->url,
	    text_percent(job->arena, job->place.directory, "/"),
	    text_percent(job->arena, page, "/"));
	const char *why = "";

	if (*page == '\0')
		return true;
	for (int i = 0; i < TRIES; i++) {
		why = ask(job, url);
		if (*why == '\0')
			return true;
		(void)nanosleep(&pause, NULL);
	}
	return job_fail(job, why);
}

const struct job_step install_steps[] = {
	{ "PLANNED", plan },
	{ "CHECKED", check },
	{ "FETCHED", load },
	{ "VERIFIED", verify },
	{ "STAGED", stage },
	{ "CONFIGURED", configure },
	{ "SWAPPED", swap },
	{ "HEALTHY", look },
	{ NULL, NULL },
};

static bool
drop_database(struct job *job)
{
	return !journal_has(&job->journal, "database") ||
	       *database_drop(job->agent, job->arena, job->order->serial) ==
		   '\0';
}

bool
install_undo(struct job *job)
{
	const struct lines *lines = &job->journal.lines;

	/* Nothing was touched, or there is no area any more. */
	if (!journal_has(&job->journal, "mode") || !job->place.area.there)
		return drop_database(job);
	if (!journal_write(&job->journal, "undo", "begin"))
		return false;
	job->place.inode = lines_number(lines, "swap");
	if (!place_undo(&job->place))
		return false;
	return drop_database(job) &&
	       record_remove(job->agent, job->arena, job->order->serial);
}

/* What was known when it was cut, from the journal. */
static void
remember(struct job *job)
{
	const struct lines *lines = &job->journal.lines;
	struct place *place = &job->place;
	const char *bytes =
	    journal_kept(&job->journal, "manifest.xml", &job->source.length);

	place->parents = lines_all(lines, "parent", &place->parent_count);
	place->existed = lines_value(lines, "existed") != NULL;
	place->mode = lines_number(lines, "mode");
	job->source.bytes = bytes;
	if (bytes != NULL)
		job->source.manifest =
		    manifest_read(job->arena, bytes, job->source.length, NULL);
	place->manifest = job->source.manifest;
	place->paper = (struct place_paper){ bytes, job->source.length };
}

/* Swapped already? Then the rest is small and goes on; else it goes back and
 * the manager gives the job anew. */
bool
install_resume(struct job *job)
{
	const int64_t staged = lines_number(&job->journal.lines, "swap");

	remember(job);
	if (staged == 0 || journal_has(&job->journal, "undo") ||
	    job->place.manifest == NULL)
		return false;
	if (!place_look(&job->place) || job->place.inode != staged)
		return false;
	job->step = "SWAPPED";
	if (!write_record(job) || !place_tidy(&job->place))
		return job_fail(job, "agent.journal");
	job->step = "HEALTHY";
	return look(job);
}
