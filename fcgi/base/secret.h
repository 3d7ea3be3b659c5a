/* secret: random numbers, digests, passwords, signatures. secret.c, sign.c
 * and seal.c are the only files that include OpenSSL, libargon2 and crypt.h. */

#ifndef BASE_SECRET_H
#define BASE_SECRET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

enum {
	SECRET_DIGEST = 32,	/* bytes of a SHA-256 or HMAC-SHA-256 */
	SECRET_SIGNATURE = 64,	/* bytes of an Ed25519 signature */
	SECRET_PUBLIC = 32,	/* bytes of an Ed25519 public key */
	SECRET_PASSWORD_LONGEST = 1024,	/* bytes; ask before hashing */
};

/* From the kernel; ends the process when it has none. */
void secret_random(void *bytes_r, size_t n);

/* 256 random bits as 43 characters of base64url. */
const char *secret_token(struct arena *arena);

/* In a time that does not depend on the content. */
bool secret_equal(const void *a, const void *b, size_t n);
bool secret_equal_text(const char *a, const char *b);

void secret_sha256(
    const void *bytes, size_t n, unsigned char digest_r[SECRET_DIGEST]);

/* A digest made piece by piece, for files. */
struct secret_hash;
struct secret_hash *secret_hash_new(struct arena *arena);
void secret_hash_add(struct secret_hash *hash, const void *bytes, size_t n);
/* Once; nothing can be added after it. */
void secret_hash_end(
    struct secret_hash *hash, unsigned char digest_r[SECRET_DIGEST]);

void secret_hmac(const void *key, size_t key_length, const void *bytes,
    size_t n, unsigned char digest_r[SECRET_DIGEST]);

/* AES-256-GCM: what is sealed by a key of 32 bytes tells nobody else anything,
 * and cannot be changed; base64url, another one each time. */
const char *secret_seal(struct arena *arena,
    const unsigned char key[SECRET_DIGEST], const char *words);
/* NULL when this key did not seal it. */
const char *secret_open(struct arena *arena,
    const unsigned char key[SECRET_DIGEST], const char *sealed);

/* The same key for many: what depends on it alone is done once. */
struct secret_mac;
struct secret_mac *secret_mac_new(
    struct arena *arena, const void *key, size_t key_length);
void secret_mac_of(struct secret_mac *mac, const void *bytes, size_t n,
    unsigned char digest_r[SECRET_DIGEST]);

/* Argon2id, 19 MiB, 2 passes, 1 lane, as a PHC string (OWASP 2026). */
const char *secret_password_hash(struct arena *arena, const char *password);

enum secret_match {
	SECRET_WRONG,
	SECRET_RIGHT,
	SECRET_OLD,	/* right, but the hash is weaker than ours: renew it */
};

/* hash may be Argon2id of ours or what crypt(3) knows: sha512crypt, bcrypt,
 * yescrypt. A NULL hash costs the same time and is wrong, as is a password
 * longer than SECRET_PASSWORD_LONGEST. */
enum secret_match secret_password_check(
    const char *hash, const char *password);

/* Ed25519 key pairs, kept as PEM files (PKCS #8 and SubjectPublicKeyInfo). */
struct secret_key;
struct secret_key *secret_key_make(struct arena *arena);
/* NULL when the file cannot be read or holds no such key. A public key's
 * file gives a key that verifies only. */
struct secret_key *secret_key_load(struct arena *arena, const char *path);
/* The same from the file's text; lines before and after the key are passed
 * over. */
struct secret_key *secret_key_read(
    struct arena *arena, const char *pem, size_t length);
/* The public half as such a file's text. */
const char *secret_key_text(struct arena *arena, const struct secret_key *key);
bool secret_key_can_sign(const struct secret_key *key);
struct secret_key *secret_key_public(
    struct arena *arena, const unsigned char raw[SECRET_PUBLIC]);
/* Private file 0600, public 0644, both written beside and renamed. */
bool secret_key_save(const struct secret_key *key, const char *private_path,
    const char *public_path);
void secret_key_raw(
    const struct secret_key *key, unsigned char raw_r[SECRET_PUBLIC]);
/* 11 characters: base64url of the first 8 bytes of the raw key's SHA-256. */
const char *secret_key_id(struct arena *arena, const struct secret_key *key);

void secret_sign(const struct secret_key *key, const void *bytes, size_t n,
    unsigned char signature_r[SECRET_SIGNATURE]);
bool secret_verify(const struct secret_key *key, const void *bytes, size_t n,
    const void *signature, size_t signature_length);

#endif
