/* install: a program into an area of the customer's (figure 12 d). */

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "data/license_set.h"
#include "data/software.h"
#include "data/version.h"
#include "screen/ask.h"
#include "screen/part.h"
#include "screen/place.h"
#include "shop/install.h"
#include "web/screen.h"

static const struct field fields[] = {
	{ .name = "software",
	    .kind = FIELD_HIDDEN,
	    .source = FIELD_BOTH,
	    .required = true,
	    .longest = 40 },
	{ .name = "area",
	    .kind = FIELD_CHOICE,
	    .source = FIELD_BOTH,
	    .longest = 60 },
	{ .name = "os_model", .kind = FIELD_CHOICE, .longest = 80 },
	{ .name = "ip_address", .kind = FIELD_ADDRESS, .longest = 45 },
	{ .name = "directory", .kind = FIELD_DIRECTORY, .required = true },
	{ .name = NULL },
};

/* What is to be installed, and where it could go. */
struct plan {
	const struct software *software;
	const struct version *version;
	const struct ask *ask;
	struct place place;
};

static enum db_status
find_software(struct visit *visit, struct plan *plan)
{
	struct work *work = visit->work;
	enum db_status status = software_by_code(work,
	    form_text(visit, "software"), visit->language, &plan->software);

	if (status == DB_OK)
		status = version_latest(
		    work, plan->software->software_id, &plan->version);
	if (status == DB_OK)
		status =
		    ask_settings(visit, plan->version->version_id, &plan->ask);
	return status;
}

static enum db_status
find(struct visit *visit, struct plan *plan)
{
	enum db_status status = find_software(visit, plan);

	return status == DB_OK ? place_find(visit, 0, &plan->place) : status;
}

/* The same folder, or one inside the other. */
static bool
overlaps(const char *a, const char *b)
{
	const size_t length = strlen(a) < strlen(b) ? strlen(a) : strlen(b);

	return strncmp(a, b, length) == 0 &&
	       (a[length] == '\0' || a[length] == '/') &&
	       (b[length] == '\0' || b[length] == '/');
}

static bool
is_free(
    const char *directory, const struct license_directory *used, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (overlaps(directory, used[i].directory))
			return false;
	return true;
}

/* The seed's folder with the program's own in it, so that a second program
 * does not meet the first. */
static const char *
suggest(struct visit *visit, const struct plan *plan,
    const struct license_directory *used, size_t count)
{
	struct arena *arena = visit->work->arena;
	const char *code = plan->software->code;
	const char *directory = arena_print(arena, "Program Files/%s", code);

	for (size_t n = 1; !is_free(directory, used, count); n++)
		directory =
		    n == 1 ? code : arena_print(arena, "%s-%zu", code, n);
	return directory;
}

static enum db_status
prefill(struct visit *visit, const struct plan *plan)
{
	const struct area *area = plan->place.area;
	const struct license_directory *used;
	size_t count;
	enum db_status status;

	form_prefill(visit, "software", plan->software->code);
	if (area == NULL)
		return DB_OK;
	status =
	    license_directories(visit->work, area->area_id, "", &used, &count);
	if (status != DB_OK)
		return status;
	form_set(visit, "area", place_value(visit, &plan->place, area));
	form_prefill(visit, "os_model", area->os_model);
	form_prefill(visit, "ip_address", area->ip_address);
	form_prefill(visit, "directory", suggest(visit, plan, used, count));
	return DB_OK;
}

static void
add_choices(struct visit *visit, const struct plan *plan)
{
	const struct place *place = &plan->place;

	place_choices(visit, place);
	for (size_t i = 0; i < place->count; i++)
		form_choice(visit, "os_model", place->areas[i].os_model,
		    place->areas[i].os_model);
}

static void
show_created(struct visit *visit, const struct plan *plan)
{
	struct page *page = visit->page;

	if (plan->place.area != NULL) {
		page_open(page, "created");
		page_attribute(page, "kind", "folder");
		page_content(page, plan->place.area->name);
		page_close(page);
	}
	if (ask_wants_database(plan->ask)) {
		page_open(page, "created");
		page_attribute(page, "kind", "database");
		page_close(page);
	}
}

