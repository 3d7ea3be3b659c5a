/* keycheck: may the installed program run? Reads without locks, appends one
 * event, answers with a signature. */

#include "gate/keycheck.h"

#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "data/keycheck_event.h"
#include "data/license.h"
#include "shop/key_set.h"
#include "web/gate.h"

static bool
start(void)
{
	return key_set_now() != NULL && key_load() && word_start();
}

static void
answer_line(struct answer *answer, int status, const char *line)
{
	answer->status = status;
	answer->content_type = "text/plain; charset=utf-8";
	answer->body = line;
	answer->length = strlen(line);
}

/* A nobody's license costs the same steps as a real one, so that the time
 * does not tell which serials exist. */
static enum db_status
look_up(struct work *work, const struct question *question,
    struct standing *standing)
{
	static const struct license_check nobody = { .serial = "" };
	const struct license_check *check = NULL;
	struct verdict_facts facts;
	enum key_state key;
	enum db_status status = license_for_check(
	    work, question_ascii(work->arena, question->serial), &check);

	if (status != DB_OK && status != DB_NONE)
		return status;
	status =
	    key_compare(work, check ? check : &nobody, question->key, &key);
	if (status != DB_OK)
		return status;
	facts = verdict_facts_of(check, question->product, question->instance);
	standing->verdict = verdict_of(&facts, work->today, key);
	standing_fill(standing, check);
	return DB_OK;
}

static enum db_status
append(struct work *work, void *event)
{
	return keycheck_event_add(work, event);
}

/* The verdict counts more than its trace: a database that can only be read
 * still gives verdicts. */
static void
note(const struct call *call, const struct question *question,
    const struct verdict *verdict)
{
	struct arena *arena = call->work->arena;
	struct keycheck_event event = {
		.serial = question_ascii(arena, question->serial),
		.instance = question_ascii(arena, question->instance),
		.version = question_ascii(arena, question->version),
		.why = question->why,
		.code = verdict_code_name(verdict->code),
		.key_state = key_state_name(verdict->key),
		.address = call->address,
	};

	if (db_transact(call->work, append, &event) != DB_OK)
		log_event(LOG_WARN, "keycheck.not-noted", "serial=%s code=%s",
		    event.serial, event.code);
}

static void
act(const struct call *call, struct answer *answer)
{
	struct question question;
	struct standing standing = { 0 };
	struct reply reply;
	const char *problem;
	bool demanded;

	if (!question_read(call, &question, &problem)) {
		answer_line(answer, 400, problem);
		return;
	}
	demanded = demand_of(
	    call->work->arena, &question, call->work->today, &standing);
	if (!demanded && look_up(call->work, &question, &standing) != DB_OK) {
		answer_line(answer, 503, "no verdict now\n");
		answer->headers[0] = "Retry-After";
		answer->headers[1] = "30";
		return;
	}
	reply =
	    reply_of(call->work->arena, call->work->now, &question, &standing);
	reply_write(call, &reply,
	    key_set_signer(key_set_now(), call->work->now)->pair,
	    demanded ? "kagiya-check-test" : "kagiya-check", answer);
	if (!demanded)
		note(call, &question, &standing.verdict);
}

const struct gate gate = {
	.name = "keycheck",
	.methods = GATE_POST,
	.limit = 4096,
	.start = start,
	.act = act,
};
