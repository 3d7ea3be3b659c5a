/* install: what an install and an import have in common: a tree comes into a
 * directory that is absent or empty. False with job->why. */

#ifndef AGENT_INSTALL_H
#define AGENT_INSTALL_H

#include <stdbool.h>

struct job;

/* PLANNED: the serial is not there yet. */
bool install_begin(struct job *job);
/* CHECKED: the directory, and what is free; all into the journal. */
bool install_check(struct job *job);
/* SWAPPED: the staged tree is the directory; the record says so. */
bool install_swap(struct job *job);

bool install_undo(struct job *job);
bool install_resume(struct job *job);

#endif
