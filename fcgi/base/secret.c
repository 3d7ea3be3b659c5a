/* secret: random numbers, digests and passwords. Key pairs stand in sign.c. */

#include "base/secret.h"

#include <argon2.h>
#include <crypt.h>
#include <errno.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>

#include "base/arena.h"
#include "base/must.h"
#include "base/text.h"

/* Strength of a password's hash. */
enum {
	MEMORY_KIB = 19 * 1024,
	PASSES = 2,
	LANES = 1,
	SALT = 16,
	HASH = 32,
	ENCODED = 256
};

/* What a stored hash may ask for at most: a mistake in the database must not
 * eat the machine. */
enum { MOST_MEMORY_KIB = 1024 * 1024, MOST_PASSES = 32 };

enum { BLOCK = 64 }; /* bytes that SHA-256 takes at a time */

struct secret_hash {
	EVP_MD_CTX *context;
};

void
secret_random(void *bytes_r, size_t n)
{
	unsigned char *next = bytes_r;

	while (n > 0) {
		ssize_t got = getrandom(next, n, 0);
		must(got >= 0 || errno == EINTR);
		if (got > 0) {
			next += got;
			n -= (size_t)got;
		}
	}
}

const char *
secret_token(struct arena *arena)
{
	unsigned char bytes[32];

	secret_random(bytes, sizeof bytes);
	const char *token = text_base64url(arena, bytes, sizeof bytes);
	explicit_bzero(bytes, sizeof bytes);
	return token;
}

bool
secret_equal(const void *a, const void *b, size_t n)
{
	return CRYPTO_memcmp(a, b, n) == 0;
}

bool
secret_equal_text(const char *a, const char *b)
{
	size_t n = strlen(a);

	return strlen(b) == n && CRYPTO_memcmp(a, b, n) == 0;
}

void
secret_sha256(
    const void *bytes, size_t n, unsigned char digest_r[SECRET_DIGEST])
{
	must(EVP_Digest(bytes, n, digest_r, NULL, EVP_sha256(), NULL) == 1);
}

static void
free_context(void *handle)
{
	EVP_MD_CTX_free(handle);
}

struct secret_hash *
secret_hash_new(struct arena *arena)
{
	struct secret_hash *hash = arena_alloc(arena, sizeof *hash);

	hash->context = EVP_MD_CTX_new();
	must(hash->context != NULL);
	arena_defer(arena, free_context, hash->context);
	must(EVP_DigestInit_ex(hash->context, EVP_sha256(), NULL) == 1);
	return hash;
}

void
secret_hash_add(struct secret_hash *hash, const void *bytes, size_t n)
{
	must(EVP_DigestUpdate(hash->context, bytes, n) == 1);
}

void
secret_hash_end(struct secret_hash *hash, unsigned char digest_r[SECRET_DIGEST])
{
	must(EVP_DigestFinal_ex(hash->context, digest_r, NULL) == 1);
}

void
secret_hmac(const void *key, size_t key_length, const void *bytes, size_t n,
    unsigned char digest_r[SECRET_DIGEST])
{
	must(key_length <= INT32_MAX);
	must(HMAC(EVP_sha256(), key, (int)key_length, bytes, n, digest_r,
		 NULL) != NULL);
}

/* RFC 2104: a digest begun with the key's inner pad, one begun with its outer
 * pad, and one that goes on from a copy of either. */
struct secret_mac {
	struct arena *arena; /* to be found by who looks for leaks */
	EVP_MD_CTX *inner, *outer, *turn;
};

static EVP_MD_CTX *
begin_padded(
    struct arena *arena, const unsigned char key[BLOCK], unsigned char pad)
{
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	unsigned char padded[BLOCK];

	must(context != NULL);
	arena_defer(arena, free_context, context);
	for (size_t i = 0; i < BLOCK; i++)
		padded[i] = key[i] ^ pad;
	must(EVP_DigestInit_ex(context, EVP_sha256(), NULL) == 1 &&
	     EVP_DigestUpdate(context, padded, sizeof padded) == 1);
	explicit_bzero(padded, sizeof padded);
	return context;
}

