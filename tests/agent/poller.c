/* poller: what an agent says to the gate, for tests.
 * usage: poller ask KEY.pem SERVER SECONDS [busy] [JOB STEP STATE DETAIL]...
 *   writes the body to `poll` and prints its signature; the body's time is so
 *   many seconds from now.
 * usage: poller hear JOB.pub SIGNATURE
 *   reads `answer` and prints what it says, a line for each thing. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/must.h"
#include "base/secret.h"
#include "base/text.h"
#include "depot/order.h"
#include "depot/sign.h"
#include "depot/ticket.h"

#define NONCE "0123456789012345678901234567890123456789012"

static struct arena *arena;

static int
ask(int count, char **words)
{
	struct secret_key *key = secret_key_load(arena, words[0]);
	struct order_report reports[8] = { 0 };
	struct order_poll poll = {
		.server = words[1],
		.time = clock_now() + atoi(words[2]),
		.nonce = NONCE,
		.version = "0.1",
		.reports = reports,
	};
	struct text *out = text_new(arena, ORDER_LIMIT);
	static const char *const left[] = { "wiki/a b" };

	words += 3;
	count -= 3;
	poll.busy = count > 0 && strcmp(words[0], "busy") == 0;
	for (words += poll.busy, count -= poll.busy; count >= 4;
	     words += 4, count -= 4)
		reports[poll.report_count++] = (struct order_report){
			.job = atoi(words[0]),
			.step = words[1],
			.state = words[2],
			.detail = words[3],
			.bytes = 5,
			.total = 10,
			.left = left,
			.left_count = strcmp(words[1], "REPORTED") == 0,
		};
	order_poll_write(out, &poll);
	/* Shells lose the last newline. */
	out->bytes[--out->length] = '\0';
	must(
	    key != NULL && file_replace("poll", out->bytes, out->length, 0644));
	puts(sign_make(arena, key, SIGN_POLL, out->bytes, out->length));
	return 0;
}

static void
tell_change(const struct order_job *job)
{
	const struct order_parcel *parcel = job->parcel;

	printf("change from=%s keep_days=%lld restore=%s\n", job->from,
	    (long long)job->keep_days, job->restore);
	if (parcel != NULL)
		printf("parcel %s %lld %s %s\n", parcel->url,
		    (long long)parcel->size,
		    text_hex(arena, parcel->sha256, SECRET_DIGEST),
		    parcel->ticket);
}

static void
tell_job(const struct order_job *job, struct secret_key *key)
{
	struct ticket ticket;

	printf("job %lld %s %s %s %s\n", (long long)job->number, job->action,
	    job->package, job->version, job->serial);
	printf("where %s %s %s\n", job->area, job->owner, job->directory);
	printf("check %s\nbuy %s\n", job->check_url, job->buy_url);
	printf("backup %d\nseconds %lld\n", job->backup,
	    (long long)(job->valid_until - clock_now()));
	for (size_t i = 0; i < job->setting_count; i++)
		printf("setting %s=%s\n", job->settings[i].name,
		    job->settings[i].value);
	tell_change(job);
	if (ticket_read(arena, key, job->ticket, clock_now(), &ticket))
		printf("ticket %s %s %s\n", ticket.package, ticket.version,
		    ticket.server);
}

static int
hear(char **words)
{
	struct secret_key *key = secret_key_load(arena, words[0]);
	size_t length;
	const char *bytes = file_read(arena, "answer", ORDER_LIMIT, &length);
	const struct order_answer *answer;

	must(key != NULL && bytes != NULL);
	if (!sign_is_right(arena, key, SIGN_JOB, bytes, length, words[1])) {
		puts("unsigned");
		return 1;
	}
	answer = order_answer_read(arena, bytes, length);
	must(answer != NULL && strcmp(answer->nonce, NONCE) == 0);
	printf("server %s\npoll %lld\n", answer->server,
	    (long long)answer->poll_seconds);
	for (size_t i = 0; i < answer->heard_count; i++)
		printf("heard %lld %d\n", (long long)answer->heard[i].job,
		    answer->heard[i].over);
	for (size_t i = 0; i < answer->revoked_count; i++)
		printf("revoked %s\n", answer->revoked[i]);
	if (answer->job != NULL)
		tell_job(answer->job, key);
	return 0;
}

int
main(int argc, char **argv)
{
	int code = 2;

	arena = arena_new();
	if (argc >= 5 && strcmp(argv[1], "ask") == 0)
		code = ask(argc - 2, argv + 2);
	else if (argc == 4 && strcmp(argv[1], "hear") == 0)
		code = hear(argv + 2);
	arena_free(arena);
	return code;
}
