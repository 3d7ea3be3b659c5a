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

/* What is known of one install, by its serial. NULL when nothing is. */
struct record {
	struct lines lines;	/* area owner directory package version mode
				   existed parent* */
	const char *manifest;
	size_t manifest_length;
};
const struct record *record_read(
    const struct agent *agent, struct arena *arena, const char *serial);
/* Whole or not at all; the same again is right. */
bool record_write(const struct agent *agent, struct arena *arena,
    const char *serial, const char *lines, const char *manifest,
    size_t manifest_length);
bool record_remove(
    const struct agent *agent, struct arena *arena, const char *serial);

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
