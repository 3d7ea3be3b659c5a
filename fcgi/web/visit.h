/* visit: one request, from its acceptance to its answer. */

#ifndef WEB_VISIT_H
#define WEB_VISIT_H

#include <stdbool.h>

#include "data/work.h"

struct account;
struct form;
struct input;
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

	/* The frame's own. */
	const struct input *input;
	const char *set_session;	/* new token, "" to take it away */
	const char *set_language;
	const char *done;		/* message id for the next page */
	const char *form_key;		/* what the form tokens are made of */
	const char *set_visitor;	/* new cookie behind form_key */
	bool keep;
	bool stale;			/* the POST's form token was wrong */
};

/* Login: from now on this browser is the session with that token; "" takes
 * the session away (logout). */
void visit_set_session(struct visit *visit, const char *token);

/* Remembers the language in a cookie ("ja" or "en"), as the page's links do.
 * It counts before the account's own, so whoever changes that sets both. */
void visit_set_language(struct visit *visit, const char *language);

/* What a POST wrote is kept although its page has problems: wrong passwords
 * are counted. Without it a page with problems is rolled back. */
void visit_keep(struct visit *visit);

#endif
