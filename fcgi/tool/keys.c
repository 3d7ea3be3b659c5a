/* keys: makes the shop's signing keys and secrets when they are absent, lists
 * them, and changes those of the key check. */

#include <errno.h>
#include <libgen.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/secret.h"
#include "base/setting.h"
#include "base/text.h"
#include "data/work.h"
#include "shop/key_turn.h"
#include "tool/tool.h"

static const char *const pairs[] = { "check", "job" };
static const char *const secrets[] = { "secret.form_file", "secret.key_file",
	"secret.setting_file" };

enum { PAIRS = sizeof(pairs) / sizeof(pairs[0]) };
enum { SECRETS = sizeof(secrets) / sizeof(secrets[0]) };

static const char *
path_of(struct arena *arena, const char *pair, const char *ending)
{
	return arena_print(
	    arena, "%s/%s.%s", setting_text("key.dir"), pair, ending);
}

static bool
has_folder(struct arena *arena, const char *path)
{
	return file_make_folder(dirname(arena_copy(arena, path)), 0755);
}

/* A private key that is there stays; a lost public half is written anew. */
static int
make_pair(struct arena *arena, const char *pair)
{
	const char *private_path = path_of(arena, pair, "pem");
	const char *public_path = path_of(arena, pair, "pub");
	bool old = access(private_path, F_OK) == 0;
	struct secret_key *key;

	if (old && access(public_path, F_OK) == 0)
		return TOOL_DONE;
	key =
	    old ? secret_key_load(arena, private_path) : secret_key_make(arena);
	if (key == NULL)
		return tool_say(TOOL_FAILED, "%s: holds no key", private_path);
	if (!has_folder(arena, private_path) ||
	    !secret_key_save(key, private_path, public_path))
		return tool_say(
		    TOOL_FAILED, "%s: %s", private_path, strerror(errno));
	printf("made %s\n", old ? public_path : private_path);
	return TOOL_DONE;
}

static int
make_secret(struct arena *arena, const char *setting)
{
	const char *path = setting_text(setting);
	unsigned char bytes[32];
	const char *line;

	if (access(path, F_OK) == 0)
		return TOOL_DONE;
	secret_random(bytes, sizeof(bytes));
	line =
	    arena_print(arena, "%s\n", text_hex(arena, bytes, sizeof(bytes)));
	if (!has_folder(arena, path) ||
	    !file_replace(path, line, strlen(line), 0600))
		return tool_say(TOOL_FAILED, "%s: %s", path, strerror(errno));
	printf("made %s\n", path);
	return TOOL_DONE;
}

static int
make(struct work *work)
{
	int worst = TOOL_DONE;

	for (size_t i = 0; i < PAIRS && worst == TOOL_DONE; i++)
		worst = make_pair(work->arena, pairs[i]);
	for (size_t i = 0; i < SECRETS && worst == TOOL_DONE; i++)
		worst = make_secret(work->arena, secrets[i]);
	if (worst == TOOL_DONE &&
	    key_turn_settle(work->arena, work->now) != KEY_TURN_DONE)
		worst = tool_say(TOOL_FAILED, "%s: %s", setting_text("key.dir"),
		    strerror(errno));
	return worst;
}

/* A column: a time, or - for none. */
static const char *
time_of(struct arena *arena, int64_t time)
{
	return time == 0 ? "-" : clock_time_text(arena, time);
}

static void
list_check(struct work *work, const struct key_set *set)
{
	for (size_t i = 0; i < set->count; i++) {
		const struct key_set_key *key = &set->keys[i];
		enum key_set_state state = key_set_state(set, key, work->now);
		const bool waits = state == KEY_SET_ANNOUNCED;

		printf("check\t%s\t%s\t%s\t%s\t%s\n", key->kid, key->raw,
		    key_set_state_name(state),
		    time_of(work->arena, waits ? key->announced : key->signs),
		    time_of(work->arena, waits ? key->signs : key->until));
	}
}

