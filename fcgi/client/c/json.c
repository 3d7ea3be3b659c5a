/* json: reads a flat JSON object of strings and whole numbers, in place. What
 * it reads was signed by the shop, or lies in a file of our own. */

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "kit.h"

struct reader {
	char *at;
	char *end; /* there is a '\0' */
};

static void
skip_blanks(struct reader *reader)
{
	reader->at += strspn(reader->at, " \t\r\n");
}

static bool
take(struct reader *reader, char c)
{
	skip_blanks(reader);
	if (*reader->at != c)
		return false;
	reader->at++;
	return true;
}

static bool
read_hex(struct reader *reader, unsigned *value_r)
{
	*value_r = 0;
	for (int i = 0; i < 4; i++) {
		static const char digits[] = "0123456789abcdefABCDEF";
		const char *digit =
		    *reader->at == '\0' ? NULL : strchr(digits, *reader->at);

		if (digit == NULL)
			return false;
		const unsigned n = (unsigned)(digit - digits);
		*value_r = *value_r << 4 | (n < 16 ? n : n - 6);
		reader->at++;
	}
	return true;
}

/* Behind "\u". A character of two halves has the second right behind. */
static bool
read_character(struct reader *reader, unsigned *c_r)
{
	unsigned low;

	if (!read_hex(reader, c_r) || *c_r == 0 ||
	    (*c_r >= 0xDC00 && *c_r < 0xE000))
		return false;
	if (*c_r < 0xD800 || *c_r >= 0xE000)
		return true;
	if (reader->at[0] != '\\' || reader->at[1] != 'u')
		return false;
	reader->at += 2;
	if (!read_hex(reader, &low) || low < 0xDC00 || low >= 0xE000)
		return false;
	*c_r = 0x10000 + ((*c_r - 0xD800) << 10) + (low - 0xDC00);
	return true;
}

/* UTF-8 is never longer than the escapes it stands for. */
static char *
put_character(char *out, unsigned c)
{
	if (c < 0x80) {
		*out++ = (char)c;
		return out;
	}
	if (c < 0x800) {
		*out++ = (char)(0xC0 | c >> 6);
	} else {
		if (c < 0x10000) {
			*out++ = (char)(0xE0 | c >> 12);
		} else {
			*out++ = (char)(0xF0 | c >> 18);
			*out++ = (char)(0x80 | (c >> 12 & 0x3F));
		}
		*out++ = (char)(0x80 | (c >> 6 & 0x3F));
	}
	*out++ = (char)(0x80 | (c & 0x3F));
	return out;
}

/* At a backslash. */
static char *
read_escape(struct reader *reader, char *out)
{
	static const char plain[] = "\"\\/bfnrt";
	static const char meant[] = "\"\\/\b\f\n\r\t";
	const char c = *++reader->at;
	const char *found = c == '\0' ? NULL : strchr(plain, c);
	unsigned character;

	if (found != NULL) {
		reader->at++;
		*out++ = meant[found - plain];
		return out;
	}
	if (c != 'u')
		return NULL;
	reader->at++;
	return read_character(reader, &character)
		   ? put_character(out, character)
		   : NULL;
}

static bool
is_more(char c)
{
	return ((unsigned char)c & 0xC0) == 0x80;
}

/* How many bytes the character has, or 0 when it is none: RFC 3629, neither
 * longer than it must be nor half of another. */
static size_t
length_of(const char *text)
{
	const unsigned char first = (unsigned char)text[0];

	if (first < 0x20)
		return 0;
	if (first < 0x80)
		return 1;
	if (first < 0xC2 || first > 0xF4 || !is_more(text[1]))
		return 0;
	const unsigned char second = (unsigned char)text[1];
	if (first < 0xE0)
		return 2;
	if ((first == 0xE0 && second < 0xA0) ||
	    (first == 0xED && second >= 0xA0) ||
	    (first == 0xF0 && second < 0x90) ||
	    (first == 0xF4 && second >= 0x90) || !is_more(text[2]))
		return 0;
	if (first < 0xF0)
		return 3;
	return is_more(text[3]) ? 4 : 0;
}

static bool
read_string(struct reader *reader, const char **string_r)
{
	if (!take(reader, '"'))
		return false;
	char *out = reader->at;
	*string_r = out;
	while (*reader->at != '"') {
		const size_t length = length_of(reader->at);

		if (length == 0)
			return false;
		if (*reader->at == '\\') {
			if ((out = read_escape(reader, out)) == NULL)
				return false;
			continue;
		}
		memmove(out, reader->at, length);
		out += length;
		reader->at += length;
	}
	reader->at++;
	*out = '\0';
	return true;
}

/* What comes later than this kit may bring more than it knows. */
static bool
pass_over(struct reader *reader)
{
	const char *ignored;
	int depth = 0;

	do {
		const char c = *reader->at;

		if (c == '\0')
			return false;
		if (c == '"') {
			if (!read_string(reader, &ignored))
				return false;
			continue;
		}
		depth += (c == '{' || c == '[') - (c == '}' || c == ']');
		reader->at++;
	} while (depth > 0);
	return true;
}

static bool
read_number(struct reader *reader, struct kagiya_member *member)
{
	const char *digits = reader->at + (*reader->at == '-');
	const size_t count = strspn(digits, "0123456789");
	char *end;

	if (count == 0 || (count > 1 && *digits == '0'))
		return false;
	errno = 0;
	member->number = strtoll(reader->at, &end, 10);
	reader->at = end + strspn(end, "0123456789+-.eE");
	member->is_number = errno == 0 && reader->at == end;
	return true;
}

static bool
read_word(struct reader *reader)
{
	static const char *const words[] = { "true", "false", "null" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		const size_t length = strlen(words[i]);

		if (strncmp(reader->at, words[i], length) == 0) {
			reader->at += length;
			return true;
		}
	}
	return false;
}

static bool
read_value(struct reader *reader, struct kagiya_member *member)
{
	skip_blanks(reader);
	switch (*reader->at) {
	case '"':
		return read_string(reader, &member->string);
	case '{':
	case '[':
		return pass_over(reader);
	case 't':
	case 'f':
	case 'n':
		return read_word(reader);
	default:
		return read_number(reader, member);
	}
}

static bool
is_new(const struct kagiya_member *members, int count, const char *name)
{
	for (int i = 0; i < count; i++)
		if (strcmp(members[i].name, name) == 0)
			return false;
	return true;
}

static int
read_members(struct reader *reader, struct kagiya_member *members, int most)
{
	int count = 0;

	if (take(reader, '}'))
		return 0;
	do {
		struct kagiya_member member = { .name = NULL };

		if (count == most || !read_string(reader, &member.name) ||
		    !take(reader, ':') || !read_value(reader, &member) ||
		    !is_new(members, count, member.name))
			return -1;
		members[count++] = member;
	} while (take(reader, ','));
	return take(reader, '}') ? count : -1;
}

int
kagiya_json_read(
    char *bytes, size_t length, struct kagiya_member *members, int most)
{
	struct reader reader = { .at = bytes, .end = bytes + length };

	if (!take(&reader, '{'))
		return -1;
	const int count = read_members(&reader, members, most);
	skip_blanks(&reader);
	return reader.at == reader.end ? count : -1;
}
