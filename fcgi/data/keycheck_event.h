/* keycheck_event: appended by the gate, read by the worker and by pages. */

#ifndef DATA_KEYCHECK_EVENT_H
#define DATA_KEYCHECK_EVENT_H

#include "data/db.h"

struct keycheck_event {
	int64_t event_id;
	int64_t at;
	const char *serial;
	const char *instance;
	const char *version;
	const char *why;	/* start daily activate */
	const char *code;	/* verdict's */
	const char *key_state;	/* valid missing wrong revoked */
	const char *address;
	int64_t entered;	/* 1: the license's key was entered before */
};

/* at comes from work. */
enum db_status keycheck_event_add(
    struct work *work, const struct keycheck_event *event);

/* Not yet acted on, oldest first, at most limit. */
enum db_status keycheck_event_waiting(struct work *work, int64_t limit,
    const struct keycheck_event **list_r, size_t *count_r);
/* DB_NONE when it was done. */
enum db_status keycheck_event_set_done(struct work *work, int64_t event_id);

/* Of the acting customer's license, newest first. */
enum db_status keycheck_event_list(struct work *work, const char *serial,
    int64_t limit, const struct keycheck_event **list_r, size_t *count_r);

#endif
