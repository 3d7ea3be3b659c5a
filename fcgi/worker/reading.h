/* reading: what a depot offers becomes what the shop offers. */

#ifndef WORKER_READING_H
#define WORKER_READING_H

#include <stddef.h>

#include "data/db.h"

struct depot;
struct work;

struct reading {
	size_t packages;	/* in the index */
	size_t published;	/* versions that are new to the shop */
	const char *problem;	/* why the depot or a package was refused; "" */
};

/* Fetches and checks index, manifests and pictures; what is refused leaves
 * the shop as it was and stands in depot.problem. */
enum db_status reading_depot(struct work *work, const struct depot *depot,
    struct reading *reading_r);

#endif
