/* manager: what an agent sees of a manager, for tests: one HTTP port, jobs
 * out of a file, reports into another. It stands in for the gates alone; the
 * agent's signatures and its own are real.
 * usage: manager PORT FOLDER  (FOLDER: job.pem, server.pub, job, reports; the
 * file parcel is what was posted to /parcel, and got from there) */

#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include "agent/lines.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/must.h"
#include "base/text.h"
#include "depot/order.h"
#include "depot/sign.h"
#include "depot/ticket.h"

enum { MOST = 1 << 20 };

static const char *folder;
static struct secret_key *key, *server_key;

static const char *
path_of(struct arena *arena, const char *name)
{
	return arena_print(arena, "%s/%s", folder, name);
}

static const char *
known(const struct lines *lines, const char *word)
{
	const char *value = lines_value(lines, word);

	return value == NULL ? "" : value;
}

static const struct order_parcel *
read_parcel(struct arena *arena, const struct lines *lines)
{
	struct order_parcel *parcel = arena_alloc(arena, sizeof(*parcel));

	if (lines_value(lines, "parcel") == NULL)
		return NULL;
	parcel->url = lines_value(lines, "parcel");
	parcel->ticket = "for-the-lab";
	parcel->size = lines_number(lines, "parcel_size");
	(void)text_unhex(
	    known(lines, "parcel_sha256"), parcel->sha256, SECRET_DIGEST);
	return parcel;
}

/* A job that the agent has set aside is not given again. */
static bool
is_held(const struct order_poll *poll, int64_t number)
{
	for (size_t i = 0; i < poll->report_count; i++)
		if (poll->reports[i].job == number &&
		    strcmp(poll->reports[i].state, "held") == 0)
			return true;
	return false;
}

/* Each line `setting NAME=VALUE`; the first of a name counts, so language=en
 * is what is left. */
static const struct order_setting *
read_settings(struct arena *arena, const struct lines *lines, size_t *count_r)
{
	size_t count;
	const char **words = lines_all(lines, "setting", &count);
	struct order_setting *settings =
	    arena_array(arena, count + 1, sizeof(*settings));

	for (size_t i = 0; i < count; i++) {
		const size_t length = strcspn(words[i], "=");

		must(words[i][length] == '=');
		settings[i] = (struct order_setting){
			arena_copy_n(arena, words[i], length),
			words[i] + length + 1,
		};
	}
	settings[count] = (struct order_setting){ "language", "en" };
	*count_r = count + 1;
	return settings;
}

/* The job in the file `job`, if there is one: lines `word value`. */
static const struct order_job *
read_job(struct arena *arena, const struct order_poll *poll)
{
	static const char *const keys[] = {
		"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
	};
	const char *text = file_read(arena, path_of(arena, "job"), MOST, NULL);
	struct order_job *job = arena_alloc(arena, sizeof(*job));
	struct lines lines;
	int64_t valid;

	if (text == NULL)
		return NULL;
	lines_read(&lines, arena, text);
	valid = lines_value(&lines, "valid") == NULL
		    ? 600
		    : lines_number(&lines, "valid");
	*job = (struct order_job){
		.number = lines_number(&lines, "number"),
		.action = lines_value(&lines, "action"),
		.server = lines_value(&lines, "server") == NULL
			      ? poll->server
			      : lines_value(&lines, "server"),
		.area = lines_value(&lines, "area"),
		.owner = lines_value(&lines, "owner"),
		.directory = lines_value(&lines, "directory"),
		.url = lines_value(&lines, "url"),
		.package = lines_value(&lines, "package"),
		.version = lines_value(&lines, "version"),
		.serial = lines_value(&lines, "serial"),
		.valid_until = clock_now() + valid,
		.backup = lines_value(&lines, "backup") != NULL,
		.from = known(&lines, "from"),
		.keep_days = lines_number(&lines, "keep_days"),
		.restore = known(&lines, "restore"),
		.parcel = read_parcel(arena, &lines),
		.depot = lines_value(&lines, "depot"),
		.depot_url = lines_value(&lines, "depot_url"),
		.check_url = "http://127.0.0.1:9/keycheck",
		.buy_url = "http://127.0.0.1:9/purchase?serial=2026-0001",
		.product = lines_value(&lines, "package"),
		.instance = "0123456789ABCDEFGHJKMNPQRS",
		.public_keys = keys,
		.public_key_count = 1,
	};
	job->settings = read_settings(arena, &lines, &job->setting_count);
	must(text_unhex(
	    lines_value(&lines, "manifest"), job->manifest, SECRET_DIGEST));
	if (is_held(poll, job->number))
		return NULL;
	job->grant = sign_grant_make(arena, key,
	    &(struct sign_grant){
		job->server, job->number, job->action, job->area, job->owner });
	job->ticket = ticket_make(arena, key,
	    &(struct ticket){ job->package, job->version, poll->server,
		job->number, clock_now() + 600 });
	return job;
}

