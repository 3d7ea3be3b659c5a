/* clock: the only source of time. Times are seconds since 1970 UTC; a day is
 * the number of a calendar day since 1970-01-01 in the provider's zone. */

#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

struct arena;

enum { CLOCK_NO_DAY = INT32_MIN };

/* Whether the zone database of this machine knows the name. */
bool clock_has_zone(const char *name);

/* Name in the zone database, as "Asia/Tokyo". Once, at start: setting_load
 * does it. */
void clock_zone(const char *name);

int64_t clock_now(void);

/* For durations; unaffected by settings of the wall clock. */
int64_t clock_monotonic_ms(void);

/* Tests stop the clock at this second; 0 lets it run. */
void clock_stop_at(int64_t now);

/* The calendar day of that second in the provider's zone. */
int32_t clock_day(int64_t now);

/* The last second of that calendar day in the provider's zone; where the zone
 * left a day out, that of the day before. */
int64_t clock_day_end(int32_t day);

int clock_year(int32_t day);

/* "2026-11-22"; "" for CLOCK_NO_DAY. */
const char *clock_day_text(struct arena *arena, int32_t day);
bool clock_day_parse(const char *string, int32_t *day_r);

/* "2026-11-22T00:21:21Z"; "" for 0. */
const char *clock_time_text(struct arena *arena, int64_t time);

/* The present moment with microseconds, for the log: takes no memory, ignores
 * clock_stop_at. */
enum { CLOCK_STAMP = 48 };
void clock_stamp(char stamp_r[CLOCK_STAMP]);

#endif
