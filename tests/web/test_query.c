/* test_query: whatever bytes a form or an address holds, they are taken
 * apart as they were put together, or refused. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/text.h"
#include "web/input.h"
#include "web/markup.h"
#include "web/query.h"

enum { ROUNDS = 20000, LONGEST = 64 };

/* The same numbers in each run. */
static uint32_t seed = 2463534242;

static uint32_t
any(uint32_t below)
{
	seed ^= seed << 13;
	seed ^= seed >> 17;
	seed ^= seed << 5;
	return seed % below;
}

static void
check_parts(void **state)
{
	struct arena *arena = arena_new();
	const char *body = "a=1&b=%20+x&&c&=d&a=2&e=a=b&%66=%E3%81%82";
	const struct query *query = query_parse(arena, body, strlen(body));
	const struct query_pair *pair;

	(void)state;
	assert_int_equal(query->count, 7);
	assert_int_equal(query_find(query, "a", &pair), 2);
	assert_string_equal(pair->value, "1");
	assert_int_equal(query_find(query, "b", &pair), 1);
	assert_string_equal(pair->value, "  x");
	assert_int_equal(query_find(query, "c", &pair), 1);
	assert_string_equal(pair->value, "");
	assert_int_equal(query_find(query, "", &pair), 1);
	assert_string_equal(pair->value, "d");
	assert_int_equal(query_find(query, "e", &pair), 1);
	assert_string_equal(pair->value, "a=b");
	assert_int_equal(query_find(query, "f", &pair), 1);
	assert_string_equal(pair->value, "あ");
	assert_int_equal(query_find(query, "g", &pair), 0);
	assert_null(pair);
	arena_free(arena);
}

static void
check_refusals(void **state)
{
	static const char *const broken[] = { "%", "a=%", "a=%4", "a=%zz",
		"%FF=1", "%00=1", "a=1&%=2" };
	struct arena *arena = arena_new();
	const struct query_pair *pair;

	(void)state;
	for (size_t i = 0; i < sizeof(broken) / sizeof(broken[0]); i++)
		assert_null(query_parse(arena, broken[i], strlen(broken[i])));
	assert_int_equal(query_parse(arena, "", 0)->count, 0);
	query_find(query_parse(arena, "a=%FF", 5), "a", &pair);
	assert_false(pair->good);
	query_find(query_parse(arena, "a=x%00y", 7), "a", &pair);
	assert_false(pair->good);
	query_find(query_parse(arena, "a=x\0y", 5), "a", &pair);
	assert_false(pair->good);
	arena_free(arena);
}

/* Any bytes: no fault, and text that is fit for a page. */
static void
check_any_bytes(void **state)
{
	static const char often[] = "%%%&&==+;0123456789ABCDEFabcdef";

	(void)state;
	for (unsigned round = 0; round < ROUNDS; round++) {
		struct arena *arena = arena_new();
		char *bytes = arena_alloc(arena, LONGEST);
		size_t n = any(LONGEST);
		const struct query *query;

		for (size_t i = 0; i < n; i++)
			bytes[i] = any(4) != 0 ? often[any(sizeof(often) - 1)]
					       : (char)any(256);
		query = query_parse(arena, bytes, n);
		for (size_t i = 0; query != NULL && i < query->count; i++) {
			const char *mended =
			    markup_mend(arena, query->pairs[i].value);

			assert_true(text_is_utf8(mended, strlen(mended)));
			assert_int_equal(
			    strlen(mended), strlen(query->pairs[i].value));
		}
		arena_free(arena);
	}
}

/* What is written with percent signs is read back the same. */
static void
check_there_and_back(void **state)
{
	(void)state;
	for (unsigned round = 0; round < ROUNDS; round++) {
		struct arena *arena = arena_new();
		char *value = arena_alloc(arena, LONGEST);
		size_t n = any(LONGEST - 1);
		const char *body;
		const struct query_pair *pair;

		for (size_t i = 0; i < n; i++)
			value[i] = (char)(1 + any(255));
		body = arena_print(
		    arena, "x=1&name=%s", text_percent(arena, value, ""));
		assert_int_equal(
		    query_find(
			query_parse(arena, body, strlen(body)), "name", &pair),
		    1);
		assert_string_equal(pair->value, value);
		assert_int_equal(pair->good, text_is_utf8(value, n));
		arena_free(arena);
	}
}

static void
check_preferences(void **state)
{
	static const struct {
		const char *accept;
		bool xml;
	} cases[] = {
		{ "", false },
		{ "*/*", false },
		{ "application/xml", true },
		{ "Application/XML; charset=utf-8", true },
		{ "text/html", false },
		{ "text/html, application/xml", false },
		{ "text/html;q=0.5, application/xml", true },
		{ "application/xml;q=0", false },
		{ "application/xml;q=0.1,*/*", true },
		{ "application/xmlx", false },
		{ ",,;;q=,", false },
	};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char *parameters[] = { arena_copy(arena, "REQUEST_METHOD=GET"),
			arena_print(arena, "HTTP_ACCEPT=%s", cases[i].accept),
			NULL };
		struct input input;

		input_begin(&input, arena, parameters);
		assert_int_equal(input.fault, 0);
		if (input_prefers(&input, "application/xml") != cases[i].xml)
			print_error("%s\n", cases[i].accept);
		assert_int_equal(
		    input_prefers(&input, "application/xml"), cases[i].xml);
	}
	arena_free(arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(check_parts),
		cmocka_unit_test(check_refusals),
		cmocka_unit_test(check_any_bytes),
		cmocka_unit_test(check_there_and_back),
		cmocka_unit_test(check_preferences),
	};

	return cmocka_run_group_tests_name("query", tests, NULL, NULL);
}
