/* test_markup: text and fragments from outside never spoil a page. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/clock.h"
#include "web/markup.h"
#include "web/page.h"
#include "web/skin.h"

static const char *const mended[][2] = {
	{ "", "" },
	{ "plain", "plain" },
	{ "日本語 é 𝄞", "日本語 é 𝄞" },
	{ "tab\tline\nreturn\r", "tab\tline\nreturn\r" },
	{ "a\x01"
	  "b\x1F",
	    "a?b?" },
	{ "\x7F", "\x7F" },
	{ "\xC0\xAF", "??" },
	{ "\xE0\x80\xAF", "???" },
	{ "\xF4\x90\x80\x80", "????" },
	{ "\xF5", "?" },
	{ "\xED\xA0\x80", "???" },
	{ "\xEF\xBF\xBF", "???" },
	{ "\xEF\xBF\xBE", "???" },
	{ "\xEF\xBF\xBD", "\xEF\xBF\xBD" },
	{ "cut \xE3\x81", "cut ??" },
	{ "\x80", "?" },
};

static void
check_mending(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < sizeof(mended) / sizeof(mended[0]); i++)
		assert_string_equal(
		    markup_mend(arena, mended[i][0]), mended[i][1]);
	arena_free(arena);
}

static const char *
document(struct arena *arena, const struct page *page)
{
	size_t length;

	return skin_document(arena, page, &length);
}

static const char *const fragments[][2] = {
	{ "plain", "plain" },
	{ "a &amp; b &lt;c&gt;", "a &amp; b &lt;c&gt;" },
	{ "<p>one</p><p>two</p>", "<p>one</p><p>two</p>" },
	{ "<p class='x' onclick='y'>z</p>", "<p>z</p>" },
	{ "<script>alert(1)</script>", "alert(1)" },
	{ "<ul><li>a<ol><li>b</li></ol></li></ul>",
	    "<ul><li>a<ol><li>b</li></ol></li></ul>" },
	{ "<ul>text<p>x</p><li>a</li></ul>", "<ul><li>a</li></ul>" },
	{ "<li>loose</li>", "loose" },
	{ "<p>a<p>b</p></p>", "<p>ab</p>" },
	{ "<em>a<ul><li>b</li></ul></em>", "<em>ab</em>" },
	{ "<a href=\"https://x/?a&amp;b\">l</a>",
	    "<a href=\"https://x/?a&amp;b\">l</a>" },
	{ "<a href=\"javascript:x\">l</a>", "l" },
	{ "<a href=\" https://x\">l</a>", "l" },
	{ "<a>l</a>", "l" },
	{ "a<br/>b<br>c</br>", "a<br/>b<br/>" },
	{ "<![CDATA[<b>]]>", "&lt;b&gt;" },
	{ "<!-- c --><?p i?>x", "x" },
	{ "<svg xmlns='http://www.w3.org/2000/svg'><a href='https://x'>y</a>"
	  "</svg>",
	    "<a href=\"https://x\">y</a>" },
	{ "<b>not closed", "&lt;b&gt;not closed" },
	{ "</x><x>", "&lt;/x&gt;&lt;x&gt;" },
	{ "&nbsp;", "&amp;nbsp;" },
	{ "<!DOCTYPE x>", "&lt;!DOCTYPE x&gt;" },
};

static void
check_fragments(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < sizeof(fragments) / sizeof(fragments[0]); i++) {
		struct page *page = page_new(arena, "x", "en");
		const char *wanted =
		    arena_print(arena, "<rich>%s</rich>", fragments[i][1]);

		page_markup(page, "rich", NULL, fragments[i][0]);
		if (strstr(document(arena, page), wanted) == NULL)
			print_error(
			    "%s\n%s\n", fragments[i][0], document(arena, page));
		assert_non_null(strstr(document(arena, page), wanted));
	}
	arena_free(arena);
}

/* Too long to be parsed, too deep to be copied: still a page. */
static void
check_large_fragments(void **state)
{
	struct arena *arena = arena_new();
	char *large = arena_alloc(arena, 100001);
	struct page *page = page_new(arena, "x", "en");

	(void)state;
	for (size_t i = 0; i < 100000; i += 4)
		memcpy(large + i, "<em>", 4);
	page_markup(page, "rich", NULL, large);
	assert_non_null(strstr(document(arena, page), "&lt;em&gt;&lt;em&gt;"));
	page = page_new(arena, "x", "en");
	large = arena_alloc(arena, 9 * 100 + 1);
	for (size_t i = 0; i < 100; i++) {
		memcpy(large + 4 * i, "<em>", 4);
		memcpy(large + 400 + 5 * i, "</em>", 5);
	}
	page_markup(page, "rich", NULL, large);
	assert_non_null(strstr(document(arena, page), "<em><em>"));
	arena_free(arena);
}

static void
check_order_of_head(void **state)
{
	struct arena *arena = arena_new();
	struct page *page = page_new(arena, "x", "en");

	(void)state;
	page_open(page, "x");
	page_message(page, "x.done", "a & b");
	page_problem(page, "f", "x.bad", NULL);
	page_part_open(page, PAGE_FORM, "form");
	page_open(page, "field");
	page_close(page);
	page_close(page);
	page_text(page, "inside", "<&>");
	page_problem(page, NULL, "x.worse", "\xFF");
	page_part_open(page, PAGE_SITE, "site");
	page_close(page);
	page_close(page);
	page_end(page);
	assert_true(page_has_problem(page));
	assert_non_null(strstr(document(arena, page),
	    "<page screen=\"x\" xml:lang=\"en\"><site/><form><field/></form>"
	    "<problem id=\"x.bad\" field=\"f\"/><problem id=\"x.worse\">"
	    "<argument>?</argument></problem><message id=\"x.done\">"
	    "<argument>a &amp; b</argument></message>"
	    "<x><inside>&lt;&amp;&gt;</inside></x></page>"));
	arena_free(arena);
}

static void
check_attributes(void **state)
{
	struct arena *arena = arena_new();
	struct page *page = page_new(arena, "x", "en");

	(void)state;
	page_open(page, "x");
	page_attribute(page, "none", NULL);
	page_attribute(page, "text", "a\"<&>'\n");
	page_number(page, "number", INT64_MIN);
	page_flag(page, "yes", true);
	page_flag(page, "no", false);
	page_day(page, "never", CLOCK_NO_DAY);
	page_day(page, "day", 0);
	page_time(page, "never", 0);
	page_time(page, "time", 1);
	page_text(page, "none", NULL);
	page_close(page);
	assert_non_null(strstr(document(arena, page),
	    "<x text=\"a&quot;&lt;&amp;&gt;'&#10;\" "
	    "number=\"-9223372036854775808\" yes=\"yes\" no=\"no\" "
	    "day=\"1970-01-01\" time=\"1970-01-01T00:00:01Z\"/>"));
	arena_free(arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(check_mending),
		cmocka_unit_test(check_fragments),
		cmocka_unit_test(check_large_fragments),
		cmocka_unit_test(check_order_of_head),
		cmocka_unit_test(check_attributes),
	};

	return cmocka_run_group_tests_name("markup", tests, NULL, NULL);
}
