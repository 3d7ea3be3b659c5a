/* carry: one request carried out in one transaction, once. */

#ifndef WEB_CARRY_H
#define WEB_CARRY_H

struct visit;

/* The HTTP status: 200, 303 (location), 403, 404, 422 or 503. For 200, 422
 * and a stale form's 403 the page stands in visit->page, else that is
 * NULL. */
int carry_out(struct visit *visit);

#endif
