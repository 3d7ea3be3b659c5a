/* visit: one request, from its acceptance to its answer. */

#ifndef WEB_VISIT_H
#define WEB_VISIT_H

#include <stdbool.h>

#include "data/work.h"

struct account;
struct form;
struct input;
struct page;
struct query;
struct screen;
struct session;

struct visit {
	struct work *work;
	const struct screen *screen;
	const char *request_id;		/* in the log and on error pages */
	const char *method;		/* "GET" (a HEAD, too) or "POST" */
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
	const struct query *body;
	const struct query *query;
	const char *set_session;	/* new token, "" to take it away */
	const char *set_language;
	const char *done;		/* message id for the next page */
	const unsigned char *form_key;	/* key of the form tokens, or NULL */
	const char *set_visitor;	/* new cookie behind form_key */
	bool language_chosen;	/* by the visitor himself, here */
	bool keep;
	bool stale;			/* the POST's form token was wrong */
	bool other_schema;		/* the database is not of our version */
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

/* For the frame: what the request says of itself, before any database. */
struct visit *visit_new(struct work *work, const struct screen *declared,
    const struct input *input);

/* Parses body and query. False when they are broken, and then empty. */
bool visit_read(struct visit *visit);

/* Path and query of a screen of ours; name NULL for no query. */
const char *visit_location(const struct visit *visit, const char *screen_name,
    const char *name, const char *value);

/* An address below the base stays as it is; a relative one gets the base. */
const char *visit_address(const struct visit *visit, const char *address);

#endif
