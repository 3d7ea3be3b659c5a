/* fcgi: requests off FastCGI's wire and answers onto it. */

#include "web/fcgi.h"

#include <errno.h>
#include <fcgiapp.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/setting.h"
#include "web/input.h"

struct fcgi {
	FCGX_Request request;
	int64_t left;  /* requests until it is old enough to end */
	int64_t until; /* ms of the monotonic clock; not before */
};

static volatile sig_atomic_t ending;

/* A signal that comes just before accept() would be slept over: the alarm
 * says it again. */
static void
end(int number)
{
	(void)number;
	ending = 1;
	FCGX_ShutdownPending();
	alarm(1);
}

static const int signals[] = { SIGTERM, SIGUSR1, SIGINT, SIGALRM };

static void
catch_signals(void)
{
	struct sigaction action = { .sa_handler = end };

	for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++)
		sigaction(signals[i], &action, NULL);
	signal(SIGPIPE, SIG_IGN);
}

/* Only while waiting: an answer is not to be cut in the middle. */
static void
let_signals(int how)
{
	sigset_t set;

	sigemptyset(&set);
	for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++)
		sigaddset(&set, signals[i]);
	sigprocmask(how, &set, NULL);
}

/* Whoever reaches the socket speaks for the web server: only a file's rights
 * can say who may. */
static bool
is_local(void)
{
	struct sockaddr_storage address;
	socklen_t length = sizeof(address);

	return getsockname(
		   STDIN_FILENO, (struct sockaddr *)&address, &length) == 0 &&
	       address.ss_family == AF_UNIX;
}

struct fcgi *
fcgi_new(void)
{
	struct fcgi *fcgi;

	/* libfcgi waits that long for the server to close a connection. */
	setenv("LIBFCGI_OS_CLOSE_POLL_TIMEOUT", "50", 0);
	if (FCGX_Init() != 0 || FCGX_IsCGI() || !is_local())
		return NULL;
	fcgi = calloc(1, sizeof(*fcgi));
	if (fcgi == NULL)
		return NULL;
	fcgi->left = setting_number("process.requests");
	fcgi->until =
	    clock_monotonic_ms() + 1000 * setting_number("process.seconds");
	FCGX_InitRequest(
	    &fcgi->request, STDIN_FILENO, FCGI_FAIL_ACCEPT_ON_INTR);
	let_signals(SIG_BLOCK);
	catch_signals();
	return fcgi;
}

void
fcgi_free(struct fcgi *fcgi)
{
	FCGX_Free(&fcgi->request, 1);
	free(fcgi);
}

bool
fcgi_is_whole(struct fcgi *fcgi)
{
	FCGX_Stream *in = fcgi->request.in;

	return FCGX_GetChar(in) == EOF && FCGX_GetError(in) == 0;
}

/* libfcgi calls a connection cut in the middle a complete request. */
static void
read_body(struct fcgi *fcgi, size_t limit, struct input *input)
{
	size_t length = input_length(input, limit);
	char *body = arena_alloc(input->arena, length + 1);
	FCGX_Stream *in = fcgi->request.in;

	if (input->fault != 0)
		return;
	if (FCGX_GetStr(body, (int)length, in) != (int)length ||
	    !fcgi_is_whole(fcgi))
		input->fault = 400;
	input->body = body;
	input->length = length;
}

static bool
wait_for_one(struct fcgi *fcgi)
{
	int result = -1;

	let_signals(SIG_UNBLOCK);
	while (!ending && (result = FCGX_Accept_r(&fcgi->request)) != 0)
		if (result != -EINTR && result != -ECONNABORTED) {
			log_event(LOG_FAULT, "fcgi.accept", "code=%d", result);
			break;
		}
	let_signals(SIG_BLOCK);
	return result == 0;
}

static bool
is_old(const struct fcgi *fcgi)
{
	return fcgi->left <= 0 && clock_monotonic_ms() >= fcgi->until;
}

bool
fcgi_accept_head(struct fcgi *fcgi, struct arena *arena, struct input *input_r)
{
	if (is_old(fcgi) || !wait_for_one(fcgi))
		return false;
	fcgi->left--;
	input_begin(input_r, arena, fcgi->request.envp);
	return true;
}

bool
fcgi_accept(
    struct fcgi *fcgi, struct arena *arena, size_t limit, struct input *input_r)
{
	if (!fcgi_accept_head(fcgi, arena, input_r))
		return false;
	read_body(fcgi, limit, input_r);
	return true;
}

size_t
fcgi_read(struct fcgi *fcgi, void *bytes, size_t size)
{
	const int n = FCGX_GetStr(
	    bytes, size < INT_MAX ? (int)size : INT_MAX, fcgi->request.in);

	return n > 0 ? (size_t)n : 0;
}

void
fcgi_answer(
    struct fcgi *fcgi, const char *headers, const char *body, size_t length)
{
	FCGX_Stream *out = fcgi->request.out;

	FCGX_PutStr(headers, (int)strlen(headers), out);
	FCGX_PutStr(body, (int)length, out);
	FCGX_Finish_r(&fcgi->request);
}

/* A file that ends too early, or a reader who is gone: the answer stays
 * short of what its head has said. */
void
fcgi_answer_file(
    struct fcgi *fcgi, const char *headers, int file, size_t length)
{
	FCGX_Stream *out = fcgi->request.out;
	char piece[65536];

	FCGX_PutStr(headers, (int)strlen(headers), out);
	while (length > 0) {
		const ssize_t n = read(file, piece,
		    length < sizeof(piece) ? length : sizeof(piece));

		if (n <= 0 || FCGX_PutStr(piece, (int)n, out) != (int)n)
			break;
		length -= (size_t)n;
	}
	FCGX_Finish_r(&fcgi->request);
}
