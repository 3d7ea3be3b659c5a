/* common_password: passwords that guessers try first. */

#ifndef SHOP_COMMON_PASSWORD_H
#define SHOP_COMMON_PASSWORD_H

#include <stdbool.h>

struct arena;

/* Both folded. True when little is left of the password without common words,
 * the login, keyboard and number runs and repetitions: password12345678,
 * qwertyuiopasdfgh, adminadminadmin1. */
bool common_password(
    struct arena *arena, const char *password, const char *login);

#endif
