/* license_change: upgrade, roll back, back up, restore, move. */

#include "screen/license_change.h"

#include "base/arena.h"
#include "data/area.h"
#include "data/backup.h"
#include "data/version.h"
#include "screen/ask.h"
#include "screen/course.h"
#include "screen/part.h"
#include "screen/place.h"
#include "shop/requirement.h"
#include "shop/wish.h"

/* The last work, while it is in the way of other work. */
static void
show_work(struct visit *visit, const struct course *course)
{
	struct page *page = visit->page;

	page_open(page, "work");
	page_attribute(page, "action", course->action);
	page_attribute(page, "state", course->state);
	page_close(page);
}

/* What there is to become, and what the new version wants to know beside. */
struct upgrade {
	const struct version *version; /* NULL: nothing */
	const struct ask *ask;
};

static enum db_status
find_upgrade(
    struct visit *visit, const struct license *license, struct upgrade *upgrade)
{
	struct ask_change change = { .from_version_id = license->version_id,
		.form = "upgrade" };
	enum db_status status =
	    wish_offer(visit->work, license, &upgrade->version);

	if (status != DB_OK || upgrade->version == NULL)
		return status;
	change.to_version_id = upgrade->version->version_id;
	return ask_new_settings(visit, &change, &upgrade->ask);
}

static void
describe_upgrade(struct visit *visit, const struct license *license,
    const struct version *version, const struct area *area)
{
	struct page *page = visit->page;

	page_open(page, "upgrade");
	page_attribute(page, "from", license->version);
	page_attribute(page, "to", version->version);
	page_day(page, "released", version->released_on);
	page_number(page, "archive_size", version->archive_size);
	page_attribute(
	    page, "unmet", requirement_unmet(visit->work, version, area));
	page_text(page, "feature", part_feature(visit, version->features));
	page_close(page);
}

static enum db_status
show_upgrade(struct visit *visit, const struct license *license)
{
	struct upgrade upgrade;
	const struct area *area;
	enum db_status status = find_upgrade(visit, license, &upgrade);

	if (status != DB_OK || upgrade.version == NULL)
		return status;
	status = area_any(visit->work, license->area_id, &area);
	if (status != DB_OK)
		return status;
	describe_upgrade(visit, license, upgrade.version, area);
	form_prefill(visit, "upgrade", "yes");
	form_show(visit, "upgrade", "post", "license",
	    arena_print(visit->work->arena, "serial upgrade%s",
		ask_fields(visit, upgrade.ask)));
	return DB_OK;
}

static void
show_rollback(struct visit *visit, const struct license *license)
{
	struct page *page = visit->page;

	if (!wish_may_roll_back(visit->work, license))
		return;
	page_open(page, "rollback");
	page_attribute(page, "from", license->version);
	page_attribute(page, "to", license->kept_version);
	page_time(page, "until", license->kept_until);
	page_close(page);
	form_show(visit, "rollback", "post", "license", "serial rollback");
}

static void
show_backup(struct visit *visit, const struct backup *backup)
{
	struct page *page = visit->page;

	page_open(page, "backup");
	page_attribute(page, "name", backup->name);
	page_attribute(page, "version", backup->version);
	page_time(page, "made", backup->made_at);
	if (backup->bytes > 0)
		page_number(page, "bytes", backup->bytes);
	page_close(page);
	form_choice(visit, "restore", backup->name, backup->name);
}

static enum db_status
show_backups(struct visit *visit, const struct license *license)
{
	const struct backup *backups;
	size_t count;
	const enum db_status status =
	    backup_list(visit->work, license->serial, &backups, &count);

	if (status != DB_OK)
		return status;
	form_prefill(visit, "backup", "yes");
	form_show(visit, "backup", "post", "license", "serial backup");
	for (size_t i = 0; i < count; i++)
		show_backup(visit, &backups[i]);
	if (count > 0)
		form_show(
		    visit, "restore", "post", "license", "serial restore");
	return DB_OK;
}

