/* keycheck_reply: what the answer says: for how long it counts, in which
 * words, and where to go. */

#include "base/arena.h"
#include "base/clock.h"
#include "base/setting.h"
#include "base/text.h"
#include "data/license.h"
#include "gate/keycheck.h"

enum {
	HOUR = 3600,
	DAY = 24 * HOUR,
	CACHE = 7 * DAY,
	GRACE = 14 * DAY,
	/* Whoever is refused pays and then wants to work: a refused program
	 * asks again when somebody opens it, but not for each page. */
	REFUSED = 2,
	/* The agent is still at it: the trial's days are known in a moment. */
	SOON = 1,
};

/* Serial numbers are easily guessed: whoever names one without its instance
 * or its key is told that it is not his, and nothing of the customer. */
static bool
is_strange(const struct verdict *verdict)
{
	return verdict->key != KEY_VALID &&
	       (verdict->code == VERDICT_PRODUCT_MISMATCH ||
		   verdict->code == VERDICT_INSTANCE_MISMATCH);
}

void
standing_fill(struct standing *standing, const struct license_check *check)
{
	standing->trial_end = CLOCK_NO_DAY;
	standing->ng_from = CLOCK_NO_DAY;
	standing->strange = check == NULL || is_strange(&standing->verdict);
	if (check == NULL)
		return;
	standing->language = check->language;
	/* Clients refuse an answer that is older than the one they keep. */
	standing->revision = check->revision;
	if (standing->strange) {
		standing->verdict.permission = 0;
		return;
	}
	standing->latest = check->latest;
	standing->invoice_no = check->invoice_no;
	standing->entered = check->entered != 0;
	standing->bought = *check->status == '2' || *check->status == '3';
	standing->users = check->users;
	standing->notices = check->unread;
	standing->trial_end = check->trial_end;
	standing->ng_from = check->ng_from;
}

static int64_t
sooner(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

/* The last second before that day; far away when there is no such day. */
static int64_t
before(int32_t day)
{
	return day == CLOCK_NO_DAY ? INT64_MAX : clock_day_end(day - 1);
}

/* An OK never counts longer than it would be given: not past the day on which
 * the verdict changes, and not past ng_from. */
static void
set_times(struct reply *reply, int64_t now, const struct standing *standing)
{
	int64_t end = sooner(
	    before(standing->verdict.changes_on), before(standing->ng_from));

	reply->iat = now;
	if (!standing->verdict.ok) {
		reply->next_check = now + REFUSED;
		reply->cache_until = reply->next_check;
		reply->grace_until = reply->next_check;
		return;
	}
	reply->grace_until = sooner(now + GRACE, end);
	reply->cache_until = sooner(now + CACHE, end);
	reply->next_check = sooner(now + DAY, end);
	if (standing->verdict.code == VERDICT_TRIAL &&
	    standing->trial_end == CLOCK_NO_DAY)
		reply->next_check = now + SOON;
}

static const char *
page_url(struct arena *arena, const char *screen, const char *name,
    const char *value)
{
	return arena_print(arena, "%s%s?%s=%s", setting_text("site.url"),
	    screen, name, text_percent(arena, value, ""));
}

/* Where its owner lets the license follow the program (shop/rebind). */
static const char *
move_url(struct arena *arena, const struct question *question)
{
	return arena_print(arena, "%s&instance=%s#instance",
	    page_url(arena, "license", "serial", question->serial),
	    text_percent(arena, question->instance, ""));
}

/* Where the customer does what the code asks for. */
static const char *
url_of(struct arena *arena, const struct question *question,
    const struct standing *standing)
{
	switch (standing->verdict.code) {
	case VERDICT_TRIAL:
	case VERDICT_TRIAL_ENDED:
		if (!standing->bought)
			return page_url(
			    arena, "purchase", "serial", question->serial);
		break;
	case VERDICT_PAYMENT_DUE:
	case VERDICT_PAYMENT_OVERDUE:
		if (standing->invoice_no != NULL)
			return page_url(
			    arena, "invoice", "no", standing->invoice_no);
		break;
	case VERDICT_INSTANCE_MISMATCH:
		return move_url(arena, question);
	case VERDICT_VALID:
	case VERDICT_KEY_UNKNOWN:
	case VERDICT_KEY_REVOKED:
	case VERDICT_PRODUCT_MISMATCH:
	case VERDICT_UNINSTALLED:
	case VERDICT_SUSPENDED:
		break;
	}
	return page_url(arena, "license", "serial", question->serial);
}

/* The day the sentence speaks of. */
static int32_t
day_of(const struct standing *standing)
{
	enum verdict_code code = standing->verdict.code;

	if (code == VERDICT_TRIAL || code == VERDICT_TRIAL_ENDED)
		return standing->trial_end;
	return standing->ng_from;
}

static const char *
or_empty(const char *string)
{
	return string == NULL ? "" : string;
}

struct reply
reply_of(struct arena *arena, int64_t now, const struct question *question,
    const struct standing *standing)
{
	const char *code = verdict_code_name(standing->verdict.code);
	struct reply reply = {
		.result = verdict_result(&standing->verdict),
		.code = code,
		.key = key_state_name(standing->verdict.key),
		.permission = standing->verdict.permission,
		.product = question->product,
		.serial = question->serial,
		.instance = question->instance,
		.users = standing->users,
		.nonce = question->nonce,
		.trial_end = clock_day_text(arena, standing->trial_end),
		.ng_from = clock_day_text(arena, standing->ng_from),
		.revision = standing->revision,
		.latest = or_empty(standing->latest),
		.notices = standing->notices,
		.text =
		    word_of(arena, standing->language, code, day_of(standing)),
		.url = url_of(arena, question, standing),
	};

	set_times(&reply, now, standing);
	return reply;
}
