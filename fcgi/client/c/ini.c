/* ini: reads kagiya-license.ini as PHP's parse_ini_file does in raw mode, for
 * what the agent writes and a maker may add. */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kit.h"

static const struct entry {
	const char *name;
	size_t offset;
	bool needed;
} entries[] = {
	{ "check_url", offsetof(struct kagiya_ini, check_url), true },
	{ "product", offsetof(struct kagiya_ini, product), true },
	{ "serial", offsetof(struct kagiya_ini, serial), true },
	{ "instance", offsetof(struct kagiya_ini, instance), true },
	{ "version", offsetof(struct kagiya_ini, version), false },
	{ "buy_url", offsetof(struct kagiya_ini, buy_url), false },
};

enum { ENTRIES = sizeof(entries) / sizeof(entries[0]) };

static char **
place_of(struct kagiya_ini *ini, const struct entry *entry)
{
	return (char **)(void *)((char *)ini + entry->offset);
}

static char *
trim(char *text)
{
	text += strspn(text, " \t\r\n");
	size_t length = strlen(text);
	while (length > 0 && strchr(" \t\r\n", text[length - 1]) != NULL)
		length--;
	text[length] = '\0';
	return text;
}

/* Between quotes nothing is special, and quoted parts side by side are one
 * value; without them a comment ends it. */
static char *
unquote(char *value)
{
	char *from = value, *to = value, *end;

	while ((*from == '"' || *from == '\'') &&
	       (end = strchr(from + 1, *from)) != NULL) {
		const size_t length = (size_t)(end - from - 1);

		memmove(to, from + 1, length);
		to += length;
		from = end + 1;
	}
	if (from != value) {
		*to = '\0';
		return value;
	}
	value[strcspn(value, ";")] = '\0';
	return trim(value);
}

static bool
add_key(struct kagiya_ini *ini, const char *text)
{
	size_t length;
	char *bytes = kagiya_unbase64(text, strlen(text), &length);

	if (bytes == NULL)
		return errno != ENOMEM;
	if (length == KAGIYA_KEY_SIZE && ini->key_count < KAGIYA_KEYS)
		memcpy(ini->keys[ini->key_count++], bytes, KAGIYA_KEY_SIZE);
	free(bytes);
	return true;
}

/* The last word on a name counts. */
static bool
set(struct kagiya_ini *ini, const char *name, const char *value)
{
	if (strcmp(name, "public_key[]") == 0)
		return add_key(ini, value);
	for (size_t i = 0; i < ENTRIES; i++) {
		if (strcmp(entries[i].name, name) != 0)
			continue;
		char **place = place_of(ini, &entries[i]);
		free(*place);
		*place = strdup(value);
		return *place != NULL;
	}
	return true;
}

static bool
read_line(struct kagiya_ini *ini, char *line)
{
	char *name = trim(line);
	char *value = strchr(name, '=');

	if (*name == ';' || *name == '[' || value == NULL)
		return true;
	*value++ = '\0';
	return set(ini, trim(name), unquote(trim(value)));
}

static bool
read_lines(struct kagiya_ini *ini, FILE *file)
{
	char *line = NULL;
	size_t size = 0;
	bool good = true;

	while (good && getline(&line, &size, file) != -1)
		good = read_line(ini, line);
	free(line);
	return good && !ferror(file);
}

/* What was not said is "". */
static bool
is_whole(struct kagiya_ini *ini)
{
	for (size_t i = 0; i < ENTRIES; i++) {
		char **place = place_of(ini, &entries[i]);

		if (*place == NULL && (*place = strdup("")) == NULL)
			return false;
		if (**place == '\0' && entries[i].needed) {
			errno = EINVAL;
			return false;
		}
	}
	errno = EINVAL;
	return ini->key_count > 0;
}

bool
kagiya_ini_read(const char *directory, struct kagiya_ini *ini_r)
{
	char *path;
	FILE *file;

	*ini_r = (struct kagiya_ini){ .key_count = 0 };
	if (asprintf(&path, "%s/kagiya-license.ini", directory) < 0)
		return false;
	file = fopen(path, "re");
	free(path);
	if (file == NULL)
		return false;
	const bool good = read_lines(ini_r, file) && is_whole(ini_r);
	const int trouble = errno;
	fclose(file);
	errno = trouble;
	return good;
}

void
kagiya_ini_free(struct kagiya_ini *ini)
{
	for (size_t i = 0; i < ENTRIES; i++)
		free(*place_of(ini, &entries[i]));
}
