/* hold: jobs that are set aside and tried again, later and later. */

#include "agent/hold.h"

#include <stddef.h>

#include "base/clock.h"

enum { FIRST = 5, MOST = 1000 };

struct hold {
	int64_t number; /* 0 for a free place */
	int64_t due;    /* ms */
	int64_t pause;  /* ms */
	int times;
};

static struct hold holds[MOST];

static struct hold *
find(int64_t number)
{
	for (size_t i = 0; i < MOST; i++)
		if (holds[i].number == number)
			return &holds[i];
	return NULL;
}

int
hold_put(int64_t number)
{
	struct hold *hold = find(number);

	if (hold == NULL)
		hold = find(0);
	/* So many at once are tried as often as one asks. */
	if (hold == NULL)
		return 1;
	hold->number = number;
	hold->pause = hold->pause == 0 ? FIRST * 1000 : 2 * hold->pause;
	if (hold->pause > HOLD_LONGEST * 1000)
		hold->pause = HOLD_LONGEST * 1000;
	hold->due = clock_monotonic_ms() + hold->pause;
	return ++hold->times;
}

bool
hold_is_due(int64_t number)
{
	const struct hold *hold = find(number);

	return hold == NULL || hold->due <= clock_monotonic_ms();
}

void
hold_end(int64_t number)
{
	struct hold *hold = find(number);

	if (hold != NULL)
		*hold = (struct hold){ 0 };
}