/* The number of the job that is to be handed out. */
static int64_t
given(struct arena *arena)
{
	const char *text = file_read(arena, path_of(arena, "job"), MOST, NULL);
	struct lines lines;

	lines_read(&lines, arena, text == NULL ? "" : text);
	return lines_number(&lines, "number");
}

/* The file cancel: always, or at the step that it names. */
static bool
is_called_off(struct arena *arena, const struct order_report *report)
{
	const char *step =
	    file_read(arena, path_of(arena, "cancel"), MOST, NULL);

	if (step == NULL)
		return false;
	step = text_trim(arena, step);
	return *step == '\0' || strcmp(step, report->step) == 0;
}

/* Each report a line: NUMBER STEP STATE BYTES TOTAL DETAIL|LEFT|... */
static void
note_reports(struct arena *arena, const struct order_poll *poll,
    struct order_heard *heard)
{
	FILE *file = fopen(path_of(arena, "reports"), "a");

	must(file != NULL);
	for (size_t i = 0; i < poll->report_count; i++) {
		const struct order_report *report = &poll->reports[i];

		fprintf(file, "%lld %s %s %lld %lld %s", (long long)report->job,
		    report->step, report->state, (long long)report->bytes,
		    (long long)report->total, report->detail);
		for (size_t j = 0; j < report->left_count; j++)
			fprintf(file, "|%s", report->left[j]);
		fputc('\n', file);
		if ((strcmp(report->step, "REPORTED") == 0 ||
			strcmp(report->state, "failed") == 0) &&
		    report->job == given(arena))
			(void)unlink(path_of(arena, "job"));
		heard[i].job = report->job;
		heard[i].over = is_called_off(arena, report);
	}
	fclose(file);
}

static void
send_text(int fd, const char *text, size_t length)
{
	while (length > 0) {
		const ssize_t n = write(fd, text, length);

		if (n <= 0)
			return;
		text += n;
		length -= (size_t)n;
	}
}

static void
refuse(struct arena *arena, int fd, const char *words)
{
	const char *text = arena_print(arena,
	    "HTTP/1.1 403 No\r\nContent-Length: %zu\r\n"
	    "Connection: close\r\n\r\n%s",
	    strlen(words), words);

	send_text(fd, text, strlen(text));
}

static void
reply(struct arena *arena, int fd, const struct order_poll *poll)
{
	struct order_heard *heard =
	    arena_array(arena, poll->report_count, sizeof(*heard));
	struct order_answer answer = {
		.server = poll->server,
		.time = clock_now(),
		.nonce = poll->nonce,
		.poll_seconds = 1,
		.heard = heard,
		.heard_count = poll->report_count,
	};
	struct text *out = text_new(arena, MOST);
	struct text *head = text_new(arena, MOST);
	const char *revoked;

	note_reports(arena, poll, heard);
	if (access(path_of(arena, "old-nonce"), F_OK) == 0)
		answer.nonce = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
	revoked = file_read(arena, path_of(arena, "revoked"), 100, NULL);
	if (revoked != NULL) {
		revoked = text_trim(arena, revoked);
		answer.revoked = &revoked;
		answer.revoked_count = 1;
	}
	if (!poll->busy)
		answer.job = read_job(arena, poll);
	order_answer_write(out, &answer);
	text_print(head,
	    "HTTP/1.1 200 OK\r\nContent-Length: %zu\r\n"
	    "Connection: close\r\nKagiya-Signature: %s\r\n\r\n",
	    out->length,
	    sign_make(arena, key, SIGN_JOB, out->bytes, out->length));
	if (access(path_of(arena, "spoil"), F_OK) == 0)
		out->bytes[out->length - 3] = 'X';
	send_text(fd, head->bytes, head->length);
	send_text(fd, out->bytes, out->length);
}

struct request {
	char *bytes;
	size_t length;
	const char *body; /* what has come of it */
	int64_t size;     /* of the whole body */
};

static const char *
header(struct arena *arena, const struct request *request, const char *name)
{
	const char *at =
	    strcasestr(request->bytes, arena_print(arena, "\r\n%s: ", name));

	if (at == NULL)
		return "";
	at = strchr(at, ':') + 2;
	return arena_copy_n(arena, at, strcspn(at, "\r"));
}

