/* must: what cannot be. A broken promise is logged and ends the process,
 * in production too; the supervisor starts a new one. */

#ifndef BASE_MUST_H
#define BASE_MUST_H

#define must(promise)                                                         \
	((promise) ? (void)0 : must_broken(#promise, __FILE__, __LINE__))

_Noreturn void must_broken(const char *promise, const char *file, int line);

#endif
