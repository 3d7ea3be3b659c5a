/* test: whole small files. */

#include "lab.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/file.h"

static struct arena *arena;
static const char *folder;

static int
setup(void **state)
{
	(void)state;
	arena = arena_new();
	folder = lab_folder(arena);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static const char *
inside(const char *name)
{
	return arena_print(arena, "%s/%s", folder, name);
}

/* Entries of the folder, without . and .. */
static size_t
entries(void)
{
	DIR *open = opendir(folder);
	size_t count = 0;

	assert_non_null(open);
	while (readdir(open) != NULL)
		count++;
	(void)closedir(open);
	return count - 2;
}

static void
files_are_read_up_to_the_limit(void **state)
{
	const char *path = lab_file(arena, folder, "a", "12345");
	size_t length = 99;

	(void)state;
	assert_string_equal(file_read(arena, path, 5, &length), "12345");
	assert_int_equal(length, 5);
	assert_string_equal(file_read(arena, path, 500, NULL), "12345");
	errno = 0;
	assert_null(file_read(arena, path, 4, &length));
	assert_int_equal(errno, EFBIG);
	path = lab_file(arena, folder, "b", "");
	assert_string_equal(file_read(arena, path, 0, &length), "");
	assert_int_equal(length, 0);
}

static void
what_cannot_be_read_says_why(void **state)
{
	(void)state;
	errno = 0;
	assert_null(file_read(arena, inside("none"), 10, NULL));
	assert_int_equal(errno, ENOENT);
	errno = 0;
	assert_null(file_read(arena, folder, 10, NULL));
	assert_int_equal(errno, EISDIR);
	/* Endless, and without a size. */
	errno = 0;
	assert_null(file_read(arena, "/dev/zero", 1000, NULL));
	assert_int_equal(errno, EFBIG);
	size_t length = 0;
	assert_non_null(file_read(arena, "/proc/self/status", 100000, &length));
	assert_true(length > 100);
}

static void
files_are_replaced_whole(void **state)
{
	const char *path = inside("a");
	const char bytes[] = { 'x', '\0', 'y' };
	struct stat status;
	size_t length;

	(void)state;
	assert_true(file_replace(path, "first, longer", 13, 0644));
	assert_int_equal(stat(path, &status), 0);
	assert_int_equal(status.st_mode & 07777, 0644);
	assert_true(file_replace(path, bytes, sizeof bytes, 0600));
	const char *read = file_read(arena, path, 100, &length);
	assert_int_equal(length, 3);
	assert_memory_equal(read, bytes, 3);
	assert_int_equal(stat(path, &status), 0);
	assert_int_equal(status.st_mode & 07777, 0600);
	assert_int_equal(entries(), 1);
	assert_true(file_replace(path, "", 0, 0644));
	assert_string_equal(file_read(arena, path, 100, NULL), "");
}

static void
a_failed_replacement_leaves_nothing(void **state)
{
	(void)state;
	errno = 0;
	assert_false(file_replace(inside("no/a"), "x", 1, 0644));
	assert_int_equal(errno, ENOENT);
	/* A folder cannot be replaced by a file. */
	assert_true(file_make_folder(inside("folder"), 0755));
	errno = 0;
	assert_false(file_replace(inside("folder"), "x", 1, 0644));
	assert_int_equal(errno, EISDIR);
	assert_int_equal(entries(), 1);
	char *longest = arena_alloc(arena, 5000);
	memset(longest, 'a', 4999);
	assert_false(file_replace(longest, "x", 1, 0644));
	assert_int_equal(errno, ENAMETOOLONG);
}

static void
folders_are_made_with_those_above(void **state)
{
	struct stat status;

	(void)state;
	assert_true(file_make_folder(inside("a/b/c"), 0750));
	assert_int_equal(stat(inside("a/b/c"), &status), 0);
	assert_true(S_ISDIR(status.st_mode));
	assert_true(file_make_folder(inside("a/b/c"), 0750));
	assert_true(file_make_folder(inside("a/b/d/"), 0750));
	assert_true(file_make_folder("/", 0755));
	(void)lab_file(arena, folder, "file", "");
	errno = 0;
	assert_false(file_make_folder(inside("file"), 0755));
	assert_int_equal(errno, ENOTDIR);
	assert_false(file_make_folder(inside("file/a"), 0755));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(files_are_read_up_to_the_limit),
		TEST(what_cannot_be_read_says_why),
		TEST(files_are_replaced_whole),
		TEST(a_failed_replacement_leaves_nothing),
		TEST(folders_are_made_with_those_above),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
