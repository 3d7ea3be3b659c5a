/* c: the C kit's driver, as fcgi/client/RULES tells. */

#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kit.h"

enum { MISTAKE = 3, LINE = 4096 };

static char *
path_of(const char *folder, const char *name)
{
	char *path;

	return asprintf(&path, "%s/%s", folder, name) < 0 ? NULL : path;
}

static void
activate(struct kagiya_license *license, const char *folder)
{
	char *path = path_of(folder, "key.txt");
	FILE *file = fopen(path, "re");
	char key[LINE] = "";

	free(path);
	if (file == NULL || fgets(key, sizeof(key), file) == NULL)
		fputs("no key.txt\n", stderr);
	if (file != NULL)
		fclose(file);
	kagiya_answer_free(kagiya_activate(license, key));
}

static enum kagiya_decision
decide(struct kagiya_license *license, const char *folder, const char *why)
{
	if (strcmp(why, "activate") != 0)
		return kagiya_check(license);
	activate(license, folder);
	return kagiya_standing(license);
}

static int
drive(const char *folder, const char *why)
{
	char *state = path_of(folder, "state");
	struct kagiya_license *license = kagiya_open(folder, state);
	const char *ca_file = getenv("KAGIYA_TEST_CA");

	free(state);
	if (license == NULL) {
		perror("kagiya-license.ini");
		return MISTAKE;
	}
	if (ca_file != NULL && !kagiya_trust(license, ca_file))
		return MISTAKE;
	const enum kagiya_decision decision = decide(license, folder, why);
	struct kagiya_answer *answer =
	    decision == KAGIYA_UNKNOWN ? NULL : kagiya_answer(license);
	printf("%s %s\n", kagiya_decision_name(decision),
	    answer == NULL ? "-" : kagiya_answer_text(answer, "code"));
	kagiya_answer_free(answer);
	kagiya_close(license);
	return (int)decision;
}

static void
add_keys(struct kagiya_ini *ini, char *list)
{
	for (char *text; (text = strsep(&list, ",")) != NULL;) {
		size_t length;
		char *key = kagiya_unbase64(text, strlen(text), &length);

		if (key != NULL && length == KAGIYA_KEY_SIZE &&
		    ini->key_count < KAGIYA_KEYS)
			memcpy(ini->keys[ini->key_count++], key, length);
		free(key);
	}
}

/* The usual base64, padded: any bytes. NULL when a '\0' is among them, which
 * no answer has. */
static char *
unbase64(const char *text)
{
	const size_t length = strlen(text);
	char *bytes = calloc(1, length + 1);

	if (bytes == NULL || length == 0)
		return bytes;
	const int size = EVP_DecodeBlock(
	    (unsigned char *)bytes, (const unsigned char *)text, (int)length);
	const size_t padding = strlen(strchrnul(text, '='));
	if (size >= 0 && strlen(bytes) == (size_t)size - padding)
		return bytes;
	free(bytes);
	return NULL;
}

static const char *
judge(const char *jws, const struct kagiya_ini *ini, const char *nonce,
    const char *revision)
{
	struct kagiya_answer *answer = kagiya_answer_read(jws, ini);
	const char *word = "refuse";

	if (answer != NULL && kagiya_answer_is_for(answer, ini, nonce)) {
		if (kagiya_answer_is_test(answer))
			word = "test";
		else if (kagiya_answer_number(answer, "revision") >=
			 strtoll(revision, NULL, 10))
			word = "accept";
	}
	kagiya_answer_free(answer);
	return word;
}

/* NAME KEYS PRODUCT SERIAL INSTANCE NONCE REVISION ANSWER */
static void
judge_line(char *line)
{
	struct kagiya_ini ini = { .key_count = 0 };
	char *fields[7];

	line[strcspn(line, "\n")] = '\0';
	for (int i = 0; i < 7; i++) {
		fields[i] = strsep(&line, "\t");
		if (line == NULL)
			return;
	}
	add_keys(&ini, fields[1]);
	ini.product = fields[2];
	ini.serial = fields[3];
	ini.instance = fields[4];
	char *jws = unbase64(line);
	printf("%s\t%s\n", fields[0],
	    jws == NULL ? "refuse" : judge(jws, &ini, fields[5], fields[6]));
	free(jws);
}

static int
judge_all(const char *path)
{
	FILE *file = fopen(path, "re");
	char *line = NULL;
	size_t size = 0;

	if (file == NULL) {
		perror(path);
		return MISTAKE;
	}
	while (getline(&line, &size, file) != -1)
		judge_line(line);
	free(line);
	fclose(file);
	return 0;
}

int
main(int count, char **arguments)
{
	if (count != 3) {
		fputs("usage: c FOLDER WHY | c vectors FILE\n", stderr);
		return MISTAKE;
	}
	if (strcmp(arguments[1], "vectors") == 0)
		return judge_all(arguments[2]);
	return drive(arguments[1], arguments[2]);
}
