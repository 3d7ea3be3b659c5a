/* tax: consumption tax, rounded once for a rate and a document, as the
 * qualified invoice wants it (消費税法施行令 70条の10). */

#ifndef SHOP_TAX_H
#define SHOP_TAX_H

#include <stddef.h>
#include <stdint.h>

enum tax_rounding { TAX_DOWN, TAX_UP, TAX_HALF_UP };

struct tax_line {
	int64_t percent;
	int64_t amount;		/* without tax, not negative */
};

struct tax_sum {
	int64_t percent;
	int64_t taxable;
	int64_t tax;
};

/* One sum for each rate, in the order in which the rates appear. Returns how
 * many; more rates than room, or a sum past 2^53, is a bug. */
size_t tax_of(const struct tax_line *lines, size_t count,
    enum tax_rounding rounding, struct tax_sum *sums_r, size_t room);

#endif
