/* catalog: the list a customer chooses from, with the state of his own
 * installs beside each program. */

#ifndef DATA_CATALOG_H
#define DATA_CATALOG_H

#include <stddef.h>
#include <stdint.h>

#include "data/db.h"

enum { CATALOG_PAGE = 20 };

struct catalog_query {
	const char *language;
	const char *q;		/* words, as typed; "" for all */
	const char *category;	/* "" for all, and so on */
	const char *os;
	const char *kind;
	int64_t price_max;	/* yen with tax for one user; 0 for any */
	int64_t page;		/* from 1 */
};

struct catalog_item {
	int64_t software_id;
	const char *code;
	const char *version;
	const char *category;
	const char *kind;
	const char *model;
	const char *maker;
	const char *icon;	/* "" for none */
	const char *name;
	const char *summary;
	int64_t trial_days;
	int64_t price;		/* yen without tax for one user; 0 for free */
	int64_t price_total;	/* the same with tax */
	const char *state;	/* none, requested, installed, purchased,
				   licensed, ended */
	const char *serial;	/* NULL with state none */
};

struct catalog_category {
	const char *code;
	int64_t count;
};

/* What is offered now, and the installs of work's account; once in each
 * transaction, before the others. */
struct catalog;
enum db_status catalog_open(
    struct work *work, const struct catalog **catalog_r);

/* A page of what work's account may see; *total_r counts all pages. The rows
 * of this and the next live until either is called again. */
enum db_status catalog_list(struct work *work, const struct catalog *catalog,
    const struct catalog_query *query, const struct catalog_item **items_r,
    size_t *count_r, int64_t *total_r);

/* Of all that is visible, whatever is searched. */
enum db_status catalog_categories(struct work *work,
    const struct catalog *catalog,
    const struct catalog_category **categories_r, size_t *count_r);

#endif
