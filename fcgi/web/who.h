/* who: the session and the account behind a request, and what they may. */

#ifndef WEB_WHO_H
#define WEB_WHO_H

#include "data/db.h"

struct visit;

/* Finds them by the cookie; none is DB_OK. */
enum db_status who_find(struct visit *visit);

/* 0 when the screen is for this visitor, else 303 (location is the login) or
 * 403. */
int who_may(struct visit *visit);

#endif
