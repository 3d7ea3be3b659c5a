/* purge: takes away what has no more use, some rows at a time. */

#include "data/guess.h"
#include "data/request.h"
#include "data/session.h"
#include "shop/parcel.h"
#include "worker/worker.h"

static enum db_status
purge(struct work *work, void *context)
{
	enum db_status status = session_purge(work);

	(void)context;
	if (status == DB_OK || status == DB_NONE)
		status = request_purge(work);
	if (status == DB_OK || status == DB_NONE)
		status = guess_purge(work);
	if (status == DB_OK || status == DB_NONE)
		status = parcel_sweep(work);
	return status == DB_NONE ? DB_OK : status;
}

enum db_status
worker_purge(struct work *work)
{
	return db_transact(work, purge, NULL);
}
