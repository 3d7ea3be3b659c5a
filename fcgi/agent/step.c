/* step: what several actions do alike. */

#include "agent/step.h"

#include <string.h>
#include <sys/statvfs.h>
#include <time.h>

#include "agent/agent.h"
#include "agent/database.h"
#include "agent/hook.h"
#include "agent/ini.h"
#include "agent/job.h"
#include "agent/net.h"
#include "base/arena.h"
#include "base/text.h"

/* The new tree's manifest, for the place too. */
static void
use_manifest(struct job *job)
{
	job->place.manifest = job->source.manifest;
	job->place.paper =
	    (struct message_part){ job->source.bytes, job->source.length };
}

bool
step_describe(struct job *job)
{
	struct source *source = &job->source;
	const char *why = source_describe(source);

	job->again = source->away;
	if (*why != '\0')
		return job_fail(job, why);
	use_manifest(job);
	return journal_keep(&job->journal, "manifest.xml", source->bytes,
		   source->length) ||
	       job_fail_errno(job, "manifest.xml");
}

bool
step_require(struct job *job)
{
	const struct manifest *manifest = job->place.manifest;

	if (manifest->needs.database &&
	    *job->agent->conf.database_socket == '\0')
		return job_fail(job, "agent.no-database");
	if (manifest->hook_count > 0 && !hook_is_possible(job->agent))
		return job_fail(job, "agent.no-sandbox");
	if (strverscmp(manifest->needs.agent, KAGIYA_VERSION) > 0)
		return job_fail(job, "agent.too-old");
	return true;
}

bool
step_remember(struct job *job)
{
	struct source *source = &job->source;

	source->bytes =
	    journal_kept(&job->journal, "manifest.xml", &source->length);
	if (source->bytes == NULL)
		return false;
	source->manifest =
	    manifest_read(job->arena, source->bytes, source->length, NULL);
	use_manifest(job);
	return source->manifest != NULL;
}

static bool
is_version(const char *wanted, const char *version)
{
	return *wanted == '\0' || strcmp(wanted, version) == 0;
}

bool
step_use_record(struct job *job, const struct record *record)
{
	struct place *place = &job->place;
	const struct lines *lines = &record->lines;

	job->record = record;
	place->directory = lines_value(lines, "directory");
	place->parents = lines_all(lines, "parent", &place->parent_count);
	place->existed = lines_value(lines, "existed") != NULL;
	place->mode = lines_number(lines, "mode");
	place->wrote = lines_all(lines, "wrote", &place->wrote_count);
	place->before_paper =
	    (struct message_part){ record->manifest, record->manifest_length };
	place->before = manifest_read(
	    job->arena, record->manifest, record->manifest_length, NULL);
	return place->before != NULL || job_fail(job, "agent.not-installed");
}

bool
step_installed(struct job *job)
{
	const struct order_job *order = job->order;
	const struct record *record = record_read(
	    job->agent, job->arena, RECORD_INSTALLED, order->serial);

	if (record == NULL ||
	    strcmp(lines_value(&record->lines, "area"), order->area) != 0)
		return job_fail(
		    job, arena_print(job->arena, "agent.not-installed %s",
			     order->serial));
	if (!is_version(order->from, lines_value(&record->lines, "version")))
		return job_fail(
		    job, arena_print(job->arena, "agent.other-version %s",
			     lines_value(&record->lines, "version")));
	return step_use_record(job, record);
}

bool
step_installed_still(struct job *job)
{
	if (!step_installed(job))
		return false;
	job->place.manifest = job->place.before;
	job->place.paper = job->place.before_paper;
	return true;
}

bool
step_room(struct job *job, int64_t bytes, int64_t files)
{
	bytes += bytes / 10 + (1 << 20);
	files += files / 10 + 64;
	if (job->place.free_bytes >= bytes && job->place.free_files >= files)
		return true;
	return job_fail(
	    job, arena_print(job->arena, "agent.no-space %lld MB are needed",
		     (long long)(bytes >> 20) + 1));
}

bool
step_room_here(struct job *job, int64_t bytes)
{
	struct statvfs space;

	if (statvfs(job->agent->conf.state_dir, &space) != 0)
		return job_fail_errno(job, "state");
	if ((int64_t)space.f_bavail * (int64_t)space.f_frsize >=
	    bytes + bytes / 10 + (1 << 20))
		return true;
	return job_fail(
	    job, arena_print(job->arena, "agent.no-space %lld MB on the server",
		     (long long)(bytes >> 20) + 1));
}

bool
step_load(struct job *job)
{
	const struct source_thing thing = source_archive(&job->source);
	const char *why;

	if (!step_room_here(job, thing.size))
		return false;
	job->archive = journal_nameless(&job->journal);
	if (job->archive < 0)
		return job_fail_errno(job, "archive");
	job->total = thing.size;
	why = source_load(&job->source, &thing, job->archive);
	job->again = job->source.away;
	return *why == '\0' || job_fail(job, why);
}

