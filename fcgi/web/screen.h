/* screen: what a screen program declares. The frame (serve.c) does the rest:
 * input, limits, language, session, rights, token, transaction, skin. A
 * program links `x_LDADD = $(SCREEN)`. */

#ifndef WEB_SCREEN_H
#define WEB_SCREEN_H

#include "base/clock.h"
#include "data/db.h"
#include "data/work.h"
#include "web/form.h"
#include "web/page.h"
#include "web/visit.h"

/* Zero lets nobody in: a screen that forgets to declare it is closed. */
enum visitor { NOBODY, ANYBODY, CUSTOMER, STAFF };

enum outcome {
	SHOW,		/* the page as it stands, 200 (422 with problems) */
	MISSING,	/* 404: not there, or not yours */
	REFUSED,	/* 403 */
	GONE_TO,	/* 303, go_to() said where */
	RETRY,		/* the database asked for it: all again */
	BROKEN,		/* the world failed: 503, logged by the frame */
};

struct screen {
	const char *name;	/* program, path, stylesheet, page schema */
	enum visitor visitor;
	const struct field *fields;	/* ends with a field without name */
	/* Fills the page. Called for GET, for a POST whose fields were
	 * wrong, and by act itself to show the form again. */
	enum outcome (*show)(struct visit *visit);
	/* Carries a POST out; NULL when the page takes none. */
	enum outcome (*act)(struct visit *visit);
	bool while_initial;	/* open before a new password is chosen */
};

/* Each program defines exactly this one. */
extern const struct screen screen;

/* 303 to the screen, with one query parameter unless name is NULL. Always
 * returns GONE_TO. */
enum outcome go_to(struct visit *visit, const char *screen_name,
    const char *name, const char *value);

/* 303 to where login's field `next` says ("software?code=wiki"), when it
 * names a screen of ours, else to the screen. */
enum outcome go_on(
    struct visit *visit, const char *next, const char *screen_name);

/* The page that go_to leads to says this once: a message id whose last word
 * is "done" ("purchase.done"). */
void go_with(struct visit *visit, const char *message);

/* DB_OK SHOW, DB_NONE MISSING, DB_RETRY and DB_LOST RETRY, the rest BROKEN. */
enum outcome outcome_of(enum db_status status);

#endif
