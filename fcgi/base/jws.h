/* jws: compact JSON Web Signatures (RFC 7515, RFC 8037), EdDSA only. */

#ifndef BASE_JWS_H
#define BASE_JWS_H

#include <stddef.h>

struct arena;
struct secret_key;

/* payload is JSON text. The header is {"alg":"EdDSA","kid":...,"typ":type}. */
const char *jws_sign(struct arena *arena, const struct secret_key *key,
    const char *type, const char *payload);

/* The same in two steps, for many payloads under one header: its base64url,
 * and the whole, header in front. */
const char *jws_head(struct arena *arena, const struct secret_key *key,
    const char *type);
const char *jws_sign_under(struct arena *arena, const struct secret_key *key,
    const char *head, const char *payload);

/* The payload's JSON text when one of the keys signed it and the header says
 * EdDSA, that key's kid and that type; NULL otherwise. */
const char *jws_verify(struct arena *arena, const char *jws, const char *type,
    struct secret_key *const keys[], size_t count);

#endif
