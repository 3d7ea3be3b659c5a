/* requirement: what a version needs, against what an area has. */

#ifndef SHOP_REQUIREMENT_H
#define SHOP_REQUIREMENT_H

#include <stdbool.h>
#include <stddef.h>

struct area;
struct version;
struct work;

struct requirement {
	const char *kind;	/* os php mariadb disk */
	const char *needs;	/* disk: MiB, as a number */
	const char *has;	/* "" for none */
	bool met;
};

enum { REQUIREMENT_MOST = 4 };

/* Only those the version has; disk always, rounded up to whole MiB. Returns
 * how many. */
size_t requirement_list(struct work *work, const struct version *version,
    const struct area *area, struct requirement list_r[REQUIREMENT_MOST]);

/* The kind of the first that is not met; NULL when all are. */
const char *requirement_unmet(struct work *work,
    const struct version *version, const struct area *area);

#endif
