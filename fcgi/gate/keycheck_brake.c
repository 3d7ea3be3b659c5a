/* keycheck_brake: who guesses is slowed down, who is right is not. An address
 * has so many wrong tries. When they are used up, askers that were right before
 * go straight on; of the others one for each license now and then, and not too
 * many together, so that a storm does not reach the database and who comes for
 * the first time does not wait for its end. A license has its own number of
 * right checks, which strangers cannot use up. */

#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/network.h"
#include "base/setting.h"
#include "data/work.h"
#include "gate/keycheck.h"
#include "gate/limit.h"
#include "shop/key.h"
#include "web/gate.h"

enum { MINUTE_MS = 60 * 1000 };

/* Lives as long as the process. */
static struct limit *limit;
static struct limit_rule wrong, right;
static const struct limit_rule lookup_of_one = { 2000, 3 };
static const struct limit_rule lookup_of_all = { 4, 100 };

static struct {
	int64_t count;
	int64_t told_ms;
} refused;

static struct limit_rule
rule_of(int64_t per_minute, int64_t burst)
{
	return (struct limit_rule){ MINUTE_MS / per_minute, burst };
}

void
brake_start(void)
{
	unsigned char secret[SECRET_DIGEST];
	struct arena *arena = arena_new();

	key_digest("keycheck.limit", secret);
	limit = limit_open(
	    arena_print(arena, "%s/limit", setting_text("keycheck.dir")),
	    secret);
	wrong = rule_of(setting_number("keycheck.wrong_minute"),
	    setting_number("keycheck.wrong_burst"));
	right = rule_of(setting_number("keycheck.right_minute"),
	    setting_number("keycheck.right_minute"));
	arena_free(arena);
}

static uint64_t
address_name(const char *address)
{
	unsigned char network[NETWORK_MOST];
	const size_t length = network_of(address, network);

	return limit_name(limit, LIMIT_ADDRESS, network, length);
}

static uint64_t
text_name(enum limit_kind kind, const char *string)
{
	return limit_name(limit, kind, string, strlen(string));
}

static uint64_t
asker_name(struct arena *arena, const struct question *question)
{
	return text_name(
	    LIMIT_ASKER, arena_print(arena, "%s\n%s\n%s", question->serial,
			     question->instance, question->typed.folded));
}

/* A storm must not become a storm of log lines. */
static int64_t
refuse(const struct brake *brake, int64_t wait_ms)
{
	refused.count++;
	if (brake->now_ms - refused.told_ms >= MINUTE_MS) {
		log_event(LOG_WARN, "keycheck.too-many",
		    "address=%s refused=%lld", brake->address,
		    (long long)refused.count);
		refused.told_ms = brake->now_ms;
		refused.count = 0;
	}
	return (wait_ms + 999) / 1000;
}

/* No database is needed to know that. */
static bool
is_wrong(const struct key_typed *typed)
{
	return typed->folded[0] != '\0' && !typed->well_formed;
}

static bool
may_ask(const struct brake *brake)
{
	const uint64_t both[] = { brake->network, brake->license };
	const uint64_t one = limit_name(limit, LIMIT_PAIR, both, sizeof(both));
	const uint64_t all = limit_name(limit, LIMIT_ALL, "", 0);

	return limit_take(limit, &lookup_of_one, one, brake->now_ms) == 0 &&
	       limit_take(limit, &lookup_of_all, all, brake->now_ms) == 0;
}

int64_t
brake_before(const struct call *call, const struct question *question,
    struct brake *brake_r)
{
	const int64_t now_ms = clock_monotonic_ms();
	int64_t wait;

	*brake_r = (struct brake){
		.now_ms = now_ms,
		.address = call->address,
		.network = address_name(call->address),
		.license = text_name(LIMIT_LICENSE, question->serial),
		.asker = asker_name(call->work->arena, question),
	};
	brake_r->known = limit_knows(limit, brake_r->asker);
	if (brake_r->known) {
		wait = limit_take(limit, &right, brake_r->license, now_ms);
		return wait > 0 ? refuse(brake_r, wait) : 0;
	}
	wait = limit_wait(limit, &wrong, brake_r->network, now_ms);
	if (wait > 0 && (is_wrong(&question->typed) || !may_ask(brake_r)))
		return refuse(brake_r, wait);
	return 0;
}

int64_t
brake_after(const struct brake *brake, bool was_right)
{
	int64_t wait;

	if (!was_right) {
		wait = limit_take(limit, &wrong, brake->network, brake->now_ms);
		return wait > 0 ? refuse(brake, wait) : 0;
	}
	if (brake->known)
		return 0;
	limit_learn(limit, brake->asker);
	wait = limit_take(limit, &right, brake->license, brake->now_ms);
	return wait > 0 ? refuse(brake, wait) : 0;
}
