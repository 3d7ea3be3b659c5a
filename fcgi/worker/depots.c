/* depots: reads each depot in turn; news are told to those they concern. */

#include <string.h>

#include "base/log.h"
#include "data/depot.h"
#include "shop/notify.h"
#include "worker/reading.h"
#include "worker/worker.h"

enum db_status
worker_depots(struct work *work)
{
	const struct depot *depots;
	size_t count, told, published = 0;
	enum db_status status = depot_list(work, &depots, &count);

	for (size_t i = 0; status == DB_OK && i < count; i++) {
		struct reading reading;
		if (depots[i].revoked_at != 0)
			continue;
		status = reading_depot(work, &depots[i], &reading);
		published += reading.published;
		/* once, not at each turn until it is mended */
		if (status == DB_OK && reading.problem[0] != '\0' &&
		    strcmp(reading.problem, depots[i].problem) != 0)
			log_event(LOG_WARN, "depot.refused",
			    "name=%s problem=%s", depots[i].name,
			    reading.problem);
	}
	if (status == DB_OK && published > 0)
		status = notify_all(work, &told);
	return status;
}
