/* counter: codes that count up without holes, inside the transaction that
 * uses them: rolled back with it, and others wait until it ends. */

#ifndef DATA_COUNTER_H
#define DATA_COUNTER_H

#include <stdint.h>

#include "data/db.h"

/* From 1 on. */
enum db_status counter_next(
    struct work *work, const char *name, int64_t *number_r);

/* "K" -> "K0001"; the counter's name is the prefix. */
enum db_status counter_code(
    struct work *work, const char *prefix, const char **code_r);

/* "2026-0001", counted by the year of the provider's calendar. */
enum db_status counter_serial(struct work *work, const char **serial_r);

#endif
