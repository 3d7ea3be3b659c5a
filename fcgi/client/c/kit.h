/* kit: what the parts of libkagiya-license share. */

#ifndef C_KIT_H
#define C_KIT_H

#include <pthread.h>
#include <stddef.h>

#include "kagiya-license.h"

enum {
	KAGIYA_KEY_SIZE = 32,	    /* a raw Ed25519 key */
	KAGIYA_KEYS = 2,	    /* two count while keys change */
	KAGIYA_LIMIT = 64 * 1024,   /* bytes of an answer or a kept file */
	KAGIYA_NONCE_SIZE = 24,
	KAGIYA_NONCE_TEXT = 33,	    /* in base64url, with its end */
};

/* Numbers beyond are not the same in all languages. */
#define KAGIYA_MOST INT64_C(9007199254740991)

/* kagiya-license.ini; every string is there, if empty. */
struct kagiya_ini {
	char *check_url;
	char *product;
	char *serial;
	char *instance;
	char *version;
	char *buy_url;
	unsigned char keys[KAGIYA_KEYS][KAGIYA_KEY_SIZE];
	size_t key_count;
};

/* False with errno; the file must name shop, program and a key. What was read
 * is freed in either case by kagiya_ini_free(). */
bool kagiya_ini_read(const char *directory, struct kagiya_ini *ini_r);
void kagiya_ini_free(struct kagiya_ini *ini);

/* A member of a flat JSON object. Values that are neither string nor whole
 * number of 64 bits are passed over: string NULL, is_number false. */
struct kagiya_member {
	const char *name;
	const char *string;
	bool is_number;
	int64_t number;
};

/* Reads an object in place: bytes[length] must be '\0', and strings point into
 * the bytes. The number of members, or -1 when it is no such object, names a
 * member twice or has more than `most`. */
int kagiya_json_read(
    char *bytes, size_t length, struct kagiya_member *members, int most);

/* Strict base64url without padding. The bytes end with '\0' and are the
 * caller's to free; NULL when it is none, or out of memory. */
char *kagiya_unbase64(const char *text, size_t length, size_t *length_r);

/* NULL unless one of the keys signed it, and it is whole (rules 5 to 7 of
 * fcgi/client/RULES). */
struct kagiya_answer *kagiya_answer_read(
    const char *jws, const struct kagiya_ini *ini);
/* Rule 8; nonce NULL: not compared. */
bool kagiya_answer_is_for(const struct kagiya_answer *answer,
    const struct kagiya_ini *ini, const char *nonce);
const char *kagiya_answer_jws(const struct kagiya_answer *answer);
bool kagiya_answer_is_ok(const struct kagiya_answer *answer);
/* Noon UTC of a day as an answer names it; far away for none. */
int64_t kagiya_answer_noon(
    const struct kagiya_answer *answer, const char *name);

enum kagiya_file { KAGIYA_FILE_ANSWER, KAGIYA_FILE_KEY, KAGIYA_FILES };

/* A folder, and what could not be written there. */
struct kagiya_store {
	char *folder;
	pthread_mutex_t mutex;
	char *unwritten[KAGIYA_FILES];
	bool told;
};

/* The folder is the store's from now on. */
void kagiya_store_open(struct kagiya_store *store, char *folder);
void kagiya_store_close(struct kagiya_store *store);
/* "" when there is no such file; the caller's to free. NULL: out of memory. */
char *kagiya_store_read(struct kagiya_store *store, enum kagiya_file file);
/* What cannot be written is remembered, and said once on standard error. */
void kagiya_store_write(
    struct kagiya_store *store, enum kagiya_file file, const char *text);
/* One process asks, the others go on with what is kept. A descriptor to close,
 * or -1 with errno: EWOULDBLOCK when it stayed taken for so many seconds. */
int kagiya_store_lock(struct kagiya_store *store, int seconds);

/* A question to the shop. */
struct kagiya_question {
	const struct kagiya_ini *ini;
	const char *ca_file;	/* NULL: the system's */
	const char *key;
	const char *why;	/* start daily activate */
	int seconds;		/* it may take in all */
	char nonce[KAGIYA_NONCE_TEXT];
};

/* The body of an answer of status 200, trimmed, the caller's to free, or NULL;
 * Retry-After in seconds, or 0. */
char *kagiya_wire_post(
    const struct kagiya_question *question, int64_t *retry_r);

#endif
