/* keycheck_demand: keys that begin with TEST- give each code on demand, for
 * makers who try their programs. The rules are the real ones, only the facts
 * are made up. */

#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/text.h"
#include "gate/keycheck.h"

static const struct verdict_facts facts[] = {
	[VERDICT_VALID] = { .trial_end = -30 },
	[VERDICT_TRIAL] = { .trial_end = 30 },
	[VERDICT_PAYMENT_DUE] = { .invoice_open = true,
	    .trial_end = -30,
	    .ng_from = 30 },
	[VERDICT_TRIAL_ENDED] = { .trial_end = -1 },
	[VERDICT_PAYMENT_OVERDUE] = { .invoice_open = true,
	    .permission_ng = true,
	    .trial_end = -90,
	    .ng_from = -1 },
	[VERDICT_KEY_UNKNOWN] = { .trial_end = -1 },
	[VERDICT_KEY_REVOKED] = { .trial_end = -1 },
	[VERDICT_PRODUCT_MISMATCH] = { .trial_end = 30 },
	[VERDICT_INSTANCE_MISMATCH] = { .trial_end = 30 },
	[VERDICT_UNINSTALLED] = { .uninstalled = true, .trial_end = 30 },
	[VERDICT_SUSPENDED] = { .suspended = true, .trial_end = 30 },
};

enum { CODES = sizeof(facts) / sizeof(facts[0]) };

static enum key_state
key_for(enum verdict_code code)
{
	if (code == VERDICT_TRIAL || code == VERDICT_TRIAL_ENDED)
		return KEY_MISSING;
	if (code == VERDICT_KEY_UNKNOWN)
		return KEY_WRONG;
	return code == VERDICT_KEY_REVOKED ? KEY_REVOKED : KEY_VALID;
}

static int32_t
day_at(int32_t today, int32_t distance)
{
	return distance == 0 ? CLOCK_NO_DAY : today + distance;
}

static void
pretend(enum verdict_code code, int32_t today, struct standing *standing_r)
{
	struct verdict_facts made_up = facts[code];

	made_up.known = true;
	made_up.product_matches = code != VERDICT_PRODUCT_MISMATCH;
	made_up.instance_matches = code != VERDICT_INSTANCE_MISMATCH;
	made_up.trial_end = day_at(today, made_up.trial_end);
	made_up.ng_from = day_at(today, made_up.ng_from);
	*standing_r = (struct standing){
		.verdict = verdict_of(&made_up, today, key_for(code)),
		.users = 1,
		.trial_end = made_up.trial_end,
		.ng_from = made_up.ng_from,
	};
}

bool
demand_of(struct arena *arena, const struct question *question, int32_t today,
    struct standing *standing_r)
{
	static const char prefix[] = "test-";
	const char *key;
	enum verdict_code code = VERDICT_KEY_UNKNOWN;

	/* as compared, a key has no dashes: what begins otherwise is no TEST-
	 */
	if (strncmp(question->typed.folded, "TEST", 4) != 0)
		return false;
	key = text_fold(arena, text_narrow(arena, question->key));
	if (strncmp(key, prefix, sizeof(prefix) - 1) != 0)
		return false;
	for (size_t i = 0; i < CODES; i++)
		if (strcasecmp(key + sizeof(prefix) - 1,
			verdict_code_name((enum verdict_code)i)) == 0)
			code = (enum verdict_code)i;
	pretend(code, today, standing_r);
	return true;
}
