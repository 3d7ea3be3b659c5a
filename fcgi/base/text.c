/* text: growing strings, and Unicode by utf8proc. The codes that turn bytes
 * into letters and back stand in code.c. */

#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/arena.h"
#include "base/must.h"

enum { FIRST_ROOM = 256 };

struct text *
text_new(struct arena *arena, size_t limit)
{
	struct text *text = arena_alloc(arena, sizeof *text);

	text->arena = arena;
	text->limit = limit;
	text->room = FIRST_ROOM;
	text->bytes = arena_alloc(arena, text->room);
	return text;
}

/* Room for so many bytes and the NUL; old bytes stay in the arena, which
 * doubling keeps below the text's own size. */
static void
grow(struct text *text, size_t length)
{
	size_t room = text->room;

	if (length < room)
		return;
	while (room <= length)
		room *= 2;
	char *bytes = arena_alloc(text->arena, room);
	memcpy(bytes, text->bytes, text->length);
	text->bytes = bytes;
	text->room = room;
}

void
text_add_n(struct text *text, const void *bytes, size_t length)
{
	if (text->over || length > text->limit - text->length) {
		text->over = true;
		return;
	}
	if (length == 0)
		return;
	grow(text, text->length + length);
	memcpy(text->bytes + text->length, bytes, length);
	text->length += length;
	text->bytes[text->length] = '\0';
}

void
text_add(struct text *text, const char *string)
{
	text_add_n(text, string, strlen(string));
}

void
text_print(struct text *text, const char *format, ...)
{
	va_list list;

	va_start(list, format);
	text_add(text, arena_vprint(text->arena, format, list));
	va_end(list);
}

/* The next character's size; a byte that begins none counts as one character
 * of number -1. 0 at the end. */
static size_t
next(const char *string, size_t left, utf8proc_int32_t *point_r)
{
	utf8proc_ssize_t size;

	if (left == 0)
		return 0;
	if ((unsigned char)*string < 0x80) {
		*point_r = *string;
		return 1;
	}
	size = utf8proc_iterate((const utf8proc_uint8_t *)string,
	    left > 4 ? 4 : (utf8proc_ssize_t)left, point_r);
	if (size > 0)
		return (size_t)size;
	*point_r = -1;
	return 1;
}

bool
text_is_utf8(const char *bytes, size_t n)
{
	utf8proc_int32_t point;

	while (n > 0) {
		size_t size = next(bytes, n, &point);
		if (point <= 0)
			return false;
		bytes += size;
		n -= size;
	}
	return true;
}

bool
text_is_plain(const char *string)
{
	size_t left = strlen(string);
	utf8proc_int32_t point;

	while (left > 0) {
		size_t size = next(string, left, &point);
		if (point < 0x20 || (point >= 0x7f && point <= 0x9f))
			return false;
		string += size;
		left -= size;
	}
	return true;
}

size_t
text_count(const char *string)
{
	size_t left = strlen(string);
	size_t count = 0;
	utf8proc_int32_t point;

	for (; left > 0; count++) {
		size_t size = next(string, left, &point);
		string += size;
		left -= size;
	}
	return count;
}

static bool
is_blank(utf8proc_int32_t point)
{
	if ((point >= '\t' && point <= '\r') || point == 0x85)
		return true;
	if (point < 0)
		return false;
	utf8proc_category_t category = utf8proc_category(point);
	return category == UTF8PROC_CATEGORY_ZS ||
	       category == UTF8PROC_CATEGORY_ZL ||
	       category == UTF8PROC_CATEGORY_ZP;
}

const char *
text_trim(struct arena *arena, const char *string)
{
	size_t left = strlen(string);
	const char *begin = NULL;
	const char *end = string;
	utf8proc_int32_t point;

	while (left > 0) {
		size_t size = next(string, left, &point);
		if (!is_blank(point)) {
			begin = begin == NULL ? string : begin;
			end = string + size;
		}
		string += size;
		left -= size;
	}
	if (begin == NULL)
		return "";
	return arena_copy_n(arena, begin, (size_t)(end - begin));
}

