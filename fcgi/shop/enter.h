/* enter: logging in and choosing a password. */

#ifndef SHOP_ENTER_H
#define SHOP_ENTER_H

#include <stdbool.h>

#include "data/db.h"

struct account;
struct session;
struct work;

enum {
	ENTER_LEAST = 15,	/* code points of a new password */
	ENTER_MOST = 1024,	/* bytes */
};

enum enter {
	ENTER_OK,
	ENTER_WRONG,		/* login.wrong-password: login or password */
	ENTER_TOO_MANY,		/* login.too-many: to be tried later */
	ENTER_TOO_SHORT,	/* login.too-short, {1} ENTER_LEAST */
	ENTER_TOO_LONG,		/* problem.too-long */
	ENTER_TOO_COMMON,	/* login.too-common: also like the login, or the
				   initial password again */
};

/* Where the visitor comes from. */
struct enter_from {
	const char *address;
	const char *user_agent;
	const struct session *session;	/* the one that ends, or NULL */
};

struct entered {
	enum enter end;
	const char *token;		/* with ENTER_OK: for the cookie */
	const struct account *account;	/* with ENTER_OK */
};

/* All return DB_OK unless the database fails; what came of it is
 * entered_r->end. The transaction is to be committed whatever it is, since
 * wrong passwords are counted. */

/* A new session when the password is right; from->session ends. Unknown and
 * disabled accounts take as long as wrong passwords. */
enum db_status enter_check(struct work *work, const char *login,
    const char *password, const struct enter_from *from,
    struct entered *entered_r);

/* Is this the account's present password? Counts like a login, makes no
 * session (token stays NULL). */
enum db_status enter_again(struct work *work, const struct account *account,
    const char *password, const struct enter_from *from,
    struct entered *entered_r);

/* A new password: every session of the account ends and a new one begins. */
enum db_status enter_choose(struct work *work,
    const struct account *account, const char *password,
    const struct enter_from *from, struct entered *entered_r);

/* The rules alone, for the staff's command. */
enum enter enter_rules(
    struct work *work, const char *login, const char *password);

#endif
