/* ticket: prints one, for tests.
 * usage: ticket KEY.pem PACKAGE VERSION SECONDS [JOB SERVER] */

#include "depot/ticket.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/must.h"
#include "base/secret.h"

int
main(int argc, char **argv)
{
	struct arena *arena = arena_new();
	struct secret_key *key;

	must(argc == 5 || argc == 7);
	key = secret_key_load(arena, argv[1]);
	must(key != NULL);
	puts(ticket_make(arena, key,
	    &(struct ticket){ argv[2], argv[3], argc == 7 ? argv[6] : "host1",
		argc == 7 ? atoi(argv[5]) : 1, clock_now() + atoi(argv[4]) }));
	arena_free(arena);
	return 0;
}
