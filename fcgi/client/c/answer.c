/* answer: a compact JWS of the shop's: first the signature, then the rest. */

#include <errno.h>
#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "kit.h"

enum { TEXTS = 12, NUMBERS = 8, MEMBERS = 256, SIGNATURE_SIZE = 64 };

static const char *const text_names[TEXTS] = { "result", "code", "key",
	"product", "serial", "instance", "nonce", "trial_end", "ng_from",
	"latest", "text", "url" };
static const char *const number_names[NUMBERS] = { "permission", "users", "iat",
	"next_check", "cache_until", "grace_until", "revision", "notices" };

struct kagiya_answer {
	char *jws;
	char *payload; /* the texts point into it */
	bool test;
	const char *texts[TEXTS];
	int64_t numbers[NUMBERS];
};

/* The parts of a JWS, still in base64url. */
struct parts {
	const char *jws;
	size_t header_length;
	const char *payload;
	size_t payload_length;
	const char *signature;
};

static int
value_of(char c)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "abcdefghijklmnopqrstuvwxyz0123456789-_";
	const char *digit = c == '\0' ? NULL : strchr(digits, c);

	return digit == NULL ? -1 : (int)(digit - digits);
}

/* False for another letter, and for bits beyond the last byte. */
static bool
decode(const char *text, size_t length, char *out)
{
	unsigned bits = 0;
	int count = 0;

	for (size_t i = 0; i < length; i++) {
		const int value = value_of(text[i]);

		if (value < 0)
			return false;
		bits = bits << 6 | (unsigned)value;
		count += 6;
		if (count >= 8) {
			count -= 8;
			*out++ = (char)(bits >> count);
			bits &= (1U << count) - 1;
		}
	}
	return count < 6 && bits == 0;
}

char *
kagiya_unbase64(const char *text, size_t length, size_t *length_r)
{
	char *bytes;

	*length_r = length * 3 / 4;
	bytes = calloc(1, *length_r + 1);
	if (bytes == NULL || decode(text, length, bytes))
		return bytes;
	free(bytes);
	errno = EINVAL;
	return NULL;
}

static bool
split(const char *jws, struct parts *parts_r)
{
	const char *first = strchr(jws, '.');
	const char *second = first == NULL ? NULL : strchr(first + 1, '.');

	if (second == NULL || second - jws > KAGIYA_LIMIT)
		return false;
	*parts_r = (struct parts){ .jws = jws,
		.header_length = (size_t)(first - jws),
		.payload = first + 1,
		.payload_length = (size_t)(second - first - 1),
		.signature = second + 1 };
	return true;
}

static bool
has_kid(const unsigned char *key, const char *kid)
{
	unsigned char digest[EVP_MAX_MD_SIZE];
	char id[8];
	size_t length;
	char *wanted = kagiya_unbase64(kid, strlen(kid), &length);
	const bool same = wanted != NULL && length == sizeof(id) &&
			  EVP_Digest(key, KAGIYA_KEY_SIZE, digest, NULL,
			      EVP_sha256(), NULL) == 1 &&
			  memcmp(digest, wanted, sizeof(id)) == 0;

	free(wanted);
	return same;
}

/* The header only says which key and what for; `crit` names extensions that
 * must be understood, and none is. */
static bool
fits(const struct kagiya_member *members, int count, const unsigned char *key,
    bool *test_r)
{
	const char *alg = "", *kid = "", *typ = "";

	for (int i = 0; i < count; i++) {
		const char *name = members[i].name;
		const char *string = members[i].string;

		if (strcmp(name, "crit") == 0)
			return false;
		if (string != NULL && strcmp(name, "alg") == 0)
			alg = string;
		if (string != NULL && strcmp(name, "kid") == 0)
			kid = string;
		if (string != NULL && strcmp(name, "typ") == 0)
			typ = string;
	}
	*test_r = strcmp(typ, "kagiya-check-test") == 0;
	return strcmp(alg, "EdDSA") == 0 && has_kid(key, kid) &&
	       (*test_r || strcmp(typ, "kagiya-check") == 0);
}

static bool
read_header(const struct parts *parts, const unsigned char *key, bool *test_r)
{
	struct kagiya_member members[MEMBERS];
	bool good = false;
	size_t length;
	char *header =
	    kagiya_unbase64(parts->jws, parts->header_length, &length);

	if (header != NULL) {
		const int count =
		    kagiya_json_read(header, length, members, MEMBERS);
		good = fits(members, count, key, test_r);
	}
	free(header);
	return good;
}

static bool
verify(
    const unsigned char *key, const struct parts *parts, const char *signature)
{
	EVP_PKEY *pkey = EVP_PKEY_new_raw_public_key(
	    EVP_PKEY_ED25519, NULL, key, KAGIYA_KEY_SIZE);
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	const bool good =
	    pkey != NULL && context != NULL &&
	    EVP_DigestVerifyInit(context, NULL, NULL, NULL, pkey) == 1 &&
	    EVP_DigestVerify(context, (const unsigned char *)signature,
		SIGNATURE_SIZE, (const unsigned char *)parts->jws,
		parts->header_length + 1 + parts->payload_length) == 1;

	EVP_MD_CTX_free(context);
	EVP_PKEY_free(pkey);
	return good;
}

/* Nothing is read before the signature is right, so nothing in the answer can
 * choose how it is checked. */
