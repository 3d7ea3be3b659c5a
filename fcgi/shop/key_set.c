/* key_set: read, put in order, looked at again. */

#include "shop/key_set.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "base/secret.h"
#include "base/setting.h"
#include "base/text.h"

enum { DAY_SECONDS = 24 * 3600, LOOK_MS = 1000 };

/* In the order in which keys sign. */
static const struct role {
	const char *private_file; /* NULL: none */
	const char *public_file;
	bool whole; /* counts with its private half only */
} roles[KEY_SET_MOST] = {
	{ NULL, "check-old.pub", false },
	{ "check.pem", "check.pub", false },
	{ "check-next.pem", "check-next.pub", true },
};

static const char *const files[] = { "check.pem", "check.pub", "check-next.pem",
	"check-next.pub", "check-old.pub", "check-revoked" };
enum { FILES = sizeof(files) / sizeof(files[0]) };

static const char *
path_of(struct arena *arena, const char *file)
{
	return arena_print(arena, "%s/%s", setting_text("key.dir"), file);
}

static const char *
read_text(struct arena *arena, const char *file)
{
	return file == NULL
		   ? NULL
		   : file_read(arena, path_of(arena, file), KEY_SET_TEXT, NULL);
}

static struct secret_key *
key_in(struct arena *arena, const char *text)
{
	return text == NULL ? NULL : secret_key_read(arena, text, strlen(text));
}

/* Lines `name seconds ...` before the key itself. */
static int64_t
time_in(const char *text, const char *name)
{
	const size_t length = strlen(name);
	long long seconds = 0;

	while (text != NULL && *text != '\0' && *text != '-') {
		if (strncmp(text, name, length) == 0 && text[length] == ' ' &&
		    sscanf(text + length, "%15lld", &seconds) == 1)
			return seconds;
		text = strchr(text, '\n');
		text = text == NULL ? NULL : text + 1;
	}
	return 0;
}

struct reading {
	struct arena *arena;
	struct secret_key *privates[KEY_SET_MOST];
	const char *revoked;
	struct key_set *set;
};

static const struct secret_key *
private_of(struct reading *reading, const char *kid)
{
	for (size_t i = 0; i < KEY_SET_MOST; i++) {
		struct secret_key *pair = reading->privates[i];

		if (pair != NULL && secret_key_can_sign(pair) &&
		    strcmp(kid, secret_key_id(reading->arena, pair)) == 0)
			return pair;
	}
	return NULL;
}

static bool
is_known(const struct key_set *set, const char *kid)
{
	for (size_t i = 0; i < set->count; i++)
		if (strcmp(set->keys[i].kid, kid) == 0)
			return true;
	return false;
}

static bool
is_revoked(const struct reading *reading, const char *kid)
{
	return reading->revoked != NULL &&
	       strstr(reading->revoked,
		   arena_print(reading->arena, "%s ", kid)) != NULL;
}

static void
take(struct reading *reading, const struct role *role, const char *text,
    const struct secret_key *key)
{
	struct arena *arena = reading->arena;
	const char *kid = secret_key_id(arena, key);
	const struct secret_key *pair = private_of(reading, kid);
	unsigned char raw[SECRET_PUBLIC];

	if ((role->whole && pair == NULL) || is_known(reading->set, kid) ||
	    is_revoked(reading, kid))
		return;
	secret_key_raw(key, raw);
	reading->set->keys[reading->set->count++] = (struct key_set_key){
		.kid = kid,
		.raw = text_base64url(arena, raw, sizeof(raw)),
		.pair = pair,
		.announced = time_in(text, "announced"),
		.signs = time_in(text, "signs"),
		.until = time_in(text, "until"),
	};
}

/* A lost public half is no loss. */
static void
take_role(struct reading *reading, size_t i)
{
	const char *text = read_text(reading->arena, roles[i].public_file);
	const struct secret_key *key = key_in(reading->arena, text);

	if (key == NULL && !roles[i].whole)
		key = reading->privates[i];
	if (key != NULL)
		take(reading, &roles[i], text, key);
}

