/* tap: one line for each assertion. */

#ifndef AGENT_TAP_H
#define AGENT_TAP_H

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static int tap_count, tap_failed;

static inline void
tap(bool right, const char *what)
{
	printf("%s %d - %s\n", right ? "ok" : "not ok", ++tap_count, what);
	tap_failed += !right;
	fflush(stdout);
}

static inline void
is_text(const char *got, const char *wanted, const char *what)
{
	if (strcmp(got, wanted) != 0)
		printf("# got: %s, wanted: %s\n", got, wanted);
	tap(strcmp(got, wanted) == 0, what);
}

static inline int
tap_end(void)
{
	printf("1..%d\n", tap_count);
	return tap_failed == 0 ? 0 : 1;
}

#endif
