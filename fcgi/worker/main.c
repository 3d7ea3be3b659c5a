/* worker: does in turn what nobody waits for in front of a screen: mail,
 * first checks, the daily step, notices, depots, tidying up. */

#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/setting.h"
#include "data/schema.h"
#include "data/work.h"
#include "shop/daily.h"
#include "shop/invoice.h"
#include "shop/notify.h"
#include "shop/parcel.h"
#include "web/skin.h"
#include "worker/worker.h"

struct duty {
	const char *name;
	int64_t seconds; /* between two turns; 0: as the setting says */
	enum db_status (*act)(struct work *work);
	int64_t due_ms;
};

static struct duty duties[] = {
	{ "events", 1, worker_events, 0 },
	{ "mail", 1, worker_mail, 0 },
	/* often, since a missed midnight costs somebody his permission late */
	{ "daily", 5, worker_daily, 0 },
	/* new versions are told when they are read; this is for the rest */
	{ "notices", 300, worker_notices, 0 },
	{ "depots", 0, worker_depots, 0 },
	{ "parcels", 10, parcel_sweep, 0 },
	{ "purge", 600, worker_purge, 0 },
};

static volatile sig_atomic_t ending;

static void
end(int signal_number)
{
	(void)signal_number;
	ending = 1;
}

static void
told(const struct daily_act *act, void *context)
{
	(void)context;
	log_event(LOG_NOTE, "daily.done", "serial=%s rule=%s", act->serial,
	    act->rule);
}

enum db_status
worker_events(struct work *work)
{
	size_t count;

	return invoice_from_events(work, &count);
}

enum db_status
worker_daily(struct work *work)
{
	return daily_run(work, false, told, NULL);
}

enum db_status
worker_notices(struct work *work)
{
	size_t count;

	return notify_all(work, &count);
}

static void
do_duty(struct duty *duty, struct db *db)
{
	struct arena *arena = arena_new();
	struct work work = work_now(arena, db);
	enum db_status status = schema_is_ours(&work);

	if (status == DB_OK)
		status = duty->act(&work);
	if (status != DB_OK)
		log_event(LOG_WARN, "worker.duty", "name=%s status=%d",
		    duty->name, (int)status);
	arena_free(arena);
}

static void
turn(struct db *db)
{
	for (size_t i = 0; i < sizeof(duties) / sizeof(duties[0]); i++) {
		struct duty *duty = &duties[i];
		const int64_t seconds =
		    duty->seconds != 0 ? duty->seconds
				       : setting_number("worker.depot_seconds");

		if (ending || clock_monotonic_ms() < duty->due_ms)
			continue;
		do_duty(duty, db);
		duty->due_ms = clock_monotonic_ms() + seconds * 1000;
	}
}

static void
catch_signals(void)
{
	struct sigaction action = { .sa_handler = end };

	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGINT, &action, NULL);
	action.sa_handler = SIG_IGN;
	sigaction(SIGPIPE, &action, NULL);
}

int
main(int argc, char **argv)
{
	const struct timespec pause = { .tv_nsec = 250000000 };

	if (argc > 1 && strcmp(argv[1], "--version") == 0) {
		puts("kagiya-worker " KAGIYA_VERSION);
		return 0;
	}
	if (!setting_load("worker"))
		return 3;
	skin_start();
	catch_signals();
	struct db *db = db_new();
	while (!ending) {
		turn(db);
		nanosleep(&pause, NULL);
	}
	db_free(db);
	return 0;
}
