/* head: what every page says before its own element. */

#ifndef WEB_HEAD_H
#define WEB_HEAD_H

struct page;
struct visit;

/* The page's attributes and its parts site, session and language; also the
 * message a redirection brought along. status 200 is not said. */
void head_add(struct visit *visit, struct page *page, int status);

#endif
