/* request: one FastCGI request from the command line, whole or broken on
 * purpose; prints status line, headers, an empty line and the body. */

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { BEGIN = 1, END = 3, PARAMS = 4, INPUT = 5, OUTPUT = 6 };
enum { MOST = 1 << 20, MOST_NAMES = 300, SECONDS = 60 };

struct bytes {
	char at[MOST];
	size_t n;
};

static struct bytes params, body, wire, answer;
static const char *names[MOST_NAMES]; /* already given, not set again */
static size_t name_count;
static const char *jar;
static const char *said_length;
static bool is_cut;
static long cut_at; /* below 0: from the end */

_Noreturn static void
die(const char *why, const char *what)
{
	fprintf(stderr, "request: %s: %s\n", why, what);
	exit(1);
}

static void
add(struct bytes *bytes, const void *more, size_t n)
{
	if (bytes->n + n > sizeof(bytes->at))
		die("too long", "more than 1 MiB");
	memcpy(bytes->at + bytes->n, more, n);
	bytes->n += n;
}

static void
add_byte(struct bytes *bytes, size_t value)
{
	const unsigned char byte = (unsigned char)(value & 0xFF);

	add(bytes, &byte, 1);
}

static void
add_length(struct bytes *bytes, size_t n)
{
	if (n < 128) {
		add_byte(bytes, n);
		return;
	}
	add_byte(bytes, n >> 24 | 0x80);
	add_byte(bytes, n >> 16);
	add_byte(bytes, n >> 8);
	add_byte(bytes, n);
}

static void
add_param(const char *name, size_t n, const char *value)
{
	add_length(&params, n);
	add_length(&params, strlen(value));
	add(&params, name, n);
	add(&params, value, strlen(value));
}

/* NAME=VALUE; with no value said, the parameter is left out altogether. */
static void
take_param(const char *param)
{
	const char *sign = strchr(param, '=');

	if (name_count == MOST_NAMES)
		die("too many", param);
	names[name_count++] = param;
	if (sign != NULL)
		add_param(param, (size_t)(sign - param), sign + 1);
}

static bool
is_given(const char *name)
{
	const size_t n = strlen(name);

	for (size_t i = 0; i < name_count; i++)
		if (strncmp(names[i], name, n) == 0 &&
		    (names[i][n] == '=' || names[i][n] == '\0'))
			return true;
	return false;
}

static void
set_param(const char *name, const char *value)
{
	if (!is_given(name))
		add_param(name, strlen(name), value);
}

/* "Sec-Fetch-Site:none" becomes HTTP_SEC_FETCH_SITE. */
static void
take_header(const char *header)
{
	const char *value = strchr(header, ':');
	char name[200] = "HTTP_";
	size_t n = 5;

	if (value == NULL || strlen(header) - strlen(value) > 150)
		die("not a header", header);
	for (const char *c = header; c < value; c++)
		name[n++] = (char)(*c == '-'                ? '_'
				   : *c >= 'a' && *c <= 'z' ? *c - 'a' + 'A'
							    : *c);
	value += 1 + strspn(value + 1, " ");
	if (strncmp(name, "HTTP_CONTENT_", 13) == 0) {
		memmove(name, name + 5, n - 4);
		n -= 5;
	}
	names[name_count++] = strdup(name);
	add_param(name, n, value);
}

static void
take_file(const char *path)
{
	FILE *file = fopen(path, "rb");

	if (file == NULL)
		die(path, strerror(errno));
	body.n = fread(body.at, 1, sizeof(body.at), file);
	fclose(file);
}

static void
add_record(int type, const void *content, size_t n)
{
	add_byte(&wire, 1);
	add_byte(&wire, (size_t)type);
	add_byte(&wire, 0);
	add_byte(&wire, 1);
	add_byte(&wire, n >> 8);
	add_byte(&wire, n);
	add_byte(&wire, 0);
	add_byte(&wire, 0);
	add(&wire, content, n);
}

static void
add_stream(int type, const struct bytes *bytes)
{
	for (size_t at = 0; at < bytes->n; at += 60000)
		add_record(type, bytes->at + at,
		    bytes->n - at > 60000 ? 60000 : bytes->n - at);
	add_record(type, "", 0);
}

/* The jar holds lines name=value. */
static void
send_cookies(void)
{
	FILE *file = jar != NULL ? fopen(jar, "r") : NULL;
	char line[1000];
	char all[4000] = "";

	while (file != NULL && fgets(line, sizeof(line), file) != NULL) {
		line[strcspn(line, "\n")] = '\0';
		if (strlen(all) + strlen(line) + 3 > sizeof(all))
			die("too many cookies", jar);
		strcat(all, all[0] != '\0' ? "; " : "");
		strcat(all, line);
	}
	if (file != NULL)
		fclose(file);
	if (all[0] != '\0')
		set_param("HTTP_COOKIE", all);
}

/* Writes the jar anew without the cookie, then with its new value. */
static void
keep_cookie(const char *cookie, size_t n)
{
	const size_t name = strcspn(cookie, "=") + 1;
	char old[20][1000];
	size_t count = 0;
	FILE *file = fopen(jar, "r");

	while (file != NULL && count < 20 &&
	       fgets(old[count], sizeof(old[0]), file) != NULL)
		if (strncmp(old[count], cookie, name) != 0)
			count++;
	if (file != NULL)
		fclose(file);
	file = fopen(jar, "w");
	if (file == NULL)
		die(jar, strerror(errno));
	for (size_t i = 0; i < count; i++)
		fputs(old[i], file);
	if (n > name)
		fprintf(file, "%.*s\n", (int)n, cookie);
	fclose(file);
}

