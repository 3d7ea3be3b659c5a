/* hook_words: the command line of bubblewrap. */

#include "agent/hook_words.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "agent/dir.h"
#include "agent/lines.h"
#include "agent/sandbox.h"
#include "agent/wire.h"
#include "base/arena.h"
#include "base/text.h"

/* No network, no other's process, nothing to write but the tree and a small
 * /tmp; of /etc what PHP and the C library look at. */
static const char *const inside[] = { "--unshare-all", "--unshare-user",
	"--disable-userns", "--die-with-parent", "--new-session", "--cap-drop",
	"ALL", "--clearenv", "--hostname", "localhost", "--ro-bind", "/usr",
	"/usr", "--symlink", "usr/bin", "/bin", "--symlink", "usr/sbin",
	"/sbin", "--symlink", "usr/lib", "/lib", "--symlink", "usr/lib64",
	"/lib64", "--ro-bind-try", "/etc/alternatives", "/etc/alternatives",
	"--ro-bind-try", "/etc/ld.so.cache", "/etc/ld.so.cache",
	"--ro-bind-try", "/etc/php", "/etc/php", "--ro-bind-try",
	"/etc/localtime", "/etc/localtime", "--proc", "/proc", "--dev", "/dev",
	"--perms", "1777", "--size", "134217728", "--tmpfs", "/tmp", "--setenv",
	"HOME", "/tmp", "--setenv", "PATH", "/usr/bin:/bin", "--setenv", "LANG",
	"C.UTF-8", NULL };

/* Where nothing has a name, none can be added. */
static const char *const closing[] = { "--remount-ro", "/dev", "--remount-ro",
	"/", "--chdir", "/app", NULL };

static const char *const shell[] = { "--", "/bin/sh", "-c",
	"ulimit -p 64; exec \"$@\"", "sh", NULL };

static void
put(struct text *out, const char *word)
{
	text_add_n(out, word, strlen(word) + 1);
}

static void
put_all(struct text *out, const char *const *list)
{
	for (; *list != NULL; list++)
		put(out, *list);
}

static const char *
digits(struct arena *arena, int fd)
{
	return arena_print(arena, "%d", fd);
}

/* It stays open for bubblewrap. */
static bool
put_descriptor(struct text *out, const char *option, int fd)
{
	if (fd < 0 || fcntl(fd, F_SETFD, 0) != 0)
		return false;
	put(out, option);
	put(out, digits(out->arena, fd));
	return true;
}

/* A nameless file, to be read from its start. */
static int
file_of(const char *name, const char *bytes, size_t length)
{
	const int fd = memfd_create(name, 0);

	if (fd >= 0 && wire_write(fd, bytes, length) &&
	    lseek(fd, 0, SEEK_SET) == 0)
		return fd;
	if (fd >= 0)
		(void)close(fd);
	return -1;
}

/* So that the owner has a name; not his own, and nobody else's. */
static bool
put_users(struct text *out)
{
	const char *line =
	    arena_print(out->arena, "owner:x:%u:%u::/tmp:/usr/sbin/nologin\n",
		(unsigned)getuid(), (unsigned)getgid());

	if (!put_descriptor(
		out, "--ro-bind-data", file_of("passwd", line, strlen(line))))
		return false;
	put(out, "/etc/passwd");
	return true;
}

static void
put_variables(struct text *out, const struct lines *lines)
{
	size_t count;
	const char **all = lines_all(lines, "variable", &count);

	for (size_t i = 0; i < count; i++) {
		const char *equals = strchr(all[i], '=');

		if (equals == NULL)
			continue;
		put(out, "--setenv");
		put(out, arena_copy_n(
			     out->arena, all[i], (size_t)(equals - all[i])));
		put(out, equals + 1);
	}
}

static void
put_socket(struct text *out, const char *socket)
{
	if (socket == NULL)
		return;
	put(out, "--bind");
	put(out, socket);
	put(out, socket);
}

/* Other users see a process's command line: what has secrets in it goes
 * through a file. */
static int
options(struct arena *arena, const struct lines *lines, int tree)
{
	struct text *out = text_new(arena, 1 << 18);

	put_all(out, inside);
	if (!put_users(out) || !put_descriptor(out, "--bind-fd", tree))
		return -1;
	put(out, "/app");
	if (!put_descriptor(out, "--seccomp", filter_for_hooks()))
		return -1;
	put_socket(out, lines_value(lines, "socket"));
	put_variables(out, lines);
	put_all(out, closing);
	return out->over ? -1 : file_of("options", out->bytes, out->length);
}

/* The first line, when it is a regular file of the tree's own. */
static char *
first_line(struct arena *arena, int tree, const char *command)
{
	const int fd = dir_open(tree, command, O_RDONLY | O_NONBLOCK, 0);
	char *line = arena_alloc(arena, 200);
	struct stat status;
	ssize_t n = -1;

	if (fd < 0)
		return NULL;
	if (fstat(fd, &status) == 0 && S_ISREG(status.st_mode))
		n = read(fd, line, 199);
	(void)close(fd);
	line[strcspn(line, "\r\n")] = '\0';
	errno = ENOEXEC;
	return n > 2 && strncmp(line, "#!", 2) == 0 ? line + 2 : NULL;
}

static void
add(struct hook_words *words, const char *word)
{
	words->list[words->count++] = word;
}

/* Packed files cannot be executed: what runs them is named in them, a program
 * of the server's, with at most one word for it. */
static bool
add_command(struct arena *arena, struct hook_words *words, int tree,
    const char *command)
{
	const char *line = first_line(arena, tree, command);
	const char *rest;
	size_t length;

	if (line == NULL)
		return false;
	line += strspn(line, " ");
	length = strcspn(line, " ");
	rest = line + length + strspn(line + length, " ");
	if (*line != '/')
		return false;
	add(words, arena_copy_n(arena, line, length));
	if (*rest != '\0')
		add(words, rest);
	add(words, arena_print(arena, "./%s", command));
	return true;
}

static bool
begin(struct arena *arena, struct hook_words *words_r,
    const struct lines *lines, int tree)
{
	const int fd = tree < 0 ? -1 : options(arena, lines, tree);

	*words_r = (struct hook_words){ .count = 0 };
	if (fd < 0)
		return false;
	add(words_r, "/usr/bin/bwrap");
	add(words_r, "--args");
	add(words_r, digits(arena, fd));
	for (size_t i = 0; shell[i] != NULL; i++)
		add(words_r, shell[i]);
	return true;
}

bool
hook_words(struct arena *arena, const struct lines *lines, int tree,
    const char *command, struct hook_words *words_r)
{
	return begin(arena, words_r, lines, tree) &&
	       add_command(arena, words_r, tree, command);
}

bool
hook_words_to_try(struct arena *arena, struct hook_words *words_r)
{
	struct lines none;

	lines_read(&none, arena, "");
	if (!begin(arena, words_r, &none,
		open("/usr", O_PATH | O_DIRECTORY | O_CLOEXEC)))
		return false;
	add(words_r, "/bin/true");
	return true;
}
