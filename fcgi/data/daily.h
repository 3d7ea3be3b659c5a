/* daily: marks that make the daily step happen once for a license, a rule and
 * a day. */

#ifndef DATA_DAILY_H
#define DATA_DAILY_H

#include "data/db.h"

/* DB_DUPLICATE when it was done. */
enum db_status daily_step_add(struct work *work, const char *serial,
    const char *rule, int32_t day);
#endif
