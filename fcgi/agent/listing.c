/* listing: what a tar of a customer's tree does not say. Lines
 * `KIND MODE SECONDS.NANOSECONDS PATH MORE`, percent-encoded. */

#include "agent/listing.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "agent/dir.h"
#include "agent/wire.h"
#include "base/arena.h"
#include "base/text.h"
#include "depot/path.h"

enum {
	LINE = 8 * PATH_MAX,
	MOST = 4000000, /* lines */
};

bool
listing_is_plain(const char *path)
{
	return strncmp(path, ".kagiya", 7) != 0 && path_problem(path) == NULL;
}

struct listing {
	struct wire wire;
};

struct listing *
listing_new(struct arena *arena, int fd)
{
	struct listing *listing = arena_alloc(arena, sizeof(*listing));

	listing->wire.fd = fd;
	return listing;
}

static char
kind_of(const struct stat *status, int64_t odd)
{
	if (S_ISDIR(status->st_mode))
		return 'd';
	if (S_ISLNK(status->st_mode))
		return 'l';
	if (S_ISFIFO(status->st_mode))
		return 'p';
	return odd > 0 ? 'o' : 'f';
}

bool
listing_add(struct listing *listing, const char *path,
    const struct stat *status, const char *target, int64_t odd)
{
	struct arena *own = arena_new();
	struct text *line = text_new(own, LINE);
	bool right;

	text_print(line, "%c %o %lld.%09ld %s ", kind_of(status, odd),
	    (unsigned)(status->st_mode & 0777),
	    (long long)status->st_mtim.tv_sec, status->st_mtim.tv_nsec,
	    text_percent(own, path, "/"));
	if (odd > 0)
		text_print(line, "%lld", (long long)odd);
	else if (target != NULL)
		text_add(line, text_percent(own, target, "/"));
	text_add(line, "\n");
	right = wire_give(&listing->wire, line->bytes, line->length);
	arena_free(own);
	return right;
}

bool
listing_end(struct listing *listing)
{
	return wire_flush(&listing->wire);
}

/* One line, read. */
struct item {
	char kind;
	mode_t mode;
	struct timespec time;
	const char *path;
	const char *more;
};

struct applying {
	struct arena *arena;
	int tree;
	int stage;
	FILE *lines;
	const char *path; /* where it is */
	/* Where the lines on folders begin. */
	long *folders;
	size_t count;
	size_t room;
};

static bool
is_below(const char *path)
{
	for (const char *part = path;; part++) {
		const size_t length = strcspn(part, "/");

		if (length == 0 || length > NAME_MAX ||
		    (length == 1 && part[0] == '.') ||
		    (length == 2 && part[0] == '.' && part[1] == '.'))
			return false;
		part += length;
		if (*part == '\0')
			return true;
	}
}

static const char *
decode(struct arena *arena, const char *word)
{
	size_t length = 0;
	const char *text =
	    text_unpercent(arena, word, strlen(word), false, &length);

	return text == NULL || strlen(text) != length || length >= PATH_MAX
		   ? NULL
		   : text;
}

static bool
parse(struct arena *arena, const char *line, struct item *item_r)
{
	char path[LINE], more[LINE];
	long long seconds;
	unsigned mode;
	long nano;
	const int words = sscanf(line, "%c %o %lld.%9ld %32000s %32000s",
	    &item_r->kind, &mode, &seconds, &nano, path, more);

	if (words < 5 || nano < 0 || nano > 999999999)
		return false;
	item_r->mode = mode & 0777;
	item_r->time = (struct timespec){ seconds, nano };
	item_r->path = decode(arena, path);
	item_r->more = words == 6 ? decode(arena, more) : "";
	return item_r->path != NULL && item_r->more != NULL &&
	       is_below(item_r->path);
}

/* Their lines are wanted again, from the last to the first: by then nothing
 * below them is to be changed any more. */
static bool
note_folder(struct applying *applying, long at)
{
	if (applying->count == applying->room) {
		const size_t room =
		    applying->room == 0 ? 1024 : 2 * applying->room;
		long *more = arena_array(applying->arena, room, sizeof(*more));

		if (applying->count > 0)
			memcpy(more, applying->folders,
			    applying->count * sizeof(*more));
		applying->folders = more;
		applying->room = room;
	}
	applying->folders[applying->count++] = at;
	return true;
}

static bool
set_state(int above, const char *name, const struct item *item)
{
	const struct timespec times[2] = { item->time, item->time };
	const int fd = dir_open(above, name, O_RDONLY | O_NONBLOCK, 0);
	bool right;

	if (fd < 0)
		return false;
	right = fchmod(fd, item->mode) == 0 && futimens(fd, times) == 0;
	(void)close(fd);
	return right;
}

