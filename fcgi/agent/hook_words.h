/* hook_words: the command line of bubblewrap: what a hook finds inside. */

#ifndef AGENT_HOOK_WORDS_H
#define AGENT_HOOK_WORDS_H

#include <stdbool.h>

struct arena;
struct lines;

enum { HOOK_WORDS = 20 };

struct hook_words {
	const char *list[HOOK_WORDS];	/* the program first, NULL at the end */
	int count;
};

/* For execve(), with descriptors that stay open for it. lines: variable*,
 * socket. command: a file below the tree that says in its first line what runs
 * it. False with errno. */
bool hook_words(struct arena *arena, const struct lines *lines, int tree,
    const char *command, struct hook_words *words_r);
/* One that does nothing, to see whether it can be done. */
bool hook_words_to_try(struct arena *arena, struct hook_words *words_r);

#endif
