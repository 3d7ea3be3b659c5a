/* change: a program's tree is replaced by another one: the next version's,
 * the one before, one from a backup. The steps that upgrade, rollback and
 * restore have in common; false with job->why. */

#ifndef AGENT_CHANGE_H
#define AGENT_CHANGE_H

#include <stdbool.h>

struct job;

/* In the job's folder: the dump that comes with the tree aside. */
#define CHANGE_LOAD "load.sql"

/* PLANNED: what is installed now, so that it can be put back. */
bool change_begin(struct job *job);
/* CHECKED: which tree that is, how large, how much is free. */
bool change_measure(struct job *job);
/* SWAPPED: the tree aside is in the directory; the record says so. */
bool change_swap(struct job *job);
/* HEALTHY: it runs; the one before is kept as long as the order says. */
bool change_keep(struct job *job);

bool change_undo(struct job *job);
bool change_resume(struct job *job);

#endif
