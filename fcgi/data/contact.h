/* contact: table 73 of the seed (figure 10). */

#ifndef DATA_CONTACT_H
#define DATA_CONTACT_H

#include "data/db.h"

struct contact {
	const char *contact_code;	/* 92: T0001 */
	const char *company_code;	/* 101 */
	const char *department;
	const char *name;
	const char *tel;
	const char *fax;
	const char *email;
};

/* SHA-256 of the folded fields and the company's code: the same person of the
 * same company is stored once. */
enum db_status contact_by_fold(struct work *work, const void *fold,
    const struct contact **contact_r);
enum db_status contact_add(struct work *work, const struct contact *contact,
    const void *fold);
enum db_status contact_by_code(struct work *work, const char *code,
    const struct contact **contact_r);

/* The one the acting customer bought with last; for prefilling. */
enum db_status contact_last(
    struct work *work, const struct contact **contact_r);

#endif
