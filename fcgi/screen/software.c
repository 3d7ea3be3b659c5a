/* software: one program, and the ways to it (figure 12 c). */

#include "data/software.h"
#include "data/area.h"
#include "data/price.h"
#include "data/version.h"
#include "screen/part.h"
#include "shop/requirement.h"
#include "shop/wish.h"
#include "web/screen.h"

static const struct field fields[] = {
	{ .name = "code",
	    .kind = FIELD_CODE,
	    .source = FIELD_QUERY,
	    .longest = 40 },
	{ .name = NULL },
};

/* What the page tells of. */
struct wares {
	const struct software *software;
	const struct version *version;  /* the newest */
	const struct area *area;        /* his first, or NULL */
	const struct license *licenses; /* live ones, newest first */
	size_t license_count;
};

static enum db_status
find_area(struct visit *visit, struct wares *wares)
{
	size_t count;
	const enum db_status status =
	    area_list(visit->work, visit->work->account, &wares->area, &count);

	if (status == DB_OK && count == 0)
		wares->area = NULL;
	return status;
}

static enum db_status
find(struct visit *visit, struct wares *wares)
{
	struct work *work = visit->work;
	enum db_status status = software_by_code(
	    work, form_text(visit, "code"), visit->language, &wares->software);

	if (status == DB_OK)
		status = version_latest(
		    work, wares->software->software_id, &wares->version);
	if (status == DB_OK)
		status = find_area(visit, wares);
	if (status == DB_OK)
		status = license_list_of(work, visit->language,
		    wares->software->software_id, &wares->licenses,
		    &wares->license_count);
	return status;
}

static void
show_facts(struct page *page, const struct wares *wares)
{
	const struct software *software = wares->software;
	const struct version *version = wares->version;

	page_attribute(page, "code", software->code);
	page_attribute(page, "version", version->version);
	page_attribute(page, "category", software->category);
	page_attribute(page, "kind", software->kind);
	page_attribute(page, "model", software->model);
	page_day(page, "released", version->released_on);
	page_number(page, "trial_days", software->trial_days);
	page_number(page, "archive_size", version->archive_size);
	page_number(page, "unpacked_size", version->unpacked_size);
	page_attribute(page, "icon", part_some(version->icon));
	page_attribute(page, "maker_url", part_some(software->maker_url));
}

/* What his newest license can become in its place; a new version that it
 * cannot become is an install of its own. */
static enum db_status
show_update(struct visit *visit, const struct license *license)
{
	const struct version *version;
	enum db_status status;

	if (part_update(license) == NULL)
		return DB_OK;
	page_flag(visit->page, "update", true);
	status = wish_offer(visit->work, license, &version);
	if (status == DB_OK && version != NULL)
		page_attribute(visit->page, "upgrade", version->version);
	return status;
}

/* Of the newest license. */
static enum db_status
show_state(struct visit *visit, const struct wares *wares)
{
	const struct license *license =
	    wares->license_count > 0 ? &wares->licenses[0] : NULL;

	page_attribute(
	    visit->page, "state", license_state(license, visit->work->today));
	if (license == NULL)
		return DB_OK;
	page_attribute(visit->page, "serial", license->serial);
	return show_update(visit, license);
}

static enum db_status
show_screenshots(struct visit *visit, const struct wares *wares)
{
	const struct screenshot *screenshots;
	size_t count;
	const enum db_status status = version_screenshots(
	    visit->work, wares->version->version_id, &screenshots, &count);

	for (size_t i = 0; status == DB_OK && i < count; i++) {
		page_open(visit->page, "screenshot");
		page_attribute(visit->page, "file", screenshots[i].file);
		page_close(visit->page);
	}
	return status;
}

/* Against his first area; without one nothing is met. */
static void
show_requirements(struct visit *visit, const struct wares *wares)
{
	static const struct area nothing = {
		.os_model = "", .php = "", .mariadb = ""
	};
	const struct area *area = wares->area != NULL ? wares->area : &nothing;
	struct page *page = visit->page;
	struct requirement list[REQUIREMENT_MOST];
	const size_t count =
	    requirement_list(visit->work, wares->version, area, list);

	for (size_t i = 0; i < count; i++) {
		page_open(page, "requirement");
		page_attribute(page, "kind", list[i].kind);
		page_attribute(page, "needs", list[i].needs);
		page_attribute(page, "has", part_some(list[i].has));
		page_flag(page, "met", wares->area != NULL && list[i].met);
		page_close(page);
	}
}

