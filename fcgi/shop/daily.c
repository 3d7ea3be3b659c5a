/* daily: acts that a day brings, each once, each in its own transaction. */

#include "shop/daily.h"

#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "data/contact.h"
#include "data/contract.h"
#include "data/daily.h"
#include "data/license.h"
#include "data/license_set.h"
#include "data/mail.h"
#include "data/verdict_change.h"
#include "data/work.h"

/* Days of grace for a worker that was away: what is older is not told any
 * more. Permission knows no such limit. */
enum { LOOK_BACK = 60, LOOK_AHEAD = 14, FOR_EVER = 365 * 100, NEAR = 7 };

struct run {
	int32_t today; /* the day it is run for */
	bool dry;
	daily_told *told;
	void *context;
};

/* Of which date a rule speaks. */
enum date { TRIAL_END, BILL_DUE, NG_FROM };

struct rule {
	const char *name;
	const char *mail; /* its kind */
	int32_t before;   /* days before the date: from here ... */
	int32_t until;    /* ... down to here; below zero: after it */
	enum date date;
};

/* Each date has one rule at a time: of those that were missed, only the one
 * that is true today is told. */
static const struct rule rules[] = {
	{ "trial-ending-14", "trial-ending", 14, 4, TRIAL_END },
	{ "trial-ending-3", "trial-ending", 3, 0, TRIAL_END },
	{ "trial-ended", "trial-ended", -1, -LOOK_BACK, TRIAL_END },
	{ "due-3", "payment-reminder", 3, 0, BILL_DUE },
	{ "due-past", "payment-reminder", -1, -LOOK_BACK, BILL_DUE },
	{ "reminder-7", "payment-reminder", NEAR, 2, NG_FROM },
	{ "reminder-1", "payment-due-soon-ng", 1, 1, NG_FROM },
	{ "overdue", "overdue", 0, -FOR_EVER, NG_FROM },
};
enum { RULES = sizeof rules / sizeof *rules };

static bool
is_overdue(const struct rule *rule)
{
	return strcmp(rule->name, "overdue") == 0;
}

static int32_t
date_of(const struct rule *rule, const struct license_due *due)
{
	switch (rule->date) {
	case TRIAL_END:
		return due->trial_end;
	case BILL_DUE:
		return due->due_on;
	case NG_FROM:
		break;
	}
	return due->ng_from;
}

/* A trial that was as short when it began needs no such word; one that was
 * over before it began, none at all. */
static bool
is_news_of_trial(const struct rule *rule, const struct license_due *due)
{
	int32_t first = due->trial_start + (rule->before > 0 ? 1 : 0);

	return due->trial_start != CLOCK_NO_DAY &&
	       due->trial_end - rule->before >= first;
}

/* Close to ng_from its own reminders say it all. */
static bool
is_news(const struct rule *rule, const struct license_due *due, int32_t today)
{
	switch (rule->date) {
	case TRIAL_END:
		return is_news_of_trial(rule, due);
	case BILL_DUE:
		return due->ng_from != CLOCK_NO_DAY &&
		       due->ng_from - today > NEAR;
	case NG_FROM:
		break;
	}
	return !is_overdue(rule) || due->permission_code == 0;
}

static const struct rule *
rule_for(const struct license_due *due, int32_t today, enum date date)
{
	for (size_t i = 0; i < RULES; i++) {
		if (rules[i].date != date)
			continue;
		int32_t before = date_of(&rules[i], due) - today;
		if (before <= rules[i].before && before >= rules[i].until)
			return is_news(&rules[i], due, today) ? &rules[i]
							      : NULL;
	}
	return NULL;
}

/* One act: what is known when the list is read, looked at again when the
 * license is locked. */
struct act {
	const struct rule *rule;
	const struct license_due *due;
};

static bool
still_so(const struct act *act, const struct license *license)
{
	if (license->status[0] == 'U' || license->paid)
		return false;
	if (act->rule->date != TRIAL_END)
		return license->ng_from == act->due->ng_from;
	return license->trial_end == act->due->trial_end &&
	       license->key_entered_at == 0 && license->invoice_no == NULL;
}

static enum db_status
recipient_of(
    struct work *work, const struct license *license, const char **email_r)
{
	const struct contract *contract;
	const struct contact *contact;

	*email_r = NULL;
	if (license->contract_code == NULL)
		return DB_OK;
	enum db_status status =
	    contract_any(work, license->contract_code, &contract);
	if (status == DB_OK)
		status =
		    contact_by_code(work, contract->contact_code, &contact);
	if (status == DB_OK)
		*email_r = contact->email;
	return status;
}

