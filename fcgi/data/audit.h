/* audit: who did what. Rows are only ever added. */

#ifndef DATA_AUDIT_H
#define DATA_AUDIT_H

#include <stddef.h>
#include <stdint.h>

#include "data/db.h"

struct audit {
	int64_t audit_id;
	int64_t at;
	const char *actor;
	const char *action;
	const char *object;
	const char *detail;
};

/* action: a dotted word ("payment.record"); object: serial, code, number;
 * detail: pairs "name=value", no secrets. Overlong texts are cut. */
enum db_status audit_add(struct work *work, const char *action,
    const char *object, const char *detail);

/* The newest, last first; at most 100. */
enum db_status audit_list(
    struct work *work, const struct audit **audits_r, size_t *count_r);

#endif
