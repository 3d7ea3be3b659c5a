/* visit: one request, from its acceptance to its answer. */

#ifndef WEB_VISIT_H
#define WEB_VISIT_H

#include <stdbool.h>

#include "data/work.h"

struct account;
struct form;
struct page;
struct screen;
struct session;

struct visit {
	struct work *work;
	const struct screen *screen;
	const char *request_id;		/* in the log and on error pages */
	const char *method;		/* "GET" or "POST" (HEAD counts as GET) */
	const char *base;		/* path prefix, begins and ends in / */
	const char *language;		/* "ja" or "en" */
	const char *address;		/* of the client */
	const char *user_agent;
	bool wants_xml;			/* Accept: application/xml */
	const struct account *account;	/* NULL before login */
	const struct session *session;	/* NULL before login */
	struct form *form;
	struct page *page;
	const char *location;		/* of a 303 */
	const char *set_session;	/* new token, "" to take it away */
};

/* Login: from now on this browser is the session with that token. */
void visit_set_session(struct visit *visit, const char *token);

#endif