bool
step_verify(struct job *job)
{
	const struct source_thing thing = source_archive(&job->source);
	const char *why = source_verify(&job->source, &thing, job->archive);

	return *why == '\0' || job_fail(job, why);
}

bool
step_stage(struct job *job)
{
	if (!job_note(job, "stage", "begin"))
		return false;
	job->total = job->place.manifest->archive.unpacked;
	return place_stage(&job->place, job->archive) ||
	       job_fail(job, job->place.why);
}

bool
step_write_files(struct job *job)
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
	return true;
}

static void
note_file(
    struct text *out, const char *word, const char *name, const char *text)
{
	unsigned char digest[SECRET_DIGEST];

	if (text == NULL)
		return;
	secret_sha256(text, strlen(text), digest);
	lines_write(out, word,
	    arena_print(out->arena, "%s %s",
		text_hex(out->arena, digest, sizeof(digest)), name));
}

void
step_note_files(const struct job *job, struct text *out, const char *word)
{
	note_file(out, word, "kagiya-license.ini", job->place.license);
	note_file(out, word, "kagiya-setting.ini", job->place.setting);
}

static void
note_number(struct text *out, const char *word, int64_t number)
{
	lines_write(
	    out, word, arena_print(out->arena, "%lld", (long long)number));
}

static void
note_parents(struct job *job, struct text *out)
{
	struct place *place = &job->place;
	const char *shared[RECORD_PARENTS];
	const size_t count = record_parents(
	    job->agent, job->arena, job->order->area, place->directory, shared);

	for (size_t i = 0; i < count; i++)
		lines_write(out, "parent", shared[i]);
	for (size_t i = 0; i < place->parent_count; i++)
		lines_write(out, "parent", place->parents[i]);
}

bool
step_record(struct job *job, const char *kept)
{
	const struct order_job *order = job->order;
	struct text *out = text_new(job->arena, 1 << 20);
	const struct place *place = &job->place;
	const char *digest =
	    text_hex(job->arena, order->manifest, SECRET_DIGEST);

	lines_write(out, "area", order->area);
	lines_write(out, "owner", order->owner);
	lines_write(out, "directory", place->directory);
	lines_write(out, "package", order->package);
	lines_write(out, "version", order->version);
	lines_write(out, "instance", order->instance);
	lines_write(out, "manifest", digest);
	note_number(out, "number", order->number);
	lines_write(out, "action", order->action);
	lines_write(out, "grant", order->grant);
	note_number(out, "mode", place->mode);
	if (place->existed)
		lines_write(out, "existed", "yes");
	note_parents(job, out);
	step_note_files(job, out, "wrote");
	text_add(out, kept);
	return (record_keep_manifest(job->agent, job->arena, digest,
		    place->paper.bytes, place->paper.length) &&
		   record_write(job->agent, job->arena, RECORD_INSTALLED,
		       order->serial, out->bytes)) ||
	       job_fail_errno(job, "record");
}

/* The version that was there, and what the customer answers but no file
 * keeps. */
static const char *const *
environment(struct job *job)
{
	const char *const *secrets =
	    ini_secrets(job->arena, job->order, job->place.manifest);
	const char **lines;
	size_t count = 0;

	while (secrets[count] != NULL)
		count++;
	lines = arena_array(job->arena, count + 2, sizeof(*lines));
	for (size_t i = 0; i < count; i++)
		lines[i] = secrets[i];
	lines[count] =
	    arena_print(job->arena, "KAGIYA_FROM=%s", job->order->from);
	return lines;
}

bool
step_hook(struct job *job, const char *name, const char *tree)
{
	struct place *place = &job->place;
	const struct hook hook = {
		.name = name,
		.tree = tree,
		.environment = environment(job),
		.socket = place->manifest->needs.database
			      ? job->agent->conf.database_socket
			      : NULL,
	};
	const char *why = hook_run(place, place->manifest, &hook);

	return *why == '\0' || job_fail(job, why);
}

bool
step_hooked(struct job *job)
{
	return job->place.manifest->hook_count == 0 ||
	       place_flush(&job->place) || job_fail(job, job->place.why);
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

bool
step_health(struct job *job)
{
	enum { TRIES = 3 };
	const struct timespec pause = { .tv_nsec = 300000000 };
	const char *page = job->place.manifest->health;
	const char *url = arena_print(job->arena, "%s%s/%s", job->order->url,
	    text_percent(job->arena, job->place.directory, "/"),
	    text_percent(job->arena, page, "/"));
	const char *why = "";

	if (!step_hook(job, "health", job->place.directory))
		return false;
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
