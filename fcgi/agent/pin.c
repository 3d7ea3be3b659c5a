/* pin: what is believed of a depot. */

#include "agent/pin.h"

#include <string.h>

#include "agent/agent.h"
#include "agent/lines.h"
#include "base/arena.h"
#include "base/file.h"
#include "base/log.h"
#include "base/text.h"

enum { LIMIT = 4096 };

static const char *
path_of(const struct agent *agent, struct arena *arena, const char *folder,
    const char *name)
{
	return arena_print(
	    arena, "%s/%s/%s", agent->conf.state_dir, folder, name);
}

static bool
read_given(const struct agent *agent, struct arena *arena, struct pin *pin)
{
	const struct secret_key *key =
	    secret_key_load(arena, arena_print(arena, "%s/%s.pub",
				       agent->conf.depot_keys, pin->depot));

	if (key == NULL)
		return false;
	secret_key_raw(key, pin->given);
	return true;
}

static bool
take_key(struct arena *arena, const struct lines *lines, const char *word,
    unsigned char raw_r[SECRET_PUBLIC])
{
	const char *value = lines_value(lines, word);
	const void *raw;
	size_t length;

	if (value == NULL)
		return false;
	raw = text_unbase64url(arena, value, strlen(value), &length);
	if (raw == NULL || length != SECRET_PUBLIC)
		return false;
	memcpy(raw_r, raw, SECRET_PUBLIC);
	return true;
}

/* The lines of a file that was written under the given key; false else. */
static bool
read_lines(const struct agent *agent, struct arena *arena,
    const struct pin *pin, const char *folder, struct lines *lines_r)
{
	const char *text = file_read(
	    arena, path_of(agent, arena, folder, pin->depot), LIMIT, NULL);
	unsigned char given[SECRET_PUBLIC];

	if (text == NULL)
		return false;
	lines_read(lines_r, arena, text);
	return take_key(arena, lines_r, "given", given) &&
	       memcmp(given, pin->given, SECRET_PUBLIC) == 0;
}

const char *
pin_read(const struct agent *agent, struct arena *arena, const char *depot,
    struct pin *pin_r)
{
	struct lines lines;

	*pin_r = (struct pin){ .depot = depot };
	if (!read_given(agent, arena, pin_r))
		return arena_print(arena, "depot.unknown %s", depot);
	if (read_lines(agent, arena, pin_r, "revoked", &lines))
		return arena_print(arena, "depot.revoked %s", depot);
	memcpy(pin_r->at.key, pin_r->given, SECRET_PUBLIC);
	if (!read_lines(agent, arena, pin_r, "depot", &lines) ||
	    !take_key(arena, &lines, "key", pin_r->at.key))
		return "";
	pin_r->at.number = lines_number(&lines, "number");
	pin_r->serial = lines_number(&lines, "serial");
	return "";
}

static const char *
key_text(struct arena *arena, const unsigned char raw[SECRET_PUBLIC])
{
	return text_base64url(arena, raw, SECRET_PUBLIC);
}

static bool
write_lines(const struct agent *agent, struct arena *arena,
    const struct pin *pin, const char *folder, const struct text *text)
{
	return file_make_folder(
		   arena_print(arena, "%s/%s", agent->conf.state_dir, folder),
		   0700) &&
	       file_replace(path_of(agent, arena, folder, pin->depot),
		   text->bytes, text->length, 0600);
}

static struct text *
begin(struct arena *arena, const struct pin *pin)
{
	struct text *text = text_new(arena, LIMIT);

	lines_write(text, "given", key_text(arena, pin->given));
	return text;
}

bool
pin_write(const struct agent *agent, struct arena *arena, const struct pin *pin)
{
	struct text *text = begin(arena, pin);

	lines_write(text, "key", key_text(arena, pin->at.key));
	lines_write(text, "number",
	    arena_print(arena, "%lld", (long long)pin->at.number));
	lines_write(
	    text, "serial", arena_print(arena, "%lld", (long long)pin->serial));
	return write_lines(agent, arena, pin, "depot", text);
}

bool
pin_revoke(const struct agent *agent, struct arena *arena, const char *depot)
{
	struct pin pin = { .depot = depot };
	struct lines lines;

	if (!read_given(agent, arena, &pin) ||
	    read_lines(agent, arena, &pin, "revoked", &lines))
		return true;
	log_event(LOG_WARN, "depot.revoked", "depot=%s", depot);
	return write_lines(agent, arena, &pin, "revoked", begin(arena, &pin));
}
