/* cookie: the shop's cookies, named and bounded as browsers protect them. */

#ifndef WEB_COOKIE_H
#define WEB_COOKIE_H

struct reply;
struct visit;

enum { COOKIE_OF_SESSION = 0, COOKIE_YEAR = 365 * 24 * 3600 };

/* "" when absent or not of our characters. */
const char *cookie_text(const struct visit *visit, const char *name);

/* HttpOnly, SameSite=Lax, Path=base; behind https Secure and with the prefix
 * __Host- (__Secure- below a path). value "" takes the cookie away. */
void cookie_set(struct reply *reply, const struct visit *visit,
    const char *name, const char *value, int seconds);

#endif
