/* test_heap: blocks are whole, their own, and used again; too much ends the
 * process. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>
#include <libxml/xmlmemory.h>

#include "base/sanitizer.h"
#include "web/heap.h"

enum { BLOCKS = 3000, TURNS = 60000, BORDER = 4608 };

static struct kept {
	unsigned char *bytes;
	size_t size;
	unsigned char sign;
} kept[BLOCKS];

static unsigned
dice(unsigned sides)
{
	static uint64_t state = 20021225;

	state = state * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(state >> 33) % sides;
}

/* Mostly small, as libxml2 takes them; some around the largest small one. */
static size_t
size_by_dice(void)
{
	switch (dice(8)) {
	case 0:
		return dice(100000);
	case 1:
		return BORDER - 20 + dice(40);
	default:
		return dice(200);
	}
}

static void
check_whole(const struct kept *block, size_t size)
{
	for (size_t i = 0; i < size; i++)
		assert_int_equal(block->bytes[i], block->sign);
}

static void
fill(struct kept *block, size_t size)
{
	block->size = size;
	block->sign = (unsigned char)dice(256);
	memset(block->bytes, block->sign, size);
}

static void
change(struct kept *block)
{
	const size_t size = size_by_dice();

	if (block->bytes == NULL) {
		block->bytes = xmlMalloc(size);
	} else if (dice(3) == 0) {
		block->bytes = xmlRealloc(block->bytes, size);
		check_whole(block, size < block->size ? size : block->size);
	} else {
		check_whole(block, block->size);
		xmlFree(block->bytes);
		block->bytes = NULL;
		return;
	}
	assert_int_equal((uintptr_t)block->bytes % 16, 0);
	fill(block, size);
}

/* Whoever wrote into another's block is found out. */
static void
check_blocks(void **state)
{
	(void)state;
	for (size_t i = 0; i < TURNS; i++)
		change(&kept[dice(BLOCKS)]);
	for (size_t i = 0; i < BLOCKS; i++)
		if (kept[i].bytes != NULL) {
			check_whole(&kept[i], kept[i].size);
			xmlFree(kept[i].bytes);
		}
}

static void
check_edges(void **state)
{
	char *nothing = xmlMalloc(0);
	char *copy = (char *)xmlMemStrdup("鍵屋");

	(void)state;
	assert_non_null(nothing);
	nothing = xmlRealloc(nothing, 0);
	assert_non_null(nothing);
	xmlFree(nothing);
	xmlFree(NULL);
	assert_string_equal(copy, "鍵屋");
	copy = xmlRealloc(copy, 10000);
	assert_string_equal(copy, "鍵屋");
	xmlFree(copy);
	copy = xmlRealloc(NULL, 10);
	assert_non_null(copy);
	xmlFree(copy);
}

/* What is given back is the next that is taken: memory does not grow. */
static void
check_again(void **state)
{
	(void)state;
	for (size_t size = 1; size <= BORDER; size += 13) {
		void *first = xmlMalloc(size);

		xmlFree(first);
		if (!SANITIZER)
			assert_ptr_equal(xmlMalloc(size), first);
	}
}

/* take(): in a child; how it ended. */
static int
end_of(void (*take)(void))
{
	int status = 0;
	const pid_t child = fork();

	if (child == 0) {
		close(STDERR_FILENO);
		take();
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

static void
take_much(void)
{
	for (size_t i = 0; i < 300; i++)
		memset(xmlMalloc(1 << 20), 1, 1);
}

static void
take_many(void)
{
	for (size_t i = 0; i < 3000000; i++)
		memset(xmlMalloc(96), 1, 1);
}

static void
take_some(void)
{
	for (size_t i = 0; i < 200; i++)
		memset(xmlMalloc(1 << 20), 1, 1);
}

static void
give_twice(void)
{
	void *block = xmlMalloc(40);

	xmlFree(block);
	xmlFree(block);
}

static void
check_limit(void **state)
{
	(void)state;
	assert_int_equal(end_of(take_some), 0);
	assert_int_equal(end_of(take_much), 70);
	assert_int_equal(end_of(take_many), 70);
	assert_int_not_equal(end_of(give_twice), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(check_blocks),
		cmocka_unit_test(check_edges),
		cmocka_unit_test(check_again),
		cmocka_unit_test(check_limit),
	};

	heap_start();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