static void
list_revoked(struct arena *arena)
{
	const char *path =
	    arena_print(arena, "%s/check-revoked", setting_text("key.dir"));
	const char *lines = file_read(arena, path, KEY_SET_TEXT, NULL);
	char kid[64], since[64];
	int length;

	while (lines != NULL &&
	       sscanf(lines, "%63s %*s %63s\n%n", kid, since, &length) == 2) {
		printf("check\t%s\t-\trevoked\t%s\t-\n", kid, since);
		lines += length;
	}
}

static int
list(struct work *work)
{
	const char *path = path_of(work->arena, "job", "pub");
	const struct secret_key *key = secret_key_load(work->arena, path);
	unsigned char raw[SECRET_PUBLIC];
	struct key_set set;

	if (key == NULL || !key_set_read(work->arena, &set))
		return tool_say(TOOL_FAILED,
		    "%s: not all keys are there, see 'kagiya keys make'",
		    setting_text("key.dir"));
	list_check(work, &set);
	list_revoked(work->arena);
	secret_key_raw(key, raw);
	printf("job\t%s\t%s\tsigning\t-\t-\n", secret_key_id(work->arena, key),
	    text_base64url(work->arena, raw, sizeof(raw)));
	return TOOL_DONE;
}

static int
say_not(struct work *work, enum key_turn result, const char *kid,
    const struct key_set *set)
{
	const char *folder = setting_text("key.dir");
	const struct key_set_key *last = &set->keys[set->count - 1];

	switch (result) {
	case KEY_TURN_ANNOUNCED:
		return tool_say(TOOL_REFUSED,
		    "%s is announced already and signs from %s on; --now lets "
		    "it sign at once",
		    last->kid, clock_time_text(work->arena, last->signs));
	case KEY_TURN_TWO:
		return tool_say(TOOL_REFUSED,
		    "%s is accepted until %s: wait, or revoke it",
		    set->keys[0].kid,
		    clock_time_text(work->arena, set->keys[0].until));
	case KEY_TURN_OPEN:
		return tool_say(TOOL_REFUSED,
		    "%s/check.pem may be read by others: chmod 0600, and "
		    "revoke the key if somebody did",
		    folder);
	case KEY_TURN_UNKNOWN:
		return tool_say(TOOL_REFUSED,
		    "there is no key %s, see 'kagiya keys list'", kid);
	case KEY_TURN_NO_KEY:
		return tool_say(
		    TOOL_FAILED, "%s: no key, see 'kagiya keys make'", folder);
	case KEY_TURN_DONE:
	case KEY_TURN_FAILED:
		break;
	}
	return tool_say(TOOL_FAILED, "%s: %s", folder, strerror(errno));
}

static int
rotate(struct work *work, bool at_once)
{
	struct key_set set;
	enum key_turn result =
	    key_turn_rotate(work->arena, work->now, at_once, &set);
	const struct key_set_key *last = &set.keys[set.count - 1];

	if (result != KEY_TURN_DONE)
		return say_not(work, result, "", &set);
	if (at_once)
		printf("%s signs from now on\n", last->kid);
	else
		printf("%s is announced and signs from %s on\n", last->kid,
		    clock_time_text(work->arena, last->signs));
	return TOOL_DONE;
}

static int
strike(struct work *work, const char *kid)
{
	struct key_set set;
	enum key_turn result =
	    key_turn_revoke(work->arena, work->now, kid, &set);

	if (result != KEY_TURN_DONE)
		return say_not(work, result, kid, &set);
	printf("%s is revoked, %s signs\n", kid,
	    key_set_signer(&set, work->now)->kid);
	return TOOL_DONE;
}

int
tool_keys(int argc, char **argv)
{
	struct work *work = tool_work();
	const bool turn = tool_is(argc, argv, "rotate");
	const bool at_once = turn && tool_flag(&argc, argv, "--now");

	if (!tool_words(argc, argv, tool_is(argc, argv, "revoke") ? 2 : 1))
		return TOOL_USAGE;
	if (turn)
		return rotate(work, at_once);
	if (tool_is(argc, argv, "revoke"))
		return strike(work, argv[2]);
	if (tool_is(argc, argv, "make"))
		return make(work);
	if (tool_is(argc, argv, "list"))
		return list(work);
	return tool_say(TOOL_USAGE,
	    "keys: make, list, rotate or revoke, not '%s'", argv[1]);
}
