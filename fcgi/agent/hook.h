/* hook: a maker's program inside a package, run as the owner of the area in a
 * sandbox: no network, its own tree writable and nothing else, an end to time,
 * memory, processes and output. */

#ifndef AGENT_HOOK_H
#define AGENT_HOOK_H

#include <stdbool.h>
#include <stdint.h>

struct agent;
struct broker_task;
struct manifest;
struct place;

/* What it is told, beside KAGIYA_HOOK, KAGIYA_JOB, KAGIYA_PACKAGE and
 * KAGIYA_VERSION. */
struct hook {
	const char *name;		/* as in the manifest: "install" */
	const char *tree;		/* it runs in, relative to the area */
	const char *const *environment;	/* "KAGIYA_FROM=1.0", NULL at the end;
					   may be NULL */
	const char *socket;		/* MariaDB's, NULL for none */
};

/* "" when it did it, or the manifest has no such hook; else why not:
 *   agent.no-sandbox		no bubblewrap here: hooks are off
 *   agent.hook-setting NAME: WORDS	exit 10: a setting is to be mended
 *   agent.hook-failed NAME: WORDS	any other end; exit 20 three times
 * WORDS: the last line it wrote, or what ended it. All it wrote goes to the
 * log. When this returns, all that it started has ended. */
const char *hook_run(struct place *place, const struct manifest *manifest,
    const struct hook *hook);

/* Can this host run hooks at all? Found out once, at the start. */
bool hook_is_possible(const struct agent *agent);
/* Does bubblewrap work here? In the broker. */
bool hook_probe(const struct agent *agent);

/* What a hook's process says of it, then what it wrote. */
enum { HOOK_OUTPUT = 64 << 10, HOOK_SECONDS = 600 };
struct hook_end {
	int32_t status;		/* as child_status() */
	uint32_t late;		/* it was ended for its time */
	uint32_t length;	/* bytes that follow, at most HOOK_OUTPUT */
	char trouble[100];	/* it was not started; "" when it was */
};
int hook_task(const struct broker_task *task);

#endif
