/* store: the folder with the key and the answer, for the owner's eyes only,
 * and the same in memory where nothing can be written. */

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kit.h"

static const char *const names[KAGIYA_FILES] = { "answer", "key" };
static const char *const beside_names[KAGIYA_FILES] = { "answer.new",
	"key.new" };

void
kagiya_store_open(struct kagiya_store *store, char *folder)
{
	*store = (struct kagiya_store){ .folder = folder };
	pthread_mutex_init(&store->mutex, NULL);
}

void
kagiya_store_close(struct kagiya_store *store)
{
	for (int i = 0; i < KAGIYA_FILES; i++)
		free(store->unwritten[i]);
	free(store->folder);
	pthread_mutex_destroy(&store->mutex);
}

static char *
path_of(const struct kagiya_store *store, const char *name)
{
	char *path;

	return asprintf(&path, "%s/%s", store->folder, name) < 0 ? NULL : path;
}

/* Not through a link, and not waiting at a FIFO. */
static int
open_file(const struct kagiya_store *store, const char *name, int flags)
{
	char *path = path_of(store, name);
	int fd = -1;

	if (path != NULL)
		fd = open(
		    path, flags | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0600);
	free(path);
	return fd;
}

static void
read_all(int fd, char *bytes, size_t size)
{
	ssize_t got = 1;

	while (size > 0 && (got > 0 || (got < 0 && errno == EINTR))) {
		got = read(fd, bytes, size);
		if (got > 0) {
			bytes += got;
			size -= (size_t)got;
		}
	}
}

static char *
read_file(const struct kagiya_store *store, const char *name)
{
	const int fd = open_file(store, name, O_RDONLY);
	struct stat found;
	char *bytes;

	if (fd < 0)
		return strdup("");
	bytes = calloc(1, KAGIYA_LIMIT + 1);
	if (bytes != NULL && fstat(fd, &found) == 0 && S_ISREG(found.st_mode))
		read_all(fd, bytes, KAGIYA_LIMIT);
	close(fd);
	return bytes;
}

char *
kagiya_store_read(struct kagiya_store *store, enum kagiya_file file)
{
	char *text = NULL;

	pthread_mutex_lock(&store->mutex);
	const bool remembered = store->unwritten[file] != NULL;
	if (remembered)
		text = strdup(store->unwritten[file]);
	pthread_mutex_unlock(&store->mutex);
	return remembered ? text : read_file(store, names[file]);
}

static bool
write_all(int fd, const char *bytes, size_t length)
{
	while (length > 0) {
		const ssize_t done = write(fd, bytes, length);

		if (done < 0 && errno != EINTR)
			return false;
		if (done > 0) {
			bytes += done;
			length -= (size_t)done;
		}
	}
	return fsync(fd) == 0;
}

/* What a process that was killed left there is in the way. */
static bool
write_file(const struct kagiya_store *store, const char *name, const char *text)
{
	char *path = path_of(store, name);

	if (path != NULL)
		unlink(path);
	free(path);
	const int fd = open_file(store, name, O_WRONLY | O_CREAT | O_EXCL);
	if (fd < 0)
		return false;
	const bool done = write_all(fd, text, strlen(text));
	return close(fd) == 0 && done;
}

/* Written beside and renamed: a reader sees the old or the new. */
static bool
replace_file(
    const struct kagiya_store *store, enum kagiya_file file, const char *text)
{
	char *path = path_of(store, names[file]);
	char *beside = path_of(store, beside_names[file]);
	const bool done = path != NULL && beside != NULL &&
			  write_file(store, beside_names[file], text) &&
			  rename(beside, path) == 0;
	const int trouble = errno;

	if (!done && beside != NULL)
		unlink(beside);
	free(path);
	free(beside);
	errno = trouble;
	return done;
}

static void
tell(struct kagiya_store *store)
{
	if (!store->told)
		fprintf(stderr, "kagiya: nothing can be kept in %s: %s\n",
		    store->folder, strerror(errno));
	store->told = true;
}

void
kagiya_store_write(
    struct kagiya_store *store, enum kagiya_file file, const char *text)
{
	char *unwritten = NULL;

	pthread_mutex_lock(&store->mutex);
	if (!replace_file(store, file, text)) {
		tell(store);
		unwritten = strdup(text);
	}
	free(store->unwritten[file]);
	store->unwritten[file] = unwritten;
	pthread_mutex_unlock(&store->mutex);
}

static bool
take_lock(int fd, int seconds)
{
	for (int tries = seconds * 50; flock(fd, LOCK_EX | LOCK_NB) != 0;
	     tries--) {
		if (tries <= 0 || (errno != EWOULDBLOCK && errno != EINTR))
			return false;
		poll(NULL, 0, 20);
	}
	return true;
}

int
kagiya_store_lock(struct kagiya_store *store, int seconds)
{
	mkdir(store->folder, 0700);
	const int fd = open_file(store, "lock", O_RDWR | O_CREAT);
	if (fd < 0 || take_lock(fd, seconds))
		return fd;
	const int trouble = errno;
	close(fd);
	errno = trouble;
	return -1;
}