struct secret_mac *
secret_mac_new(struct arena *arena, const void *key, size_t key_length)
{
	struct secret_mac *mac = arena_alloc(arena, sizeof *mac);
	unsigned char block[BLOCK] = { 0 };

	mac->arena = arena;
	if (key_length > BLOCK)
		secret_sha256(key, key_length, block);
	else
		memcpy(block, key, key_length);
	mac->inner = begin_padded(arena, block, 0x36);
	mac->outer = begin_padded(arena, block, 0x5c);
	mac->turn = begin_padded(arena, block, 0);
	explicit_bzero(block, sizeof block);
	return mac;
}

static void
go_on(EVP_MD_CTX *turn, const EVP_MD_CTX *from, const void *bytes, size_t n,
    unsigned char digest_r[SECRET_DIGEST])
{
	must(EVP_MD_CTX_copy_ex(turn, from) == 1 &&
	     EVP_DigestUpdate(turn, bytes, n) == 1 &&
	     EVP_DigestFinal_ex(turn, digest_r, NULL) == 1);
}

void
secret_mac_of(struct secret_mac *mac, const void *bytes, size_t n,
    unsigned char digest_r[SECRET_DIGEST])
{
	go_on(mac->turn, mac->inner, bytes, n, digest_r);
	go_on(mac->turn, mac->outer, digest_r, SECRET_DIGEST, digest_r);
}

const char *
secret_password_hash(struct arena *arena, const char *password)
{
	unsigned char salt[SALT];
	char encoded[ENCODED];

	must(strlen(password) <= SECRET_PASSWORD_LONGEST);
	secret_random(salt, sizeof salt);
	must(argon2id_hash_encoded(PASSES, MEMORY_KIB, LANES, password,
		 strlen(password), salt, sizeof salt, HASH, encoded,
		 sizeof encoded) == ARGON2_OK);
	return arena_copy(arena, encoded);
}

/* Found nobody: as much work as for somebody. */
static enum secret_match
match_nobody(const char *password)
{
	static const unsigned char salt[SALT];
	unsigned char hash[HASH];

	must(argon2id_hash_raw(PASSES, MEMORY_KIB, LANES, password,
		 strlen(password), salt, sizeof salt, hash,
		 sizeof hash) == ARGON2_OK);
	return SECRET_WRONG;
}

static enum secret_match
match_argon2(const char *hash, const char *password)
{
	unsigned memory;
	unsigned passes;
	unsigned lanes;

	if (sscanf(hash, "$argon2id$v=19$m=%9u,t=%9u,p=%9u$", &memory, &passes,
		&lanes) != 3)
		return SECRET_WRONG;
	if (memory > MOST_MEMORY_KIB || passes > MOST_PASSES || lanes > 16)
		return SECRET_WRONG;
	int result = argon2id_verify(hash, password, strlen(password));
	must(result != ARGON2_MEMORY_ALLOCATION_ERROR);
	if (result != ARGON2_OK)
		return SECRET_WRONG;
	return memory < MEMORY_KIB || passes < PASSES ? SECRET_OLD
						      : SECRET_RIGHT;
}

/* The kinds worth believing: sha512crypt, bcrypt, yescrypt. */
static bool
is_crypt(const char *hash)
{
	static const char *const kinds[] = { "$6$", "$2a$", "$2b$", "$2y$",
		"$y$" };

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (strncmp(hash, kinds[i], strlen(kinds[i])) == 0)
			return true;
	return false;
}

static enum secret_match
match_crypt(const char *hash, const char *password)
{
	struct crypt_data data;

	memset(&data, 0, sizeof data);
	const char *made = crypt_r(password, hash, &data);
	/* A failure is a string that begins with '*', or NULL. */
	bool right =
	    made != NULL && *made == '$' && secret_equal_text(made, hash);
	explicit_bzero(&data, sizeof data);
	return right ? SECRET_OLD : SECRET_WRONG;
}

enum secret_match
secret_password_check(const char *hash, const char *password)
{
	if (strlen(password) > SECRET_PASSWORD_LONGEST)
		return SECRET_WRONG;
	if (hash == NULL)
		return match_nobody(password);
	if (is_crypt(hash))
		return match_crypt(hash, password);
	return match_argon2(hash, password);
}