/* utf8proc's result as the arena's; what is not UTF-8 stays as it is. */
static const char *
map(struct arena *arena, const char *string, utf8proc_option_t options)
{
	utf8proc_uint8_t *mapped = NULL;
	utf8proc_ssize_t length = utf8proc_map((const utf8proc_uint8_t *)string,
	    0, &mapped, options | UTF8PROC_NULLTERM | UTF8PROC_STABLE);

	must(length != UTF8PROC_ERROR_NOMEM);
	if (length < 0)
		return string;
	const char *copy = arena_copy_n(arena, mapped, (size_t)length);
	free(mapped);
	return copy;
}

const char *
text_nfc(struct arena *arena, const char *string)
{
	return map(arena, string, UTF8PROC_COMPOSE);
}

static const char *
single_blanks(struct arena *arena, const char *string)
{
	size_t left = strlen(string);
	struct text *text = text_new(arena, left);
	bool blank = false;
	utf8proc_int32_t point;

	while (left > 0) {
		size_t size = next(string, left, &point);
		if (is_blank(point)) {
			blank = text->length > 0;
		} else {
			if (blank)
				text_add_n(text, " ", 1);
			text_add_n(text, string, size);
			blank = false;
		}
		string += size;
		left -= size;
	}
	return text->bytes;
}

/* Nothing there that Unicode would change, but for its case. */
static bool
is_ascii_word(const char *string)
{
	while (*string > ' ' && *string < 0x7f)
		string++;
	return *string == '\0';
}

static const char *
lower(struct arena *arena, const char *string)
{
	char *copy = arena_copy(arena, string);

	for (char *c = copy; *c != '\0'; c++)
		if (*c >= 'A' && *c <= 'Z')
			*c = (char)(*c - 'A' + 'a');
	return copy;
}

const char *
text_fold(struct arena *arena, const char *string)
{
	if (is_ascii_word(string))
		return lower(arena, string);

	const char *folded = map(arena, string,
	    UTF8PROC_COMPAT | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD |
		UTF8PROC_IGNORE);

	return single_blanks(arena, folded);
}

/* What people type for '-', the long vowel signs among it: they lie on the
 * same key. */
static bool
is_dash(utf8proc_int32_t point)
{
	static const utf8proc_int32_t others[] = { 0x2043, 0x2212, 0x2500,
		0x30fc, 0xfe58, 0xfe63, 0xff70 };

	if (point >= 0x2010 && point <= 0x2015)
		return true;
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (point == others[i])
			return true;
	return false;
}

static char
narrow(utf8proc_int32_t point)
{
	if (is_dash(point))
		return '-';
	if (point == 0x3000 || point == 0xa0)
		return ' ';
	if (point >= 0xff01 && point <= 0xff5e)
		return (char)(point - 0xff01 + '!');
	return '\0';
}

const char *
text_narrow(struct arena *arena, const char *string)
{
	size_t left = strlen(string);
	struct text *text;
	utf8proc_int32_t point;

	if (is_ascii_word(string))
		return arena_copy(arena, string);
	text = text_new(arena, left);
	while (left > 0) {
		size_t size = next(string, left, &point);
		char ascii = narrow(point);
		if (ascii != '\0')
			text_add_n(text, &ascii, 1);
		else
			text_add_n(text, string, size);
		string += size;
		left -= size;
	}
	return text->bytes;
}

bool
text_number(const char *string, int64_t least, int64_t most, int64_t *number_r)
{
	const bool negative = *string == '-';
	const char *digit = negative ? string + 1 : string;
	int64_t number = 0;

	if (*digit == '\0')
		return false;
	for (; *digit != '\0'; digit++) {
		int64_t value = *digit - '0';
		if (value < 0 || value > 9)
			return false;
		/* Downwards for the negative: there is one more of them. */
		if (__builtin_mul_overflow(number, 10, &number) ||
		    __builtin_add_overflow(
			number, negative ? -value : value, &number))
			return false;
	}
	if (number < least || number > most)
		return false;
	*number_r = number;
	return true;
}
