/* worker: the duties of the manager's one long-running program. A duty is a
 * file of its own and returns DB_OK when there is nothing left to do now. */

#ifndef WORKER_WORKER_H
#define WORKER_WORKER_H

#include "data/db.h"

struct work;

enum db_status worker_events(struct work *work);
enum db_status worker_mail(struct work *work);
enum db_status worker_daily(struct work *work);
enum db_status worker_notices(struct work *work);
enum db_status worker_depots(struct work *work);
enum db_status worker_purge(struct work *work);

#endif
