/* key_turn: each step is one rename or one removal, in an order in which any
 * part of them leaves a whole set. */

#include "shop/key_turn.h"

#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/secret.h"
#include "base/setting.h"
#include "base/text.h"

enum { DAY_SECONDS = 24 * 3600 };

struct turn {
	struct arena *arena;
	int64_t now;
	struct key_set set;
};

static const char *
path_of(const struct turn *turn, const char *file)
{
	return arena_print(turn->arena, "%s/%s", setting_text("key.dir"), file);
}

static bool
is_there(const struct turn *turn, const char *file)
{
	return access(path_of(turn, file), F_OK) == 0;
}

static bool
take_away(const struct turn *turn, const char *file)
{
	return unlink(path_of(turn, file)) == 0 || errno == ENOENT;
}

static bool
move(const struct turn *turn, const char *from, const char *to)
{
	return rename(path_of(turn, from), path_of(turn, to)) == 0;
}

static const char *
time_line(const struct turn *turn, const char *name, int64_t time)
{
	return time == 0
		   ? ""
		   : arena_print(turn->arena, "%s %lld %s\n", name,
			 (long long)time, clock_time_text(turn->arena, time));
}

static bool
write_public(const struct turn *turn, const char *file,
    const struct key_set_key *key, const struct secret_key *pair)
{
	const char *text = arena_print(turn->arena, "%s%s%s%s",
	    time_line(turn, "announced", key->announced),
	    time_line(turn, "signs", key->signs),
	    time_line(turn, "until", key->until),
	    secret_key_text(turn->arena, pair));

	return file_replace(path_of(turn, file), text, strlen(text), 0644);
}

/* The kid of the key in the file; "" without one. */
static const char *
kid_in(const struct turn *turn, const char *file)
{
	const struct secret_key *key =
	    secret_key_load(turn->arena, path_of(turn, file));

	return key == NULL ? "" : secret_key_id(turn->arena, key);
}

static const struct key_set_key *
find(const struct turn *turn, const char *kid)
{
	for (size_t i = 0; i < turn->set.count; i++)
		if (strcmp(turn->set.keys[i].kid, kid) == 0)
			return &turn->set.keys[i];
	return NULL;
}

static bool
still_counts(const struct turn *turn, const struct key_set_key *key)
{
	return key != NULL &&
	       key_set_state(&turn->set, key, turn->now) != KEY_SET_ENDED;
}

/* The key that signed until now stays with its public half. */
static bool
keep_old(const struct turn *turn)
{
	const char *kid = kid_in(turn, "check.pub");
	const struct key_set_key *key = find(turn, kid);
	const struct secret_key *pair;

	if (!still_counts(turn, key))
		return true;
	pair = secret_key_load(turn->arena, path_of(turn, "check.pub"));
	return pair != NULL && write_public(turn, "check-old.pub", key, pair);
}

/* An announced key whose time has come takes the place of the other. */
static bool
promote(const struct turn *turn)
{
	const char *next = kid_in(turn, "check-next.pub");
	const struct key_set_key *key = find(turn, next);
	const bool halfway =
	    *next != '\0' && strcmp(next, kid_in(turn, "check.pem")) == 0;

	if (key == NULL || key->signs > turn->now)
		return true;
	if (!halfway &&
	    (!keep_old(turn) || !move(turn, "check-next.pem", "check.pem")))
		return false;
	return move(turn, "check-next.pub", "check.pub");
}

/* What a killed writer left beside the files. */
static void
sweep(const struct turn *turn)
{
	glob_t found;

	if (glob(path_of(turn, "check*.??????"), 0, NULL, &found) == 0)
		for (size_t i = 0; i < found.gl_pathc; i++)
			(void)unlink(found.gl_pathv[i]);
	globfree(&found);
	(void)take_away(turn, "check-made.pub");
}

static bool
clear(const struct turn *turn)
{
	const struct key_set_key *old =
	    find(turn, kid_in(turn, "check-old.pub"));

	sweep(turn);
	if (is_there(turn, "check-old.pub") && !still_counts(turn, old) &&
	    !take_away(turn, "check-old.pub"))
		return false;
	if (is_there(turn, "check-next.pub") &&
	    find(turn, kid_in(turn, "check-next.pub")) == NULL &&
	    !take_away(turn, "check-next.pub"))
		return false;
	return is_there(turn, "check-next.pub") ||
	       take_away(turn, "check-next.pem");
}

static enum key_turn
look(struct turn *turn)
{
	return key_set_read(turn->arena, &turn->set) ? KEY_TURN_DONE
						     : KEY_TURN_NO_KEY;
}

static enum key_turn
settle(struct turn *turn)
{
	enum key_turn result = look(turn);

	if (result != KEY_TURN_DONE)
		return result;
	if (!promote(turn) || !clear(turn))
		return KEY_TURN_FAILED;
	return look(turn);
}

/* Who may read the key that signs may read its successor, nobody else. */
static bool
share_as_before(const struct turn *turn, const char *file)
{
	const char *path = path_of(turn, file);
	struct stat before, after;

	if (stat(path_of(turn, "check.pem"), &before) != 0)
		return errno == ENOENT;
	if (stat(path, &after) != 0)
		return false;
	if ((after.st_uid != before.st_uid || after.st_gid != before.st_gid) &&
	    chown(path, before.st_uid, before.st_gid) != 0)
		return false;
	return chmod(path, before.st_mode & 0640) == 0;
}

