/* base32: random texts that people can read to each other. */

#include "shop/base32.h"

#include <string.h>

#include "base/arena.h"
#include "base/secret.h"

const char base32_digits[33] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

const char *
base32_random(struct arena *arena, size_t count)
{
	unsigned char *bits = arena_alloc(arena, count);
	char *text = arena_alloc(arena, count + 1);

	/* 256 is a multiple of 32: the low five bits are evenly spread. */
	secret_random(bits, count);
	for (size_t i = 0; i < count; i++)
		text[i] = base32_digits[bits[i] & 31];
	return text;
}

int
base32_value(char digit)
{
	const char *place = digit == '\0' ? NULL : strchr(base32_digits, digit);

	return place == NULL ? -1 : (int)(place - base32_digits);
}
