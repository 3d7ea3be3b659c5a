/* pack_rotate: a depot's key becomes another, and old ones that do not sign
 * any more. */

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/text.h"
#include "depot/chain.h"
#include "depot/index.h"
#include "tool/pack.h"

struct change {
	struct arena *arena;
	const struct pack_options *options;
	const char *path;
	const struct secret_key *old;
	const struct secret_key *new;
	const struct chain *chain; /* NULL for none yet */
};

static bool
is_key(const struct secret_key *key, const unsigned char raw[SECRET_PUBLIC])
{
	unsigned char own[SECRET_PUBLIC];

	secret_key_raw(key, own);
	return memcmp(own, raw, SECRET_PUBLIC) == 0;
}

/* 0: there is no such file. */
static int
read_chain(struct arena *arena, const char *path, const struct chain **chain_r)
{
	struct pack_reader reader;
	size_t length;
	const char *bytes = file_read(arena, path, CHAIN_LIMIT, &length);

	*chain_r = NULL;
	if (bytes == NULL && errno == ENOENT)
		return PACK_DONE;
	if (bytes == NULL) {
		pack_say("%s: %s", path, strerror(errno));
		return PACK_FAILED;
	}
	pack_reader_begin(&reader, path);
	*chain_r = chain_read(arena, bytes, length, &reader.watcher);
	if (*chain_r != NULL)
		return PACK_DONE;
	pack_say("%s: take it from your copy of the depot", path);
	return PACK_REFUSED;
}

static const struct chain_step *
last_of(const struct chain *chain)
{
	return chain == NULL ? NULL : &chain->steps[chain->count - 1];
}

int
pack_check_chain(struct arena *arena, const char *depot,
    unsigned char key_r[SECRET_PUBLIC], bool *there_r)
{
	const char *path = arena_print(arena, "%s/keys.xml", depot);
	const struct chain *chain;
	struct chain_pin pin = { .number = 1 };
	const int code = read_chain(arena, path, &chain);

	*there_r = chain != NULL;
	if (chain == NULL)
		return code;
	memcpy(pin.key, chain->steps[0].old, SECRET_PUBLIC);
	if (!chain_follow(arena, chain, chain->depot, &pin) ||
	    pin.number != last_of(chain)->number) {
		pack_say("%s: the steps do not follow from each other: take "
			 "it from your copy of the depot",
		    path);
		return PACK_REFUSED;
	}
	memcpy(key_r, pin.key, SECRET_PUBLIC);
	return PACK_DONE;
}

static const struct secret_key *
load(struct arena *arena, const char *path)
{
	const struct secret_key *key = secret_key_load(arena, path);

	if (key == NULL)
		pack_say("%s holds no key of ours: kagiya-pack keygen makes "
			 "one",
		    path);
	return key;
}

/* What readers believe now must be the old key's. */
static bool
signs_now(const struct change *change, const char *depot)
{
	const char *path = arena_print(change->arena, "%s/index.xml", depot);
	size_t length;
	const char *bytes =
	    file_read(change->arena, path, INDEX_LIMIT, &length);
	const char *signature =
	    file_read(change->arena, arena_print(change->arena, "%s.sig", path),
		INDEX_SIGNATURE_LIMIT, NULL);

	if (bytes != NULL && signature != NULL &&
	    index_is_signed(
		change->arena, change->old, bytes, length, signature))
		return true;
	pack_say("%s is not signed by %s: rotate with the key that signs now",
	    path, change->options->key);
	return false;
}

static int
add_step(const struct change *change)
{
	const struct chain_step *last = last_of(change->chain);
	const size_t count = last == NULL ? 0 : change->chain->count;
	struct chain_step *steps =
	    arena_array(change->arena, count + 1, sizeof(*steps));
	const struct chain all = { change->options->depot, steps, count + 1 };
	struct text *out = text_new(change->arena, CHAIN_LIMIT);

	for (size_t i = 0; i < count; i++)
		steps[i] = change->chain->steps[i];
	chain_sign(change->arena, change->options->depot,
	    last == NULL ? 2 : last->number + 1, change->old, change->new,
	    &steps[count]);
	chain_write(out, &all);
	if (out->over || count + 1 > CHAIN_STEPS) {
		pack_say("%s has no room for one more", change->path);
		return PACK_REFUSED;
	}
	if (!file_replace(change->path, out->bytes, out->length, 0644)) {
		pack_say("%s: %s", change->path, strerror(errno));
		return PACK_FAILED;
	}
	printf("%s: key %lld is %s\n", change->path,
	    (long long)steps[count].number,
	    secret_key_id(change->arena, change->new));
	return PACK_DONE;
}

/* The step first, then the index by the new key: whoever reads in between
 * still finds the old index with the old signature. */
static int
rotate(const struct change *change, const char *depot)
{
	const struct chain_step *last = last_of(change->chain);

	/* Cut short after the step the last time. */
	if (last != NULL && is_key(change->old, last->old) &&
	    is_key(change->new, last->new))
		return PACK_DONE;
	if (last != NULL &&
	    (!is_key(change->old, last->new) ||
		strcmp(change->chain->depot, change->options->depot) != 0)) {
		pack_say("%s ends with another key than %s", change->path,
		    change->options->key);
		return PACK_REFUSED;
	}
	return signs_now(change, depot) ? add_step(change) : PACK_REFUSED;
}

int
pack_rotate(struct pack_options *options)
{
	struct change change = { .arena = options->arena, .options = options };
	unsigned char raw[SECRET_PUBLIC];
	int code;

	if (options->word_count != 1 || options->depot == NULL ||
	    options->key == NULL || options->new_key == NULL ||
	    !manifest_is_name(options->depot))
		return PACK_USAGE;
	change.path =
	    arena_print(options->arena, "%s/keys.xml", options->words[0]);
	change.old = load(options->arena, options->key);
	change.new = load(options->arena, options->new_key);
	if (change.old == NULL || change.new == NULL)
		return PACK_FAILED;
	secret_key_raw(change.old, raw);
	if (is_key(change.new, raw)) {
		pack_say("%s and %s are the same key", options->key,
		    options->new_key);
		return PACK_REFUSED;
	}
	code = read_chain(options->arena, change.path, &change.chain);
	if (code == PACK_DONE)
		code = rotate(&change, options->words[0]);
	if (code != PACK_DONE)
		return code;
	options->key = options->new_key;
	return pack_index(options);
}
