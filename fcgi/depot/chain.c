/* chain: how a maker's key became another. */

#include "depot/chain.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "depot/grammar.h"
#include "depot/sign.h"

/* What both keys sign. */
static const char *
words_of(struct arena *arena, const char *depot, const struct chain_step *step)
{
	return arena_print(arena, "%s\n%lld\n%s\n%s\n", depot,
	    (long long)step->number,
	    text_base64url(arena, step->old, SECRET_PUBLIC),
	    text_base64url(arena, step->new, SECRET_PUBLIC));
}

void
chain_sign(struct arena *arena, const char *depot, int64_t number,
    const struct secret_key *old, const struct secret_key *new,
    struct chain_step *step_r)
{
	const char *words;

	step_r->number = number;
	secret_key_raw(old, step_r->old);
	secret_key_raw(new, step_r->new);
	words = words_of(arena, depot, step_r);
	step_r->by_old = sign_make(arena, old, SIGN_KEY, words, strlen(words));
	step_r->by_new = sign_make(arena, new, SIGN_KEY, words, strlen(words));
}

static bool
is_signed(struct arena *arena, const char *depot, const struct chain_step *step)
{
	const char *words = words_of(arena, depot, step);
	const size_t n = strlen(words);

	return sign_is_right(arena, secret_key_public(arena, step->old),
		   SIGN_KEY, words, n, step->by_old) &&
	       sign_is_right(arena, secret_key_public(arena, step->new),
		   SIGN_KEY, words, n, step->by_new);
}

static bool
read_key(struct arena *arena, struct xml_node *node, const char *name,
    unsigned char raw_r[SECRET_PUBLIC])
{
	const char *word = xml_attribute(arena, node, name);
	size_t length;
	const void *raw = text_unbase64url(arena, word, strlen(word), &length);

	if (raw == NULL || length != SECRET_PUBLIC)
		return false;
	memcpy(raw_r, raw, SECRET_PUBLIC);
	return true;
}

static bool
read_step(struct arena *arena, struct xml_node *node, struct chain_step *step)
{
	step->by_old = xml_attribute(arena, node, "by_old");
	step->by_new = xml_attribute(arena, node, "by_new");
	return xml_number(arena, node, "number", 2, 999999, &step->number) &&
	       read_key(arena, node, "old", step->old) &&
	       read_key(arena, node, "new", step->new);
}

const struct chain *
chain_read(struct arena *arena, const void *bytes, size_t n,
    const struct xml_watcher *watcher)
{
	struct xml_node *root = xml_read(arena, bytes, n, CHAIN_LIMIT, watcher);
	struct chain *chain = arena_alloc(arena, sizeof(*chain));
	struct chain_step *steps;

	if (root == NULL ||
	    !xml_is_valid(
		arena, xml_grammar_new(arena, grammar_keys), root, watcher) ||
	    xml_count(root, "key") > CHAIN_STEPS)
		return NULL;
	steps = arena_array(arena, xml_count(root, "key"), sizeof(*steps));
	for (struct xml_node *at = xml_child(root, "key"); at != NULL;
	     at = xml_next(at, "key"))
		if (!read_step(arena, at, &steps[chain->count++]))
			return NULL;
	chain->depot = xml_attribute(arena, root, "depot");
	chain->steps = steps;
	return chain;
}

void
chain_write(struct text *out, const struct chain *chain)
{
	text_add(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<keys");
	xml_put(out, "format", "1");
	xml_put(out, "depot", chain->depot);
	text_add(out, ">\n");
	for (size_t i = 0; i < chain->count; i++) {
		const struct chain_step *step = &chain->steps[i];

		text_add(out, "\t<key");
		xml_put_number(out, "number", step->number);
		xml_put(out, "old",
		    text_base64url(out->arena, step->old, SECRET_PUBLIC));
		xml_put(out, "new",
		    text_base64url(out->arena, step->new, SECRET_PUBLIC));
		xml_put(out, "by_old", step->by_old);
		xml_put(out, "by_new", step->by_new);
		text_add(out, "/>\n");
	}
	text_add(out, "</keys>\n");
}

/* Does the step lead on from there? */
static bool
fits(const struct chain_pin *pin, const struct chain_step *step)
{
	return memcmp(pin->key, step->old, SECRET_PUBLIC) == 0 &&
	       (pin->number == 0 || step->number == pin->number + 1);
}

bool
chain_follow(struct arena *arena, const struct chain *chain, const char *depot,
    struct chain_pin *pin)
{
	struct chain_pin at = *pin;
	bool moved = false;

	if (strcmp(chain->depot, depot) != 0)
		return false;
	for (size_t i = 0; i < chain->count; i++) {
		const struct chain_step *step = &chain->steps[i];

		if (!fits(&at, step)) {
			if (moved)
				return false;
			continue;
		}
		if (!is_signed(arena, depot, step))
			return false;
		memcpy(at.key, step->new, SECRET_PUBLIC);
		at.number = step->number;
		moved = true;
	}
	if (moved)
		*pin = at;
	return moved;
}
