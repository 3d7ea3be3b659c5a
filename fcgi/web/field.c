/* field: what each kind of field makes of the text that was typed. */

#include "web/field.h"

#include <arpa/inet.h>
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/must.h"
#include "base/text.h"

enum { USUAL_LONGEST = 200 };

#define DIGITS "0123456789"
#define SMALL "abcdefghijklmnopqrstuvwxyz"
#define LETTERS SMALL "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

/* Each returns the value to keep, or NULL when it is not of the kind. */
typedef const char *checker(struct arena *arena, const char *typed);

static const char *
narrow(struct arena *arena, const char *typed)
{
	return text_trim(arena, text_narrow(arena, typed));
}

static const char *
check_text(struct arena *arena, const char *typed)
{
	const char *value = text_trim(arena, text_nfc(arena, typed));

	return text_is_plain(value) ? value : NULL;
}

static const char *
check_password(struct arena *arena, const char *typed)
{
	(void)arena;
	return typed;
}

static const char *
check_flag(struct arena *arena, const char *typed)
{
	/* What browsers and other programs say for a ticked box. */
	static const char *const yes[] = { "yes", "on", "1", "true" };

	(void)arena;
	for (size_t i = 0; i < sizeof(yes) / sizeof(yes[0]); i++)
		if (strcmp(typed, yes[i]) == 0)
			return yes[0];
	return NULL;
}

/* Letters, digits and '-' between dots; none empty, none of more than 63. */
static bool
is_host(const char *host)
{
	for (;;) {
		size_t n = strspn(host, LETTERS DIGITS "-");

		if (n == 0 || n > 63 || host[0] == '-' || host[n - 1] == '-')
			return false;
		if (host[n] == '\0')
			return true;
		if (host[n] != '.')
			return false;
		host += n + 1;
	}
}

/* What HTML's <input type=email> takes; 254 bytes as in RFC 5321. */
static const char *
check_email(struct arena *arena, const char *typed)
{
	const char *value = narrow(arena, typed);
	size_t n = strspn(value, LETTERS DIGITS ".!#$%&'*+/=?^_`{|}~-");

	if (n == 0 || n > 64 || value[n] != '@' || strlen(value) > 254)
		return NULL;
	return is_host(value + n + 1) ? value : NULL;
}

static const char *
without(struct arena *arena, const char *string, const char *unwanted)
{
	char *kept = arena_copy(arena, string);
	char *end = kept;

	for (const char *c = string; *c != '\0'; c++)
		if (strchr(unwanted, *c) == NULL)
			*end++ = *c;
	*end = '\0';
	return kept;
}

static size_t
count_digits(const char *string)
{
	size_t count = 0;

	for (; *string != '\0'; string++)
		count += *string >= '0' && *string <= '9';
	return count;
}

/* At most 15 digits: E.164. */
static const char *
check_tel(struct arena *arena, const char *typed)
{
	const char *value = without(arena, narrow(arena, typed), " ");
	size_t digits = count_digits(value);

	if (strspn(value, DIGITS "-+()") != strlen(value))
		return NULL;
	return digits >= 4 && digits <= 15 && strlen(value) <= 24 ? value
								  : NULL;
}

static const char *
check_postcode(struct arena *arena, const char *typed)
{
	static const char mark[] = "\xE3\x80\x92"; /* U+3012 */
	const char *value = narrow(arena, typed);

	if (strncmp(value, mark, strlen(mark)) == 0)
		value = narrow(arena, value + strlen(mark));
	if (strlen(value) == 8 && value[3] == '-')
		value = without(arena, value, "-");
	if (strlen(value) != 7 || count_digits(value) != 7)
		return NULL;
	return arena_print(arena, "%.3s-%s", value, value + 3);
}

static const char *
check_address(struct arena *arena, const char *typed)
{
	static const int families[] = { AF_INET, AF_INET6 };
	const char *value = narrow(arena, typed);
	unsigned char bytes[sizeof(struct in6_addr)];
	char text[INET6_ADDRSTRLEN];

	for (size_t i = 0; i < 2; i++)
		if (inet_pton(families[i], value, bytes) == 1)
			return arena_copy(arena,
			    inet_ntop(families[i], bytes, text, sizeof(text)));
	return NULL;
}

/* Web servers show nothing below a name that begins with a dot, and the signs
 * mean something to other systems on the way to a copy. */
static bool
is_part(const char *part, size_t n)
{
	return n > 0 && n <= 255 && part[0] != '.' &&
	       strcspn(part, "\\:*?\"<>|") >= n;
}

static const char *
check_directory(struct arena *arena, const char *typed)
{
	const char *value = check_text(arena, typed);
	size_t n = value != NULL ? strlen(value) : 0;

	if (n > 1 && value[n - 1] == '/')
		value = arena_copy_n(arena, value, n - 1);
	for (const char *part = value; part != NULL;) {
		n = strcspn(part, "/");
		if (!is_part(part, n))
			return NULL;
		part = part[n] == '/' ? part + n + 1 : NULL;
	}
	return value;
}

static const char *
check_serial(struct arena *arena, const char *typed)
{
	const char *value = narrow(arena, typed);
	size_t n = strlen(value);

	if (n < 9 || n > 20 || strspn(value, DIGITS) != 4 || value[4] != '-')
		return NULL;
	return strspn(value + 5, DIGITS) == n - 5 ? value : NULL;
}

static const char *
check_code(struct arena *arena, const char *typed)
{
	const char *value = narrow(arena, typed);

	if (strspn(value, SMALL DIGITS) == 0)
		return NULL;
	return value[strspn(value, SMALL DIGITS "-._")] == '\0' ? value : NULL;
}

