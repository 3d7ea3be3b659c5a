/* uninstall: a customer wants a program gone (figure 15, s5-s8). */

#ifndef SHOP_UNINSTALL_H
#define SHOP_UNINSTALL_H

#include <stdbool.h>
#include <stdint.h>

struct work;

enum uninstall_result {
	UNINSTALL_REQUESTED,
	UNINSTALL_MISSING,	/* not his, or uninstalled before */
	UNINSTALL_RUNNING,	/* a job for it is waiting or running */
	UNINSTALL_RETRY,
	UNINSTALL_BROKEN,
};

/* The license stays as it is until the agent reports. An install that never
 * came about has nothing to remove: its license ends at once (U) and *job_id_r
 * is 0. */
enum uninstall_result uninstall_request(struct work *work,
    const char *serial, bool backup, int64_t *job_id_r);

#endif
