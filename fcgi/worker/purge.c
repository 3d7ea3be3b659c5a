/* purge: takes away what has no more use, some rows at a time. */

#include "data/guess.h"
#include "data/keycheck_event.h"
#include "data/request.h"
#include "data/session.h"
#include "data/work.h"
#include "worker/worker.h"

enum { CHECK_DAYS = 30, DAY_SECONDS = 86400, PORTIONS = 200 };

/* PRV-2: each check for 30 days, then their number. */
static enum db_status
fold_checks(struct work *work, void *context)
{
	return keycheck_event_fold(
	    work, work->now - (int64_t)CHECK_DAYS * DAY_SECONDS, context);
}

/* Some at a time, so that nobody waits for it long. */
static enum db_status
purge_checks(struct work *work)
{
	enum db_status status = DB_OK;
	int64_t count = 1;

	for (int i = 0; status == DB_OK && count > 0 && i < PORTIONS; i++)
		status = db_transact(work, fold_checks, &count);
	return status;
}

static enum db_status
purge(struct work *work, void *context)
{
	enum db_status status = session_purge(work);

	(void)context;
	if (status == DB_OK || status == DB_NONE)
		status = request_purge(work);
	if (status == DB_OK || status == DB_NONE)
		status = guess_purge(work);
	return status == DB_NONE ? DB_OK : status;
}

enum db_status
worker_purge(struct work *work)
{
	enum db_status status = db_transact(work, purge, NULL);

	return status == DB_OK ? purge_checks(work) : status;
}
