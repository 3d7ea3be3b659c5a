/* test: growing strings and Unicode. */

#include "lab.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"

struct pair {
	const char *from;
	const char *to;
};

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
compare(const struct pair *table, size_t count,
    const char *(*function)(struct arena *arena, const char *string))
{
	for (size_t i = 0; i < count; i++) {
		const char *to = function(arena, table[i].from);
		assert_string_equal(to, table[i].to);
		/* Doing it again changes nothing. */
		assert_string_equal(function(arena, to), table[i].to);
	}
}

static void
texts_grow_to_their_limit(void **state)
{
	struct text *text = text_new(arena, 10000);

	(void)state;
	assert_string_equal(text->bytes, "");
	for (int i = 0; i < 1000; i++)
		text_print(text, "%09d,", i);
	assert_int_equal(text->length, 10000);
	assert_false(text->over);
	assert_memory_equal(text->bytes + 9990, "000000999,", 11);
	text_add(text, "");
	assert_false(text->over);
	text_add(text, "x");
	assert_true(text->over);
	assert_int_equal(text->length, 10000);
	assert_int_equal(strlen(text->bytes), 10000);
}

static void
what_passes_the_limit_leaves_no_hole(void **state)
{
	struct text *text = text_new(arena, 5);

	(void)state;
	text_add(text, "abc");
	text_add(text, "鍵");
	text_add(text, "鍵");
	assert_true(text->over);
	text_add(text, "z");
	assert_string_equal(text->bytes, "abc");
	struct text *none = text_new(arena, 0);
	text_add_n(none, "a", 1);
	assert_true(none->over);
	assert_string_equal(none->bytes, "");
}

static void
utf8_is_known(void **state)
{
	static const char *const good[] = { "", "a", "é", "鍵屋", "\U0001f511",
		"\x7f", "\U0010ffff" };
	static const char *const bad[] = { "\x80", "\xc0\x80", "\xc1\xbf",
		"\xe0\x80\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xff",
		"a\xe9", "\xe9\x8d", "\xf0\x9f\x94", "\xf8\x88\x80\x80\x80" };

	(void)state;
	for (size_t i = 0; i < LENGTH(good); i++)
		assert_true(text_is_utf8(good[i], strlen(good[i])));
	for (size_t i = 0; i < LENGTH(bad); i++)
		assert_false(text_is_utf8(bad[i], strlen(bad[i])));
	assert_false(text_is_utf8("a\0b", 3));
	/* Not a byte beyond n is looked at. */
	assert_false(text_is_utf8("鍵", 2));
}

static void
control_characters_are_known(void **state)
{
	static const char *const bad[] = { "\n", "a\tb", "\r\n", "\x1b[0m",
		"\x7f", "\xc2\x85", "\xc2\x9f", "\xff" };

	(void)state;
	assert_true(text_is_plain(""));
	assert_true(text_is_plain("鍵屋 a~\u00a0\u3000"));
	for (size_t i = 0; i < LENGTH(bad); i++)
		assert_false(text_is_plain(bad[i]));
}

static void
characters_are_counted(void **state)
{
	(void)state;
	assert_int_equal(text_count(""), 0);
	assert_int_equal(text_count("abc"), 3);
	assert_int_equal(text_count("鍵屋"), 2);
	assert_int_equal(text_count("\U0001f511"), 1);
	assert_int_equal(text_count("a\xff\xff"), 3);
}

static void
blanks_are_trimmed(void **state)
{
	static const struct pair table[] = { { "", "" }, { "   ", "" },
		{ "a", "a" }, { " \t\r\na b\u3000\u00a0", "a b" },
		{ "\u2003鍵 屋\u2028", "鍵 屋" }, { "\xc2\x85x", "x" },
		{ " \xff ", "\xff" } };

	(void)state;
	compare(table, LENGTH(table), text_trim);
}

