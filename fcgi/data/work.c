/* work: the time and the actor of what is done. */

#include "data/work.h"

#include "base/clock.h"
#include "base/setting.h"

struct work
work_now(struct arena *arena, struct db *db)
{
	const int64_t now = clock_now();

	return (struct work){
		.arena = arena,
		.db = db,
		.now = now,
		.today = clock_day(now),
		.actor = setting_program(),
	};
}
