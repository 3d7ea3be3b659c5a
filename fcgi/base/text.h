/* text: growing strings with a limit, and what is asked of UTF-8. */

#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

/* A growing string; bytes always ends in NUL. An addition that would pass the
 * limit is dropped whole, as is each one after it, and `over` says so. */
struct text {
	struct arena *arena;
	char *bytes;
	size_t length;
	size_t room;
	size_t limit;
	bool over;
};

struct text *text_new(struct arena *arena, size_t limit);
void text_add(struct text *text, const char *string);
void text_add_n(struct text *text, const void *bytes, size_t length);
void text_print(struct text *text, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Whole and well-formed UTF-8 without NUL; n in bytes. */
bool text_is_utf8(const char *bytes, size_t n);

/* No control characters (C0, DEL, C1); tab and newline count as such. */
bool text_is_plain(const char *string);

/* Code points, not bytes. */
size_t text_count(const char *string);

/* Blanks (Unicode's too) taken from both ends. */
const char *text_trim(struct arena *arena, const char *string);

/* NFC, for what is stored and shown. Here and below what is not UTF-8 comes
 * back as it is. */
const char *text_nfc(struct arena *arena, const char *string);

/* For comparing: NFKC, case folded, invisible characters dropped, trimmed,
 * each run of blanks one space. Full-width and half-width forms become the
 * same. */
const char *text_fold(struct arena *arena, const char *string);

/* Full-width ASCII to ASCII, any dash to '-': telephone, postcode, numbers. */
const char *text_narrow(struct arena *arena, const char *string);

/* Whole decimal number in [least, most]; trailing rubbish, blanks and an
 * empty string are refused. */
bool text_number(
    const char *string, int64_t least, int64_t most, int64_t *number_r);

/* All but RFC 3986's unreserved characters as %XX; keep adds bytes that stay
 * ("/" for a path). */
const char *text_percent(
    struct arena *arena, const char *string, const char *keep);

/* %XX and, in a form, '+' undone. NULL when a % is not followed by two hex
 * digits. length_r may be NULL. */
const char *text_unpercent(struct arena *arena, const char *string,
    size_t length, bool form, size_t *length_r);

const char *text_hex(struct arena *arena, const void *bytes, size_t n);
/* n bytes from 2n lower-case digits; false when it is anything else. */
bool text_unhex(const char *hex, void *bytes_r, size_t n);

/* RFC 4648 section 5, without padding. */
const char *text_base64url(struct arena *arena, const void *bytes, size_t n);
/* NULL when not canonical base64url. */
const void *text_unbase64url(
    struct arena *arena, const char *string, size_t length, size_t *length_r);

#endif
