/* answer: a page becomes bytes: the document itself, the skin's HTML, or, if
 * even that fails, a page without words. */

#ifndef WEB_ANSWER_H
#define WEB_ANSWER_H

struct reply;
struct visit;

/* The page of the visit, with its head. */
void answer_page(struct visit *visit, struct reply *reply, int status);

/* The error page of that status; schema: the database has another schema. */
void answer_error(struct visit *visit, struct reply *reply, int status,
    const char *id);

/* The error page's id for a status. */
const char *answer_id(int status);

#endif
