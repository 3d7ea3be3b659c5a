/* jws: header, payload and signature, each base64url, joined by dots. */

#include "base/jws.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/must.h"
#include "base/secret.h"
#include "base/text.h"

enum { LONGEST = 256 * 1024 };

struct parts {
	const char *header;
	size_t header_length;
	const char *payload;
	size_t payload_length;
	const char *signature;
	size_t signature_length;
};

static void
free_json(void *handle)
{
	json_decref(handle);
}

static const char *
make_header(struct arena *arena, const char *kid, const char *type)
{
	json_t *json =
	    json_pack("{ssssss}", "alg", "EdDSA", "kid", kid, "typ", type);

	must(json != NULL);
	char *header = json_dumps(json, JSON_COMPACT);
	must(header != NULL);
	const char *copy = arena_copy(arena, header);
	free(header);
	json_decref(json);
	return copy;
}

const char *
jws_head(struct arena *arena, const struct secret_key *key, const char *type)
{
	const char *header =
	    make_header(arena, secret_key_id(arena, key), type);

	return text_base64url(arena, header, strlen(header));
}

/* Parts and points; each is longer than what it was made of. */
const char *
jws_sign_under(struct arena *arena, const struct secret_key *key,
    const char *head, const char *payload)
{
	const size_t length = strlen(payload);
	struct text *jws = text_new(arena, strlen(head) + 2 * length + 256);
	unsigned char signature[SECRET_SIGNATURE];

	text_add(jws, head);
	text_add(jws, ".");
	text_add(jws, text_base64url(arena, payload, length));
	secret_sign(key, jws->bytes, jws->length, signature);
	text_add(jws, ".");
	text_add(jws, text_base64url(arena, signature, sizeof signature));
	must(!jws->over);
	return jws->bytes;
}

const char *
jws_sign(struct arena *arena, const struct secret_key *key, const char *type,
    const char *payload)
{
	return jws_sign_under(arena, key, jws_head(arena, key, type), payload);
}

static bool
split(const char *jws, struct parts *parts_r)
{
	size_t length = strnlen(jws, LONGEST + 1);

	if (length > LONGEST)
		return false;
	const char *first = strchr(jws, '.');
	const char *second = first == NULL ? NULL : strchr(first + 1, '.');
	if (second == NULL)
		return false;
	parts_r->header = jws;
	parts_r->header_length = (size_t)(first - jws);
	parts_r->payload = first + 1;
	parts_r->payload_length = (size_t)(second - first - 1);
	parts_r->signature = second + 1;
	parts_r->signature_length = strlen(second + 1);
	return true;
}

static bool
member_is(const json_t *json, const char *name, const char *value)
{
	const char *string = json_string_value(json_object_get(json, name));

	return string != NULL && strcmp(string, value) == 0;
}

/* The header's kid when the header is one of ours. `crit` names extensions
 * that must be understood, and none is. */
static const char *
header_kid(struct arena *arena, const struct parts *parts, const char *type)
{
	size_t length;
	const char *header = text_unbase64url(
	    arena, parts->header, parts->header_length, &length);

	if (header == NULL)
		return NULL;
	json_t *json = json_loadb(header, length, JSON_REJECT_DUPLICATES, NULL);
	if (json == NULL)
		return NULL;
	arena_defer(arena, free_json, json);
	if (!member_is(json, "alg", "EdDSA") || !member_is(json, "typ", type) ||
	    json_object_get(json, "crit") != NULL)
		return NULL;
	return json_string_value(json_object_get(json, "kid"));
}

static bool
is_signed(struct arena *arena, const struct parts *parts,
    const struct secret_key *key)
{
	size_t length;
	const void *signature = text_unbase64url(
	    arena, parts->signature, parts->signature_length, &length);

	return signature != NULL &&
	       secret_verify(key, parts->header,
		   parts->header_length + 1 + parts->payload_length, signature,
		   length);
}

static const char *
open_payload(struct arena *arena, const struct parts *parts)
{
	size_t length;
	const char *payload = text_unbase64url(
	    arena, parts->payload, parts->payload_length, &length);

	if (payload == NULL)
		return NULL;
	json_t *json = json_loadb(
	    payload, length, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, NULL);
	if (json == NULL)
		return NULL;
	json_decref(json);
	return arena_copy_n(arena, payload, length);
}

const char *
jws_verify(struct arena *arena, const char *jws, const char *type,
    struct secret_key *const keys[], size_t count)
{
	struct parts parts;

	if (!split(jws, &parts))
		return NULL;
	const char *kid = header_kid(arena, &parts, type);
	if (kid == NULL)
		return NULL;
	for (size_t i = 0; i < count; i++)
		if (strcmp(kid, secret_key_id(arena, keys[i])) == 0 &&
		    is_signed(arena, &parts, keys[i]))
			return open_payload(arena, &parts);
	return NULL;
}
