/* purge: takes away what has no more use, some rows at a time. */

#include "data/guess.h"
#include "data/request.h"
#include "data/session.h"
#include "worker/worker.h"

static enum db_status
purge(struct work *work, void *context)
{
	enum db_status (*const purges[])(
	    struct work *) = { session_purge, request_purge, guess_purge };

	(void)context;
	for (size_t i = 0; i < sizeof(purges) / sizeof(purges[0]); i++) {
		const enum db_status status = purges[i](work);
		if (status != DB_OK && status != DB_NONE)
			return status;
	}
	return DB_OK;
}

enum db_status
worker_purge(struct work *work)
{
	return db_transact(work, purge, NULL);
}
