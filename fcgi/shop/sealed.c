/* sealed: secret answers on their way to the agent. */

#include "shop/sealed.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/log.h"
#include "base/must.h"
#include "base/secret.h"
#include "base/setting.h"
#include "base/text.h"

/* No answer of a customer's begins so: it has a control character. */
#define MARK "\x01sealed:"

static bool
read_key(struct arena *arena, unsigned char key_r[SECRET_DIGEST])
{
	const char *path = setting_text("secret.setting_file");
	const char *hex = file_read(arena, path, 1024, NULL);
	const bool read = hex != NULL && text_unhex(text_trim(arena, hex),
					     key_r, SECRET_DIGEST);

	if (!read)
		log_event(LOG_FAULT, "sealed.no-secret", "file=%s", path);
	return read;
}

const char *
sealed_make(struct arena *arena, const char *words)
{
	unsigned char key[SECRET_DIGEST];

	if (!read_key(arena, key))
		return NULL;
	return arena_print(arena, "%s%s", MARK, secret_seal(arena, key, words));
}

static bool
is_sealed(const char *answer)
{
	return strncmp(answer, MARK, strlen(MARK)) == 0;
}

const char *
sealed_open(struct arena *arena, const char *answer)
{
	unsigned char key[SECRET_DIGEST];
	const char *words;

	if (!is_sealed(answer))
		return answer;
	if (!read_key(arena, key))
		return "";
	words = secret_open(arena, key, answer + strlen(MARK));
	if (words == NULL)
		log_event(LOG_FAULT, "sealed.other-secret", "file=%s",
		    setting_text("secret.setting_file"));
	return words == NULL ? "" : words;
}

static void
release_json(void *json)
{
	json_decref(json);
}

const char *
sealed_strip(struct arena *arena, const char *answers)
{
	json_t *json = json_loads(answers, JSON_REJECT_DUPLICATES, NULL);
	const char *name;
	json_t *value;
	void *next;
	char *text;

	if (json == NULL)
		return answers;
	arena_defer(arena, release_json, json);
	json_object_foreach_safe(
	    json, next, name, value) if (json_is_string(value) &&
					 is_sealed(json_string_value(value)))
	    json_object_del(json, name);
	text = json_dumps(json, JSON_COMPACT | JSON_SORT_KEYS);
	must(text != NULL);
	arena_defer(arena, free, text);
	return text;
}
