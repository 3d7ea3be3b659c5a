/* skin_file: the files of a skin, read from its folder and nowhere else. */

#include "web/skin_file.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/log.h"
#include "base/setting.h"
#include "base/text.h"

enum { LONGEST_FILE = 1 << 20 };

/* Live as long as the process. */
static struct root {
	char *path;
	size_t length;
	int folder;
} roots[2];
static size_t root_count;

static void
add_root(const char *path)
{
	char *real = realpath(path, NULL);
	int folder =
	    real != NULL ? open(real, O_PATH | O_DIRECTORY | O_CLOEXEC) : -1;

	if (folder < 0 ||
	    (root_count > 0 && strcmp(real, roots[0].path) == 0)) {
		free(real);
		return;
	}
	roots[root_count++] = (struct root){ real, strlen(real), folder };
}

void
skin_file_start(void)
{
	struct arena *arena = arena_new();
	const char *path = setting_text("skin.dir");

	if (root_count == 0) {
		add_root(path);
		add_root(arena_print(arena, "%s/../stock", path));
	}
	if (root_count == 0)
		log_event(LOG_FAULT, "skin.missing", "folder=%s", path);
	arena_free(arena);
}

const char *
skin_file_place(
    struct arena *arena, const char *folder, const char *name, size_t n)
{
	if (n >= root_count)
		return NULL;
	return arena_print(arena, "%s/%s/%s.xsl", roots[n].path, folder, name);
}

static const char *
path_of(struct arena *arena, const char *address)
{
	if (strncmp(address, "file:///", 8) == 0)
		address += 7;
	if (address[0] != '/')
		return NULL;
	return text_unpercent(arena, address, strlen(address), false, NULL);
}

static const struct root *
root_of(const char *path)
{
	for (size_t i = 0; path != NULL && i < root_count; i++)
		if (strncmp(path, roots[i].path, roots[i].length) == 0 &&
		    path[roots[i].length] == '/')
			return &roots[i];
	return NULL;
}

bool
skin_file_is_inside(const char *address)
{
	struct arena *arena = arena_new();
	bool inside = root_of(path_of(arena, address)) != NULL;

	arena_free(arena);
	return inside;
}

static int
open_beneath(const char *path)
{
	const struct root *root = root_of(path);
	struct open_how how = { .flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK,
		.resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS };

	if (root == NULL)
		return -1;
	return (int)syscall(SYS_openat2, root->folder, path + root->length + 1,
	    &how, sizeof(how));
}

const char *
skin_file_read(struct arena *arena, const char *address,
    struct skin_file *file_r, size_t *length_r)
{
	const char *path = path_of(arena, address);
	int file = open_beneath(path);
	const char *bytes = NULL;
	struct stat state;

	if (file < 0)
		return NULL;
	if (fstat(file, &state) == 0 && S_ISREG(state.st_mode)) {
		*file_r =
		    (struct skin_file){ path, state.st_mtim, state.st_size };
		bytes = file_read(arena,
		    arena_print(arena, "/proc/self/fd/%d", file), LONGEST_FILE,
		    length_r);
	}
	close(file);
	return bytes;
}

bool
skin_file_is_same(const struct skin_file *file)
{
	struct stat state;

	return stat(file->path, &state) == 0 && state.st_size == file->size &&
	       state.st_mtim.tv_sec == file->changed.tv_sec &&
	       state.st_mtim.tv_nsec == file->changed.tv_nsec;
}
