/* license: the customer's software; one license with its key and history. */

#include "base/setting.h"
#include "data/keycheck_event.h"
#include "data/verdict_change.h"
#include "screen/license_change.h"
#include "screen/part.h"
#include "shop/revoke.h"
#include "shop/verdict.h"
#include "web/screen.h"

enum { CHECKS = 20 }; /* shown */

static const struct field fields[] = {
	{ .name = "serial",
	    .kind = FIELD_HIDDEN,
	    .source = FIELD_BOTH,
	    .required = true,
	    .longest = 20 },
	{ .name = "revoke", .kind = FIELD_FLAG },
	{ .name = "upgrade", .kind = FIELD_HIDDEN, .form = "upgrade" },
	{ .name = "rollback",
	    .kind = FIELD_FLAG,
	    .required = true,
	    .form = "rollback" },
	{ .name = "backup", .kind = FIELD_HIDDEN, .form = "backup" },
	{ .name = "restore",
	    .kind = FIELD_CHOICE,
	    .required = true,
	    .form = "restore" },
	{ .name = "move", .kind = FIELD_HIDDEN, .form = "move" },
	{ .name = "area",
	    .kind = FIELD_CHOICE,
	    .required = true,
	    .longest = 60,
	    .form = "move" },
	{ .name = "directory",
	    .kind = FIELD_DIRECTORY,
	    .required = true,
	    .form = "move" },
	{ .name = NULL },
};

static void
show_verdict(struct visit *visit, const struct license *license)
{
	struct page *page = visit->page;
	const int32_t today = visit->work->today;
	const struct verdict verdict = verdict_of_license(license, today);

	page_attribute(page, "code", verdict_code_name(verdict.code));
	page_attribute(page, "result", verdict_result(&verdict));
	page_number(page, "users", license->users);
	page_day(page, "trial_end", license->trial_end);
	if (verdict.code == VERDICT_TRIAL && license->trial_end != CLOCK_NO_DAY)
		page_number(page, "days_left", license->trial_end - today);
	page_day(page, "ng_from", license->ng_from);
	page_number(page, "permission", license->permission_code);
}

static void
show_entry(struct visit *visit, const struct license *license)
{
	struct page *page = visit->page;

	page_attribute(page, "serial", license->serial);
	page_attribute(page, "software", license->product);
	page_attribute(page, "version", license->version);
	page_attribute(page, "status", license->status);
	page_attribute(
	    page, "state", license_state(license, visit->work->today));
	show_verdict(visit, license);
	page_attribute(page, "directory", license->directory);
	page_attribute(page, "url", part_license_url(visit, license));
	page_attribute(page, "latest", part_update(license));
}

static void
show_facts(struct visit *visit, const struct license *license)
{
	struct page *page = visit->page;

	page_attribute(page, "os_model", license->os_model);
	page_attribute(page, "ip_address", license->ip_address);
	page_attribute(page, "area", license->area_name);
	page_attribute(page, "contract", license->contract_code);
	page_attribute(page, "certificate", license->certificate_no);
	page_attribute(page, "invoice", license->invoice_no);
	page_time(page, "key_entered", license->key_entered_at);
	page_time(page, "installed", license->installed_at);
	page_number(page, "keep_days", setting_number("upgrade.keep_days"));
}

static void
show_key(struct page *page, const struct license *license)
{
	if (license->license_key == NULL)
		return;
	page_open(page, "key");
	if (license->key_revoked != 0)
		page_flag(page, "revoked", true);
	page_content(page, license->license_key);
	page_close(page);
}

static enum db_status
show_changes(struct visit *visit, const struct license *license)
{
	struct page *page = visit->page;
	const struct verdict_change *changes;
	size_t count;
	const enum db_status status =
	    verdict_change_list(visit->work, license->serial, &changes, &count);

	for (size_t i = 0; status == DB_OK && i < count; i++) {
		const struct verdict_change *change = &changes[i];

		page_open(page, "change");
		page_time(page, "at", change->at);
		page_number(page, "permission", change->permission_code);
		page_attribute(page, "reason", change->reason);
		page_attribute(page, "rule", part_some(change->rule));
		page_day(page, "day", change->day);
		page_attribute(page, "invoice", change->invoice_no);
		page_attribute(page, "actor", change->actor);
		page_close(page);
	}
	return status;
}