static int
open_socket(const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	struct timeval patience = { .tv_sec = SECONDS };
	int wire_end = socket(AF_UNIX, SOCK_STREAM, 0);

	if (strlen(path) >= sizeof(address.sun_path))
		die("path too long", path);
	strcpy(address.sun_path, path);
	if (connect(wire_end, (struct sockaddr *)&address, sizeof(address)))
		die(path, strerror(errno));
	setsockopt(
	    wire_end, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	return wire_end;
}

static void
send_all(int wire_end)
{
	size_t whole = wire.n;

	if (is_cut)
		whole = (size_t)cut_at + (cut_at < 0 ? wire.n : 0);
	if (whole > wire.n)
		die("not so long", "-x");

	for (size_t at = 0; at < whole;) {
		ssize_t n =
		    send(wire_end, wire.at + at, whole - at, MSG_NOSIGNAL);

		if (n <= 0)
			return; /* it may have answered before the end */
		at += (size_t)n;
	}
}

static bool
receive(int wire_end, void *bytes, size_t n)
{
	for (size_t at = 0; at < n;) {
		ssize_t got = read(wire_end, (char *)bytes + at, n - at);

		if (got <= 0)
			return false;
		at += (size_t)got;
	}
	return true;
}

/* True when the program said that this was all. */
static bool
receive_answer(int wire_end)
{
	unsigned char head[8];
	static char content[65536 + 256];

	while (receive(wire_end, head, sizeof(head))) {
		const size_t n = (size_t)(head[4] << 8 | head[5]);

		if (!receive(wire_end, content, n + head[6]))
			return false;
		if (head[1] == OUTPUT)
			add(&answer, content, n);
		if (head[1] == END)
			return true;
	}
	return false;
}

static void
print_line(const char *line, size_t n)
{
	if (jar != NULL && strncasecmp(line, "Set-Cookie: ", 12) == 0)
		keep_cookie(line + 12, strcspn(line, ";\r") - 12);
	printf("%.*s\n", (int)n, line);
}

static void
print_answer(void)
{
	const char *line = answer.at;
	const char *end;

	add(&answer, "", 1);
	while ((end = strstr(line, "\r\n")) != NULL && end != line) {
		print_line(line, (size_t)(end - line));
		line = end + 2;
	}
	if (end == NULL)
		die("no answer", "headers without end");
	putchar('\n');
	line = end + 2;
	fwrite(line, 1, answer.n - 1 - (size_t)(line - answer.at), stdout);
}

static void
compose(const char *method, const char *script, const char *query)
{
	static const char begin[8] = { 0, 1, 0 };
	char length[32];

	snprintf(length, sizeof(length), "%zu", body.n);
	set_param("REQUEST_METHOD", method);
	set_param("SCRIPT_NAME", script);
	set_param("DOCUMENT_URI", script);
	set_param("QUERY_STRING", query);
	set_param("SERVER_PROTOCOL", "HTTP/1.1");
	set_param("REMOTE_ADDR", "192.0.2.1");
	set_param("HTTP_HOST", "shop.example");
	set_param("CONTENT_TYPE",
	    body.n > 0 ? "application/x-www-form-urlencoded" : "");
	set_param("CONTENT_LENGTH", said_length != NULL ? said_length
				    : strcmp(method, "POST") == 0 || body.n > 0
					? length
					: "");
	send_cookies();
	add_record(BEGIN, begin, sizeof(begin));
	add_stream(PARAMS, &params);
	add_stream(INPUT, &body);
}

static void
usage(void)
{
	fputs("usage: request SOCKET METHOD SCRIPT_NAME [-q QUERY]\n"
	      "       [-H HEADER:VALUE]... [-p PARAMETER=VALUE]... [-p "
	      "ABSENT]...\n"
	      "       [-d BODY | -b FILE] [-c COOKIEJAR]\n"
	      "       [-l SAID_CONTENT_LENGTH] [-x BYTES]\n"
	      "-p NAME leaves it out; -x cuts the request after BYTES, or, "
	      "below 0,\nso many before its end.\n",
	    stderr);
	exit(2);
}

static const char *
read_options(int count, char **words)
{
	const char *query = "";
	int option;

	while ((option = getopt(count, words, "q:H:p:d:b:c:l:x:")) != -1)
		switch (option) {
		case 'q':
			query = optarg;
			break;
		case 'H':
			take_header(optarg);
			break;
		case 'p':
			take_param(optarg);
			break;
		case 'd':
			add(&body, optarg, strlen(optarg));
			break;
		case 'b':
			take_file(optarg);
			break;
		case 'c':
			jar = optarg;
			break;
		case 'l':
			said_length = optarg;
			break;
		case 'x':
			is_cut = true;
			cut_at = strtol(optarg, NULL, 10);
			break;
		default:
			usage();
		}
	if (optind != count)
		usage();
	return query;
}

int
main(int count, char **words)
{
	const char *query;
	int wire_end;
	bool ended;

	if (count < 4)
		usage();
	query = read_options(count - 3, words + 3);
	compose(words[2], words[3], query);
	wire_end = open_socket(words[1]);
	send_all(wire_end);
	if (is_cut)
		shutdown(wire_end, SHUT_WR);
	ended = receive_answer(wire_end);
	close(wire_end);
	if (!ended)
		die("no answer", words[1]);
	print_answer();
	return 0;
}
