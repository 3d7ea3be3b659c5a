/* keycheck: may the installed program run? Reads without locks, answers with a
 * signature, writes down what it said. */

#include "gate/keycheck.h"

#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/setting.h"
#include "data/work.h"
#include "shop/key_set.h"
#include "web/gate.h"

enum { AWAY = 30 }; /* seconds after which a lost database may be back */

static bool
start(void)
{
	if (key_set_now() == NULL || !key_load() || !word_start())
		return false;
	/* whoever cannot use it says so */
	(void)file_make_folder(setting_text("keycheck.dir"), 0700);
	brake_start();
	read_start();
	return note_start();
}

static void
end(void)
{
	note_end();
	read_end();
}

static void
answer_later(const struct call *call, struct answer *answer, int status,
    const char *line, int64_t seconds)
{
	gate_say(answer, status, line);
	answer->headers[0] = "Retry-After";
	answer->headers[1] =
	    arena_print(call->work->arena, "%lld", (long long)seconds);
}

static void
answer_too_many(const struct call *call, struct answer *answer, int64_t seconds)
{
	note_strange(NOTE_REFUSED);
	answer_later(call, answer, 429, "too many checks\n", seconds);
}

static void
judge(struct work *work, const struct question *question,
    const struct license_check *check, struct standing *standing)
{
	static const struct license_check nobody = { .serial = "" };
	const struct verdict_facts facts =
	    verdict_facts_of(check, question->product, question->instance);
	const enum key_state key =
	    key_compare(check ? check : &nobody, &question->typed);

	standing->verdict = verdict_of(&facts, work->today, key);
	standing_fill(standing, check);
}

static void
answer_signed(const struct call *call, const struct question *question,
    const struct standing *standing, const char *type, struct answer *answer)
{
	struct work *work = call->work;
	const struct reply reply =
	    reply_of(work->arena, work->now, question, standing);

	reply_write(call, &reply, key_set_signer(key_set_now(), work->now),
	    type, answer);
}

static void
check(const struct call *call, const struct question *question,
    struct answer *answer)
{
	const struct license_check *license = NULL;
	struct standing standing = { 0 };
	struct brake brake;
	int64_t wait = brake_before(call, question, &brake);
	enum db_status status;

	if (wait > 0) {
		answer_too_many(call, answer, wait);
		return;
	}
	status = read_license(call->work, question, &license);
	if (status != DB_OK && status != DB_NONE) {
		answer_later(call, answer, 503, "no verdict now\n", AWAY);
		return;
	}
	judge(call->work, question, license, &standing);
	wait = brake_after(
	    &brake, !standing.strange && standing.verdict.key != KEY_WRONG);
	if (wait > 0) {
		answer_too_many(call, answer, wait);
		return;
	}
	answer_signed(call, question, &standing, REPLY_REAL, answer);
	if (standing.strange)
		note_strange((int)standing.verdict.code);
	else
		note_check(call, question, &standing);
}

static void
act(const struct call *call, struct answer *answer)
{
	struct question question;
	struct standing standing = { 0 };
	const char *problem;

	if (!question_read(call, &question, &problem))
		gate_say(answer, 400, problem);
	else if (demand_of(call->work->arena, &question, call->work->today,
		     &standing))
		answer_signed(call, &question, &standing, REPLY_TEST, answer);
	else
		check(call, &question, answer);
}

const struct gate gate = {
	.name = "keycheck",
	.methods = GATE_POST,
	.limit = 4096,
	.start = start,
	.end = end,
	.act = act,
};
