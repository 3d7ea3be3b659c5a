/* sign: Ed25519 key pairs and signatures (RFC 8032); declared in secret.h. */

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/must.h"
#include "base/secret.h"
#include "base/text.h"

enum { PEM_LIMIT = 16 * 1024 };

struct secret_key {
	EVP_PKEY *pair;
	bool is_private;
	EVP_MD_CTX **signer; /* made with the first signature */
};

static void
free_pair(void *handle)
{
	const struct secret_key *key = handle;

	EVP_MD_CTX_free(*key->signer);
	EVP_PKEY_free(key->pair);
}

static struct secret_key *
keep(struct arena *arena, EVP_PKEY *pair, bool is_private)
{
	struct secret_key *key = arena_alloc(arena, sizeof *key);

	key->pair = pair;
	key->signer = arena_alloc(arena, sizeof *key->signer);
	arena_defer(arena, free_pair, key);
	key->is_private = is_private;
	return key;
}

struct secret_key *
secret_key_make(struct arena *arena)
{
	EVP_PKEY *pair = EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");

	must(pair != NULL);
	return keep(arena, pair, true);
}

/* Files with a passphrase are refused: nobody sits at the terminal. */
static int
no_passphrase(char *buffer, int size, int writing, void *data)
{
	(void)buffer;
	(void)size;
	(void)writing;
	(void)data;
	return -1;
}

static EVP_PKEY *
read_pem(const char *pem, size_t length, bool as_private)
{
	BIO *bio = BIO_new_mem_buf(pem, (int)length);

	must(bio != NULL);
	EVP_PKEY *pair =
	    as_private ? PEM_read_bio_PrivateKey(bio, NULL, no_passphrase, NULL)
		       : PEM_read_bio_PUBKEY(bio, NULL, no_passphrase, NULL);
	BIO_free(bio);
	ERR_clear_error();
	if (pair != NULL && EVP_PKEY_get_id(pair) != EVP_PKEY_ED25519) {
		EVP_PKEY_free(pair);
		return NULL;
	}
	return pair;
}

struct secret_key *
secret_key_read(struct arena *arena, const char *pem, size_t length)
{
	EVP_PKEY *pair = read_pem(pem, length, true);

	if (pair != NULL)
		return keep(arena, pair, true);
	pair = read_pem(pem, length, false);
	return pair == NULL ? NULL : keep(arena, pair, false);
}

struct secret_key *
secret_key_load(struct arena *arena, const char *path)
{
	size_t length;
	const char *pem = file_read(arena, path, PEM_LIMIT, &length);

	return pem == NULL ? NULL : secret_key_read(arena, pem, length);
}

bool
secret_key_can_sign(const struct secret_key *key)
{
	return key->is_private;
}

const char *
secret_key_text(struct arena *arena, const struct secret_key *key)
{
	BIO *bio = BIO_new(BIO_s_mem());
	char *pem;
	long length;
	const char *text;

	must(bio != NULL && PEM_write_bio_PUBKEY(bio, key->pair) == 1);
	length = BIO_get_mem_data(bio, &pem);
	must(length > 0);
	text = arena_copy_n(arena, pem, (size_t)length);
	BIO_free(bio);
	return text;
}

struct secret_key *
secret_key_public(struct arena *arena, const unsigned char raw[SECRET_PUBLIC])
{
	EVP_PKEY *pair = EVP_PKEY_new_raw_public_key(
	    EVP_PKEY_ED25519, NULL, raw, SECRET_PUBLIC);

	must(pair != NULL);
	return keep(arena, pair, false);
}

static bool
save(const struct secret_key *key, const char *path, bool as_private)
{
	BIO *bio = BIO_new(BIO_s_secmem());
	char *pem;

	must(bio != NULL);
	must((as_private ? PEM_write_bio_PKCS8PrivateKey(
			       bio, key->pair, NULL, NULL, 0, NULL, NULL)
			 : PEM_write_bio_PUBKEY(bio, key->pair)) == 1);
	long length = BIO_get_mem_data(bio, &pem);
	must(length > 0);
	bool saved =
	    file_replace(path, pem, (size_t)length, as_private ? 0600 : 0644);
	BIO_free(bio);
	return saved;
}

bool
secret_key_save(const struct secret_key *key, const char *private_path,
    const char *public_path)
{
	must(key->is_private);
	return save(key, private_path, true) && save(key, public_path, false);
}

void
secret_key_raw(const struct secret_key *key, unsigned char raw_r[SECRET_PUBLIC])
{
	size_t length = SECRET_PUBLIC;

	must(EVP_PKEY_get_raw_public_key(key->pair, raw_r, &length) == 1);
	must(length == SECRET_PUBLIC);
}

const char *
secret_key_id(struct arena *arena, const struct secret_key *key)
{
	unsigned char raw[SECRET_PUBLIC];
	unsigned char digest[SECRET_DIGEST];

	secret_key_raw(key, raw);
	secret_sha256(raw, sizeof raw, digest);
	return text_base64url(arena, digest, 8);
}

static bool
sign(EVP_MD_CTX *signer, const void *bytes, size_t n,
    unsigned char signature_r[SECRET_SIGNATURE])
{
	size_t length = SECRET_SIGNATURE;

	return EVP_DigestSign(signer, signature_r, &length, bytes, n) == 1 &&
	       length == SECRET_SIGNATURE;
}

/* A context is good for many signatures, though not with every release of
 * OpenSSL: one that refuses is begun anew. */
void
secret_sign(const struct secret_key *key, const void *bytes, size_t n,
    unsigned char signature_r[SECRET_SIGNATURE])
{
	EVP_MD_CTX **signer = key->signer;

	must(key->is_private);
	if (*signer != NULL && sign(*signer, bytes, n, signature_r))
		return;
	ERR_clear_error();
	EVP_MD_CTX_free(*signer);
	*signer = EVP_MD_CTX_new();
	must(*signer != NULL &&
	     EVP_DigestSignInit(*signer, NULL, NULL, NULL, key->pair) == 1);
	must(sign(*signer, bytes, n, signature_r));
}

bool
secret_verify(const struct secret_key *key, const void *bytes, size_t n,
    const void *signature, size_t signature_length)
{
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	must(context != NULL);
	must(EVP_DigestVerifyInit(context, NULL, NULL, NULL, key->pair) == 1);
	bool right = EVP_DigestVerify(
			 context, signature, signature_length, bytes, n) == 1;
	EVP_MD_CTX_free(context);
	ERR_clear_error();
	return right;
}
