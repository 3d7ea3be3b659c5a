/* backup: a program's tree and its database as one file in its owner's area. */

#ifndef AGENT_BACKUP_H
#define AGENT_BACKUP_H

#include <stdbool.h>

struct job;

/* Made, under a name that is in the journal first and named as left. */
bool backup_make(struct job *job);
/* As if it had not been. */
bool backup_drop(struct job *job);

#endif