static void
accents_are_composed(void **state)
{
	static const struct pair table[] = { { "", "" },
		{ "e\u0301", "\u00e9" }, { "か\u3099", "が" },
		{ "ＡＢＣ", "ＡＢＣ" }, { "ｶﾞ", "ｶﾞ" }, { "\xff", "\xff" } };

	(void)state;
	compare(table, LENGTH(table), text_nfc);
}

static void
forms_that_mean_the_same_fold_together(void **state)
{
	static const struct pair table[] = {
		{ "", "" },
		{ " \u3000 ", "" },
		{ "ＡＢＣ商事", "abc商事" },
		{ "abc\u3000商事", "abc 商事" },
		{ "  Abc \t\n 商事 ", "abc 商事" },
		{ "ｶﾞｷﾞｸﾞ", "ガギグ" },
		{ "か\u3099き", "がき" },
		{ "㈱鍵屋", "(株)鍵屋" },
		{ "①", "1" },
		{ "Straße", "strasse" },
		{ "ΣΊΣΥΦΟΣ", "σίσυφοσ" },
		{ "a\u00adb\u200bc", "abc" },
		{ "03-1234", "03-1234" },
		{ "０３－１２３４", "03-1234" },
		{ "\xff", "\xff" },
	};

	(void)state;
	compare(table, LENGTH(table), text_fold);
}

static void
numbers_of_people_become_ascii(void **state)
{
	static const struct pair table[] = {
		{ "", "" },
		{ "０３－１２３４－５６７８", "03-1234-5678" },
		{ "０３ー１２３４ー５６７８", "03-1234-5678" },
		{ "03ｰ1234‐5678", "03-1234-5678" },
		{ "03−1234–5678", "03-1234-5678" },
		{ "100─0001", "100-0001" },
		{ "（０３）１２３４　５６７８", "(03)1234 5678" },
		{ "+81 3", "+81 3" },
		{ "～", "~" },
		{ "東京", "東京" },
		{ "\xff", "\xff" },
	};

	(void)state;
	compare(table, LENGTH(table), text_narrow);
}

static void
numbers_are_whole_and_within(void **state)
{
	static const struct {
		const char *string;
		int64_t least;
		int64_t most;
		int64_t number;
	} good[] = {
		{ "0", 0, 0, 0 },
		{ "-0", 0, 0, 0 },
		{ "007", 0, 10, 7 },
		{ "-5", -5, 5, -5 },
		{ "9223372036854775807", INT64_MIN, INT64_MAX, INT64_MAX },
		{ "-9223372036854775808", INT64_MIN, INT64_MAX, INT64_MIN },
	};
	static const char *const bad[] = { "", "-", "+1", " 1", "1 ", "1.0",
		"1e3", "0x1", "--1", "１", "9223372036854775808",
		"-9223372036854775809", "99999999999999999999999", "1\n" };
	int64_t number;

	(void)state;
	for (size_t i = 0; i < LENGTH(good); i++) {
		assert_true(text_number(
		    good[i].string, good[i].least, good[i].most, &number));
		assert_true(number == good[i].number);
	}
	for (size_t i = 0; i < LENGTH(bad); i++)
		assert_false(
		    text_number(bad[i], INT64_MIN, INT64_MAX, &number));
	assert_false(text_number("4", 5, 9, &number));
	assert_false(text_number("10", 5, 9, &number));
	assert_true(text_number("5", 5, 9, &number));
	assert_true(text_number("9", 5, 9, &number));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(texts_grow_to_their_limit),
		TEST(what_passes_the_limit_leaves_no_hole),
		TEST(utf8_is_known),
		TEST(control_characters_are_known),
		TEST(characters_are_counted),
		TEST(blanks_are_trimmed),
		TEST(accents_are_composed),
		TEST(forms_that_mean_the_same_fold_together),
		TEST(numbers_of_people_become_ascii),
		TEST(numbers_are_whole_and_within),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
