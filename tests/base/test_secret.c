/* test: random numbers, digests and passwords. */

#include "lab.h"

#include <string.h>

#include "base/arena.h"
#include "base/secret.h"
#include "base/text.h"

static struct arena *arena;

static int
setup(void **state)
{
	(void)state;
	arena = arena_new();
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static void
random_bytes_differ(void **state)
{
	unsigned char a[32] = { 0 };
	unsigned char b[32] = { 0 };
	size_t set = 0;

	(void)state;
	for (int i = 0; i < 64; i++) {
		secret_random(a, sizeof a);
		secret_random(b, sizeof b - 1);
		assert_memory_not_equal(a, b, sizeof b - 1);
		for (size_t j = 0; j < sizeof a; j++)
			set += (size_t)__builtin_popcount(a[j]);
	}
	assert_int_equal(b[31], 0);
	/* 16384 bits, half of them set: 8192 and ten deviations of 64. */
	assert_in_range(set, 8192 - 640, 8192 + 640);
}

static void
tokens_are_43_letters_and_differ(void **state)
{
	const char *one = secret_token(arena);
	size_t length;

	(void)state;
	assert_int_equal(strlen(one), 43);
	assert_non_null(text_unbase64url(arena, one, 43, &length));
	assert_int_equal(length, 32);
	assert_string_not_equal(one, secret_token(arena));
}

static void
equal_is_equal_in_every_byte(void **state)
{
	char a[40];
	char b[40];

	(void)state;
	memset(a, 'x', sizeof a);
	for (size_t i = 0; i < sizeof a; i++) {
		memcpy(b, a, sizeof a);
		assert_true(secret_equal(a, b, sizeof a));
		b[i] = 'y';
		assert_false(secret_equal(a, b, sizeof a));
		assert_true(secret_equal(a, b, i));
	}
	assert_true(secret_equal_text("", ""));
	assert_true(secret_equal_text("abc", "abc"));
	assert_false(secret_equal_text("abc", "abd"));
	assert_false(secret_equal_text("abc", "abcd"));
	assert_false(secret_equal_text("abcd", "abc"));
	assert_false(secret_equal_text("abc", ""));
}

/* FIPS 180-2, appendix B. */
static void
digests_are_those_of_the_standard(void **state)
{
	static const struct {
		const char *from;
		const char *hex;
	} table[] = {
		{ "",
		    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7"
		    "852b855" },
		{ "abc",
		    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f"
		    "20015ad" },
		{ "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
		    "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd41"
		    "9db06c1" },
	};
	unsigned char digest[SECRET_DIGEST];

	(void)state;
	for (size_t i = 0; i < LENGTH(table); i++) {
		size_t n = strlen(table[i].from);
		secret_sha256(table[i].from, n, digest);
		assert_string_equal(
		    text_hex(arena, digest, sizeof digest), table[i].hex);
		/* The same in two pieces. */
		struct secret_hash *hash = secret_hash_new(arena);
		secret_hash_add(hash, table[i].from, n / 3);
		secret_hash_add(hash, table[i].from + n / 3, n - n / 3);
		secret_hash_end(hash, digest);
		assert_string_equal(
		    text_hex(arena, digest, sizeof digest), table[i].hex);
	}
}

/* RFC 4231, test cases 1, 2 and 6. */
static void
keyed_digests_are_those_of_the_rfc(void **state)
{
	unsigned char key[131];
	unsigned char digest[SECRET_DIGEST];
	const char *data = "what do ya want for nothing?";
	const char *large =
	    "Test Using Larger Than Block-Size Key - Hash Key First";

	(void)state;
	memset(key, 0x0b, 20);
	secret_hmac(key, 20, "Hi There", 8, digest);
	assert_string_equal(text_hex(arena, digest, sizeof digest),
	    "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff"
	    "7");
	secret_hmac("Jefe", 4, data, strlen(data), digest);
	assert_string_equal(text_hex(arena, digest, sizeof digest),
	    "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec384"
	    "3");
	memset(key, 0xaa, sizeof key);
	secret_hmac(key, sizeof key, large, strlen(large), digest);
	assert_string_equal(text_hex(arena, digest, sizeof digest),
	    "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f5"
	    "4");
}

/* The two ways agree, for keys around the block's size, one use after the
 * other. */
static void
a_kept_key_gives_the_same_digests(void **state)
{
	static const size_t lengths[] = { 0, 1, 32, 63, 64, 65, 131 };
	unsigned char key[131], once[SECRET_DIGEST], kept[SECRET_DIGEST];

	(void)state;
	memset(key, 0xaa, sizeof key);
	for (size_t i = 0; i < LENGTH(lengths); i++) {
		struct secret_mac *mac = secret_mac_new(arena, key, lengths[i]);

		for (size_t n = 0; n < sizeof key; n += 13) {
			secret_hmac(key, lengths[i], key, n, once);
			secret_mac_of(mac, key, n, kept);
			assert_memory_equal(once, kept, sizeof once);
		}
	}
}

static void
passwords_round_trip(void **state)
{
	const char *password = "鍵屋 correct horse";
	const char *hash = secret_password_hash(arena, password);

	(void)state;
	assert_int_equal(
	    strncmp(hash, "$argon2id$v=19$m=19456,t=2,p=1$", 31), 0);
	assert_int_equal(secret_password_check(hash, password), SECRET_RIGHT);
	assert_int_equal(
	    secret_password_check(hash, "鍵屋 Correct horse"), SECRET_WRONG);
	assert_int_equal(
	    secret_password_check(hash, "鍵屋 correct horse "), SECRET_WRONG);
	assert_int_equal(secret_password_check(hash, ""), SECRET_WRONG);
	assert_string_not_equal(hash, secret_password_hash(arena, password));
}

/* Vectors: Argon2's reference code, the SHA-crypt specification, Openwall's
 * crypt_blowfish; the yescrypt one was made with libxcrypt. */
static void
hashes_from_elsewhere_are_checked(void **state)
{
	static const struct {
		const char *hash;
		const char *password;
		enum secret_match match;
	} table[] = {
		{ "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$"
		  "CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
		    "password", SECRET_RIGHT },
		{ "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$"
		  "nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
		    "password", SECRET_OLD },
		{ "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$"
		  "nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
		    "Password", SECRET_WRONG },
		{ "$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3"
		  "uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1",
		    "Hello world!", SECRET_OLD },
		{ "$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3"
		  "uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1",
		    "Hello world", SECRET_WRONG },
		{ "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyO"
		  "eW",
		    "U*U", SECRET_OLD },
		{ "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyO"
		  "eW",
		    "U*V", SECRET_WRONG },
		{ "$y$j9T$saltsaltsaltsalt$JLaWk8yaQMCslv1AhaR3NEqFa0NR74"
		  "IUysysLnyDvs8",
		    "kagiya 鍵", SECRET_OLD },
		{ "$y$j9T$saltsaltsaltsalt$JLaWk8yaQMCslv1AhaR3NEqFa0NR74"
		  "IUysysLnyDvs8",
		    "kagiya", SECRET_WRONG },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(table); i++)
		assert_int_equal(
		    secret_password_check(table[i].hash, table[i].password),
		    table[i].match);
}

static void
nothing_matches_what_is_no_hash(void **state)
{
	static const char *const table[] = { "", "*", "!", "x", "$6$",
		"$argon2id$", "$argon2id$v=19$m=,t=2,p=1$c29tZXNhbHQ$x",
		"$argon2id$v=19$m=999999999,t=2,p=1$c29tZXNhbHQ$"
		"CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
		"$argon2id$v=19$m=65536,t=999999,p=1$c29tZXNhbHQ$"
		"CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
		/* DES and MD5 are not worth believing. */
		"$1$abc$OGyl6dDvZCDiGmIVbeuCq/", "abiQ6Ep3EYTHc" };

	(void)state;
	for (size_t i = 0; i < LENGTH(table); i++) {
		assert_int_equal(
		    secret_password_check(table[i], "x"), SECRET_WRONG);
		assert_int_equal(
		    secret_password_check(table[i], ""), SECRET_WRONG);
	}
	assert_int_equal(secret_password_check(NULL, "x"), SECRET_WRONG);
	assert_int_equal(secret_password_check(NULL, ""), SECRET_WRONG);
}

static void
hash_too_long(void)
{
	char password[SECRET_PASSWORD_LONGEST + 2];

	memset(password, 'a', sizeof password);
	password[sizeof password - 1] = '\0';
	(void)secret_password_hash(arena_new(), password);
}

static void
passwords_have_a_limit(void **state)
{
	char password[SECRET_PASSWORD_LONGEST + 2];

	(void)state;
	memset(password, 'a', sizeof password);
	password[SECRET_PASSWORD_LONGEST] = '\0';
	const char *hash = secret_password_hash(arena, password);
	assert_int_equal(secret_password_check(hash, password), SECRET_RIGHT);
	/* One byte more is wrong, even for a hash that would fit. */
	assert_int_equal(secret_password_check(
			     "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$GDtU"
			     "1as34dtYakdIq8EbZQ",
			     password),
	    SECRET_OLD);
	/* Not cut: the last character counts. */
	password[SECRET_PASSWORD_LONGEST - 1] = 'b';
	assert_int_equal(secret_password_check(hash, password), SECRET_WRONG);
	memset(password, 'a', sizeof password);
	password[SECRET_PASSWORD_LONGEST + 1] = '\0';
	assert_int_equal(secret_password_check(
			     "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$L50Y"
			     "BFscVtQa9opm2daCnQ",
			     password),
	    SECRET_WRONG);
	assert_int_equal(secret_password_check(hash, password), SECRET_WRONG);
	assert_true(lab_breaks(hash_too_long, "PASSWORD_LONGEST"));
}

static void
sealed_words_are_for_the_key_alone(void **state)
{
	const unsigned char key[SECRET_DIGEST] = { 1 };
	const unsigned char other[SECRET_DIGEST] = { 2 };
	const char *words = "ひみつ \"1\"";
	const char *sealed = secret_seal(arena, key, words);
	const size_t length = strlen(sealed);

	(void)state;
	assert_string_equal(secret_open(arena, key, sealed), words);
	assert_string_equal(
	    secret_open(arena, key, secret_seal(arena, key, "")), "");
	assert_string_not_equal(sealed, secret_seal(arena, key, words));
	assert_null(secret_open(arena, other, sealed));
	assert_null(secret_open(arena, key, ""));
	assert_null(secret_open(arena, key, "AAAA"));
	assert_null(secret_open(arena, key, "no base64url!"));
	for (size_t i = 0; i < length; i++) {
		char *bad = arena_copy(arena, sealed);

		bad[i] = bad[i] == 'A' ? 'E' : 'A';
		assert_null(secret_open(arena, key, bad));
	}
	assert_null(
	    secret_open(arena, key, arena_copy_n(arena, sealed, length - 4)));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(random_bytes_differ),
		TEST(tokens_are_43_letters_and_differ),
		TEST(equal_is_equal_in_every_byte),
		TEST(digests_are_those_of_the_standard),
		TEST(keyed_digests_are_those_of_the_rfc),
		TEST(a_kept_key_gives_the_same_digests),
		TEST(passwords_round_trip),
		TEST(hashes_from_elsewhere_are_checked),
		TEST(nothing_matches_what_is_no_hash),
		TEST(passwords_have_a_limit),
		TEST(sealed_words_are_for_the_key_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
