/* payment: money that came in, recorded by hand. */

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/text.h"
#include "shop/pay.h"
#include "tool/tool.h"

struct recording {
	struct pay_money money;
	struct pay_done done;
	enum pay_result result;
};

static enum db_status
status_of(enum pay_result result)
{
	switch (result) {
	case PAY_RECORDED:
	case PAY_REPEATED:
		return DB_OK;
	case PAY_MISSING:
	case PAY_ALREADY_PAID:
	case PAY_AMOUNT_DIFFERS:
		return DB_NONE;
	case PAY_RETRY:
		return DB_RETRY;
	case PAY_BROKEN:
		break;
	}
	return DB_FAILED;
}

static enum db_status
record_money(struct work *work, void *context)
{
	struct recording *recording = context;

	recording->result =
	    pay_record(work, &recording->money, &recording->done);
	return status_of(recording->result);
}

static int
tell(const struct recording *recording, enum db_status status)
{
	const char *no = recording->money.invoice_no;

	switch (recording->result) {
	case PAY_RECORDED:
		if (status == DB_OK)
			printf("%s paid: license %s, certificate %s\n", no,
			    recording->done.serial,
			    recording->done.certificate_no);
		break;
	case PAY_REPEATED:
		printf("%s: this payment was recorded before\n", no);
		return TOOL_DONE;
	case PAY_MISSING:
		return tool_say(TOOL_REFUSED, "there is no invoice %s", no);
	case PAY_ALREADY_PAID:
		return tool_say(TOOL_REFUSED, "%s is paid already", no);
	case PAY_AMOUNT_DIFFERS:
		return tool_say(TOOL_REFUSED,
		    "%s is about %lld yen, not %lld: nothing was recorded", no,
		    (long long)recording->done.expected,
		    (long long)recording->money.amount);
	case PAY_RETRY:
	case PAY_BROKEN:
		break;
	}
	return tool_status(status, no);
}

int
tool_payment(int argc, char **argv)
{
	const char *on = tool_option(&argc, argv, "--on", NULL);
	const char *reference = tool_option(&argc, argv, "--reference", NULL);
	struct work *work = tool_work();
	struct recording recording = { .result = PAY_BROKEN };
	struct pay_money *money = &recording.money;

	if (!tool_is(argc, argv, "record") || !tool_words(argc, argv, 3))
		return TOOL_USAGE;
	money->invoice_no = argv[2];
	money->received_on = work->today;
	if (!text_number(argv[3], 1, INT64_C(1) << 40, &money->amount))
		return tool_say(TOOL_USAGE, "the amount is whole yen");
	if (on != NULL && !clock_day_parse(on, &money->received_on))
		return tool_say(TOOL_USAGE, "--on wants a day, 2026-11-22");
	/* one payment by hand for an invoice, unless references tell more */
	money->reference = reference != NULL ? reference
					     : arena_print(work->arena,
						   "by hand: %s", argv[2]);
	const enum db_status status =
	    db_transact(work, record_money, &recording);
	return tell(&recording, status);
}