static enum db_status
show_plan(struct visit *visit, const struct plan *plan)
{
	struct page *page = visit->page;
	struct install_trial trial;
	const enum db_status status =
	    install_trial_preview(visit->work, plan->software->code, &trial);

	if (status != DB_OK)
		return status;
	page_open(page, "install");
	page_attribute(page, "software", plan->software->code);
	page_attribute(page, "version", plan->version->version);
	page_number(page, "trial_days", trial.days);
	page_day(page, "trial_end", trial.end);
	page_flag(page, "trial_left", trial.left);
	if (plan->place.area != NULL)
		page_attribute(page, "url", plan->place.area->url);
	page_text(page, "name", plan->software->name);
	show_created(visit, plan);
	page_close(page);
	return DB_OK;
}

static enum outcome
present(struct visit *visit, const struct plan *plan)
{
	enum db_status status = prefill(visit, plan);

	if (status != DB_OK)
		return outcome_of(status);
	if (plan->place.count == 0)
		form_problem(visit, NULL, "install.no-area", NULL);
	add_choices(visit, plan);
	form_show(visit, "install", "post", "install", NULL);
	return outcome_of(show_plan(visit, plan));
}

static enum outcome
show(struct visit *visit)
{
	struct plan plan;
	const enum db_status status = find(visit, &plan);

	return status == DB_OK ? present(visit, &plan) : outcome_of(status);
}

static bool
is_system_of_his(const struct plan *plan, const char *os_model)
{
	for (size_t i = 0; i < plan->place.count; i++)
		if (part_same(plan->place.areas[i].os_model, os_model))
			return true;
	return os_model[0] == '\0';
}

static bool
is_address_of_his(const struct plan *plan, const char *ip_address)
{
	for (size_t i = 0; i < plan->place.count; i++)
		if (part_same(plan->place.areas[i].ip_address, ip_address))
			return true;
	return ip_address[0] == '\0';
}

/* Whatever server of his the fields were filled with, the chosen area says
 * where it goes; a server that is not his is a mistake. */
static void
check(struct visit *visit, const struct plan *plan)
{
	if (plan->place.area == NULL && plan->place.count > 0)
		form_problem(visit, "area", "install.not-your-area", NULL);
	if (!is_system_of_his(plan, form_text(visit, "os_model")))
		form_problem(visit, "os_model", "problem.not-a-choice", NULL);
	if (!is_address_of_his(plan, form_text(visit, "ip_address")))
		form_problem(
		    visit, "ip_address", "install.not-your-area", NULL);
	if (form_text(visit, "area")[0] == '\0' && plan->place.count > 1)
		form_problem(visit, "area", "problem.missing", NULL);
	ask_check(visit, plan->ask);
}

static enum outcome
refuse(struct visit *visit, const struct plan *plan, const char *field,
    const char *problem, const char *argument)
{
	form_problem(visit, field, problem, argument);
	return present(visit, plan);
}

static enum outcome
order(struct visit *visit, const struct plan *plan)
{
	const struct install_wish wish = {
		.software = plan->software->code,
		.area_id = plan->place.area->area_id,
		.directory = form_text(visit, "directory"),
		.settings = ask_answers(visit, plan->ask, "{}"),
	};
	struct install_done done;

	if (wish.settings == NULL)
		return BROKEN;
	switch (install_request(visit->work, &wish, &done)) {
	case INSTALL_REQUESTED:
		return go_to(visit, "job", "serial", done.serial);
	case INSTALL_MISSING:
		return MISSING;
	case INSTALL_REVOKED:
		return refuse(visit, plan, NULL, "install.revoked", NULL);
	case INSTALL_NOT_YOUR_AREA:
		return refuse(
		    visit, plan, "area", "install.not-your-area", NULL);
	case INSTALL_BAD_DIRECTORY:
		return refuse(
		    visit, plan, "directory", "problem.bad-directory", NULL);
	case INSTALL_DIRECTORY_IN_USE:
		return refuse(
		    visit, plan, "directory", "install.directory-in-use", NULL);
	case INSTALL_REQUIREMENT:
		return refuse(visit, plan, "area", "install.requirement",
		    done.requirement);
	case INSTALL_RETRY:
		return RETRY;
	case INSTALL_BROKEN:
		break;
	}
	return BROKEN;
}

static enum outcome
act(struct visit *visit)
{
	struct plan plan;
	const enum db_status status = find(visit, &plan);

	if (status != DB_OK)
		return outcome_of(status);
	check(visit, &plan);
	if (form_wrong(visit) || plan.place.area == NULL)
		return present(visit, &plan);
	return order(visit, &plan);
}

const struct screen screen = {
	.name = "install",
	.visitor = CUSTOMER,
	.fields = fields,
	.show = show,
	.act = act,
};
