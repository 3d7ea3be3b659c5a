/* dump: the database of a program, beside its tree. */

#include "agent/dump.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "agent/agent.h"
#include "agent/database.h"
#include "agent/job.h"
#include "base/arena.h"

#define NAME "database.sql"

static bool
dump_to(struct job *job, int fd)
{
	const char *why =
	    database_dump(job->agent, job->arena, job->order->serial, fd);

	if (*why != '\0')
		return job_fail(job, why);
	return fsync(fd) == 0 || job_fail_errno(job, NAME);
}

bool
dump_take(struct job *job)
{
	bool right;
	int fd;

	if (!job->place.before->needs.database)
		return true;
	fd = journal_file(&job->journal, NAME);
	if (fd < 0 || ftruncate(fd, 0) != 0)
		return job_fail_errno(job, NAME);
	right = dump_to(job, fd);
	(void)close(fd);
	return right && job_note(job, "dump", "yes");
}

bool
dump_nameless(struct job *job, int *fd_r)
{
	*fd_r = -1;
	if (!job->place.before->needs.database)
		return true;
	*fd_r = journal_nameless(&job->journal);
	if (*fd_r < 0)
		return job_fail_errno(job, NAME);
	return dump_to(job, *fd_r);
}

bool
dump_load(struct job *job, const char *path)
{
	const int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat status;
	const char *why = "";

	if (fd < 0)
		return errno == ENOENT || job_fail_errno(job, path);
	if (fstat(fd, &status) == 0 && status.st_size > 0)
		why = database_load(
		    job->agent, job->arena, job->order->serial, fd);
	(void)close(fd);
	return *why == '\0' || job_fail(job, why);
}

static const char *
path_of(struct job *job)
{
	return arena_print(job->arena, "%s/" NAME, job->journal.folder);
}

bool
dump_put_back(struct job *job)
{
	return !journal_has(&job->journal, "dump") ||
	       dump_load(job, path_of(job));
}

bool
dump_keep(struct job *job)
{
	const char *kept =
	    record_dump(job->agent, job->arena, job->order->serial);

	if (!journal_has(&job->journal, "dump") || job->order->keep_days == 0)
		return record_forget(
			   job->agent, job->arena, job->order->serial) ||
		       job_fail_errno(job, NAME);
	return ((rename(path_of(job), kept) == 0 || errno == ENOENT) &&
		   journal_flush_folder(arena_print(
		       job->arena, "%s/kept", job->agent->conf.state_dir))) ||
	       job_fail_errno(job, NAME);
}

bool
dump_make(struct job *job)
{
	const char *why;

	if (!job->place.manifest->needs.database)
		return true;
	if (!job_note(job, "database", "make"))
		return false;
	why = database_make(job->agent, job->arena, job->order->serial);
	return *why == '\0' || job_fail(job, why);
}

bool
dump_drop(struct job *job)
{
	const char *why = "";

	if (journal_has(&job->journal, "database"))
		why = database_drop(job->agent, job->arena, job->order->serial);
	return *why == '\0' || job_fail(job, why);
}
