/* keys: Ed25519 keys of known seeds, for vectors. */

#ifndef BASE_KEYS_H
#define BASE_KEYS_H

struct arena;
struct secret_key;

/* The private key of that seed (64 hex digits), by way of a PKCS #8 file that
 * is left in folder. */
struct secret_key *key_of_seed(
    struct arena *arena, const char *folder, const char *seed);

#endif
