/* flips: answers on standard input, one a line; says how many of all single
 * bits of them, changed one at a time, made an answer that jws_verify takes.
 * usage: flips PUBLIC.pem <ANSWERS; prints TRIED TAKEN GOOD, GOOD being the
 * unchanged answers that it took */

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/jws.h"
#include "base/must.h"
#include "base/secret.h"

enum { LINE = 8192, BITS = 8 };

static bool
takes(struct secret_key *key, const char *jws)
{
	struct arena *arena = arena_new();
	struct secret_key *const keys[] = { key };
	const bool taken =
	    jws_verify(arena, jws, "kagiya-check", keys, 1) != NULL;

	arena_free(arena);
	return taken;
}

int
main(int argc, char **argv)
{
	struct arena *arena = arena_new();
	struct secret_key *key =
	    argc == 2 ? secret_key_load(arena, argv[1]) : NULL;
	static char line[LINE];
	long tried = 0, taken = 0, good = 0;

	must(key != NULL);
	while (fgets(line, sizeof(line), stdin) != NULL) {
		const size_t length = strcspn(line, "\n");

		line[length] = '\0';
		good += takes(key, line);
		for (size_t bit = 0; bit < length * BITS; bit++) {
			line[bit / BITS] ^= (char)(1 << bit % BITS);
			taken += takes(key, line);
			line[bit / BITS] ^= (char)(1 << bit % BITS);
			tried++;
		}
	}
	printf("%ld %ld %ld\n", tried, taken, good);
	arena_free(arena);
	return 0;
}
