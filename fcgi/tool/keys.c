/* keys: makes the shop's signing keys and secrets when they are absent, and
 * lists what installed programs and agents must know of them. */

#include <errno.h>
#include <libgen.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/secret.h"
#include "base/setting.h"
#include "base/text.h"
#include "tool/tool.h"

static const char *const pairs[] = { "check", "job" };
static const char *const secrets[] = { "secret.form_file", "secret.key_file" };

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
make(struct arena *arena)
{
	int worst = TOOL_DONE;

	for (size_t i = 0; i < PAIRS && worst == TOOL_DONE; i++)
		worst = make_pair(arena, pairs[i]);
	for (size_t i = 0; i < SECRETS && worst == TOOL_DONE; i++)
		worst = make_secret(arena, secrets[i]);
	return worst;
}

static int
list(struct arena *arena)
{
	unsigned char raw[SECRET_PUBLIC];

	for (size_t i = 0; i < PAIRS; i++) {
		const char *path = path_of(arena, pairs[i], "pub");
		const struct secret_key *key = secret_key_load(arena, path);

		if (key == NULL)
			return tool_say(TOOL_FAILED,
			    "%s: no public key, see 'kagiya keys make'", path);
		secret_key_raw(key, raw);
		printf("%s\t%s\t%s\n", pairs[i], secret_key_id(arena, key),
		    text_base64url(arena, raw, sizeof(raw)));
	}
	return TOOL_DONE;
}

int
tool_keys(int argc, char **argv)
{
	struct arena *arena = tool_work()->arena;

	if (!tool_words(argc, argv, 1))
		return TOOL_USAGE;
	if (strcmp(argv[1], "make") == 0)
		return make(arena);
	if (strcmp(argv[1], "list") == 0)
		return list(arena);
	return tool_say(TOOL_USAGE, "keys: make or list, not '%s'", argv[1]);
}