static void
set_ends(struct key_set *set)
{
	const int64_t span =
	    setting_number("key.accept_days") * (int64_t)DAY_SECONDS;

	for (size_t i = 0; i + 1 < set->count; i++)
		if (set->keys[i].until == 0)
			set->keys[i].until = set->keys[i + 1].signs + span;
}

bool
key_set_read(struct arena *arena, struct key_set *set_r)
{
	struct reading reading = { .arena = arena, .set = set_r };

	*set_r = (struct key_set){ .count = 0 };
	reading.revoked = read_text(arena, "check-revoked");
	for (size_t i = 0; i < KEY_SET_MOST; i++)
		reading.privates[i] =
		    key_in(arena, read_text(arena, roles[i].private_file));
	for (size_t i = 0; i < KEY_SET_MOST; i++)
		take_role(&reading, i);
	set_ends(set_r);
	return key_set_signer(set_r, 0) != NULL;
}

/* Before its time an announced key signs only when there is no other. */
const struct key_set_key *
key_set_signer(const struct key_set *set, int64_t now)
{
	const struct key_set_key *signer = NULL;

	for (size_t i = 0; i < set->count; i++) {
		const struct key_set_key *key = &set->keys[i];

		if (key->pair != NULL && (signer == NULL || key->signs <= now))
			signer = key;
	}
	return signer;
}

enum key_set_state
key_set_state(
    const struct key_set *set, const struct key_set_key *key, int64_t now)
{
	if (key == key_set_signer(set, now))
		return KEY_SET_SIGNING;
	if (key->signs > now)
		return KEY_SET_ANNOUNCED;
	return key->until == 0 || key->until > now ? KEY_SET_ACCEPTED
						   : KEY_SET_ENDED;
}

const char *
key_set_state_name(enum key_set_state state)
{
	static const char *const names[] = { "signing", "announced", "accepted",
		"ended" };

	return names[state];
}

size_t
key_set_accepted(
    const struct key_set *set, int64_t now, const char *raws_r[KEY_SET_MOST])
{
	size_t count = 0;

	for (size_t i = 0; i < set->count; i++)
		if (key_set_state(set, &set->keys[i], now) != KEY_SET_ENDED)
			raws_r[count++] = set->keys[i].raw;
	return count;
}

/* What tells one state of the files from another. */
struct look {
	struct stat files[FILES];
};

static void
look_at_files(struct arena *arena, struct look *look_r)
{
	memset(look_r, 0, sizeof(*look_r));
	for (size_t i = 0; i < FILES; i++)
		if (stat(path_of(arena, files[i]), &look_r->files[i]) != 0)
			memset(&look_r->files[i], 0, sizeof(look_r->files[i]));
}

static bool
is_other(const struct look *a, const struct look *b)
{
	for (size_t i = 0; i < FILES; i++) {
		const struct stat *one = &a->files[i], *two = &b->files[i];

		if (one->st_ino != two->st_ino ||
		    one->st_size != two->st_size ||
		    one->st_mtim.tv_sec != two->st_mtim.tv_sec ||
		    one->st_mtim.tv_nsec != two->st_mtim.tv_nsec)
			return true;
	}
	return false;
}

/* Live as long as the process. */
static struct {
	struct arena *arena; /* NULL while there never was a key */
	struct key_set set;
	struct look look; /* from before the reading */
	int64_t looked_ms;
} held;

static void
look_again(void)
{
	struct arena *arena = arena_new();
	struct key_set set;
	struct look look;

	look_at_files(arena, &look);
	if (held.arena != NULL && !is_other(&look, &held.look)) {
		arena_free(arena);
		return;
	}
	held.look = look;
	if (!key_set_read(arena, &set)) {
		log_event(LOG_FAULT, "key_set.no-key", "dir=%s",
		    setting_text("key.dir"));
		arena_free(arena);
		return;
	}
	if (held.arena != NULL)
		arena_free(held.arena);
	held.arena = arena;
	held.set = set;
}

const struct key_set *
key_set_now(void)
{
	const int64_t now = clock_monotonic_ms();

	if (held.arena == NULL || now - held.looked_ms >= LOOK_MS) {
		held.looked_ms = now;
		look_again();
	}
	return held.arena == NULL ? NULL : &held.set;
}
