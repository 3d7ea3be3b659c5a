/* journal: what a job is about to do, on disk before it is done. */

#include "agent/journal.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "agent/agent.h"
#include "agent/dir.h"
#include "agent/wire.h"
#include "base/arena.h"
#include "base/file.h"
#include "base/log.h"
#include "base/text.h"

enum { LIMIT = 4 << 20 };

bool
journal_flush_folder(const char *path)
{
	const int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool right;

	if (fd < 0)
		return false;
	right = fsync(fd) == 0;
	(void)close(fd);
	return right;
}

bool
journal_remove_folder(const char *path)
{
	const char *slash = strrchr(path, '/');
	char above[PATH_MAX];
	bool right;
	int fd;

	if (slash == NULL || slash - path >= PATH_MAX)
		return false;
	memcpy(above, path, (size_t)(slash - path));
	above[slash - path] = '\0';
	fd = open(above, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return errno == ENOENT;
	right = dir_remove_all(fd, slash + 1);
	(void)close(fd);
	return right;
}

static const char *
jobs_folder(const struct agent *agent, struct arena *arena)
{
	return arena_print(arena, "%s/job", agent->conf.state_dir);
}

static const char *
path_of(const struct journal *journal, const char *name)
{
	return arena_print(journal->arena, "%s/%s", journal->folder, name);
}

/* A line that a crash cut short would swallow the next one. */
static bool
mend(int fd, const char *text, size_t length)
{
	const char *last = text == NULL ? NULL : strrchr(text, '\n');
	const off_t whole = last == NULL ? 0 : last + 1 - text;

	return (size_t)whole == length || ftruncate(fd, whole) == 0;
}

bool
journal_open(struct journal *journal_r, const struct agent *agent,
    struct arena *arena, int64_t number)
{
	const char *jobs = jobs_folder(agent, arena);
	const char *path, *text;
	size_t length = 0;

	*journal_r = (struct journal){ .arena = arena, .fd = -1 };
	journal_r->folder =
	    arena_print(arena, "%s/%lld", jobs, (long long)number);
	path = path_of(journal_r, "journal");
	text = file_read(arena, path, LIMIT, &length);
	if (file_make_folder(journal_r->folder, 0700))
		journal_r->fd =
		    open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	if (journal_r->fd < 0 || !mend(journal_r->fd, text, length) ||
	    !journal_flush_folder(journal_r->folder) ||
	    !journal_flush_folder(jobs)) {
		log_event(LOG_FAULT, "agent.journal", "path=%s error=%s", path,
		    strerror(errno));
		journal_close(journal_r);
		return false;
	}
	lines_read(&journal_r->lines, arena, text == NULL ? "" : text);
	return true;
}

/* Lines that did not reach the disk are none: nothing of them may be there at
 * the next start either. */
static bool
append(struct journal *journal, const struct text *text)
{
	const off_t before = lseek(journal->fd, 0, SEEK_END);

	if (!text->over && before >= 0 &&
	    wire_write(journal->fd, text->bytes, text->length) &&
	    fdatasync(journal->fd) == 0)
		return true;
	log_event(LOG_FAULT, "agent.journal", "path=%s error=%s",
	    journal->folder, strerror(errno));
	if (before >= 0 && ftruncate(journal->fd, before) != 0)
		log_event(LOG_FAULT, "agent.journal", "path=%s cut=no",
		    journal->folder);
	return false;
}

bool
journal_write_list(struct journal *journal, const char *word,
    const char *const *values, size_t count)
{
	struct text *text = text_new(journal->arena, LIMIT);

	for (size_t i = 0; i < count; i++)
		lines_write(text, word, values[i]);
	if (count > 0 && !append(journal, text))
		return false;
	for (size_t i = 0; i < count; i++)
		lines_keep(&journal->lines, word, values[i]);
	return true;
}

bool
journal_write(struct journal *journal, const char *word, const char *value)
{
	return journal_write_list(journal, word, &value, 1);
}

bool
journal_write_number(struct journal *journal, const char *word, int64_t number)
{
	return journal_write(journal, word,
	    arena_print(journal->arena, "%lld", (long long)number));
}

bool
journal_has(const struct journal *journal, const char *word)
{
	return lines_value(&journal->lines, word) != NULL;
}

enum journal_state
journal_state(const struct journal *journal)
{
	if (journal_has(journal, "end"))
		return JOURNAL_ENDED;
	if (journal_has(journal, "begin"))
		return JOURNAL_CUT;
	return journal_has(journal, "wait") ? JOURNAL_WAITS : JOURNAL_NEW;
}

bool
journal_waits(const struct agent *agent, struct arena *arena, int64_t number)
{
	size_t count;
	const int64_t *numbers = journal_numbers(agent, arena, &count);
	bool waits = false;

	for (size_t i = 0; i < count; i++) {
		struct journal journal;

		if (numbers[i] != number ||
		    !journal_open(&journal, agent, arena, number))
			continue;
		waits = journal_state(&journal) == JOURNAL_WAITS;
		journal_close(&journal);
	}
	return waits;
}

void
journal_close(struct journal *journal)
{
	if (journal->fd >= 0)
		(void)close(journal->fd);
	journal->fd = -1;
}

bool
journal_restart(struct journal *journal, const char *word, const char *value)
{
	struct text *text = text_new(journal->arena, LIMIT);
	const char *path = path_of(journal, "journal");

	lines_write(text, word, value);
	journal_close(journal);
	if (!file_replace(path, text->bytes, text->length, 0600))
		return false;
	journal->fd = open(path, O_WRONLY | O_APPEND | O_CLOEXEC);
	lines_read(&journal->lines, journal->arena, text->bytes);
	return journal->fd >= 0;
}

void
journal_remove(struct journal *journal)
{
	journal_close(journal);
	(void)journal_remove_folder(journal->folder);
}

int
journal_file(const struct journal *journal, const char *name)
{
	return open(path_of(journal, name), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
}

int
journal_nameless(const struct journal *journal)
{
	const char *path = path_of(journal, "nameless");
	const int fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	if (fd >= 0 && unlink(path) != 0) {
		(void)close(fd);
		return -1;
	}
	return fd;
}

bool
journal_keep(
    struct journal *journal, const char *name, const void *bytes, size_t length)
{
	return file_replace(path_of(journal, name), bytes, length, 0600);
}

const char *
journal_kept(const struct journal *journal, const char *name, size_t *length_r)
{
	return file_read(
	    journal->arena, path_of(journal, name), (size_t)16 << 20, length_r);
}

static int
compare(const void *a, const void *b)
{
	const int64_t one = *(const int64_t *)a;
	const int64_t other = *(const int64_t *)b;

	return one < other ? -1 : one > other;
}

const int64_t *
journal_numbers(const struct agent *agent, struct arena *arena, size_t *count_r)
{
	enum { MOST = 1000 };
	int64_t *numbers = arena_array(arena, MOST, sizeof(*numbers));
	DIR *folder = opendir(jobs_folder(agent, arena));
	const struct dirent *entry;

	*count_r = 0;
	if (folder == NULL)
		return numbers;
	while (*count_r < MOST && (entry = readdir(folder)) != NULL)
		if (text_number(
			entry->d_name, 1, INT64_MAX, &numbers[*count_r]))
			(*count_r)++;
	closedir(folder);
	qsort(numbers, *count_r, sizeof(*numbers), compare);
	return numbers;
}

int64_t
journal_read_number(struct arena *arena, const char *path)
{
	const char *text = file_read(arena, path, 100, NULL);
	int64_t number = 0;

	if (text != NULL)
		(void)text_number(
		    text_trim(arena, text), 0, INT64_MAX, &number);
	return number;
}

bool
journal_write_number_to(struct arena *arena, const char *path, int64_t number)
{
	const char *text = arena_print(arena, "%lld\n", (long long)number);

	return file_replace(path, text, strlen(text), 0600);
}

int64_t
journal_last(const struct agent *agent, struct arena *arena)
{
	return journal_read_number(
	    arena, arena_print(arena, "%s/last", agent->conf.state_dir));
}

bool
journal_set_last(const struct agent *agent, struct arena *arena, int64_t number)
{
	return number <= journal_last(agent, arena) ||
	       journal_write_number_to(arena,
		   arena_print(arena, "%s/last", agent->conf.state_dir),
		   number);
}
