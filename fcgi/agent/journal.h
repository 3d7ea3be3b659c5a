/* journal: what a job is about to do, on disk before it is done. */

#ifndef AGENT_JOURNAL_H
#define AGENT_JOURNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "agent/lines.h"

struct agent;
struct arena;

struct journal {
	struct arena *arena;
	const char *folder;	/* STATE/job/NUMBER */
	int fd;
	struct lines lines;
};

/* Begins or goes on; false, logged, when the disk does not take it. */
bool journal_open(struct journal *journal_r, const struct agent *agent,
    struct arena *arena, int64_t number);
/* On disk when it returns true. */
bool journal_write(
    struct journal *journal, const char *word, const char *value);
bool journal_write_number(
    struct journal *journal, const char *word, int64_t number);
/* All of them with one flush. */
bool journal_write_list(struct journal *journal, const char *word,
    const char *const *values, size_t count);
bool journal_has(const struct journal *journal, const char *word);
/* Begun and not ended; set aside until it is given again; or neither yet. */
enum journal_state { JOURNAL_NEW, JOURNAL_CUT, JOURNAL_WAITS, JOURNAL_ENDED };
enum journal_state journal_state(const struct journal *journal);
/* Is it that job which waits? */
bool journal_waits(
    const struct agent *agent, struct arena *arena, int64_t number);
void journal_close(struct journal *journal);
/* Of the lines there is only this one then. */
bool journal_restart(
    struct journal *journal, const char *word, const char *value);
/* The job is over and heard, or never was. */
void journal_remove(struct journal *journal);

/* A folder of the agent's own and all in it; true when it is gone. */
bool journal_remove_folder(const char *path);
bool journal_flush_folder(const char *path);

/* A file of the job's beside the lines, and a nameless one that is gone with
 * the process; -1 with errno. */
int journal_file(const struct journal *journal, const char *name);
int journal_nameless(const struct journal *journal);
/* The same, whole and small. */
bool journal_keep(struct journal *journal, const char *name,
    const void *bytes, size_t length);
const char *journal_kept(
    const struct journal *journal, const char *name, size_t *length_r);

/* The numbers of the jobs there are, rising. */
const int64_t *journal_numbers(
    const struct agent *agent, struct arena *arena, size_t *count_r);

/* A file that holds one number; 0 when there is none. */
int64_t journal_read_number(struct arena *arena, const char *path);
bool journal_write_number_to(
    struct arena *arena, const char *path, int64_t number);

/* The highest number that has ended: none at or below it is begun again. */
int64_t journal_last(const struct agent *agent, struct arena *arena);
bool journal_set_last(
    const struct agent *agent, struct arena *arena, int64_t number);

#endif