static enum db_status
tell(struct work *work, const struct act *act, const struct license *license)
{
	int32_t date = date_of(act->rule, act->due);
	struct mail_new mail = {
		.kind = act->rule->mail,
		.object = arena_print(work->arena, "%s/%s/%s", license->serial,
		    act->rule->name, clock_day_text(work->arena, date)),
		.account_id = license->account_id,
		.serial = license->serial,
		.invoice_no = license->invoice_no,
		.day = date,
	};
	enum db_status status = recipient_of(work, license, &mail.recipient);

	return status == DB_OK ? mail_add(work, &mail) : status;
}

static enum db_status
note(struct work *work, const struct act *act, const struct license *license)
{
	const struct verdict_change change = {
		.permission_code = is_overdue(act->rule),
		.reason = act->rule->name,
		.rule = license->ng_rule,
		.day = date_of(act->rule, act->due),
		.invoice_no = license->invoice_no,
	};

	return verdict_change_add(work, license->serial, &change);
}

/* What the day does beside telling. */
static enum db_status
change(struct work *work, const struct act *act, const struct license *license)
{
	enum db_status status;

	if (is_overdue(act->rule))
		status = license_set_ng(work, license->serial, work->today);
	else if (strcmp(act->rule->name, "trial-ended") == 0)
		status = license_raise(work, license->serial);
	else
		return DB_OK;
	return status == DB_OK ? note(work, act, license) : status;
}

static enum db_status
carry_out(struct work *work, void *context)
{
	const struct act *act = context;
	const struct license *license;
	enum db_status status = license_lock(work, act->due->serial, &license);

	if (status == DB_OK && !still_so(act, license))
		return DB_NONE;
	if (status == DB_OK)
		status = daily_step_add(work, act->due->serial, act->rule->name,
		    date_of(act->rule, act->due));
	if (status == DB_OK)
		status = change(work, act, license);
	if (status == DB_OK)
		status = tell(work, act, license);
	return status;
}

static void
report(const struct run *run, const struct act *act)
{
	const struct daily_act told = {
		.serial = act->due->serial,
		.rule = act->rule->name,
		.day = date_of(act->rule, act->due),
		.invoice_no = act->due->invoice_no,
		.why = act->due->ng_rule,
	};

	if (run->told != NULL)
		run->told(&told, run->context);
}

/* Done by another (DB_DUPLICATE) or no longer so (DB_NONE) is well. */
static enum db_status
act_on(struct work *work, const struct run *run, struct act *act)
{
	struct work one = *work;

	if (run->dry) {
		report(run, act);
		return DB_OK;
	}
	one.arena = arena_new();
	enum db_status status = db_transact(&one, carry_out, act);
	arena_free(one.arena);
	if (status == DB_OK)
		report(run, act);
	return status == DB_NONE || status == DB_DUPLICATE ? DB_OK : status;
}

struct dues {
	enum date date;
	int32_t first, last;
	const struct license_due *list;
	size_t count;
};

static enum db_status
look(struct work *work, void *context)
{
	struct dues *dues = context;

	switch (dues->date) {
	case TRIAL_END:
		return license_trial_ending(
		    work, dues->first, dues->last, &dues->list, &dues->count);
	case BILL_DUE:
		return license_bill_due(
		    work, dues->first, dues->last, &dues->list, &dues->count);
	case NG_FROM:
		break;
	}
	return license_ng_coming(
	    work, dues->first, dues->last, &dues->list, &dues->count);
}

/* Known from the list: the mark itself is what makes it happen once. */
static bool
is_done(struct work *work, const struct act *act)
{
	const char *day =
	    clock_day_text(work->arena, date_of(act->rule, act->due));

	return strstr(act->due->steps, arena_print(work->arena, " %s %s,",
					   act->rule->name, day)) != NULL;
}

/* The first failure ends it: the next run goes on from there. */
static enum db_status
go_through(struct work *work, const struct run *run, enum date date)
{
	struct dues dues = { .date = date,
		.first = run->today - (date == NG_FROM ? FOR_EVER : LOOK_BACK),
		.last = run->today + LOOK_AHEAD };
	struct work one = *work;

	one.arena = arena_new();
	enum db_status status = db_transact(&one, look, &dues);
	for (size_t i = 0; status == DB_OK && i < dues.count; i++) {
		struct act act = { .due = &dues.list[i] };

		act.rule = rule_for(act.due, run->today, date);
		if (act.rule != NULL && !is_done(&one, &act))
			status = act_on(work, run, &act);
	}
	arena_free(one.arena);
	return status;
}

enum db_status
daily_run(struct work *work, bool dry_run, daily_told *told, void *context)
{
	const struct run run = {
		.today = work->today + (dry_run ? 1 : 0),
		.dry = dry_run,
		.told = told,
		.context = context,
	};
	enum db_status status = go_through(work, &run, TRIAL_END);

	if (status == DB_OK)
		status = go_through(work, &run, BILL_DUE);
	if (status == DB_OK)
		status = go_through(work, &run, NG_FROM);
	return status;
}
