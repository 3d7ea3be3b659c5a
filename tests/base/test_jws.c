/* test: JSON Web Signatures. */

#include "lab.h"

#include <string.h>

#include "base/arena.h"
#include "base/jws.h"
#include "base/secret.h"
#include "base/text.h"
#include "keys.h"

/* RFC 8037, appendix A. */
static const char seed[] =
    "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
static const char rfc_input[] =
    "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc";
static const char rfc_signature[] =
    "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7"
    "sVvpAr_MuM0KAg";

static struct arena *arena;
static struct secret_key *key;

static int
setup(void **state)
{
	(void)state;
	arena = arena_new();
	key = key_of_seed(arena, lab_folder(arena), seed);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

/* A signature that is right in itself over any header and payload. */
static const char *
sign(const char *header, const char *payload)
{
	unsigned char signature[SECRET_SIGNATURE];
	const char *input = arena_print(arena, "%s.%s",
	    text_base64url(arena, header, strlen(header)),
	    text_base64url(arena, payload, strlen(payload)));

	secret_sign(key, input, strlen(input), signature);
	return arena_print(arena, "%s.%s", input,
	    text_base64url(arena, signature, sizeof signature));
}

static const char *
verify(const char *jws)
{
	return jws_verify(arena, jws, "verdict", &key, 1);
}

static void
the_signature_of_the_rfc(void **state)
{
	unsigned char signature[SECRET_SIGNATURE];

	(void)state;
	secret_sign(key, rfc_input, strlen(rfc_input), signature);
	assert_string_equal(
	    text_base64url(arena, signature, sizeof signature), rfc_signature);
	/* A true signature, but neither kid nor type: not one of ours. */
	assert_null(
	    verify(arena_print(arena, "%s.%s", rfc_input, rfc_signature)));
}

static void
the_whole_token_is_fixed(void **state)
{
	const char *kid = secret_key_id(arena, key);
	const char *header = arena_print(arena,
	    "{\"alg\":\"EdDSA\",\"kid\":\"%s\",\"typ\":\"verdict\"}", kid);
	const char *payload = "{\"result\":\"OK\",\"text\":\"鍵\"}";
	const char *jws = jws_sign(arena, key, "verdict", payload);

	(void)state;
	/* SHA-256 of the RFC's public key begins 21fe31dfa154a261. */
	assert_string_equal(kid, "If4x36FUomE");
	assert_string_equal(jws, sign(header, payload));
	assert_string_equal(verify(jws), payload);
}

static void
the_right_key_among_several(void **state)
{
	struct secret_key *other = secret_key_make(arena);
	struct secret_key *both[] = { other, key };
	const char *jws = jws_sign(arena, key, "verdict", "{}");

	(void)state;
	assert_string_equal(jws_verify(arena, jws, "verdict", both, 2), "{}");
	assert_null(jws_verify(arena, jws, "verdict", both, 1));
	assert_null(jws_verify(arena, jws, "verdict", both, 0));
	assert_null(jws_verify(arena, jws, "ticket", both, 2));
}

static void
headers_of_others_are_refused(void **state)
{
	static const char *const table[] = {
		"",
		"x",
		"[]",
		"{}",
		"{\"alg\":\"none\",\"kid\":\"If4x36FUomE\",\"typ\":"
		"\"verdict\"}",
		"{\"alg\":\"HS256\",\"kid\":\"If4x36FUomE\",\"typ\":"
		"\"verdict\"}",
		"{\"alg\":\"EdDSA\",\"kid\":\"If4x36FUomF\",\"typ\":"
		"\"verdict\"}",
		"{\"alg\":\"EdDSA\",\"kid\":\"If4x36FUomE\",\"typ\":"
		"\"ticket\"}",
		"{\"alg\":\"EdDSA\",\"kid\":\"If4x36FUomE\"}",
		"{\"alg\":\"EdDSA\",\"typ\":\"verdict\"}",
		"{\"alg\":\"EdDSA\",\"kid\":7,\"typ\":\"verdict\"}",
		"{\"alg\":\"none\",\"alg\":\"EdDSA\",\"kid\":\"If4x36FUomE\","
		"\"typ\":\"verdict\"}",
		"{\"alg\":\"EdDSA\",\"kid\":\"If4x36FUomE\",\"typ\":"
		"\"verdict\",\"crit\":[\"b64\"],\"b64\":false}",
	};
	const char *ours = "{\"alg\":\"EdDSA\",\"kid\":\"If4x36FUomE\","
			   "\"typ\":\"verdict\"}";

	(void)state;
	assert_non_null(verify(sign(ours, "{}")));
	for (size_t i = 0; i < LENGTH(table); i++)
		if (verify(sign(table[i], "{}")) != NULL)
			fail_msg("taken: %s", table[i]);
	assert_null(verify(sign(ours, "no json")));
	assert_null(verify(sign(ours, "{\"a\":1,\"a\":2}")));
	assert_null(verify(sign(ours, "")));
}

static void
every_changed_letter_is_seen(void **state)
{
	const char *jws = jws_sign(arena, key, "verdict", "{\"users\":5}");

	(void)state;
	for (size_t i = 0; i < strlen(jws); i++) {
		char *changed = arena_copy(arena, jws);
		changed[i] = changed[i] == 'A' ? 'B' : 'A';
		assert_null(verify(changed));
		changed[i] = '\0';
		assert_null(verify(changed));
	}
	assert_null(verify(arena_print(arena, "%s.", jws)));
	assert_null(verify(arena_print(arena, "%s=", jws)));
	assert_null(verify(arena_print(arena, " %s", jws)));
	assert_null(verify(".."));
	assert_null(verify(""));
}

static void
huge_tokens_are_refused(void **state)
{
	char *payload = arena_alloc(arena, 300 * 1024);

	(void)state;
	memset(payload, ' ', 100 * 1024);
	payload[0] = '1';
	assert_non_null(verify(jws_sign(arena, key, "verdict", payload)));
	memset(payload, ' ', 300 * 1024 - 1);
	payload[0] = '1';
	assert_null(verify(jws_sign(arena, key, "verdict", payload)));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_signature_of_the_rfc),
		TEST(the_whole_token_is_fixed),
		TEST(the_right_key_among_several),
		TEST(headers_of_others_are_refused),
		TEST(every_changed_letter_is_seen),
		TEST(huge_tokens_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
