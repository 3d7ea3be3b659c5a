/* verdict: figure 17. */

#include "shop/verdict.h"

#include <string.h>

#include "base/clock.h"

static const char *const names[] = {
	[VERDICT_VALID] = "VALID",
	[VERDICT_TRIAL] = "TRIAL",
	[VERDICT_PAYMENT_DUE] = "PAYMENT_DUE",
	[VERDICT_TRIAL_ENDED] = "TRIAL_ENDED",
	[VERDICT_PAYMENT_OVERDUE] = "PAYMENT_OVERDUE",
	[VERDICT_KEY_UNKNOWN] = "KEY_UNKNOWN",
	[VERDICT_KEY_REVOKED] = "KEY_REVOKED",
	[VERDICT_PRODUCT_MISMATCH] = "PRODUCT_MISMATCH",
	[VERDICT_INSTANCE_MISMATCH] = "INSTANCE_MISMATCH",
	[VERDICT_UNINSTALLED] = "UNINSTALLED",
	[VERDICT_SUSPENDED] = "SUSPENDED",
};

const char *
verdict_code_name(enum verdict_code code)
{
	return names[code];
}

const char *
verdict_result(const struct verdict *verdict)
{
	return verdict->ok ? "OK" : "NG";
}

static bool
trial_runs(const struct verdict_facts *facts, int32_t today)
{
	if (facts->requested)
		return true;
	return facts->trial_end != CLOCK_NO_DAY && today <= facts->trial_end;
}

static enum verdict_code
without_right(enum key_state key)
{
	switch (key) {
	case KEY_WRONG:
		return VERDICT_KEY_UNKNOWN;
	case KEY_REVOKED:
		return VERDICT_KEY_REVOKED;
	case KEY_MISSING:
	case KEY_VALID:
		break;
	}
	return VERDICT_TRIAL_ENDED;
}

/* The order of the rows is the rule. */
static enum verdict_code
judge(const struct verdict_facts *facts, int32_t today, enum key_state key)
{
	if (!facts->known)
		return VERDICT_KEY_UNKNOWN;
	if (!facts->product_matches)
		return VERDICT_PRODUCT_MISMATCH;
	if (!facts->instance_matches)
		return VERDICT_INSTANCE_MISMATCH;
	if (facts->uninstalled)
		return VERDICT_UNINSTALLED;
	if (facts->suspended)
		return VERDICT_SUSPENDED;
	if (facts->permission_ng)
		return VERDICT_PAYMENT_OVERDUE;
	if (facts->free)
		return VERDICT_VALID;
	if (key == KEY_VALID)
		return facts->invoice_open ? VERDICT_PAYMENT_DUE
					   : VERDICT_VALID;
	if (trial_runs(facts, today))
		return VERDICT_TRIAL;
	return without_right(key);
}

static bool
is_ok(enum verdict_code code)
{
	return code == VERDICT_VALID || code == VERDICT_TRIAL ||
	       code == VERDICT_PAYMENT_DUE;
}

static int32_t
earlier(int32_t a, int32_t b)
{
	if (a == CLOCK_NO_DAY || b == CLOCK_NO_DAY)
		return a == CLOCK_NO_DAY ? b : a;
	return a < b ? a : b;
}

static int32_t
next_change(const struct verdict_facts *facts, enum verdict_code code)
{
	int32_t ng = facts->invoice_open ? facts->ng_from : CLOCK_NO_DAY;

	if (code == VERDICT_PAYMENT_DUE)
		return ng;
	if (code == VERDICT_TRIAL && facts->trial_end != CLOCK_NO_DAY)
		return earlier(facts->trial_end + 1, ng);
	return CLOCK_NO_DAY;
}

struct verdict
verdict_of(const struct verdict_facts *facts, int32_t today, enum key_state key)
{
	enum verdict_code code = judge(facts, today, key);

	return (struct verdict){
		.ok = is_ok(code),
		.code = code,
		.key = key,
		.permission = facts->permission_ng,
		.changes_on = next_change(facts, code),
	};
}

struct verdict_facts
verdict_facts_of(const struct license_check *check, const char *product,
    const char *instance)
{
	if (check == NULL)
		return (struct verdict_facts){ .trial_end = CLOCK_NO_DAY,
			.ng_from = CLOCK_NO_DAY };
	return (struct verdict_facts){
		.known = true,
		.product_matches = strcmp(check->product, product) == 0,
		.instance_matches = strcmp(check->instance, instance) == 0,
		.uninstalled = check->status[0] == 'U',
		.suspended = check->suspended != 0,
		.requested = check->status[0] == '0',
		.free = strcmp(check->model, "free") == 0,
		.permission_ng = check->permission_code != 0,
		.invoice_open = check->invoice_no != NULL && check->paid == 0,
		.trial_end = check->trial_end,
		.ng_from = check->ng_from,
	};
}

struct verdict
verdict_of_license(const struct license *license, int32_t today)
{
	struct verdict_facts facts = {
		.known = true,
		.product_matches = true,
		.instance_matches = true,
		.uninstalled = license->status[0] == 'U',
		.suspended = license->suspended != 0,
		.requested = license->status[0] == '0',
		.free = strcmp(license->model, "free") == 0,
		.permission_ng = license->permission_code != 0,
		.invoice_open =
		    license->invoice_no != NULL && license->paid == 0,
		.trial_end = license->trial_end,
		.ng_from = license->ng_from,
	};
	enum key_state key = KEY_MISSING;

	if (license->key_entered_at != 0)
		key = license->key_revoked ? KEY_REVOKED : KEY_VALID;
	return verdict_of(&facts, today, key);
}
