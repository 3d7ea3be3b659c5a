/* company: table 74 of the seed (figure 11). */

#ifndef DATA_COMPANY_H
#define DATA_COMPANY_H

#include "data/db.h"

struct company {
	const char *company_code;	/* 101: C0001 */
	const char *name;
	const char *postcode;
	const char *address1;
	const char *address2;
	const char *kana;
};

/* SHA-256 of the folded fields but kana, which tells how it pays, not who it
 * is. */
enum db_status company_by_fold(struct work *work, const void *fold,
    const struct company **company_r);
enum db_status company_add(struct work *work, const struct company *company,
    const void *fold);
enum db_status company_by_code(struct work *work, const char *code,
    const struct company **company_r);
/* Only where none was known. */
enum db_status company_set_kana(
    struct work *work, const char *code, const char *kana);

#endif
