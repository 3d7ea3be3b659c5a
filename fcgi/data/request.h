/* request: a form is carried out once, however often it is sent. */

#ifndef DATA_REQUEST_H
#define DATA_REQUEST_H

#include "data/db.h"

/* id: the form's one-time id as sent; its SHA-256 is kept. DB_DUPLICATE when
 * it was carried out before. */
enum db_status request_add(
    struct work *work, const char *id, const char *screen);
/* Where the answer led: path and query of the 303. */
enum db_status request_set_location(
    struct work *work, const char *id, const char *location);
/* DB_NONE when that id was not carried out for work's account; *location_r is
 * NULL when the answer was no redirection. */
enum db_status request_location(
    struct work *work, const char *id, const char **location_r);

/* Removes at most 1000 older than three days; for the worker. */
enum db_status request_purge(struct work *work);

#endif
