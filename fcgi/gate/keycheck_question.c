/* keycheck_question: the fields of a question, each there once and no longer
 * than it may be. */

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "gate/keycheck.h"
#include "web/gate.h"

/* Sizes in bytes. A key may be empty: that is the question of a trial. */
static const struct part {
	const char *name;
	size_t least, most;
	size_t offset;
} parts[] = {
	{ "product", 1, 40, offsetof(struct question, product) },
	{ "serial", 1, 20, offsetof(struct question, serial) },
	{ "instance", 1, 40, offsetof(struct question, instance) },
	{ "key", 0, 120, offsetof(struct question, key) },
	{ "version", 1, 40, offsetof(struct question, version) },
	{ "nonce", 1, 128, offsetof(struct question, nonce) },
	{ "why", 1, 8, offsetof(struct question, why) },
};

enum { PARTS = sizeof(parts) / sizeof(parts[0]) };

static const char *
read_part(const struct call *call, const char *name, size_t least, size_t most,
    const char **problem_r)
{
	bool doubled = false;
	const char *value = call_field(call, name, &doubled);
	const char *wrong = NULL;

	if (doubled)
		wrong = "twice or not UTF-8";
	else if (value == NULL || strlen(value) < least)
		wrong = "missing";
	else if (strlen(value) > most)
		wrong = "too long";
	else if (!text_is_plain(value))
		wrong = "control characters";
	if (wrong == NULL)
		return value;
	*problem_r = arena_print(call->work->arena, "%s: %s\n", name, wrong);
	return NULL;
}

static bool
is_reason(const char *why)
{
	return strcmp(why, "start") == 0 || strcmp(why, "daily") == 0 ||
	       strcmp(why, "activate") == 0;
}

bool
question_read(const struct call *call, struct question *question_r,
    const char **problem_r)
{
	const char *version = read_part(call, "v", 1, 8, problem_r);

	if (version == NULL)
		return false;
	if (strcmp(version, "1") != 0) {
		*problem_r = "v: only 1 is spoken here\n";
		return false;
	}
	for (size_t i = 0; i < PARTS; i++) {
		const char *value = read_part(call, parts[i].name,
		    parts[i].least, parts[i].most, problem_r);

		if (value == NULL)
			return false;
		memcpy((char *)question_r + parts[i].offset, &value,
		    sizeof(value));
	}
	if (!is_reason(question_r->why)) {
		*problem_r = "why: start, daily or activate\n";
		return false;
	}
	key_read(call->work->arena, question_r->key, &question_r->typed);
	return true;
}

const char *
question_ascii(struct arena *arena, const char *value)
{
	char *copy = arena_copy(arena, value);

	for (char *c = copy; *c != '\0'; c++)
		if ((unsigned char)*c > '~')
			*c = '?';
	return copy;
}
