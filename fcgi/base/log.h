/* log: one line per event on standard error, with the level prefix that the
 * journal reads, the request's id and key=value pairs. Control characters and
 * broken UTF-8 in values are escaped; secrets are never passed in. */

#ifndef BASE_LOG_H
#define BASE_LOG_H

#include <stdbool.h>

enum log_level { LOG_FAULT = 3, LOG_WARN = 4, LOG_NOTE = 5, LOG_TRACE = 7 };

/* LOG_TRACE lines are written only when on; setting log.trace. */
void log_trace(bool on);

/* Stands in each following line until changed; NULL for none. */
void log_request(const char *id);

/* event is a dotted literal ("db.lost"); format gives the pairs
 * ("host=%s code=%d"). */
void log_event(
    enum log_level level, const char *event, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
