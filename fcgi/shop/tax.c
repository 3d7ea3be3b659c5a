/* tax: one rounding for each rate of a document. */

#include "shop/tax.h"

#include "base/must.h"

enum { WHOLE = 100 };

static const int64_t most = INT64_C(1) << 53;

static int64_t
rounded(int64_t hundredths, enum tax_rounding rounding)
{
	switch (rounding) {
	case TAX_UP:
		return (hundredths + WHOLE - 1) / WHOLE;
	case TAX_HALF_UP:
		return (hundredths + WHOLE / 2) / WHOLE;
	case TAX_DOWN:
		break;
	}
	return hundredths / WHOLE;
}

static size_t
rate_of(struct tax_sum *sums, size_t *count, size_t room, int64_t percent)
{
	size_t i = 0;

	while (i < *count && sums[i].percent != percent)
		i++;
	must(i < room);
	if (i == *count)
		sums[(*count)++] = (struct tax_sum){ .percent = percent };
	return i;
}

size_t
tax_of(const struct tax_line *lines, size_t count, enum tax_rounding rounding,
    struct tax_sum *sums_r, size_t room)
{
	size_t rates = 0;

	for (size_t i = 0; i < count; i++) {
		must(lines[i].amount >= 0 && lines[i].amount <= most);
		must(lines[i].percent >= 0 && lines[i].percent <= WHOLE);
		size_t rate = rate_of(sums_r, &rates, room, lines[i].percent);
		sums_r[rate].taxable += lines[i].amount;
		must(sums_r[rate].taxable <= most);
	}
	for (size_t i = 0; i < rates; i++)
		sums_r[i].tax =
		    rounded(sums_r[i].taxable * sums_r[i].percent, rounding);
	return rates;
}
