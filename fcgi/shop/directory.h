/* directory: places inside an area. */

#ifndef SHOP_DIRECTORY_H
#define SHOP_DIRECTORY_H

#include <stdbool.h>

struct arena;

/* Without blanks around, doubled slashes or slashes at the ends. NULL when it
 * has a part "." or "..", a backslash or a control character, is the agent's
 * own ".kagiya" or in it, is no UTF-8 or longer than 200 characters: it is no
 * place inside an area. "" is the area itself. */
const char *directory_clean(struct arena *arena, const char *typed);

/* The same, or one inside the other. Both clean. */
bool directory_meets(const char *a, const char *b);

#endif
