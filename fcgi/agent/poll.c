/* poll: asking the manager; the answer is believed when his key signed it for
 * this very question. */

#include "agent/poll.h"

#include <errno.h>
#include <string.h>

#include "agent/agent.h"
#include "agent/net.h"
#include "agent/pin.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/secret.h"
#include "base/text.h"
#include "depot/sign.h"

/* Why nobody answered the last time; "" when somebody did. */
static const char *trouble = "";

/* A manager that is away for a day is worth one line. */
static struct polled
nobody(const char *why, const char *words)
{
	if (strcmp(trouble, why) != 0)
		log_event(
		    LOG_WARN, "agent.no-answer", "why=%s words=%s", why, words);
	trouble = why;
	return (struct polled){ NULL, NULL, 0 };
}

static void
note_answer(void)
{
	if (*trouble != '\0')
		log_event(LOG_NOTE, "agent.answered", "after=%s", trouble);
	trouble = "";
}

static struct polled
judge(const struct agent *agent, struct arena *arena,
    const struct fetched *fetched, const char *nonce)
{
	const struct order_answer *answer;

	if (!sign_is_right(arena, agent->conf.manager_key, SIGN_JOB,
		fetched->bytes, fetched->length, fetched->header))
		return nobody("unsigned", "not by the manager's key");
	answer = order_answer_read(arena, fetched->bytes, fetched->length);
	if (answer == NULL)
		return nobody("malformed", "");
	if (strcmp(answer->nonce, nonce) != 0)
		return nobody("replayed", "the answer to another question");
	if (strcmp(answer->server, agent->conf.server) != 0 ||
	    (answer->job != NULL &&
		strcmp(answer->job->server, agent->conf.server) != 0))
		return nobody("other-server", answer->server);
	for (size_t i = 0; i < answer->revoked_count; i++)
		if (!pin_revoke(agent, arena, answer->revoked[i]))
			return nobody("state", strerror(errno));
	note_answer();
	return (struct polled){ answer, fetched->bytes, fetched->length };
}

struct polled
poll_manager(const struct agent *agent, struct arena *arena,
    const struct order_report *reports, size_t count, bool busy)
{
	char sandbox[SANDBOX_WORDS];
	const struct order_poll poll = {
		.server = agent->conf.server,
		.time = clock_now(),
		.nonce = secret_token(arena),
		.version = KAGIYA_VERSION,
		.sandbox = sandbox,
		.busy = busy,
		.reports = reports,
		.report_count = count,
	};
	struct text *body = text_new(arena, ORDER_LIMIT);
	const char *headers[3] = { NULL };
	struct fetched fetched;
	struct fetch wish = {
		.url = agent->conf.manager_url,
		.limit = ORDER_LIMIT,
		.content_type = "application/xml",
		.headers = headers,
		.wanted = "Kagiya-Signature",
	};

	sandbox_words(&agent->sandbox, sandbox);
	order_poll_write(body, &poll);
	wish.body = body->bytes;
	wish.body_length = body->length;
	headers[0] =
	    arena_print(arena, "Kagiya-Server: %s", agent->conf.server);
	headers[1] = arena_print(arena, "Kagiya-Signature: %s",
	    sign_make(
		arena, agent->conf.key, SIGN_POLL, body->bytes, body->length));
	switch (net_fetch(agent, arena, &wish, &fetched)) {
	case FETCH_OK:
		return judge(agent, arena, &fetched, poll.nonce);
	case FETCH_STATUS:
		return nobody(fetched.status == 403 ? "refused" : "status",
		    fetched.bytes);
	case FETCH_TOO_LARGE:
		return nobody("too-large", "");
	case FETCH_STOPPED:
	case FETCH_UNREACHABLE:
		break;
	}
	return nobody("unreachable", fetched.trouble);
}
