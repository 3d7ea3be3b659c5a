/* test: memory of one lifetime. */

#include "lab.h"

#include <string.h>
#include <sys/wait.h>

#include "base/arena.h"

static char order[8];

static void
note(void *handle)
{
	strncat(order, handle, 1);
}

static void
memory_is_zeroed_and_aligned(void **state)
{
	static const size_t sizes[] = { 0, 1, 7, 8, 15, 16, 17, 100, 16383,
		16384, 16385, 100000, 3 };
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < LENGTH(sizes); i++) {
		unsigned char *bytes = arena_alloc(arena, sizes[i]);
		assert_non_null(bytes);
		assert_int_equal((uintptr_t)bytes % _Alignof(max_align_t), 0);
		for (size_t j = 0; j < sizes[i]; j++)
			assert_int_equal(bytes[j], 0);
		memset(bytes, 0xee, sizes[i]);
	}
	arena_free(arena);
}

static void
allocations_do_not_overlap(void **state)
{
	enum { COUNT = 2000 };
	struct arena *arena = arena_new();
	unsigned char *places[COUNT];

	(void)state;
	for (size_t i = 0; i < COUNT; i++) {
		places[i] = arena_alloc(arena, i % 97 + 1);
		memset(places[i], (int)(i % 251), i % 97 + 1);
	}
	for (size_t i = 0; i < COUNT; i++)
		for (size_t j = 0; j < i % 97 + 1; j++)
			assert_int_equal(places[i][j], i % 251);
	arena_free(arena);
}

static void
copies_end_in_nul(void **state)
{
	struct arena *arena = arena_new();
	const char from[] = { 'a', '\0', 'b', 'c' };

	(void)state;
	assert_string_equal(arena_copy(arena, ""), "");
	assert_string_equal(arena_copy(arena, "鍵屋"), "鍵屋");
	const char *copy = arena_copy_n(arena, from, sizeof from);
	assert_memory_equal(copy, "a\0bc\0", 5);
	assert_string_equal(arena_copy_n(arena, NULL, 0), "");
	/* The NUL lies in room of its own, whatever comes next. */
	const char *exact = arena_copy(arena, "0123456789abcdef");
	memset(arena_alloc(arena, 16), 0xee, 16);
	assert_string_equal(exact, "0123456789abcdef");
	arena_free(arena);
}

static void
prints_take_what_they_need(void **state)
{
	struct arena *arena = arena_new();
	const char *long_text = arena_print(arena, "%0*d", 50000, 7);

	(void)state;
	assert_string_equal(arena_print(arena, "%s-%d", "a", 5), "a-5");
	assert_string_equal(arena_print(arena, "%s", ""), "");
	assert_int_equal(strlen(long_text), 50000);
	assert_int_equal(long_text[49999], '7');
	arena_free(arena);
}

static void
handles_are_released_last_first(void **state)
{
	struct arena *arena = arena_new();
	char names[] = "abc";

	(void)state;
	*order = '\0';
	for (size_t i = 0; i < 3; i++)
		arena_defer(arena, note, &names[i]);
	assert_string_equal(order, "");
	arena_free(arena);
	assert_string_equal(order, "cba");
}

static void
take_too_many(void)
{
	volatile size_t count = SIZE_MAX / 2;

	(void)arena_array(arena_new(), count, 3);
}

static void
take_too_much(void)
{
	volatile size_t size = SIZE_MAX - 8;

	(void)arena_alloc(arena_new(), size);
}

static void
take_more_than_there_is(void)
{
	volatile size_t size = PTRDIFF_MAX / 2;

	(void)arena_alloc(arena_new(), size);
}

static void
too_much_ends_the_process(void **state)
{
	(void)state;
	assert_true(lab_breaks(take_too_many, "overflow"));
	assert_true(lab_breaks(take_too_much, "PTRDIFF_MAX"));
	/* The sanitizer ends the process itself, in its own words. */
	if (!LAB_ASAN)
		assert_true(
		    lab_breaks(take_more_than_there_is, "block != NULL"));
}

#if LAB_ASAN
/* The second neighbour takes the blame away from the block's end. */
static void
write_behind(void)
{
	struct arena *arena = arena_new();
	volatile char *bytes = arena_alloc(arena, 5);

	(void)arena_alloc(arena, 64);
	bytes[5] = 1;
}

static void
the_sanitizer_sees_the_byte_behind(void **state)
{
	struct arena *arena = arena_new();
	int status;
	const char *complaint = lab_complaint(arena, write_behind, &status);

	(void)state;
	assert_true(!WIFEXITED(status) || WEXITSTATUS(status) != 0);
	assert_non_null(strstr(complaint, "heap-buffer-overflow"));
	arena_free(arena);
}
#endif

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(memory_is_zeroed_and_aligned),
		cmocka_unit_test(allocations_do_not_overlap),
		cmocka_unit_test(copies_end_in_nul),
		cmocka_unit_test(prints_take_what_they_need),
		cmocka_unit_test(handles_are_released_last_first),
		cmocka_unit_test(too_much_ends_the_process),
#if LAB_ASAN
		cmocka_unit_test(the_sanitizer_sees_the_byte_behind),
#endif
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