static enum db_status
show_move(struct visit *visit, const struct license *license)
{
	struct place place;
	const enum db_status status =
	    place_find(visit, license->area_id, &place);

	if (status != DB_OK || place.count == 0)
		return status;
	place_choices(visit, &place);
	if (place.area != NULL)
		form_prefill(
		    visit, "area", place_value(visit, &place, place.area));
	form_prefill(visit, "directory", license->directory);
	form_prefill(visit, "move", "yes");
	form_show(
	    visit, "move", "post", "license", "serial move area directory");
	return DB_OK;
}

enum db_status
license_change_show(struct visit *visit, const struct license *license)
{
	struct course course;
	enum db_status status = course_find(visit->work, license, &course);

	if (status != DB_OK)
		return status == DB_NONE ? DB_OK : status;
	form_prefill(visit, "serial", license->serial);
	if (!wish_is_free(license, course.last)) {
		if (!part_same(license->status, "U"))
			show_work(visit, &course);
		return DB_OK;
	}
	status = show_upgrade(visit, license);
	if (status == DB_OK)
		show_rollback(visit, license);
	if (status == DB_OK)
		status = show_backups(visit, license);
	return status == DB_OK ? show_move(visit, license) : status;
}

static enum outcome
order_upgrade(struct visit *visit, const char *settings)
{
	struct wish_done done;
	const enum wish_result result = wish_upgrade(
	    visit->work, form_text(visit, "serial"), settings, &done);

	return part_wish(visit, result, &done, "license.no-upgrade");
}

static enum outcome
upgrade(struct visit *visit)
{
	const struct license *license;
	struct upgrade found;
	const char *settings = NULL;
	enum db_status status = part_license(visit, true, &license);

	if (status == DB_OK)
		status = find_upgrade(visit, license, &found);
	if (status != DB_OK)
		return outcome_of(status);
	if (found.version != NULL) {
		ask_check(visit, found.ask);
		if (form_wrong(visit))
			return SHOW;
		settings = ask_answers(visit, found.ask, license->settings);
		if (settings == NULL)
			return BROKEN;
	}
	return order_upgrade(visit, settings);
}

static enum outcome
roll_back(struct visit *visit)
{
	const struct wish_done none = { 0 };

	return part_wish(visit,
	    wish_roll_back(visit->work, form_text(visit, "serial")), &none,
	    "license.not-kept");
}

static enum outcome
back_up(struct visit *visit)
{
	const struct wish_done none = { 0 };

	return part_wish(visit,
	    wish_back_up(visit->work, form_text(visit, "serial")), &none,
	    "license.busy");
}

static enum outcome
restore(struct visit *visit)
{
	const struct wish_done none = { 0 };

	return part_wish(visit,
	    wish_restore(visit->work, form_text(visit, "serial"),
		form_text(visit, "restore")),
	    &none, "license.no-backup");
}

static enum outcome
move(struct visit *visit)
{
	struct wish_place to = { .directory = form_text(visit, "directory") };
	struct wish_done done = { 0 };
	struct place place;
	const enum db_status status = place_find(visit, 0, &place);

	if (status != DB_OK)
		return outcome_of(status);
	if (!part_came(visit, "area") || !part_came(visit, "directory"))
		return SHOW;
	/* None of his: 0 is nobody's. */
	if (place.area != NULL)
		to.area_id = place.area->area_id;
	return part_wish(visit,
	    wish_move(visit->work, form_text(visit, "serial"), &to, &done),
	    &done, "license.busy");
}

static const struct {
	const char *field; /* its coming asks for it */
	enum outcome (*act)(struct visit *visit);
} changes[] = {
	{ "upgrade", upgrade },
	{ "rollback", roll_back },
	{ "backup", back_up },
	{ "restore", restore },
	{ "move", move },
};

bool
license_change_act(struct visit *visit, enum outcome *outcome_r)
{
	for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++)
		if (form_has(visit, changes[i].field)) {
			*outcome_r = changes[i].act(visit);
			return true;
		}
	return false;
}
