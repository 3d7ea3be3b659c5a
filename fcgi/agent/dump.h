/* dump: the database of a program, beside its tree: as it is when a job
 * begins, so that it can be so again. All false with job->why. */

#ifndef AGENT_DUMP_H
#define AGENT_DUMP_H

#include <stdbool.h>

struct job;

/* Has the program that is installed one? Then as it is now, in the job's
 * folder, for dump_put_back() and dump_keep(). */
bool dump_take(struct job *job);
/* What was dumped is in it again. */
bool dump_put_back(struct job *job);
/* It stays for whoever wants the tree that is kept. */
bool dump_keep(struct job *job);

/* Into a nameless file; -1 in fd_r when it has no database. */
bool dump_nameless(struct job *job, int *fd_r);
/* What the file holds is in the database then; right too when there is no
 * such file, or it is empty. */
bool dump_load(struct job *job, const char *path);
/* For the one that comes, if it wants one: there, as empty as it is. */
bool dump_make(struct job *job);
/* The one that this job has made. */
bool dump_drop(struct job *job);

#endif
