/* guess: wrong passwords counted by login (known or not), by network and by
 * both, and the waiting time that grows with them. */

#ifndef DATA_GUESS_H
#define DATA_GUESS_H

#include <stdbool.h>
#include <stdint.h>

#include "data/db.h"

enum {
	GUESS_FREE = 5,		/* wrong ones without a wait */
	GUESS_WAIT_MOST = 60,	/* seconds; so fewer than 72 an hour */
	GUESS_HOUR_MOST = 100,	/* by login, whatever else holds */
	GUESS_NETWORK_FREE = 20,
};

/* Is the next try of this login from this address allowed now? Locks the
 * rows and counts the try as a failure at once, so that parallel guesses do
 * not slip through; guess_right takes it back. */
enum db_status guess_begin(struct work *work, const char *login,
    const char *address, bool *allowed_r);
/* The password was right: the login's failures are forgotten and the network
 * is known as the account's own from now on. */
enum db_status guess_right(struct work *work, const char *login,
    const char *address, int64_t account_id);

/* Removes what is older than a day; for the worker. */
enum db_status guess_purge(struct work *work);

#endif
