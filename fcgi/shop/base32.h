/* base32: Crockford's alphabet: digits and letters without I, L, O and U. */

#ifndef SHOP_BASE32_H
#define SHOP_BASE32_H

#include <stddef.h>

struct arena;

extern const char base32_digits[33];

/* That many characters of 5 random bits each. */
const char *base32_random(struct arena *arena, size_t count);

/* 0 to 31 of an upper-case digit; -1 for any other character. */
int base32_value(char digit);

#endif