static bool
make_other(int above, const char *name, const struct item *item)
{
	const struct timespec times[2] = { item->time, item->time };

	if (item->kind == 'p' ? mkfifoat(above, name, item->mode) != 0
			      : *item->more == '\0' ||
				    symlinkat(item->more, above, name) != 0)
		return false;
	return utimensat(above, name, times, AT_SYMLINK_NOFOLLOW) == 0;
}

static bool
move_odd(struct applying *applying, int above, const char *name,
    const struct item *item)
{
	int64_t number;
	char from[64];

	if (!text_number(item->more, 1, MOST, &number)) {
		errno = EINVAL;
		return false;
	}
	(void)snprintf(from, sizeof(from), "odd/%lld", (long long)number);
	return renameat2(
		   applying->stage, from, above, name, RENAME_NOREPLACE) == 0 &&
	       set_state(above, name, item);
}

static bool
apply_at(struct applying *applying, int above, const char *name,
    const struct item *item)
{
	switch (item->kind) {
	case 'f':
		return set_state(above, name, item);
	case 'l':
	case 'p':
		return make_other(above, name, item);
	case 'o':
		return move_odd(applying, above, name, item);
	default:
		errno = EINVAL;
		return false;
	}
}

static bool
apply(struct applying *applying, const struct item *item, long at)
{
	const char *name;
	int above;
	bool right;

	if (item->kind == 'd')
		return note_folder(applying, at) &&
		       dir_make(applying->tree, item->path);
	above = dir_open_above(applying->tree, item->path, &name);
	if (above < 0)
		return false;
	right = apply_at(applying, above, name, item);
	(void)close(above);
	return right;
}

/* The line there, or the next one. */
static bool
take_line(struct applying *applying, long at, char *line,
    bool (*take)(struct applying *applying, const struct item *item, long at))
{
	struct arena *own = arena_new();
	struct item item;
	bool right = strchr(line, '\n') != NULL && parse(own, line, &item);

	if (!right) {
		errno = EINVAL;
	} else {
		right = take(applying, &item, at);
		if (!right)
			applying->path = arena_copy(applying->arena, item.path);
	}
	arena_free(own);
	return right;
}

static bool
set_folder(struct applying *applying, const struct item *item, long at)
{
	const char *name;
	const int above = dir_open_above(applying->tree, item->path, &name);
	bool right;

	(void)at;
	if (above < 0)
		return false;
	right = set_state(above, name, item);
	(void)close(above);
	return right;
}

static bool
apply_all(struct applying *applying)
{
	char line[LINE];
	long at = 0;

	for (int i = 0; fgets(line, sizeof(line), applying->lines) != NULL;
	     i++) {
		if (i > MOST || !take_line(applying, at, line, apply))
			return false;
		at = ftell(applying->lines);
	}
	for (size_t i = applying->count; i-- > 0;)
		if (fseek(applying->lines, applying->folders[i], SEEK_SET) !=
			0 ||
		    fgets(line, sizeof(line), applying->lines) == NULL ||
		    !take_line(applying, at, line, set_folder))
			return false;
	return true;
}

/* Their names are free for the customer's own. */
static bool
clean(int tree, int stage)
{
	static const char *const names[] = { LISTING_NAME, LISTING_DUMP,
		LISTING_MANIFEST, LISTING_RECORD };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (!dir_remove_file(tree, names[i]))
			return false;
	return dir_remove_all(stage, "odd") &&
	       (renameat(tree, LISTING_ODD, stage, "odd") == 0 ||
		   errno == ENOENT);
}

static bool
apply_open(struct applying *applying, int fd)
{
	bool right;

	applying->lines = fdopen(fd, "r");
	if (applying->lines == NULL) {
		(void)close(fd);
		return false;
	}
	right = apply_all(applying);
	fclose(applying->lines);
	return right;
}

bool
listing_apply(struct arena *arena, int tree, int stage, const char **path_r)
{
	struct applying applying = {
		.arena = arena,
		.tree = tree,
		.stage = stage,
		.path = LISTING_NAME,
	};
	const int fd = dir_open(tree, LISTING_NAME, O_RDONLY, 0);
	bool right = (fd >= 0 || errno == ENOENT) && clean(tree, stage);

	if (fd >= 0)
		right = right && apply_open(&applying, fd);
	*path_r = applying.path;
	return right && dir_remove_all(stage, "odd");
}
