/* test_field: what each kind of field takes and refuses, at its bounds. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "web/field.h"

static const char *const letters[] = { "a", "b", NULL };
static const struct field text = { .kind = FIELD_TEXT, .longest = 5 };
static const struct field hidden = { .kind = FIELD_HIDDEN };
static const struct field password = { .kind = FIELD_PASSWORD, .longest = 5 };
static const struct field number = {
	.kind = FIELD_NUMBER, .least = -1, .most = 10
};
static const struct field any = { .kind = FIELD_NUMBER };
static const struct field choice = { .kind = FIELD_CHOICE, .choices = letters };
static const struct field late = { .kind = FIELD_CHOICE };
static const struct field flag = { .kind = FIELD_FLAG };
static const struct field email = { .kind = FIELD_EMAIL, .longest = 254 };
static const struct field tel = { .kind = FIELD_TEL };
static const struct field postcode = { .kind = FIELD_POSTCODE };
static const struct field address = { .kind = FIELD_ADDRESS };
static const struct field directory = { .kind = FIELD_DIRECTORY };
static const struct field serial = { .kind = FIELD_SERIAL };
static const struct field code = { .kind = FIELD_CODE };
static const struct field kana = { .kind = FIELD_KANA };

#define TEN "abcdefghij"
#define SIXTY TEN TEN TEN TEN TEN TEN

/* wanted is the value, or, when it begins with '!', the problem. */
static const struct {
	const struct field *field;
	const char *typed;
	const char *wanted;
} cases[] = {
	{ &text, "", "" },
	{ &text, "   ", "" },
	{ &text, "\xE3\x80\x80", "" },
	{ &text, " ab ", "ab" },
	{ &text, "abcde", "abcde" },
	{ &text, "abcdef", "!problem.too-long" },
	{ &text, "日本語です", "日本語です" },
	{ &text, "日本語ですよ", "!problem.too-long" },
	{ &text, "e\xCC\x81", "é" },
	{ &text, "a\tb", "!problem.not-utf8" },
	{ &text, "a\nb", "!problem.not-utf8" },
	{ &text, "a\x7F", "!problem.not-utf8" },
	{ &text,
	    "a\xC2\x85"
	    "b",
	    "!problem.not-utf8" },
	{ &hidden, "a&b=<c>", "a&b=<c>" },
	{ &password, " a b ", " a b " },
	{ &password, "     ", "     " },
	{ &password, "abcdef", "!problem.too-long" },
	{ &number, "0", "0" },
	{ &number, "-1", "-1" },
	{ &number, "-2", "!problem.too-small" },
	{ &number, "10", "10" },
	{ &number, "１０", "10" },
	{ &number, " 7 ", "7" },
	{ &number, "11", "!problem.too-large" },
	{ &number, "99999999999999999999", "!problem.too-large" },
	{ &number, "-99999999999999999999", "!problem.too-small" },
	{ &number, "7a", "!problem.not-a-number" },
	{ &number, "1.5", "!problem.not-a-number" },
	{ &number, "-", "!problem.not-a-number" },
	{ &number, "0x1", "!problem.not-a-number" },
	{ &number, "1 2", "!problem.not-a-number" },
	{ &any, "9223372036854775807", "9223372036854775807" },
	{ &any, "-5", "-5" },
	{ &choice, "a", "a" },
	{ &choice, "c", "!problem.not-a-choice" },
	{ &choice, "A", "!problem.not-a-choice" },
	{ &late, "whatever", "whatever" },
	{ &flag, "yes", "yes" },
	{ &flag, "on", "yes" },
	{ &flag, "1", "yes" },
	{ &flag, "true", "yes" },
	{ &flag, "no", "!problem.not-a-choice" },
	{ &email, "a@b", "a@b" },
	{ &email, "ａ＠example．org", "a@example.org" },
	{ &email, "a.b+c@example.co.jp", "a.b+c@example.co.jp" },
	{ &email, "a@", "!problem.bad-email" },
	{ &email, "@b", "!problem.bad-email" },
	{ &email, "a@b@c", "!problem.bad-email" },
	{ &email, "a b@c", "!problem.bad-email" },
	{ &email, "a@b..c", "!problem.bad-email" },
	{ &email, "a@-b", "!problem.bad-email" },
	{ &email, "a@b\r\nBcc: c@d", "!problem.bad-email" },
	{ &email, SIXTY "abcd@b", SIXTY "abcd@b" },
	{ &email, SIXTY "abcde@b", "!problem.bad-email" },
	{ &tel, "03-1234-5678", "03-1234-5678" },
	{ &tel, "０３ー１２３４ー５６７８", "03-1234-5678" },
	{ &tel, "+81 (3) 1234 5678", "+81(3)12345678" },
	{ &tel, "110", "!problem.bad-tel" },
	{ &tel, "1234567890123456", "!problem.bad-tel" },
	{ &tel, "03-1234-567a", "!problem.bad-tel" },
	{ &postcode, "1234567", "123-4567" },
	{ &postcode, "123-4567", "123-4567" },
	{ &postcode, "〒１２３−４５６７", "123-4567" },
	{ &postcode, "123456", "!problem.bad-postcode" },
	{ &postcode, "1234-567", "!problem.bad-postcode" },
	{ &postcode, "12345678", "!problem.bad-postcode" },
	{ &address, "192.0.2.1", "192.0.2.1" },
	{ &address, "2001:DB8:0::1", "2001:db8::1" },
	{ &address, "192.0.2.256", "!problem.bad-address" },
	{ &address, "192.0.2", "!problem.bad-address" },
	{ &address, "example.org", "!problem.bad-address" },
	{ &directory, "Program Files", "Program Files" },
	{ &directory, "Program Files/wiki/", "Program Files/wiki" },
	{ &directory, "帳票/か\xE3\x82\x99", "帳票/が" },
	{ &directory, ".hidden", "!problem.bad-directory" },
	{ &directory, "a/.b", "!problem.bad-directory" },
	{ &directory, "/etc", "!problem.bad-directory" },
	{ &directory, "/", "!problem.bad-directory" },
	{ &directory, ".", "!problem.bad-directory" },
	{ &directory, "a/../b", "!problem.bad-directory" },
	{ &directory, "..", "!problem.bad-directory" },
	{ &directory, "a/./b", "!problem.bad-directory" },
	{ &directory, "a//b", "!problem.bad-directory" },
	{ &directory, "a\\b", "!problem.bad-directory" },
	{ &directory, "a<b>", "!problem.bad-directory" },
	{ &directory, "a|b", "!problem.bad-directory" },
	{ &directory, "a..b/-~$()", "a..b/-~$()" },
	{ &directory, "a\nb", "!problem.bad-directory" },
	{ &serial, "2026-0001", "2026-0001" },
	{ &serial, "２０２６ー１２３４５", "2026-12345" },
	{ &serial, "2026-001", "!problem.bad-serial" },
	{ &serial, "226-00001", "!problem.bad-serial" },
	{ &serial, "2026-0001x", "!problem.bad-serial" },
	{ &serial, "2026-0001' OR 1=1", "!problem.bad-serial" },
	{ &code, "wiki", "wiki" },
	{ &code, "wiki-2_x.y", "wiki-2_x.y" },
	{ &code, "Wiki", "!problem.bad-code" },
	{ &code, "-wiki", "!problem.bad-code" },
	{ &code, "wi/ki", "!problem.bad-code" },
	{ &kana, "スズキ タロウ", "スズキ タロウ" },
	{ &kana, "ｶﾌﾞｼｷｶﾞｲｼｬ", "カブシキガイシャ" },
	{ &kana, "すずき　たろう", "スズキ タロウ" },
	{ &kana, "カ）マルバツ", "カ)マルバツ" },
	{ &kana, "スーパー", "スーパー" },
	{ &kana, "鈴木", "!problem.bad-kana" },
	{ &kana, "Suzuki", "!problem.bad-kana" },
};

