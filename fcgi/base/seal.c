/* seal: words that only the holder of a key can read. */

#include <openssl/evp.h>
#include <string.h>

#include "base/arena.h"
#include "base/must.h"
#include "base/secret.h"
#include "base/text.h"

enum { NONCE = 12, TAG = 16, LONGEST = 1 << 20 };

static void
free_cipher(void *cipher)
{
	EVP_CIPHER_CTX_free(cipher);
}

static EVP_CIPHER_CTX *
new_cipher(struct arena *arena)
{
	EVP_CIPHER_CTX *cipher = EVP_CIPHER_CTX_new();

	must(cipher != NULL);
	arena_defer(arena, free_cipher, cipher);
	return cipher;
}

/* Nonce, words, tag. */
const char *
secret_seal(struct arena *arena, const unsigned char key[SECRET_DIGEST],
    const char *words)
{
	const size_t n = strlen(words);
	unsigned char *whole = arena_alloc(arena, NONCE + n + TAG);
	EVP_CIPHER_CTX *cipher = new_cipher(arena);
	int length;

	must(n <= LONGEST);
	secret_random(whole, NONCE);
	must(EVP_EncryptInit_ex(cipher, EVP_aes_256_gcm(), NULL, key, whole) ==
	     1);
	must(EVP_EncryptUpdate(cipher, whole + NONCE, &length,
		 (const unsigned char *)words, (int)n) == 1);
	must(EVP_EncryptFinal_ex(cipher, whole + NONCE + n, &length) == 1);
	must(EVP_CIPHER_CTX_ctrl(
		 cipher, EVP_CTRL_GCM_GET_TAG, TAG, whole + NONCE + n) == 1);
	return text_base64url(arena, whole, NONCE + n + TAG);
}

const char *
secret_open(struct arena *arena, const unsigned char key[SECRET_DIGEST],
    const char *sealed)
{
	size_t n;
	const unsigned char *whole =
	    text_unbase64url(arena, sealed, strlen(sealed), &n);
	EVP_CIPHER_CTX *cipher = new_cipher(arena);
	unsigned char tag[TAG], *words;
	int length;

	if (whole == NULL || n < NONCE + TAG || n > LONGEST)
		return NULL;
	n -= NONCE + TAG;
	words = arena_alloc(arena, n + 1);
	memcpy(tag, whole + NONCE + n, TAG);
	must(EVP_DecryptInit_ex(cipher, EVP_aes_256_gcm(), NULL, key, whole) ==
	     1);
	if (EVP_DecryptUpdate(cipher, words, &length, whole + NONCE, (int)n) !=
		1 ||
	    EVP_CIPHER_CTX_ctrl(cipher, EVP_CTRL_GCM_SET_TAG, TAG, tag) != 1 ||
	    EVP_DecryptFinal_ex(cipher, words + n, &length) != 1)
		return NULL;
	return (const char *)words;
}
