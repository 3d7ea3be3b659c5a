/* sandbox: the rights of each kind of process, and what the kernel has to
 * take the others away: limits, no new privileges, Landlock, seccomp. */

#ifndef AGENT_SANDBOX_H
#define AGENT_SANDBOX_H

#include <stdbool.h>
#include <stddef.h>

/* AddressSanitizer asks the kernel for more than the program does. */
#if defined(__SANITIZE_ADDRESS__)
#define SANDBOX_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANDBOX_SANITIZED 1
#endif
#endif
#ifndef SANDBOX_SANITIZED
#define SANDBOX_SANITIZED 0
#endif

enum sandbox_kind {
	SANDBOX_CHIEF,		/* writes below state.dir, starts nothing */
	SANDBOX_FETCH,		/* the network, no files */
	SANDBOX_UNPACK,		/* neither: the descriptors it has */
	SANDBOX_PLACE,		/* files below one area */
	SANDBOX_HOOK,		/* bubblewrap; it closes its own inside */
	SANDBOX_PROGRAM,	/* one program of the server's, reading only */
	SANDBOX_KINDS
};

/* What this host has; found out once. landlock: ABI, 0 for none. */
struct sandbox {
	int landlock;
	bool seccomp;
	bool openat2;
	bool bwrap;
	const char *programs;	/* folder of those that SANDBOX_PROGRAM runs */
};

/* What the kernel has; bwrap is found out by hook_probe(). */
void sandbox_find(struct sandbox *sandbox_r);
/* "landlock=7 seccomp=yes bwrap=yes openat2=yes" */
enum { SANDBOX_WORDS = 80 };
void sandbox_words(const struct sandbox *sandbox, char words_r[SANDBOX_WORDS]);

/* For good, in this process and all that come from it. beneath: a folder's
 * descriptor, the only one with anything to write below; -1 for none. What
 * the kernel does not have is left out, what fails ends the process. */
void sandbox_enter(
    const struct sandbox *sandbox, enum sandbox_kind kind, int beneath);

/* The parts of it. */
void landlock_enter(
    const struct sandbox *sandbox, enum sandbox_kind kind, int beneath);
void filter_enter(enum sandbox_kind kind);
int landlock_abi(void);
/* For the inside of bubblewrap: the program, in a nameless file. */
int filter_for_hooks(void);

#endif
