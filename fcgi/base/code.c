/* code: bytes as letters of URLs, of hexadecimal and of base64url, and back;
 * declared in text.h. */

#include <string.h>

#include "base/arena.h"
#include "base/must.h"
#include "base/text.h"

static const char hex_digits[] = "0123456789abcdef";
static const char base64_digits[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

static bool
is_unreserved(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
	       (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' ||
	       c == '~';
}

const char *
text_percent(struct arena *arena, const char *string, const char *keep)
{
	size_t length = strlen(string);
	char *result = arena_array(arena, length + 1, 3);
	char *end = result;

	for (; *string != '\0'; string++) {
		unsigned char byte = (unsigned char)*string;
		if (is_unreserved(*string) || strchr(keep, *string) != NULL) {
			*end++ = *string;
			continue;
		}
		*end++ = '%';
		*end++ = "0123456789ABCDEF"[byte >> 4];
		*end++ = "0123456789ABCDEF"[byte & 15];
	}
	return result;
}

/* -1 when it is none. */
static int
hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

const char *
text_unpercent(struct arena *arena, const char *string, size_t length,
    bool form, size_t *length_r)
{
	char *result = arena_alloc(arena, length + 1);
	size_t end = 0;

	for (size_t i = 0; i < length; i++) {
		char c = string[i];
		if (c == '%') {
			if (length - i < 3)
				return NULL;
			int high = hex_value(string[i + 1]);
			int low = hex_value(string[i + 2]);
			if (high < 0 || low < 0)
				return NULL;
			c = (char)(high << 4 | low);
			i += 2;
		} else if (form && c == '+') {
			c = ' ';
		}
		result[end++] = c;
	}
	if (length_r != NULL)
		*length_r = end;
	return result;
}

const char *
text_hex(struct arena *arena, const void *bytes, size_t n)
{
	const unsigned char *byte = bytes;

	must(n < SIZE_MAX / 2);
	char *hex = arena_alloc(arena, 2 * n + 1);
	for (size_t i = 0; i < n; i++) {
		hex[2 * i] = hex_digits[byte[i] >> 4];
		hex[2 * i + 1] = hex_digits[byte[i] & 15];
	}
	return hex;
}

bool
text_unhex(const char *hex, void *bytes_r, size_t n)
{
	unsigned char *byte = bytes_r;

	if (strlen(hex) != 2 * n || strspn(hex, hex_digits) != 2 * n)
		return false;
	for (size_t i = 0; i < n; i++)
		byte[i] = (unsigned char)(hex_value(hex[2 * i]) << 4 |
					  hex_value(hex[2 * i + 1]));
	return true;
}

const char *
text_base64url(struct arena *arena, const void *bytes, size_t n)
{
	const unsigned char *byte = bytes;

	must(n < SIZE_MAX / 2);
	char *result = arena_alloc(arena, n / 3 * 4 + 5);
	char *end = result;
	unsigned bits = 0;
	int count = 0;

	for (size_t i = 0; i < n; i++) {
		bits = bits << 8 | byte[i];
		for (count += 8; count >= 6; count -= 6)
			*end++ = base64_digits[bits >> (count - 6) & 63];
		bits &= (1u << count) - 1;
	}
	if (count > 0)
		*end = base64_digits[bits << (6 - count) & 63];
	return result;
}

static int
base64_value(char c)
{
	const char *digit = c == '\0' ? NULL : strchr(base64_digits, c);

	return digit == NULL ? -1 : (int)(digit - base64_digits);
}

/* Canonical: no single digit left over, no bit set behind the last byte. So
 * each string of bytes has one form only. */
const void *
text_unbase64url(
    struct arena *arena, const char *string, size_t length, size_t *length_r)
{
	unsigned char *result = arena_alloc(arena, length / 4 * 3 + 3);
	unsigned bits = 0;
	int count = 0;
	size_t end = 0;

	for (size_t i = 0; i < length; i++) {
		int value = base64_value(string[i]);
		if (value < 0)
			return NULL;
		bits = bits << 6 | (unsigned)value;
		count += 6;
		if (count >= 8) {
			count -= 8;
			result[end++] = (unsigned char)(bits >> count);
			bits &= (1u << count) - 1;
		}
	}
	if (count >= 6 || bits != 0)
		return NULL;
	*length_r = end;
	return result;
}