/* The private half first: a public half alone announces nothing. */
static bool
announce(struct turn *turn, int64_t signs)
{
	struct secret_key *pair = secret_key_make(turn->arena);
	const struct key_set_key key = { .announced = turn->now,
		.signs = signs };

	return secret_key_save(pair, path_of(turn, "check-next.pem"),
		   path_of(turn, "check-made.pub")) &&
	       share_as_before(turn, "check-next.pem") &&
	       write_public(turn, "check-next.pub", &key, pair);
}

static bool
sign_at_once(const struct turn *turn, const struct key_set_key *announced)
{
	struct key_set_key key = *announced;

	key.signs = turn->now;
	key.until = 0;
	return write_public(turn, "check-next.pub", &key, key.pair);
}

static const struct key_set_key *
announced_in(const struct turn *turn)
{
	for (size_t i = 0; i < turn->set.count; i++)
		if (key_set_state(&turn->set, &turn->set.keys[i], turn->now) ==
		    KEY_SET_ANNOUNCED)
			return &turn->set.keys[i];
	return NULL;
}

static bool
is_open(const struct turn *turn)
{
	struct stat status;

	return stat(path_of(turn, "check.pem"), &status) == 0 &&
	       (status.st_mode & 0027) != 0;
}

static enum key_turn
rotate(struct turn *turn, bool at_once)
{
	const int64_t wait =
	    setting_number("key.announce_days") * (int64_t)DAY_SECONDS;
	const struct key_set_key *next = announced_in(turn);
	bool done;

	if (is_open(turn))
		return KEY_TURN_OPEN;
	if (next != NULL && !at_once)
		return KEY_TURN_ANNOUNCED;
	if (next == NULL && turn->set.count > 1)
		return KEY_TURN_TWO;
	done = next != NULL
		   ? sign_at_once(turn, next)
		   : announce(turn, at_once ? turn->now : turn->now + wait);
	return done ? settle(turn) : KEY_TURN_FAILED;
}

static const char *
revoked(const struct turn *turn)
{
	const char *text = file_read(
	    turn->arena, path_of(turn, "check-revoked"), KEY_SET_TEXT, NULL);

	return text == NULL && errno == ENOENT ? "" : text;
}

/* The line in check-revoked is what counts; the rest is tidying. */
static bool
strike_out(const struct turn *turn, const char *kid)
{
	const char *before = revoked(turn);
	const char *text;

	if (before == NULL)
		return false;
	text = arena_print(turn->arena, "%s%s %lld %s\n", before, kid,
	    (long long)turn->now, clock_time_text(turn->arena, turn->now));
	return file_replace(
	    path_of(turn, "check-revoked"), text, strlen(text), 0644);
}

static bool
is_struck_out(const struct turn *turn, const char *kid)
{
	const char *lines = revoked(turn);

	return lines != NULL &&
	       strstr(lines, arena_print(turn->arena, "%s ", kid)) != NULL;
}

/* There is somebody to sign before nobody else is left. */
static bool
replace(struct turn *turn)
{
	const struct key_set_key *next = announced_in(turn);

	return next != NULL ? sign_at_once(turn, next)
			    : announce(turn, turn->now);
}

static enum key_turn
strike(struct turn *turn, const char *kid)
{
	const struct key_set_key *key = find(turn, kid);

	if (key == NULL)
		return is_struck_out(turn, kid) ? KEY_TURN_DONE
						: KEY_TURN_UNKNOWN;
	if (key == key_set_signer(&turn->set, turn->now) && !replace(turn))
		return KEY_TURN_FAILED;
	return strike_out(turn, kid) ? settle(turn) : KEY_TURN_FAILED;
}

/* -1 with errno; the lock ends with the process, however that ends. */
static int
lock(void)
{
	const int fd =
	    open(setting_text("key.dir"), O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd >= 0 && flock(fd, LOCK_EX) != 0) {
		close(fd);
		return -1;
	}
	return fd;
}

static enum key_turn
alone(struct turn *turn, int *fd_r)
{
	*fd_r = lock();
	return *fd_r < 0 ? KEY_TURN_FAILED : settle(turn);
}

static enum key_turn
leave(const struct turn *turn, int fd, enum key_turn result,
    struct key_set *set_r)
{
	const int saved = errno;

	if (fd >= 0) {
		if (result == KEY_TURN_DONE && fsync(fd) != 0)
			result = KEY_TURN_FAILED;
		else
			errno = saved;
		close(fd);
	}
	if (set_r != NULL)
		*set_r = turn->set;
	return result;
}

enum key_turn
key_turn_rotate(
    struct arena *arena, int64_t now, bool at_once, struct key_set *set_r)
{
	struct turn turn = { .arena = arena, .now = now };
	int fd;
	enum key_turn result = alone(&turn, &fd);

	if (result == KEY_TURN_DONE)
		result = rotate(&turn, at_once);
	return leave(&turn, fd, result, set_r);
}

enum key_turn
key_turn_revoke(
    struct arena *arena, int64_t now, const char *kid, struct key_set *set_r)
{
	struct turn turn = { .arena = arena, .now = now };
	int fd;
	enum key_turn result = alone(&turn, &fd);

	if (result == KEY_TURN_DONE)
		result = strike(&turn, kid);
	return leave(&turn, fd, result, set_r);
}

enum key_turn
key_turn_settle(struct arena *arena, int64_t now)
{
	struct turn turn = { .arena = arena, .now = now };
	int fd;
	enum key_turn result = alone(&turn, &fd);

	return leave(&turn, fd, result, NULL);
}
