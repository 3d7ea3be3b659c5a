/* step: what several actions do alike, as steps of a job or as a part of one.
 * All return false with job->why. */

#ifndef AGENT_STEP_H
#define AGENT_STEP_H

#include <stdbool.h>
#include <stdint.h>

struct job;
struct record;
struct text;

/* The order's version as its maker signed it: job->source and the place's
 * manifest, kept in the journal. */
bool step_describe(struct job *job);
/* Can it run here: agent, hooks, database. */
bool step_require(struct job *job);
/* The same manifest again after a crash; false, with no reason, when the
 * journal has none. */
bool step_remember(struct job *job);

/* What is installed by the record: its directory, its manifest. It must be
 * in the order's area, and of the version that the order names. */
bool step_installed(struct job *job);
/* And it stays of that version: place->manifest is the same. */
bool step_installed_still(struct job *job);

/* The same from a record that was read before. */
bool step_use_record(struct job *job, const struct record *record);

/* So much and a tenth more must be free. */
bool step_room(struct job *job, int64_t bytes, int64_t files);

/* The same for what is kept in the state folder for a while. */
bool step_room_here(struct job *job, int64_t bytes);

/* The package's archive: here, right, unpacked beside. */
bool step_load(struct job *job);
bool step_verify(struct job *job);
bool step_stage(struct job *job);

/* The texts of the two files that are written into each tree, and lines
 * `word SHA256 NAME` on them. */
bool step_write_files(struct job *job);
void step_note_files(
    const struct job *job, struct text *out, const char *word);

/* The record of what is there when the job is done; kept: the lines on the
 * tree that was there before, "" for none. */
bool step_record(struct job *job, const char *kept);

/* The package's hook of that name in a tree of the area's, if it has one; then
 * what hooks have written there, to the disk. */
bool step_hook(struct job *job, const char *name, const char *tree);
bool step_hooked(struct job *job);

/* Its health hook, and its page. */
bool step_health(struct job *job);

#endif
