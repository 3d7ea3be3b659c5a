/* log: one write(2) for each line, so that lines of several processes do not
 * mix; takes no memory, so that it works when there is none. */

#include "base/log.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <utf8proc.h>

#include "base/clock.h"

/* A pipe takes this much in one piece. */
enum { LINE = 4096, REQUEST = 64 };

struct line {
	size_t length;
	char bytes[LINE];
};

static bool tracing;
static _Thread_local char request[REQUEST];

void
log_trace(bool on)
{
	tracing = on;
}

void
log_request(const char *id)
{
	(void)snprintf(request, sizeof request, "%s", id == NULL ? "" : id);
}

/* Leaves room for the mark of a cut line and the newline. */
static bool
add(struct line *line, const char *bytes, size_t n)
{
	if (line->length + n > LINE - 4)
		return false;
	memcpy(line->bytes + line->length, bytes, n);
	line->length += n;
	return true;
}

static bool
is_printable(utf8proc_int32_t point)
{
	return point >= 0x20 && (point < 0x7f || point > 0x9f) &&
	       point != 0x2028 && point != 0x2029;
}

/* One character, or one byte that is none; the number of bytes eaten, 0 when
 * the line is full. */
static size_t
add_character(struct line *line, const char *from, size_t left)
{
	utf8proc_int32_t point;
	utf8proc_ssize_t size = utf8proc_iterate(
	    (const utf8proc_uint8_t *)from, (utf8proc_ssize_t)left, &point);
	char escape[5];

	if (*from == '\\')
		return add(line, "\\\\", 2) ? 1 : 0;
	if (size > 0 && is_printable(point))
		return add(line, from, (size_t)size) ? (size_t)size : 0;
	(void)snprintf(
	    escape, sizeof escape, "\\x%02x", (unsigned)(unsigned char)*from);
	return add(line, escape, 4) ? 1 : 0;
}

static void
add_escaped(struct line *line, const char *string)
{
	size_t left = strlen(string);

	while (left > 0) {
		size_t eaten = add_character(line, string, left);
		if (eaten == 0) {
			memcpy(line->bytes + line->length, "...", 3);
			line->length += 3;
			return;
		}
		string += eaten;
		left -= eaten;
	}
}

static void
finish(struct line *line)
{
	line->bytes[line->length++] = '\n';
	/* Nobody is left to be told when the log cannot be written. */
	ssize_t written = write(STDERR_FILENO, line->bytes, line->length);
	(void)written;
}

void
log_event(enum log_level level, const char *event, const char *format, ...)
{
	struct line line = { .length = 0 };
	char stamp[CLOCK_STAMP];
	char head[256];
	char pairs[LINE];
	const int saved = errno;
	va_list list;

	if (level == LOG_TRACE && !tracing)
		return;
	clock_stamp(stamp);
	(void)snprintf(head, sizeof head, "<%d>%s %s program=%s%s%s ",
	    (int)level, stamp, event, program_invocation_short_name,
	    *request == '\0' ? "" : " request=", request);
	va_start(list, format);
	if (vsnprintf(pairs, sizeof pairs, format, list) < 0)
		*pairs = '\0';
	va_end(list);
	add_escaped(&line, head);
	add_escaped(&line, pairs);
	finish(&line);
	errno = saved;
}
