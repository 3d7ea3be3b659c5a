/* gate: the frame of programs that other programs call: no session, no skin,
 * the raw body in, bytes out. A program links `x_LDADD = $(GATE)`. */

#ifndef WEB_GATE_H
#define WEB_GATE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "data/work.h"

struct fcgi;
struct input;
struct query;

struct call {
	struct work *work;
	const struct input *input;	/* these two are the frame's */
	const struct query *fields;
	const char *request_id;
	const char *method;	/* "GET" or "POST" (HEAD counts as GET) */
	const char *path_info;	/* "" when absent */
	const char *query;	/* "" when absent */
	const char *content_type;
	const char *accept;
	const char *address;
	const char *body;	/* ends in NUL; complete, or the call was 400 */
	size_t length;
	struct fcgi *wire;	/* the frame's */
};

struct answer {
	int status;
	const char *content_type;
	const char *body;	/* NULL for an empty one */
	size_t length;
	int file;		/* its length bytes instead, when not 0; the
				   frame closes it */
	/* further header lines: name, value, name, value, NULL; Set-Cookie,
	 * Status and Content-Type are the frame's */
	const char *headers[13];
};

enum gate_method { GATE_POST = 1, GATE_GET = 2 };

struct gate {
	const char *name;
	unsigned methods;	/* of enum gate_method; others get 405 */
	size_t limit;		/* largest body in bytes */
	/* Its bodies are larger than memory: call.body is "", call.length
	 * what was said to come, and act reads it by call_read. */
	bool streams;
	/* Once, after the settings were read; false ends the program. */
	bool (*start)(void);
	/* Before the program ends in order; NULL for nothing to do. */
	void (*end)(void);
	/* Fills the answer, which begins as 500 without a body. Transactions
	 * are its own affair (db_transact). */
	void (*act)(const struct call *call, struct answer *answer);
};

extern const struct gate gate;

/* Plain text, whatever the caller would rather have: a refusal, mostly. */
void gate_say(struct answer *answer, int status, const char *words);

/* A request header as the web server hands it over ("HTTP_X"); NULL when
 * absent. */
const char *call_header(const struct call *call, const char *name);

/* Of a gate that streams: the next bytes of the body, at most size; 0 at the
 * end, -1 when the connection is lost. Only who has got call.length bytes has
 * the whole. */
ssize_t call_read(const struct call *call, void *bytes, size_t size);

/* A field of a form-encoded body (of the query for a GET). NULL when absent;
 * *doubled_r when it came twice or is not UTF-8, or the body is broken. */
const char *call_field(
    const struct call *call, const char *name, bool *doubled_r);

#endif
