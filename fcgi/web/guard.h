/* guard: only forms of ours are carried out. */

#ifndef WEB_GUARD_H
#define WEB_GUARD_H

#include <stdbool.h>

struct input;
struct visit;

/* Once, at start: reads secret.form_file. False when it cannot be used
 * (logged). */
bool guard_start(void);

/* Finds the key of the form tokens: the session's, or one made of the cookie
 * of a visitor without session. */
void guard_begin(struct visit *visit);

/* For a form whose action is that screen. Without key it makes one and sets
 * the cookie behind it. */
const char *guard_token(struct visit *visit, const char *screen_name);

/* Is it the token of this visit's screen? */
bool guard_is_token(const struct visit *visit, const char *token);

/* Does the browser say that the request comes from a page of ours? True when
 * it says nothing: the token alone decides then (see guard.c). */
bool guard_is_same_site(const struct input *input);

#endif