static void
check_all_kinds(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct field_result result =
		    field_check(arena, cases[i].field, cases[i].typed);
		const char *got = result.value;

		if (result.problem != NULL) {
			assert_string_equal(result.value, "");
			got = arena_print(arena, "!%s", result.problem);
		}
		if (strcmp(got, cases[i].wanted) != 0)
			print_error("typed: %s\n", cases[i].typed);
		assert_string_equal(got, cases[i].wanted);
	}
	arena_free(arena);
}

static void
check_arguments(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	assert_string_equal(field_check(arena, &number, "11").argument, "10");
	assert_string_equal(field_check(arena, &number, "-2").argument, "-1");
	assert_string_equal(field_check(arena, &text, "abcdef").argument, "5");
	assert_int_equal(field_check(arena, &number, "-1").number, -1);
	assert_int_equal(field_longest(&number), 0);
	assert_int_equal(field_longest(&hidden), 200);
	arena_free(arena);
}

/* 200 code points are taken, 201 are not, whatever their bytes. */
static void
check_usual_longest(void **state)
{
	struct arena *arena = arena_new();
	char long_text[3 * 201 + 1];

	(void)state;
	for (size_t i = 0; i < 201; i++)
		memcpy(long_text + 3 * i, "\xE3\x81\x82", 3);
	long_text[3 * 201] = '\0';
	assert_string_equal(
	    field_check(arena, &hidden, long_text).problem, "problem.too-long");
	long_text[3 * 200] = '\0';
	assert_string_equal(
	    field_check(arena, &hidden, long_text).value, long_text);
	arena_free(arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(check_all_kinds),
		cmocka_unit_test(check_arguments),
		cmocka_unit_test(check_usual_longest),
	};

	return cmocka_run_group_tests_name("field", tests, NULL, NULL);
}
