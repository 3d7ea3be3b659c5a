/* test: Ed25519 keys and signatures. */

#include "lab.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/secret.h"
#include "base/text.h"
#include "keys.h"

static struct arena *arena;
static const char *folder;

static int
setup(void **state)
{
	(void)state;
	arena = arena_new();
	folder = lab_folder(arena);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

/* RFC 8032, section 7.1, tests 1 to 3. */
static const struct {
	const char *seed;
	const char *public;
	const char *message;
	const char *signature;
} vectors[] = {
	{ "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
	    "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
	    "",
	    "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
	    "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100"
	    "b" },
	{ "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
	    "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
	    "72",
	    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
	    "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c0"
	    "0" },
	{ "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
	    "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
	    "af82",
	    "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
	    "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40"
	    "a" },
};

static void
signatures_are_those_of_the_rfc(void **state)
{
	unsigned char raw[SECRET_PUBLIC];
	unsigned char signature[SECRET_SIGNATURE];

	(void)state;
	for (size_t i = 0; i < LENGTH(vectors); i++) {
		struct secret_key *key =
		    key_of_seed(arena, folder, vectors[i].seed);
		unsigned char message[2];
		size_t n = strlen(vectors[i].message) / 2;
		assert_true(text_unhex(vectors[i].message, message, n));
		secret_key_raw(key, raw);
		assert_string_equal(
		    text_hex(arena, raw, sizeof raw), vectors[i].public);
		secret_sign(key, message, n, signature);
		assert_string_equal(
		    text_hex(arena, signature, sizeof signature),
		    vectors[i].signature);
		struct secret_key *other = secret_key_public(arena, raw);
		assert_true(secret_verify(
		    other, message, n, signature, sizeof signature));
	}
}

static void
one_changed_bit_is_seen(void **state)
{
	struct secret_key *key = secret_key_make(arena);
	unsigned char message[] = "two users until 2027-01-31";
	unsigned char signature[SECRET_SIGNATURE];
	const size_t n = sizeof message - 1;

	(void)state;
	secret_sign(key, message, n, signature);
	assert_true(
	    secret_verify(key, message, n, signature, sizeof signature));
	for (size_t bit = 0; bit < 8 * n; bit++) {
		message[bit / 8] ^= (unsigned char)(1 << bit % 8);
		assert_false(secret_verify(
		    key, message, n, signature, sizeof signature));
		message[bit / 8] ^= (unsigned char)(1 << bit % 8);
	}
	for (size_t bit = 0; bit < 8 * sizeof signature; bit++) {
		signature[bit / 8] ^= (unsigned char)(1 << bit % 8);
		assert_false(secret_verify(
		    key, message, n, signature, sizeof signature));
		signature[bit / 8] ^= (unsigned char)(1 << bit % 8);
	}
	assert_false(secret_verify(key, message, n - 1, signature, 64));
	assert_false(secret_verify(key, message, n, signature, 63));
	assert_false(secret_verify(key, message, n, signature, 0));
	assert_false(
	    secret_verify(secret_key_make(arena), message, n, signature, 64));
}

static unsigned
mode_of(const char *path)
{
	struct stat status;

	assert_int_equal(stat(path, &status), 0);
	return status.st_mode & 07777;
}

static void
keys_are_kept_in_files(void **state)
{
	struct secret_key *made = secret_key_make(arena);
	const char *private_path = arena_print(arena, "%s/shop.key", folder);
	const char *public_path = arena_print(arena, "%s/shop.pub", folder);
	unsigned char signature[SECRET_SIGNATURE];

	(void)state;
	assert_true(secret_key_save(made, private_path, public_path));
	assert_int_equal(mode_of(private_path), 0600);
	assert_int_equal(mode_of(public_path), 0644);
	const char *pem = file_read(arena, public_path, 1000, NULL);
	assert_non_null(strstr(pem, "-----BEGIN PUBLIC KEY-----"));
	pem = file_read(arena, private_path, 1000, NULL);
	assert_non_null(strstr(pem, "-----BEGIN PRIVATE KEY-----"));

	struct secret_key *loaded = secret_key_load(arena, private_path);
	struct secret_key *public = secret_key_load(arena, public_path);
	assert_non_null(loaded);
	assert_non_null(public);
	secret_sign(loaded, "abc", 3, signature);
	assert_true(secret_verify(public, "abc", 3, signature, 64));
	assert_string_equal(
	    secret_key_id(arena, public), secret_key_id(arena, made));
	assert_int_equal(strlen(secret_key_id(arena, public)), 11);
	assert_false(secret_key_save(made, "/nowhere/shop.key", public_path));
}

static const char not_ours[] =
    "-----BEGIN PUBLIC KEY-----\n"
    "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEaxfR8uEsQkf4vOblY6RA8ncDfYEt\n"
    "6zOg9KE5RdiYwpZP40Li/hp/m47n60p8D54WK84zV2sxXs7LtkBoN79R9Q==\n"
    "-----END PUBLIC KEY-----\n";

static void
what_is_no_key_is_refused(void **state)
{
	(void)state;
	assert_null(secret_key_load(arena, "/nowhere"));
	assert_null(secret_key_load(arena, folder));
	assert_null(secret_key_load(arena, lab_file(arena, folder, "a", "")));
	assert_null(
	    secret_key_load(arena, lab_file(arena, folder, "b", "key\n")));
	/* A right key, but on the curve P-256. */
	assert_null(
	    secret_key_load(arena, lab_file(arena, folder, "c", not_ours)));
}

static void
sign_with_public(void)
{
	static const unsigned char raw[SECRET_PUBLIC] = { 0xd7, 0x5a };
	unsigned char signature[SECRET_SIGNATURE];

	secret_sign(secret_key_public(arena_new(), raw), "abc", 3, signature);
}

static void
public_keys_do_not_sign(void **state)
{
	(void)state;
	assert_true(lab_breaks(sign_with_public, "is_private"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(signatures_are_those_of_the_rfc),
		TEST(one_changed_bit_is_seen),
		TEST(keys_are_kept_in_files),
		TEST(what_is_no_key_is_refused),
		TEST(public_keys_do_not_sign),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