static const unsigned char *
signer_of(const struct parts *parts, const struct kagiya_ini *ini)
{
	const unsigned char *signer = NULL;
	size_t length;
	char *signature = kagiya_unbase64(
	    parts->signature, strlen(parts->signature), &length);

	if (signature != NULL && length == SIGNATURE_SIZE)
		for (size_t i = 0; signer == NULL && i < ini->key_count; i++)
			if (verify(ini->keys[i], parts, signature))
				signer = ini->keys[i];
	free(signature);
	return signer;
}

static int
index_of(const char *const *names, int count, const char *name)
{
	for (int i = 0; i < count; i++)
		if (strcmp(names[i], name) == 0)
			return i;
	return -1;
}

/* "" or YYYY-MM-DD */
static bool
is_day(const char *text)
{
	static const char form[] = "dddd-dd-dd";

	if (*text == '\0')
		return true;
	if (strlen(text) != sizeof(form) - 1)
		return false;
	for (size_t i = 0; form[i] != '\0'; i++)
		if (form[i] == '-' ? text[i] != '-'
				   : text[i] < '0' || text[i] > '9')
			return false;
	const long month = strtol(text + 5, NULL, 10);
	const long day = strtol(text + 8, NULL, 10);
	return *text != '0' && month >= 1 && month <= 12 && day >= 1 &&
	       day <= 31;
}

static bool
is_code(const char *text)
{
	const size_t length = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_");

	return text[length] == '\0' && length >= 1 && length <= 40;
}

static bool
is_sound(const struct kagiya_answer *answer)
{
	const char *result = kagiya_answer_text(answer, "result");

	return (strcmp(result, "OK") == 0 || strcmp(result, "NG") == 0) &&
	       is_code(kagiya_answer_text(answer, "code")) &&
	       is_day(kagiya_answer_text(answer, "trial_end")) &&
	       is_day(kagiya_answer_text(answer, "ng_from"));
}

/* Every field must be there, of its kind; more than these may be. */
static bool
fill(struct kagiya_answer *answer, const struct kagiya_member *members,
    int count)
{
	int found = 0;

	for (int i = 0; i < count; i++) {
		const struct kagiya_member *member = &members[i];
		const int text = index_of(text_names, TEXTS, member->name);
		const int number =
		    index_of(number_names, NUMBERS, member->name);

		if (text >= 0 && member->string != NULL) {
			answer->texts[text] = member->string;
			found++;
		}
		if (number >= 0 && member->is_number && member->number >= 0 &&
		    member->number <= KAGIYA_MOST) {
			answer->numbers[number] = member->number;
			found++;
		}
	}
	return found == TEXTS + NUMBERS && is_sound(answer);
}

static bool
read_payload(struct kagiya_answer *answer, const struct parts *parts)
{
	struct kagiya_member members[MEMBERS];
	size_t length;

	answer->payload =
	    kagiya_unbase64(parts->payload, parts->payload_length, &length);
	if (answer->payload == NULL)
		return false;
	return fill(answer, members,
	    kagiya_json_read(answer->payload, length, members, MEMBERS));
}

struct kagiya_answer *
kagiya_answer_read(const char *jws, const struct kagiya_ini *ini)
{
	struct parts parts;
	bool test;

	if (!split(jws, &parts))
		return NULL;
	const unsigned char *key = signer_of(&parts, ini);
	if (key == NULL || !read_header(&parts, key, &test))
		return NULL;
	struct kagiya_answer *answer = calloc(1, sizeof(*answer));
	if (answer == NULL)
		return NULL;
	answer->test = test;
	answer->jws = strdup(jws);
	if (answer->jws != NULL && read_payload(answer, &parts))
		return answer;
	kagiya_answer_free(answer);
	return NULL;
}

void
kagiya_answer_free(struct kagiya_answer *answer)
{
	if (answer == NULL)
		return;
	free(answer->jws);
	free(answer->payload);
	free(answer);
}

const char *
kagiya_answer_text(const struct kagiya_answer *answer, const char *name)
{
	const int at = index_of(text_names, TEXTS, name);

	return answer == NULL || at < 0 ? "" : answer->texts[at];
}

int64_t
kagiya_answer_number(const struct kagiya_answer *answer, const char *name)
{
	const int at = index_of(number_names, NUMBERS, name);

	return answer == NULL || at < 0 ? 0 : answer->numbers[at];
}

bool
kagiya_answer_is_for(const struct kagiya_answer *answer,
    const struct kagiya_ini *ini, const char *nonce)
{
	return strcmp(kagiya_answer_text(answer, "product"), ini->product) ==
		   0 &&
	       strcmp(kagiya_answer_text(answer, "serial"), ini->serial) == 0 &&
	       strcmp(kagiya_answer_text(answer, "instance"), ini->instance) ==
		   0 &&
	       (nonce == NULL ||
		   strcmp(kagiya_answer_text(answer, "nonce"), nonce) == 0);
}

const char *
kagiya_answer_jws(const struct kagiya_answer *answer)
{
	return answer->jws;
}

bool
kagiya_answer_is_test(const struct kagiya_answer *answer)
{
	return answer != NULL && answer->test;
}

bool
kagiya_answer_is_ok(const struct kagiya_answer *answer)
{
	return strcmp(kagiya_answer_text(answer, "result"), "OK") == 0;
}

int64_t
kagiya_answer_noon(const struct kagiya_answer *answer, const char *name)
{
	const char *day = kagiya_answer_text(answer, name);
	struct tm noon = { .tm_hour = 12 };

	if (*day == '\0')
		return INT64_MAX;
	noon.tm_year = (int)strtol(day, NULL, 10) - 1900;
	noon.tm_mon = (int)strtol(day + 5, NULL, 10) - 1;
	noon.tm_mday = (int)strtol(day + 8, NULL, 10);
	return timegm(&noon);
}
