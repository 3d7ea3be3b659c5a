/* fetch: documents and archives over HTTP, within limits. The one module that
 * includes libcurl: for the agent, the worker and the tools alike. */

#ifndef DEPOT_FETCH_H
#define DEPOT_FETCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

struct fetch {
	const char *url;	/* http or https */
	int64_t limit;		/* bytes; one more ends it */
	const char *body;	/* POST when not NULL */
	size_t body_length;
	/* POST of so many bytes of a file from its start, when not 0; told how
	 * many have gone, may be NULL, false ends it. */
	int body_fd;
	int64_t body_size;
	bool (*sent)(void *sent_context, int64_t bytes);
	void *sent_context;
	const char *content_type;	/* of the body */
	const char *const *headers;	/* lines "Name: value", NULL at the
					   end; or NULL */
	const char *wanted;	/* name of the answer's header to give back */
	/* Takes the bytes as they come; false ends it. NULL: they are
	 * collected in memory. */
	bool (*take)(void *context, const void *bytes, size_t length);
	void *context;
};

enum fetch_end {
	FETCH_OK,		/* status 200, all of it */
	FETCH_STATUS,		/* another status; see fetched.status */
	FETCH_TOO_LARGE,
	FETCH_STOPPED,		/* take() or sent() wanted no more */
	FETCH_UNREACHABLE,	/* refused, reset, cut, too slow, no name */
};

struct fetched {
	long status;		/* 0: no answer */
	const char *bytes;	/* end in NUL; "" when take() was given */
	size_t length;
	const char *header;	/* the wanted one; "" when absent */
	const char *trouble;	/* English words for FETCH_UNREACHABLE */
};

/* No redirects, no proxy, no cookies; connect 5 s, at least 1 KiB/s over any
 * 60 s, TLS checked. */
enum fetch_end fetch(struct arena *arena, const struct fetch *fetch,
    struct fetched *fetched_r);

#endif