/* U+3041..3096 become katakana, 0x60 further on; both take three bytes. */
static void
kana_of_hiragana(unsigned char *c)
{
	unsigned code =
	    (c[0] & 0x0Fu) << 12 | (c[1] & 0x3Fu) << 6 | (c[2] & 0x3Fu);

	if (code < 0x3041 || code > 0x3096)
		return;
	code += 0x60;
	c[1] = (unsigned char)(0x80 | (code >> 6 & 0x3F));
	c[2] = (unsigned char)(0x80 | (code & 0x3F));
}

static bool
is_katakana(const unsigned char *c)
{
	return c[0] == 0xE3 && (c[1] == 0x82 ? c[2] >= 0xA0 : c[1] == 0x83);
}

/* Blanks, brackets, dot and hyphen stand in the names banks send, too. */
static const char *
check_kana(struct arena *arena, const char *typed)
{
	char *value = arena_copy(arena, text_fold(arena, typed));
	unsigned char *c = (unsigned char *)value;

	while (*c != '\0') {
		if (strchr(" ().-", *c) != NULL) {
			c++;
			continue;
		}
		if (*c != 0xE3)
			return NULL;
		kana_of_hiragana(c);
		if (!is_katakana(c))
			return NULL;
		c += 3;
	}
	return value;
}

static const struct {
	const char *name;
	checker *check;
	const char *problem;
	bool has_longest;
} kinds[] = {
	[FIELD_TEXT] = { "text", check_text, "problem.not-utf8", true },
	[FIELD_PASSWORD] = { "password", check_password, "", true },
	[FIELD_NUMBER] = { "number", narrow, "", false },
	[FIELD_CHOICE] = { "choice", check_text, "problem.not-a-choice",
	    false },
	[FIELD_FLAG] = { "flag", check_flag, "problem.not-a-choice", false },
	[FIELD_EMAIL] = { "email", check_email, "problem.bad-email", true },
	[FIELD_TEL] = { "tel", check_tel, "problem.bad-tel", true },
	[FIELD_POSTCODE] = { "postcode", check_postcode, "problem.bad-postcode",
	    true },
	[FIELD_ADDRESS] = { "address", check_address, "problem.bad-address",
	    true },
	[FIELD_DIRECTORY] = { "directory", check_directory,
	    "problem.bad-directory", true },
	[FIELD_SERIAL] = { "serial", check_serial, "problem.bad-serial", true },
	[FIELD_CODE] = { "code", check_code, "problem.bad-code", true },
	[FIELD_KANA] = { "kana", check_kana, "problem.bad-kana", true },
	[FIELD_HIDDEN] = { "hidden", check_text, "problem.not-utf8", true },
};

const char *
field_kind_name(enum field_kind kind)
{
	must(kind > FIELD_NONE && kind < FIELD_EXTRA);
	return kinds[kind].name;
}

size_t
field_longest(const struct field *field)
{
	if (!kinds[field->kind].has_longest)
		return 0;
	return field->longest != 0 ? field->longest : USUAL_LONGEST;
}

static struct field_result
wrong(const char *problem, const char *argument)
{
	return (struct field_result){
		.value = "", .problem = problem, .argument = argument
	};
}

static bool
is_open(const struct field *field)
{
	return field->least == 0 && field->most == 0;
}

/* A whole number too long for 64 bits is too large, not no number. */
static struct field_result
check_number(struct arena *arena, const struct field *field, const char *value)
{
	int64_t number = INT64_MAX;
	bool minus = value[0] == '-';

	if (!text_number(value, INT64_MIN, INT64_MAX, &number)) {
		size_t n = strspn(value + minus, DIGITS);

		if (n == 0 || value[minus + n] != '\0')
			return wrong("problem.not-a-number", NULL);
		number = minus ? INT64_MIN : INT64_MAX;
	}
	if (number < field->least && !is_open(field))
		return wrong("problem.too-small",
		    arena_print(arena, "%" PRId64, field->least));
	if (number > field->most && !is_open(field))
		return wrong("problem.too-large",
		    arena_print(arena, "%" PRId64, field->most));
	return (struct field_result){ .value = arena_print(
					  arena, "%" PRId64, number),
		.number = number };
}

static bool
is_choice(const struct field *field, const char *value)
{
	if (field->choices == NULL)
		return true;
	for (size_t i = 0; field->choices[i] != NULL; i++)
		if (strcmp(field->choices[i], value) == 0)
			return true;
	return false;
}

struct field_result
field_check(struct arena *arena, const struct field *field, const char *typed)
{
	size_t longest = field_longest(field);
	const char *value;

	must(field->kind > FIELD_NONE && field->kind < FIELD_EXTRA);
	if (typed[0] == '\0' || (field->kind != FIELD_PASSWORD &&
				    text_trim(arena, typed)[0] == '\0'))
		return (struct field_result){ .value = "" };
	value = kinds[field->kind].check(arena, typed);
	if (value == NULL)
		return wrong(kinds[field->kind].problem, NULL);
	if (longest != 0 && text_count(value) > longest)
		return wrong(
		    "problem.too-long", arena_print(arena, "%zu", longest));
	if (field->kind == FIELD_NUMBER)
		return check_number(arena, field, value);
	if (field->kind == FIELD_CHOICE && !is_choice(field, value))
		return wrong("problem.not-a-choice", NULL);
	return (struct field_result){ .value = value };
}
