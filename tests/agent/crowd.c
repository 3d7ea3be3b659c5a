/* crowd: many servers' agents in one process, each with a key of its own, that
 * ask one manager again and again, spread over the time between two polls.
 * usage: crowd PORT COUNT SECONDS EVERY
 *   writes servers.sql, which makes them known; after a line on its standard
 *   input asks http://127.0.0.1:PORT/agent for so many seconds, each server
 *   once in EVERY seconds, and prints agents, polls, errors. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/must.h"
#include "base/secret.h"
#include "base/text.h"
#include "depot/fetch.h"
#include "depot/order.h"
#include "depot/sign.h"

enum { PARTS = 4, MOST = 10000 };

static int count;
static const char *url;
static struct secret_key *keys[MOST];
static struct secret_key *manager;

static void
make_servers(struct arena *arena)
{
	FILE *file = fopen("servers.sql", "w");
	unsigned char raw[SECRET_PUBLIC];

	must(file != NULL);
	for (int i = 0; i < count; i++) {
		keys[i] = secret_key_make(arena);
		secret_key_raw(keys[i], raw);
		fprintf(file,
		    "INSERT INTO server (name, os_model, ip_address, php,"
		    " mariadb, public_key) VALUES ('crowd%d', 'Linux x86_64',"
		    " '192.0.2.1', '8.2.29', '10.11', UNHEX('%s'));\n",
		    i, text_hex(arena, raw, sizeof(raw)));
	}
	must(fclose(file) == 0);
	puts("ready");
	fflush(stdout);
	must(getchar() == '\n');
}

/* Asked, answered, and the answer is the manager's to this question. */
static bool
poll_once(int i)
{
	struct arena *arena = arena_new();
	struct order_poll poll = {
		.server = arena_print(arena, "crowd%d", i),
		.time = clock_now(),
		.nonce = secret_token(arena),
		.version = "0.1",
	};
	struct text *out = text_new(arena, ORDER_LIMIT);
	const struct order_answer *answer = NULL;
	const char *headers[3] = { NULL };
	struct fetched fetched;
	struct fetch wish = {
		.url = url,
		.limit = ORDER_LIMIT,
		.content_type = "application/xml",
		.headers = headers,
		.wanted = "Kagiya-Signature",
	};
	bool right;

	order_poll_write(out, &poll);
	wish.body = out->bytes;
	wish.body_length = out->length;
	headers[0] = arena_print(arena, "Kagiya-Server: %s", poll.server);
	headers[1] = arena_print(arena, "Kagiya-Signature: %s",
	    sign_make(arena, keys[i], SIGN_POLL, out->bytes, out->length));
	if (fetch(arena, &wish, &fetched) == FETCH_OK &&
	    sign_is_right(arena, manager, SIGN_JOB, fetched.bytes,
		fetched.length, fetched.header))
		answer =
		    order_answer_read(arena, fetched.bytes, fetched.length);
	right = answer != NULL && strcmp(answer->server, poll.server) == 0 &&
		strcmp(answer->nonce, poll.nonce) == 0;
	if (!right)
		fprintf(stderr, "crowd%d: %ld %s\n", i, fetched.status,
		    fetched.trouble);
	arena_free(arena);
	return right;
}

static double
now(void)
{
	struct timespec time;

	must(clock_gettime(CLOCK_MONOTONIC, &time) == 0);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void
wait_until(double when)
{
	const double left = when - now();

	if (left > 0)
		(void)usleep((useconds_t)(left * 1e6));
}

struct tally {
	long polls;
	long errors;
};

/* Every PARTS-th server, each at its own moment of the round. */
static struct tally
run_part(int part, double seconds, double every)
{
	const double start = now();
	struct tally tally = { 0, 0 };

	for (long round = 0;; round++)
		for (int i = part; i < count; i += PARTS) {
			const double at =
			    ((double)round + (double)i / count) * every;

			if (at >= seconds)
				return tally;
			wait_until(start + at);
			tally.polls++;
			tally.errors += !poll_once(i);
		}
}

static int
run(double seconds, double every)
{
	struct tally all = { 0, 0 };
	const double start = now();
	int ends[2];

	must(pipe(ends) == 0);
	for (int part = 0; part < PARTS; part++) {
		if (fork() == 0) {
			const struct tally tally =
			    run_part(part, seconds, every);

			_exit(write(ends[1], &tally, sizeof(tally)) < 0);
		}
	}
	for (int part = 0; part < PARTS; part++) {
		struct tally tally;

		must(read(ends[0], &tally, sizeof(tally)) == sizeof(tally));
		all.polls += tally.polls;
		all.errors += tally.errors;
		(void)wait(NULL);
	}
	printf("agents=%d polls=%ld errors=%ld seconds=%.1f\n", count,
	    all.polls, all.errors, now() - start);
	return all.errors != 0;
}

int
main(int argc, char **argv)
{
	struct arena *arena = arena_new();
	int failed;

	must(argc == 5);
	count = atoi(argv[2]);
	must(count > 0 && count <= MOST);
	url = arena_print(arena, "http://127.0.0.1:%s/agent", argv[1]);
	manager = secret_key_load(arena, "key/job.pub");
	must(manager != NULL);
	make_servers(arena);
	failed = run(atof(argv[3]), atof(argv[4]));
	arena_free(arena);
	return failed;
}
