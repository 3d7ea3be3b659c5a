/* depots: reads each depot in turn. */

#include "base/log.h"
#include "data/depot.h"
#include "worker/reading.h"
#include "worker/worker.h"

enum db_status
worker_depots(struct work *work)
{
	const struct depot *depots;
	size_t count;
	enum db_status status = depot_list(work, &depots, &count);

	for (size_t i = 0; status == DB_OK && i < count; i++) {
		struct reading reading;
		if (depots[i].revoked_at != 0)
			continue;
		status = reading_depot(work, &depots[i], &reading);
		if (status == DB_OK && reading.problem[0] != '\0')
			log_event(LOG_WARN, "depot.refused",
			    "name=%s problem=%s", depots[i].name,
			    reading.problem);
	}
	return status;
}
