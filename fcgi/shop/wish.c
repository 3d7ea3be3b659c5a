/* wish: what every wish begins with. */

#include "shop/wish.h"

#include <string.h>

#include "data/job.h"
#include "data/license.h"
#include "shop/action.h"

enum wish_result
wish_end(enum db_status status)
{
	if (status == DB_OK)
		return WISH_DONE;
	if (status == DB_NONE)
		return WISH_MISSING;
	return status == DB_RETRY ? WISH_RETRY : WISH_BROKEN;
}

/* The license first, so that two buttons pressed at once see each other. */
enum wish_result
wish_open(struct work *work, const char *serial, struct wish *wish_r)
{
	enum db_status status =
	    license_lock_own(work, serial, &wish_r->license);

	if (status == DB_OK)
		status = job_latest_now(work, serial, &wish_r->last);
	return wish_end(status);
}

bool
wish_is_free(const struct license *license, const struct job *last)
{
	if (strchr("123", license->status[0]) == NULL || action_is_open(last))
		return false;
	/* What was to come back did not: the program is nowhere. */
	return strcmp(last->action, "return") != 0 ||
	       strcmp(last->state, "done") == 0;
}

enum wish_result
wish_open_free(struct work *work, const char *serial, struct wish *wish_r)
{
	const enum wish_result result = wish_open(work, serial, wish_r);

	if (result != WISH_DONE)
		return result;
	if (strchr("123", wish_r->license->status[0]) == NULL)
		return WISH_MISSING;
	return wish_is_free(wish_r->license, wish_r->last) ? WISH_DONE
							   : WISH_BUSY;
}
