/* work: what every rule needs and nothing of the web. */

#ifndef DATA_WORK_H
#define DATA_WORK_H

#include <stdint.h>

struct arena;
struct db;

struct work {
	struct arena *arena;
	struct db *db;
	int64_t now;		/* one time for the whole request */
	int32_t today;		/* its calendar day in the provider's zone */
	int64_t account;	/* who acts; 0 for a program */
	const char *actor;	/* for the audit: login, or program's name */
};

/* now and today from the clock, actor from setting_program(). */
struct work work_now(struct arena *arena, struct db *db);

#endif
