/* catalog: the list a customer chooses from. */

#include "data/catalog.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "data/work.h"

enum { WORDS = 4, PATTERN_MOST = 800 };

static const struct db_column columns[] = {
	DB_INT_AT(struct catalog_item, software_id),
	DB_TEXT_AT(struct catalog_item, code),
	DB_TEXT_AT(struct catalog_item, version),
	DB_TEXT_AT(struct catalog_item, category),
	DB_TEXT_AT(struct catalog_item, kind),
	DB_TEXT_AT(struct catalog_item, model),
	DB_TEXT_AT(struct catalog_item, maker),
	DB_TEXT_AT(struct catalog_item, icon),
	DB_TEXT_AT(struct catalog_item, name),
	DB_TEXT_AT(struct catalog_item, summary),
	DB_INT_AT(struct catalog_item, trial_days),
	DB_INT_AT(struct catalog_item, price),
	DB_INT_AT(struct catalog_item, price_total),
	DB_TEXT_AT(struct catalog_item, state),
	DB_TEXT_AT(struct catalog_item, serial),
};

struct total {
	int64_t total;
};

static const struct db_column total_columns[] = {
	DB_INT_AT(struct total, total),
};

static const struct db_column category_columns[] = {
	DB_TEXT_AT(struct catalog_category, code),
	DB_INT_AT(struct catalog_category, count),
};

/* What is shown, with the price of one user. Arguments: day; then those of
 * FILTER. A word may stand in any language's text. */
#define OFFERS                                                                 \
	" FROM software s"                                                     \
	" JOIN version v ON v.version_id = s.latest_version_id"                \
	" LEFT JOIN price p ON p.price_id = (SELECT q.price_id FROM price q"   \
	"  WHERE q.software_id = s.software_id AND q.users_from <= 1"          \
	"  AND q.valid_from <= ?"                                              \
	"  ORDER BY q.users_from DESC, q.valid_from DESC LIMIT 1)"
#define TOTAL "COALESCE(p.amount + p.amount * p.tax_percent DIV 100, 0)"
#define FILTER                                                                 \
	" WHERE s.visible = 1"                                                 \
	" AND (? = '' OR s.category = ?) AND (? = '' OR s.kind = ?)"           \
	" AND (? = '' OR v.os = '' OR v.os = ?)"                               \
	" AND (? = 0 OR " TOTAL " <= ?)"                                       \
	" AND EXISTS (SELECT 1 FROM software_text w"                           \
	"  WHERE w.software_id = s.software_id"                                \
	"  AND w.search LIKE ? ESCAPE '|' AND w.search LIKE ? ESCAPE '|'"      \
	"  AND w.search LIKE ? ESCAPE '|' AND w.search LIKE ? ESCAPE '|')"

/* Beside each: the customer's newest install. Arguments: day, day, account,
 * language, those of FILTER, count, offset. */
static const struct db_statement list = { "catalog_list",
	"SELECT s.software_id, s.code, v.version, s.category, s.kind, s.model,"
	" s.maker, v.icon, t.name, t.summary, s.trial_days,"
	" COALESCE(p.amount, 0) AS price, " TOTAL " AS price_total,"
	" CASE WHEN l.serial IS NULL THEN 'none'"
	"  WHEN l.status = '0' THEN 'requested'"
	"  WHEN l.status = '2' THEN 'purchased'"
	"  WHEN l.status = '3' THEN 'licensed'"
	"  WHEN l.trial_end < ? THEN 'ended' ELSE 'installed' END AS state,"
	" l.serial" OFFERS
	" LEFT JOIN license l ON l.serial = (SELECT m.serial FROM license m"
	"  WHERE m.account_id = ? AND m.software_id = s.software_id"
	"  AND m.status <> 'U'"
	"  ORDER BY m.created_at DESC, m.serial DESC LIMIT 1)"
	" JOIN software_text t ON t.software_id = s.software_id"
	" AND t.language = (SELECT x.language FROM software_text x"
	"  WHERE x.software_id = s.software_id"
	"  ORDER BY x.language = ? DESC, x.language LIMIT 1)" FILTER
	" ORDER BY t.name COLLATE utf8mb4_unicode_520_ci, s.code"
	" LIMIT ? OFFSET ?",
	DB_ROW(struct catalog_item, columns) };

static const struct db_statement count = { "catalog_count",
	"SELECT COUNT(*) AS total" OFFERS FILTER,
	DB_ROW(struct total, total_columns) };

static const struct db_statement categories = { "catalog_categories",
	"SELECT s.category AS code, COUNT(*) AS count FROM software s"
	" WHERE s.visible = 1 AND s.latest_version_id IS NOT NULL"
	" GROUP BY s.category ORDER BY s.category",
	DB_ROW(struct catalog_category, category_columns) };

static const struct db_statement *const statements[] = { &list, &count,
	&categories };
DB_REGISTER("catalog", statements)

static const char *
pattern_of(struct arena *arena, const char *word, size_t length)
{
	struct text *text = text_new(arena, PATTERN_MOST);

	text_add(text, "%");
	for (size_t i = 0; i < length; i++) {
		if (strchr("%_|", word[i]))
			text_add(text, "|");
		text_add_n(text, &word[i], 1);
	}
	text_add(text, "%");
	return text->bytes;
}

/* The first words as LIKE patterns, "%" for those that are not there. The
 * last takes the rest, so that no word is ignored. */
static void
split_words(struct arena *arena, const char *q, struct db_value patterns[WORDS])
{
	const char *rest = text_fold(arena, q);

	for (size_t i = 0; i < WORDS; i++) {
		const size_t length =
		    i + 1 < WORDS ? strcspn(rest, " ") : strlen(rest);

		patterns[i] =
		    db_text(length ? pattern_of(arena, rest, length) : "%");
		rest += length;
		rest += strspn(rest, " ");
	}
}

enum db_status
catalog_list(struct work *work, const struct catalog_query *query,
    const struct catalog_item **items_r, size_t *count_r, int64_t *total_r)
{
	const struct db_value today = db_day(work->today);
	const struct db_value category = db_text(query->category);
	const struct db_value kind = db_text(query->kind);
	const struct db_value os = db_text(query->os);
	const struct db_value most = db_int(query->price_max);
	const int64_t page = query->page > 1 ? query->page - 1 : 0;
	struct db_value word[WORDS];
	const struct total *total;
	enum db_status status;

	split_words(work->arena, query->q, word);
	status = db_row(work, &count,
	    DB_ARGS(today, category, category, kind, kind, os, os, most, most,
		word[0], word[1], word[2], word[3]),
	    &total);
	/* A filter with signs that no code has. */
	if (status == DB_NONE)
		total = arena_alloc(work->arena, sizeof(*total));
	else if (status != DB_OK)
		return status;
	*total_r = total->total;
	return db_rows(work, &list,
	    DB_ARGS(today, today, db_int(work->account),
		db_text(query->language), category, category, kind, kind, os,
		os, most, most, word[0], word[1], word[2], word[3],
		db_int(CATALOG_PAGE), db_int(page * CATALOG_PAGE)),
	    items_r, count_r);
}

enum db_status
catalog_categories(struct work *work,
    const struct catalog_category **categories_r, size_t *count_r)
{
	return db_rows(work, &categories, DB_NO_ARGS, categories_r, count_r);
}
