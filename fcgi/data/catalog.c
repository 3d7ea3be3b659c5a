/* catalog: the list a customer chooses from. What is offered is the same for
 * all of them and rarely changes: it is kept, and each request asks whether
 * it still has the mark it was read under. */

#include "data/catalog.h"

#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/text.h"
#include "data/catalog_kept.h"
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
};

/* The mark and, beside it, each of the customer's installs. */
struct own {
	const char *mark;
	int64_t software_id;
	const char *serial; /* NULL: he has none */
	const char *status;
	int32_t trial_end;
};

static const struct db_column own_columns[] = {
	DB_TEXT_AT(struct own, mark),
	DB_INT_AT(struct own, software_id),
	DB_TEXT_AT(struct own, serial),
	DB_TEXT_AT(struct own, status),
	DB_DAY_AT(struct own, trial_end),
};

struct catalog {
	const struct own *own; /* the newest last; at least one */
	size_t count;
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

/* Arguments: day, language, those of FILTER, count, offset. */
static const struct db_statement list = { "catalog_list",
	"SELECT s.software_id, s.code, v.version, s.category, s.kind, s.model,"
	" s.maker, v.icon, t.name, t.summary, s.trial_days,"
	" COALESCE(p.amount, 0) AS price, " TOTAL " AS price_total" OFFERS
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

static const struct db_statement own = { "catalog_own",
	"SELECT c.mark, l.software_id, l.serial, l.status, l.trial_end"
	" FROM catalog_mark c LEFT JOIN license l"
	" ON l.account_id = ? AND l.status <> 'U'"
	" ORDER BY l.created_at, l.serial",
	DB_ROW(struct own, own_columns) };

static const struct db_statement *const statements[] = { &list, &count,
	&categories, &own };
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
catalog_open(struct work *work, const struct catalog **catalog_r)
{
	struct catalog *catalog = arena_alloc(work->arena, sizeof(*catalog));

	*catalog_r = catalog;
	return db_rows(work, &own, DB_ARGS(db_int(work->account)),
	    &catalog->own, &catalog->count);
}

static enum db_status
count_all(struct work *work, const struct catalog_query *query,
    const struct db_value word[WORDS], int64_t *total_r)
{
	const struct db_value category = db_text(query->category);
	const struct db_value kind = db_text(query->kind);
	const struct db_value os = db_text(query->os);
	const struct db_value most = db_int(query->price_max);
	const struct total *total;
	const enum db_status status = db_row(work, &count,
	    DB_ARGS(db_day(work->today), category, category, kind, kind, os, os,
		most, most, word[0], word[1], word[2], word[3]),
	    &total);

	/* A filter with signs that no code has. */
	*total_r = status == DB_OK ? total->total : 0;
	return status == DB_NONE ? DB_OK : status;
}

/* From the database, into the place's arena. */
static enum db_status
read_list(const struct work *work, const struct catalog_query *query,
    struct catalog_kept *place)
{
	const struct db_value category = db_text(query->category);
	const struct db_value kind = db_text(query->kind);
	const struct db_value os = db_text(query->os);
	const struct db_value most = db_int(query->price_max);
	const int64_t page = query->page > 1 ? query->page - 1 : 0;
	struct work there = *work;
	struct db_value word[WORDS];
	enum db_status status;

	there.arena = place->arena;
	split_words(there.arena, query->q, word);
	status = count_all(&there, query, word, &place->total);
	if (status != DB_OK)
		return status;
	return db_rows(&there, &list,
	    DB_ARGS(db_day(work->today), db_text(query->language), category,
		category, kind, kind, os, os, most, most, word[0], word[1],
		word[2], word[3], db_int(CATALOG_PAGE),
		db_int(page * CATALOG_PAGE)),
	    &place->rows, &place->count);
}

static const char *
key_of(const struct work *work, const struct catalog_query *query)
{
	return arena_print(work->arena, "%d %lld %lld %s\n%s\n%s\n%s",
	    work->today, (long long)query->price_max, (long long)query->page,
	    query->language, query->category, query->kind, query->os);
}

static enum db_status
kept_list(struct work *work, const char *mark,
    const struct catalog_query *query, const struct catalog_kept **kept_r)
{
	const char *key = key_of(work, query);
	struct catalog_kept *place;
	enum db_status status;

	*kept_r = catalog_kept_find(mark, key);
	if (*kept_r != NULL)
		return DB_OK;
	place = catalog_kept_add(mark, key);
	status = read_list(work, query, place);
	if (status != DB_OK)
		catalog_kept_drop(place);
	*kept_r = place;
	return status;
}

static const char *
state_of(const struct own *install, int32_t today)
{
	switch (install->status[0]) {
	case '0':
		return "requested";
	case '2':
		return "purchased";
	case '3':
		return "licensed";
	default:
		break;
	}
	if (install->trial_end != CLOCK_NO_DAY && install->trial_end < today)
		return "ended";
	return "installed";
}

/* The newest install of each program counts. */
static void
add_own(const struct work *work, const struct catalog *catalog,
    struct catalog_item *item)
{
	item->state = "none";
	for (size_t i = 0; i < catalog->count; i++) {
		const struct own *install = &catalog->own[i];

		if (install->serial == NULL ||
		    install->software_id != item->software_id)
			continue;
		item->state = state_of(install, work->today);
		item->serial = install->serial;
	}
}

/* A search is everybody's own: it is not kept. */
enum db_status
catalog_list(struct work *work, const struct catalog *catalog,
    const struct catalog_query *query, const struct catalog_item **items_r,
    size_t *count_r, int64_t *total_r)
{
	struct catalog_kept found = { .arena = work->arena };
	const struct catalog_kept *kept = &found;
	struct catalog_item *items;
	enum db_status status;

	if (query->q[0] != '\0')
		status = read_list(work, query, &found);
	else
		status = kept_list(work, catalog->own[0].mark, query, &kept);
	if (status != DB_OK)
		return status;
	items = arena_array(work->arena, kept->count + 1, sizeof(*items));
	if (kept->count > 0)
		memcpy(items, kept->rows, kept->count * sizeof(*items));
	for (size_t i = 0; i < kept->count; i++)
		add_own(work, catalog, &items[i]);
	*items_r = items;
	*count_r = kept->count;
	*total_r = kept->total;
	return DB_OK;
}

enum db_status
catalog_categories(struct work *work, const struct catalog *catalog,
    const struct catalog_category **categories_r, size_t *count_r)
{
	const char *mark = catalog->own[0].mark;
	const struct catalog_kept *kept = catalog_kept_find(mark, "categories");
	struct work there = *work;
	enum db_status status = DB_OK;

	if (kept == NULL) {
		struct catalog_kept *place =
		    catalog_kept_add(mark, "categories");

		there.arena = place->arena;
		status = db_rows(&there, &categories, DB_NO_ARGS, &place->rows,
		    &place->count);
		if (status != DB_OK)
			catalog_kept_drop(place);
		kept = place;
	}
	*categories_r = kept->rows;
	*count_r = kept->count;
	return status;
}
