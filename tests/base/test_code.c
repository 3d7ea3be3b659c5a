/* test: URLs' percent codes, hexadecimal, base64url. */

#include "lab.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"

static struct arena *arena;

static int
setup(void **state)
{
	(void)state;
	arena = arena_new();
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static void
all_but_the_unreserved_is_percent_coded(void **state)
{
	static const struct {
		const char *from;
		const char *keep;
		const char *to;
	} table[] = {
		{ "", "", "" },
		{ "AZaz09-._~", "", "AZaz09-._~" },
		{ "a b&c=d/e?", "", "a%20b%26c%3Dd%2Fe%3F" },
		{ "a/b c", "/", "a/b%20c" },
		{ "鍵", "/", "%E9%8D%B5" },
		{ "\x01\xff%", "", "%01%FF%25" },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(table); i++) {
		const char *to =
		    text_percent(arena, table[i].from, table[i].keep);
		assert_string_equal(to, table[i].to);
		assert_string_equal(
		    text_unpercent(arena, to, strlen(to), false, NULL),
		    table[i].from);
	}
}

static void
percent_codes_are_undone(void **state)
{
	size_t length = 99;
	const char *nul = text_unpercent(arena, "a%00b", 5, true, &length);

	(void)state;
	assert_int_equal(length, 3);
	assert_memory_equal(nul, "a\0b\0", 4);
	assert_string_equal(
	    text_unpercent(arena, "a+b%2b%2B", 9, true, NULL), "a b++");
	assert_string_equal(
	    text_unpercent(arena, "a+b", 3, false, NULL), "a+b");
	/* Only once: a double code stays one code. */
	assert_string_equal(
	    text_unpercent(arena, "%2541", 5, true, NULL), "%41");
	assert_string_equal(text_unpercent(arena, "abc", 1, true, NULL), "a");
}

static void
broken_percent_codes_are_refused(void **state)
{
	static const char *const table[] = { "%", "%4", "a%", "a%4", "%g0",
		"%0g", "%%41", "% 41", "%-1", "%u0041", "ok%4" };

	(void)state;
	for (size_t i = 0; i < LENGTH(table); i++)
		assert_null(text_unpercent(
		    arena, table[i], strlen(table[i]), true, NULL));
	/* The digits behind the length do not count. */
	assert_null(text_unpercent(arena, "%41", 2, true, NULL));
}

static void
hexadecimal_goes_there_and_back(void **state)
{
	unsigned char bytes[4] = { 1, 2, 3, 4 };

	(void)state;
	assert_string_equal(text_hex(arena, "\x00\x0f\xa0\xff", 4), "000fa0ff");
	assert_string_equal(text_hex(arena, "", 0), "");
	assert_true(text_unhex("000fa0ff", bytes, 4));
	assert_memory_equal(bytes, "\x00\x0f\xa0\xff", 4);
	assert_true(text_unhex("", bytes, 0));
	assert_false(text_unhex("000FA0FF", bytes, 4));
	assert_false(text_unhex("000fa0f", bytes, 4));
	assert_false(text_unhex("000fa0ff0", bytes, 4));
	assert_false(text_unhex("000fa0fg", bytes, 4));
	assert_false(text_unhex(" 00fa0ff", bytes, 4));
}

/* RFC 4648, section 10, without padding, and the two letters that differ. */
static void
base64url_goes_there_and_back(void **state)
{
	static const struct {
		const char *from;
		const char *to;
	} table[] = { { "", "" }, { "f", "Zg" }, { "fo", "Zm8" },
		{ "foo", "Zm9v" }, { "foob", "Zm9vYg" }, { "fooba", "Zm9vYmE" },
		{ "foobar", "Zm9vYmFy" }, { "\xfb\xff\xbf", "-_-_" } };

	(void)state;
	for (size_t i = 0; i < LENGTH(table); i++) {
		size_t n = strlen(table[i].from);
		size_t length = 99;
		const char *to = text_base64url(arena, table[i].from, n);
		assert_string_equal(to, table[i].to);
		const void *from =
		    text_unbase64url(arena, to, strlen(to), &length);
		assert_non_null(from);
		assert_int_equal(length, n);
		assert_memory_equal(from, table[i].from, n);
	}
}

static void
only_canonical_base64url_is_taken(void **state)
{
	static const char *const table[] = { "Z", "A", "Zm9vA", "Zg==", "Zh",
		"Zm9", "Zm+v", "Zm/v", "Zm9v Yg", "Zm9vY", "Zm9v\n", "=",
		"鍵" };
	size_t length;

	(void)state;
	for (size_t i = 0; i < LENGTH(table); i++)
		assert_null(text_unbase64url(
		    arena, table[i], strlen(table[i]), &length));
	assert_null(text_unbase64url(arena, "Zg\0A", 4, &length));
}

static void
all_bytes_survive_base64url(void **state)
{
	unsigned char bytes[259];

	(void)state;
	for (size_t i = 0; i < sizeof bytes; i++)
		bytes[i] = (unsigned char)(i * 7);
	for (size_t n = 0; n <= sizeof bytes; n++) {
		size_t length = 0;
		const char *to = text_base64url(arena, bytes, n);
		const void *from =
		    text_unbase64url(arena, to, strlen(to), &length);
		assert_non_null(from);
		assert_int_equal(length, n);
		assert_memory_equal(from, bytes, n);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(all_but_the_unreserved_is_percent_coded),
		TEST(percent_codes_are_undone),
		TEST(broken_percent_codes_are_refused),
		TEST(hexadecimal_goes_there_and_back),
		TEST(base64url_goes_there_and_back),
		TEST(only_canonical_base64url_is_taken),
		TEST(all_bytes_survive_base64url),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
