/* clock: seconds from the system, days by the zone database, and between days
 * and dates the proleptic Gregorian calendar. */

#include "base/clock.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/must.h"

enum { MINUTE = 60, HOUR = 60 * MINUTE, DAY = 24 * HOUR };

struct date {
	int64_t year;
	int month;
	int day;
};

static int64_t stopped_at;

static int64_t
floor_divide(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

/* Years begin in March here, so that the leap day is a year's last day; 400 of
 * them have 146097 days, and 719468 days lie between 0000-03-01 and 1970. */
static int64_t
day_of(const struct date *date)
{
	int64_t year = date->month <= 2 ? date->year - 1 : date->year;
	int64_t era = floor_divide(year, 400);
	int64_t of_era = year - era * 400;
	int64_t month = (date->month + 9) % 12;
	int64_t of_year = (153 * month + 2) / 5 + date->day - 1;

	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 +
	       of_year - 719468;
}

static struct date
date_of(int64_t day)
{
	int64_t shifted = day + 719468;
	int64_t era = floor_divide(shifted, 146097);
	int64_t rest = shifted - era * 146097;
	int64_t year =
	    (rest - rest / 1460 + rest / 36524 - rest / 146096) / 365;
	int64_t of_year = rest - (365 * year + year / 4 - year / 100);
	int64_t month = (5 * of_year + 2) / 153;
	struct date date = {
		.year = era * 400 + year + (month >= 10),
		.month = (int)(month < 10 ? month + 3 : month - 9),
		.day = (int)(of_year - (153 * month + 2) / 5 + 1),
	};

	return date;
}

bool
clock_has_zone(const char *name)
{
	char path[PATH_MAX];
	const char *folder = getenv("TZDIR");

	if (*name == '\0' || *name == '/' || strstr(name, "..") != NULL)
		return false;
	int length = snprintf(path, sizeof path, "%s/%s",
	    folder != NULL ? folder : "/usr/share/zoneinfo", name);
	return strcmp(name, "UTC") == 0 ||
	       (length > 0 && (size_t)length < sizeof path &&
		   access(path, R_OK) == 0);
}

void
clock_zone(const char *name)
{
	/* The C library would silently take a wrong name for UTC. */
	must(clock_has_zone(name));
	must(setenv("TZ", name, 1) == 0);
	tzset();
}

int64_t
clock_now(void)
{
	struct timespec now;

	if (stopped_at != 0)
		return stopped_at;
	must(clock_gettime(CLOCK_REALTIME, &now) == 0);
	return now.tv_sec;
}

int64_t
clock_monotonic_ms(void)
{
	struct timespec now;

	must(clock_gettime(CLOCK_MONOTONIC, &now) == 0);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void
clock_stop_at(int64_t now)
{
	stopped_at = now;
}

/* Seconds east of Greenwich at that second. */
static int64_t
zone_offset(int64_t at)
{
	time_t time = at;
	struct tm local;

	must(localtime_r(&time, &local) != NULL);
	return local.tm_gmtoff;
}

int32_t
clock_day(int64_t now)
{
	int64_t day = floor_divide(now + zone_offset(now), DAY);

	must(day > CLOCK_NO_DAY && day <= INT32_MAX);
	return (int32_t)day;
}

/* When the zone changes its offset near midnight: some zones skip midnight,
 * some have it twice, one has left out a whole day. The last quarter of an
 * hour that still belongs to the day, then the second. */
static int64_t
search_day_end(int32_t day)
{
	int64_t later = ((int64_t)day + 3) * DAY;

	while (clock_day(later - HOUR / 4) > day)
		later -= HOUR / 4;
	int64_t within = later - HOUR / 4;
	while (later - within > 1) {
		int64_t middle = within + (later - within) / 2;
		if (clock_day(middle) > day)
			later = middle;
		else
			within = middle;
	}
	return within;
}

int64_t
clock_day_end(int32_t day)
{
	must(day != CLOCK_NO_DAY);
	int64_t midnight = ((int64_t)day + 1) * DAY;
	int64_t offset = zone_offset(midnight - 2 * DAY);

	if (offset != zone_offset(midnight + 2 * DAY))
		return search_day_end(day);
	return midnight - offset - 1;
}

int
clock_year(int32_t day)
{
	must(day != CLOCK_NO_DAY);
	return (int)date_of(day).year;
}

const char *
clock_day_text(struct arena *arena, int32_t day)
{
	if (day == CLOCK_NO_DAY)
		return "";
	struct date date = date_of(day);
	return arena_print(
	    arena, "%04d-%02d-%02d", (int)date.year, date.month, date.day);
}

/* The number in exactly so many digits, or -1. */
static int
digits(const char *string, int count)
{
	int number = 0;

	for (int i = 0; i < count; i++) {
		if (string[i] < '0' || string[i] > '9')
			return -1;
		number = number * 10 + (string[i] - '0');
	}
	return number;
}

bool
clock_day_parse(const char *string, int32_t *day_r)
{
	if (strlen(string) != 10 || string[4] != '-' || string[7] != '-')
		return false;
	struct date date = { digits(string, 4), digits(string + 5, 2),
		digits(string + 8, 2) };
	if (date.year < 1 || date.month < 1 || date.month > 12)
		return false;

	int64_t day = day_of(&date);
	if (date_of(day).month != date.month || date_of(day).day != date.day)
		return false;
	*day_r = (int32_t)day;
	return true;
}

const char *
clock_time_text(struct arena *arena, int64_t time)
{
	if (time == 0)
		return "";
	int64_t day = floor_divide(time, DAY);
	struct date date = date_of(day);
	int second = (int)(time - day * DAY);

	return arena_print(arena, "%04d-%02d-%02dT%02d:%02d:%02dZ",
	    (int)date.year, date.month, date.day, second / HOUR,
	    second / MINUTE % 60, second % 60);
}

void
clock_stamp(char stamp_r[CLOCK_STAMP])
{
	struct timespec now = { 0, 0 };

	(void)clock_gettime(CLOCK_REALTIME, &now);
	int64_t day = floor_divide(now.tv_sec, DAY);
	struct date date = date_of(day);
	int second = (int)(now.tv_sec - day * DAY);

	(void)snprintf(stamp_r, CLOCK_STAMP,
	    "%04d-%02d-%02dT%02d:%02d:%02d.%06ldZ", (int)date.year, date.month,
	    date.day, second / HOUR, second / MINUTE % 60, second % 60,
	    now.tv_nsec / 1000);
}