static enum db_status
show_prices(struct visit *visit, const struct wares *wares)
{
	struct page *page = visit->page;
	const struct price *prices;
	size_t count;
	const enum db_status status = price_list(visit->work,
	    wares->software->software_id, visit->work->today, &prices, &count);

	for (size_t i = 0; status == DB_OK && i < count; i++) {
		const struct price *price = &prices[i];

		page_open(page, "price");
		page_number(page, "users_from", price->users_from);
		page_number(page, "amount", price->amount);
		page_number(page, "tax_percent", price->tax_percent);
		page_number(page, "total",
		    part_with_tax(price->amount, price->tax_percent));
		page_close(page);
	}
	return status;
}

static enum db_status
show_versions(struct visit *visit, const struct wares *wares)
{
	const struct version *versions;
	size_t count;
	const enum db_status status = version_list(
	    visit->work, wares->software->software_id, &versions, &count);

	for (size_t i = 0; status == DB_OK && i < count; i++) {
		if (versions[i].withdrawn_at != 0)
			continue;
		page_open(visit->page, "version");
		page_attribute(visit->page, "version", versions[i].version);
		page_day(visit->page, "released", versions[i].released_on);
		page_close(visit->page);
	}
	return status;
}

static enum db_status
show_related(struct visit *visit, const struct wares *wares)
{
	const struct software_related *related;
	size_t count;
	const enum db_status status = software_related(visit->work,
	    wares->software->software_id, visit->language, &related, &count);

	for (size_t i = 0; status == DB_OK && i < count; i++) {
		page_open(visit->page, "related");
		page_attribute(visit->page, "code", related[i].code);
		part_texts(visit->page, NULL, related[i].name,
		    related[i].summary, NULL);
		page_close(visit->page);
	}
	return status;
}

static void
show_licenses(struct visit *visit, const struct wares *wares)
{
	struct page *page = visit->page;

	for (size_t i = 0; i < wares->license_count; i++) {
		const struct license *license = &wares->licenses[i];

		page_open(page, "license");
		page_attribute(page, "serial", license->serial);
		page_attribute(page, "status", license->status);
		page_attribute(
		    page, "state", license_state(license, visit->work->today));
		page_attribute(page, "directory", license->directory);
		page_attribute(page, "url", part_license_url(visit, license));
		page_close(page);
	}
}

static enum db_status
show_rest(struct visit *visit, const struct wares *wares)
{
	enum db_status status = show_prices(visit, wares);

	page_text(visit->page, "feature",
	    part_some(
		version_feature(visit->work, wares->version, visit->language)));
	if (status == DB_OK)
		status = show_versions(visit, wares);
	if (status == DB_OK)
		status = show_related(visit, wares);
	if (status == DB_OK)
		show_licenses(visit, wares);
	return status;
}

static enum outcome
show(struct visit *visit)
{
	struct page *page = visit->page;
	struct wares wares;
	enum db_status status = find(visit, &wares);

	if (status != DB_OK)
		return outcome_of(status);
	page_open(page, "software");
	show_facts(page, &wares);
	status = show_state(visit, &wares);
	part_texts(page, part_language(visit, wares.software->language),
	    wares.software->name, wares.software->summary,
	    wares.software->maker);
	page_markup(page, "description",
	    part_language(visit, wares.software->language),
	    wares.software->description);
	if (status == DB_OK)
		status = show_screenshots(visit, &wares);
	if (status == DB_OK) {
		show_requirements(visit, &wares);
		status = show_rest(visit, &wares);
	}
	page_close(page);
	return outcome_of(status);
}

const struct screen screen = {
	.name = "software",
	.visitor = CUSTOMER,
	.fields = fields,
	.show = show,
};
