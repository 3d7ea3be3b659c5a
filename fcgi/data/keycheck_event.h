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

/* Many, which the program wrote down before: a JSON list of lists [seconds,
 * serial, instance, version, why, code, key state, address, 1 when the worker
 * has nothing to do with it, how many it stands for]. */
enum db_status keycheck_event_add_all(struct work *work, const char *json);

/* At most 1000 from before that moment become numbers by day, license and
 * code (table keycheck_day); *count_r is how many did. For the worker. */
enum db_status keycheck_event_fold(
    struct work *work, int64_t before, int64_t *count_r);

/* Not yet acted on, oldest first, at most limit. */
enum db_status keycheck_event_waiting(struct work *work, int64_t limit,
    const struct keycheck_event **list_r, size_t *count_r);
/* DB_NONE when it was done. */
enum db_status keycheck_event_set_done(struct work *work, int64_t event_id);

/* Of the acting customer's license, newest first. */
enum db_status keycheck_event_list(struct work *work, const char *serial,
    int64_t limit, const struct keycheck_event **list_r, size_t *count_r);

#endif