static bool
read_head(struct arena *arena, int fd, struct request *request)
{
	request->bytes = arena_alloc(arena, MOST + 1);
	while (request->body == NULL && request->length < MOST) {
		const ssize_t n = read(fd, request->bytes + request->length,
		    MOST - request->length);

		if (n <= 0)
			return false;
		request->length += (size_t)n;
		request->body = strstr(request->bytes, "\r\n\r\n");
	}
	if (request->body == NULL)
		return false;
	request->body += 4;
	(void)text_number(header(arena, request, "Content-Length"), 0,
	    INT64_MAX, &request->size);
	return true;
}

static size_t
body_length(const struct request *request)
{
	return (size_t)(request->bytes + request->length - request->body);
}

static bool
read_body(int fd, struct request *request)
{
	while (body_length(request) < (size_t)request->size) {
		const ssize_t n = read(fd, request->bytes + request->length,
		    MOST - request->length);

		if (n <= 0)
			return false;
		request->length += (size_t)n;
	}
	return true;
}

static void
take_parcel(struct arena *arena, int fd, struct request *request)
{
	FILE *file = fopen(path_of(arena, "parcel.new"), "w");
	int64_t left = request->size - (int64_t)body_length(request);
	char *block = arena_alloc(arena, MOST);

	must(file != NULL);
	(void)fwrite(request->body, 1, body_length(request), file);
	while (left > 0) {
		const ssize_t n = read(fd, block, MOST);

		if (n <= 0)
			break;
		(void)fwrite(block, 1, (size_t)n, file);
		left -= n;
	}
	must(fclose(file) == 0);
	if (left != 0 || access(path_of(arena, "no-parcel"), F_OK) == 0) {
		refuse(arena, fd, "parcel");
		return;
	}
	must(rename(path_of(arena, "parcel.new"), path_of(arena, "parcel")) ==
	     0);
	send_text(fd, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", 38);
}

static void
give_parcel(struct arena *arena, int fd)
{
	FILE *file = fopen(path_of(arena, "parcel"), "r");
	char *block = arena_alloc(arena, MOST);
	const char *head;
	size_t n;

	if (file == NULL) {
		refuse(arena, fd, "no parcel");
		return;
	}
	must(fseek(file, 0, SEEK_END) == 0);
	head = arena_print(arena,
	    "HTTP/1.1 200 OK\r\nContent-Length: %ld\r\n\r\n", ftell(file));
	rewind(file);
	send_text(fd, head, strlen(head));
	while ((n = fread(block, 1, MOST, file)) > 0)
		send_text(fd, block, n);
	fclose(file);
}

static void
hear(struct arena *arena, int fd, struct request *request)
{
	const size_t size = (size_t)request->size;
	const struct order_poll *poll;

	if (!read_body(fd, request))
		return;
	if (!sign_is_right(arena, server_key, SIGN_POLL, request->body, size,
		header(arena, request, "Kagiya-Signature"))) {
		refuse(arena, fd, "signature");
		return;
	}
	poll = order_poll_read(arena, request->body, size);
	if (poll == NULL)
		refuse(arena, fd, "malformed");
	else
		reply(arena, fd, poll);
}

static void
serve(struct arena *arena, int fd)
{
	struct request request = { 0 };

	if (!read_head(arena, fd, &request))
		return;
	if (strncmp(request.bytes, "POST /parcel ", 13) == 0)
		take_parcel(arena, fd, &request);
	else if (strncmp(request.bytes, "GET /parcel ", 12) == 0)
		give_parcel(arena, fd);
	else
		hear(arena, fd, &request);
}

int
main(int argc, char **argv)
{
	struct arena *kept = arena_new();
	struct sockaddr_in address = { .sin_family = AF_INET };
	const int one = 1;
	int listener;

	must(argc == 3);
	folder = argv[2];
	key = secret_key_load(kept, path_of(kept, "job.pem"));
	server_key = secret_key_load(kept, path_of(kept, "server.pub"));
	must(key != NULL && server_key != NULL);
	(void)signal(SIGPIPE, SIG_IGN);
	address.sin_port = htons((uint16_t)atoi(argv[1]));
	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	listener = socket(AF_INET, SOCK_STREAM, 0);
	must(setsockopt(
		 listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one)) == 0);
	must(bind(listener, (const struct sockaddr *)&address,
		 sizeof(address)) == 0 &&
	     listen(listener, 16) == 0);
	puts("ready");
	fflush(stdout);
	for (;;) {
		const int fd = accept(listener, NULL, NULL);
		struct arena *arena = arena_new();

		if (fd >= 0) {
			serve(arena, fd);
			(void)close(fd);
		}
		arena_free(arena);
	}
}
