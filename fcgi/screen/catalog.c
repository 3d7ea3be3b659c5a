/* catalog: what this customer may install or buy (figure 12 b). */

#include "data/catalog.h"
#include "data/area.h"
#include "screen/part.h"
#include "web/screen.h"

static const char *const kinds[] = { "program", "content", "shareware", NULL };

static const struct field fields[] = {
	{ .name = "q",
	    .kind = FIELD_TEXT,
	    .source = FIELD_QUERY,
	    .longest = 100 },
	{ .name = "category",
	    .kind = FIELD_CHOICE,
	    .source = FIELD_QUERY,
	    .longest = 40 },
	{ .name = "os",
	    .kind = FIELD_CHOICE,
	    .source = FIELD_QUERY,
	    .longest = 80 },
	{ .name = "price_max",
	    .kind = FIELD_NUMBER,
	    .source = FIELD_QUERY,
	    .least = 0,
	    .most = 999999999 },
	{ .name = "kind",
	    .kind = FIELD_CHOICE,
	    .source = FIELD_QUERY,
	    .choices = kinds },
	{ .name = "page",
	    .kind = FIELD_NUMBER,
	    .source = FIELD_QUERY,
	    .least = 1,
	    .most = 1000000 },
	{ .name = NULL },
};

/* The systems on which this customer has areas. */
static enum db_status
add_systems(struct visit *visit)
{
	const struct area *areas;
	size_t count;
	const enum db_status status =
	    area_list(visit->work, visit->work->account, &areas, &count);

	for (size_t i = 0; status == DB_OK && i < count; i++)
		form_choice(visit, "os", areas[i].os_model, areas[i].os_model);
	return status;
}

static void
show_item(struct page *page, const struct catalog_item *item)
{
	page_open(page, "item");
	page_attribute(page, "code", item->code);
	page_attribute(page, "version", item->version);
	page_attribute(page, "category", item->category);
	page_attribute(page, "kind", item->kind);
	page_attribute(page, "model", item->model);
	page_number(page, "trial_days", item->trial_days);
	if (item->price > 0) {
		page_number(page, "price", item->price);
		page_number(page, "price_total", item->price_total);
	}
	page_attribute(page, "icon", part_some(item->icon));
	page_attribute(page, "state", item->state);
	page_attribute(page, "serial", item->serial);
	part_texts(page, NULL, item->name, item->summary, item->maker);
	page_close(page);
}

static enum db_status
show_categories(struct visit *visit, const struct catalog *catalog)
{
	struct page *page = visit->page;
	const char *current = form_text(visit, "category");
	const struct catalog_category *categories;
	size_t count;
	const enum db_status status =
	    catalog_categories(visit->work, catalog, &categories, &count);

	for (size_t i = 0; status == DB_OK && i < count; i++) {
		form_choice(
		    visit, "category", categories[i].code, categories[i].code);
		page_open(page, "category");
		page_attribute(page, "code", categories[i].code);
		page_number(page, "count", categories[i].count);
		if (part_same(categories[i].code, current))
			page_flag(page, "current", true);
		page_close(page);
	}
	return status;
}

static enum db_status
show_list(struct visit *visit, const struct catalog *catalog)
{
	const int64_t typed = form_number(visit, "page");
	const struct catalog_query query = {
		.language = visit->language,
		.q = form_text(visit, "q"),
		.category = form_text(visit, "category"),
		.os = form_text(visit, "os"),
		.kind = form_text(visit, "kind"),
		.price_max = form_number(visit, "price_max"),
		.page = typed > 0 ? typed : 1,
	};
	const struct catalog_item *items;
	size_t count;
	int64_t total;
	const enum db_status status =
	    catalog_list(visit->work, catalog, &query, &items, &count, &total);

	if (status != DB_OK)
		return status;
	page_number(visit->page, "total", total);
	page_number(visit->page, "page", query.page);
	page_number(visit->page, "pages",
	    total > 0 ? (total + CATALOG_PAGE - 1) / CATALOG_PAGE : 1);
	for (size_t i = 0; i < count; i++)
		show_item(visit->page, &items[i]);
	return DB_OK;
}

static enum outcome
show(struct visit *visit)
{
	const struct catalog *catalog;
	enum db_status status = catalog_open(visit->work, &catalog);

	if (status == DB_OK)
		status = add_systems(visit);
	page_open(visit->page, "catalog");
	if (status == DB_OK)
		status = show_categories(visit, catalog);
	/* Now that the choices are known, what is none of them is not
	 * searched for. */
	(void)form_wrong(visit);
	if (status == DB_OK)
		status = show_list(visit, catalog);
	page_close(visit->page);
	form_show(
	    visit, "search", "get", "catalog", "q category os price_max kind");
	return outcome_of(status);
}

const struct screen screen = {
	.name = "catalog",
	.visitor = CUSTOMER,
	.fields = fields,
	.show = show,
};
