/* reply: status, header lines and body of an answer. */

#ifndef WEB_REPLY_H
#define WEB_REPLY_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct fcgi;
struct text;

struct reply {
	struct arena *arena;
	const char *request_id;
	int status;
	const char *type;	/* with its charset */
	const char *body;
	size_t length;
	int file;		/* the body instead, when not 0; closed */
	struct text *headers;
};

/* With the header lines that every answer has, whatever its status. */
struct reply *reply_new(struct arena *arena, const char *request_id);

/* A value with control characters is a bug. */
void reply_header(struct reply *reply, const char *name, const char *value);

/* The page for when there is no page: no skin, no language, no words that
 * need one. */
void reply_plain(struct reply *reply, int status);

/* Sends it all at once; a HEAD gets no body. */
void reply_send(struct reply *reply, struct fcgi *fcgi, bool head);

/* Is the shop's address https? */
bool reply_is_secure(void);

#endif
