/* record: what was installed, for as long as it is; and how far each depot's
 * index was seen. */

#ifndef AGENT_RECORD_H
#define AGENT_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "agent/lines.h"

struct agent;
struct arena;
struct text;

/* What is known of one program, by its serial. Lines: area owner directory
 * package version instance mode existed parent* manifest wrote*; of the tree
 * that was there before: kept kept-manifest kept-wrote* kept-until; of the
 * job that may do things there: number action grant. */
struct record {
	struct lines lines;
	const char *manifest;	/* its bytes */
	size_t manifest_length;
};

/* Installed in an area, or taken out of one to be moved (both may be known of
 * one serial, when it moves on the same server). */
enum record_state { RECORD_INSTALLED, RECORD_OUT };

/* NULL when nothing is known. */
const struct record *record_read(const struct agent *agent,
    struct arena *arena, enum record_state state, const char *serial);
/* Whole or not at all. Its manifest was kept before. */
bool record_write(const struct agent *agent, struct arena *arena,
    enum record_state state, const char *serial, const char *lines);
/* Right too when there was none. */
bool record_remove(const struct agent *agent, struct arena *arena,
    enum record_state state, const char *serial);
/* The lines but for those words, to be written again with others. */
void record_copy(struct text *out, const struct record *record,
    const char *const *without);
/* From one state to the other, in one step; right too when it has gone. */
bool record_turn(const struct agent *agent, struct arena *arena,
    enum record_state from, const char *serial);

/* The dump of the kept tree's database, and that it goes. */
const char *record_dump(
    const struct agent *agent, struct arena *arena, const char *serial);
bool record_forget(
    const struct agent *agent, struct arena *arena, const char *serial);

/* The serials that are installed. */
const char *const *record_serials(
    const struct agent *agent, struct arena *arena, size_t *count_r);

/* Before all else: makes the folders, removes what a crash left half
 * written. */
bool record_start(const struct agent *agent, struct arena *arena);

/* Manifests by their SHA-256 (hex): for as long as a backup may ask for one.
 * NULL when it is not kept. */
bool record_keep_manifest(const struct agent *agent, struct arena *arena,
    const char *digest, const char *bytes, size_t length);
const char *record_manifest(const struct agent *agent, struct arena *arena,
    const char *digest, size_t *length_r);

/* The folders above that directory which other installs of the area have
 * made, outermost first: who goes last takes them along. At most
 * RECORD_PARENTS. */
enum { RECORD_PARENTS = 32 };
size_t record_parents(const struct agent *agent, struct arena *arena,
    const char *area, const char *directory,
    const char *parents_r[RECORD_PARENTS]);

/* The highest serial seen of a depot's index. */
int64_t record_depot(
    const struct agent *agent, struct arena *arena, const char *depot);
bool record_set_depot(const struct agent *agent, struct arena *arena,
    const char *depot, int64_t serial);

#endif
