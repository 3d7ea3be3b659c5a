/* check_rows: licenses by the million, as lines for LOAD DATA, and right
 * questions about some of them.
 * usage: check_rows COUNT QUESTIONS >ROWS */

#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/must.h"
#include "base/secret.h"
#include "base/setting.h"
#include "base/text.h"
#include "shop/base32.h"
#include "shop/key.h"

enum { QUESTIONS = 200000, ACCOUNTS_SHARE = 10, SOFTWARE = 20 };

/* 26 characters of base 32, rising: an index of random ones would take the
 * server longer to fill, not to read. */
static void
instance_of(long number, char text_r[27])
{
	for (int i = 25; i >= 0; i--) {
		text_r[i] = base32_digits[number & 31];
		number >>= 5;
	}
	text_r[26] = '\0';
}

static void
write_one(struct arena *arena, long number, long count, FILE *questions)
{
	const char *key = key_make(arena);
	const long account = number % (count / ACCOUNTS_SHARE + 1) + 1;
	const long software = number % SOFTWARE + 1;
	unsigned char digest[SECRET_DIGEST];
	char instance[27];

	key_digest(key_fold(arena, key), digest);
	instance_of(number, instance);
	printf("2026-%04ld\t%ld\t%ld\tbench-%ld\t%s\t%s\n", number, account,
	    software, software, instance,
	    text_hex(arena, digest, sizeof(digest)));
	if (count <= QUESTIONS || number % (count / QUESTIONS) == 0)
		fprintf(questions,
		    "v=1&product=bench-%ld&serial=2026-%04ld&instance=%s"
		    "&key=%s&version=1.0&nonce=%s&why=daily\n",
		    software, number, instance, key, secret_token(arena));
}

int
main(int argc, char **argv)
{
	FILE *questions;
	long count;

	if (argc != 3) {
		fputs("usage: check_rows COUNT QUESTIONS >ROWS\n", stderr);
		return 2;
	}
	must(setting_load("keycheck") && key_load());
	count = strtol(argv[1], NULL, 10);
	questions = fopen(argv[2], "w");
	must(questions != NULL);
	for (long number = 1; number <= count; number++) {
		struct arena *arena = arena_new();

		write_one(arena, number, count, questions);
		arena_free(arena);
	}
	must(fclose(questions) == 0 && fflush(stdout) == 0);
	return 0;
}
