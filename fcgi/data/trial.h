/* trial: one for a customer and a software, whatever is installed again. */

#ifndef DATA_TRIAL_H
#define DATA_TRIAL_H

#include "data/db.h"

struct trial {
	int32_t trial_start;
	int32_t trial_end;	/* last day */
	int64_t version_id;	/* it was last granted for */
};

enum db_status trial_of(struct work *work, int64_t account_id,
    int64_t software_id, const struct trial **trial_r);

/* Stores the first or, for a version that may be tried again, a new one. */
enum db_status trial_set(struct work *work, int64_t account_id,
    int64_t software_id, const struct trial *trial);

#endif
