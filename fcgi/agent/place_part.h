/* place_part: what the files of place share; inside the child. */

#ifndef AGENT_PLACE_PART_H
#define AGENT_PLACE_PART_H

#include "agent/place.h"

/* One task in the child, with the pipes it has. */
struct place_task {
	struct place *place;
	bool (*run)(struct place_task *task);
	int in;			/* frames, -1 for none */
	int out;		/* lines to the agent */
	const char *stage;	/* .kagiya/NUMBER */
	const char *tree;	/* .kagiya/NUMBER/tree */
};

/* Forks, runs, reads the lines; false with place->why. in may be -1. */
bool place_run(
    struct place *place, bool (*run)(struct place_task *task), int in);

/* Both say why it failed and return false. */
bool place_fail(struct place_task *task, const char *id, const char *words);
bool place_fail_errno(struct place_task *task, const char *what);
void place_tell(struct place_task *task, const char *word, const char *rest);
void place_tell_number(
    struct place_task *task, const char *word, int64_t number);

/* The frames of an archive into the tree. */
bool place_take_frames(struct place_task *task);

/* The stage goes; then parents of ours that are empty. */
bool place_clean_stage(struct place_task *task);
bool place_clean_parents(struct place_task *task);
/* "a/b" in "a/b/c"; NULL for the area itself. */
const char *place_above(struct arena *arena, const char *path);

#endif