static enum db_status
show_checks(struct visit *visit, const struct license *license)
{
	struct page *page = visit->page;
	const struct keycheck_event *checks;
	size_t count;
	const enum db_status status = keycheck_event_list(
	    visit->work, license->serial, CHECKS, &checks, &count);

	for (size_t i = 0; status == DB_OK && i < count; i++) {
		page_open(page, "check");
		page_time(page, "at", checks[i].at);
		page_attribute(page, "why", checks[i].why);
		page_attribute(page, "code", checks[i].code);
		page_attribute(page, "key", checks[i].key_state);
		page_attribute(page, "version", checks[i].version);
		page_attribute(page, "address", checks[i].address);
		page_close(page);
	}
	return status;
}

static enum db_status
show_one(struct visit *visit, const struct license *license)
{
	enum db_status status;

	if (license->license_key != NULL && !part_same(license->status, "U")) {
		form_prefill(visit, "serial", license->serial);
		form_show(visit, "revoke", "post", "license", "serial revoke");
	}
	page_flag(visit->page, "list", false);
	page_open(visit->page, "entry");
	show_entry(visit, license);
	show_facts(visit, license);
	page_text(visit->page, "name", license->name);
	show_key(visit->page, license);
	status = license_change_show(visit, license);
	if (status == DB_OK)
		status = show_changes(visit, license);
	if (status == DB_OK)
		status = show_checks(visit, license);
	page_close(visit->page);
	return status;
}

static enum db_status
show_list(struct visit *visit)
{
	const struct license *licenses;
	size_t count;
	const enum db_status status =
	    license_list(visit->work, visit->language, &licenses, &count);

	page_flag(visit->page, "list", true);
	for (size_t i = 0; status == DB_OK && i < count; i++) {
		page_open(visit->page, "entry");
		show_entry(visit, &licenses[i]);
		page_text(visit->page, "name", licenses[i].name);
		page_close(visit->page);
	}
	return status;
}

/* What is no number leads to nothing, not to the list. */
static bool
is_one(struct visit *visit)
{
	return form_has(visit, "serial") || form_wrong(visit) ||
	       !part_is_get(visit);
}

static enum outcome
show(struct visit *visit)
{
	const bool one = is_one(visit);
	const struct license *license = NULL;
	enum db_status status = DB_OK;

	if (one)
		status = part_license(visit, false, &license);
	if (status != DB_OK)
		return outcome_of(status);
	page_open(visit->page, "license");
	status = one ? show_one(visit, license) : show_list(visit);
	page_close(visit->page);
	return outcome_of(status);
}

static enum outcome
revoke(struct visit *visit)
{
	const char *serial = form_text(visit, "serial");
	const char *key;

	if (!form_flag(visit, "revoke")) {
		form_problem(visit, "revoke", "license.not-confirmed", NULL);
		return SHOW;
	}
	switch (revoke_key(visit->work, serial, &key)) {
	case REVOKE_DONE:
		go_with(visit, "license.revoke-done");
		return go_to(visit, "license", "serial", serial);
	case REVOKE_MISSING:
		return MISSING;
	case REVOKE_NO_KEY:
		form_problem(visit, NULL, "license.no-key", NULL);
		return SHOW;
	case REVOKE_RETRY:
		return RETRY;
	case REVOKE_BROKEN:
		break;
	}
	return BROKEN;
}

static enum outcome
act(struct visit *visit)
{
	enum outcome outcome;

	if (!license_change_act(visit, &outcome))
		outcome = revoke(visit);
	return outcome == SHOW ? show(visit) : outcome;
}

const struct screen screen = {
	.name = "license",
	.visitor = CUSTOMER,
	.fields = fields,
	.show = show,
	.act = act,
};
