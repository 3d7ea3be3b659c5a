/* publish: a verified manifest becomes software and version of the shop. */

#include "shop/publish.h"

#include <string.h>

#include "base/must.h"
#include "base/text.h"
#include "data/audit.h"
#include "data/depot.h"
#include "data/software.h"
#include "data/version.h"
#include "data/work.h"

enum {
	/* Between two versions there is room for twenty that come late. */
	STEP = 1 << 20,
	FEATURES_MOST = 4000,   /* bytes; the column takes 1000 characters */
	NG_AFTER_INSTALL = 120, /* days (the seed's figures) */
	NG_AFTER_TRIAL = 30,
};

static struct software
software_of(const struct depot *depot, const struct publication *publication)
{
	return (struct software){
		.code = publication->code,
		.depot_id = depot->depot_id,
		.maker = publication->maker,
		.maker_url = publication->maker_url,
		.category = publication->category,
		.kind = publication->kind,
		.model = publication->model,
		.trial_days = publication->trial_days,
		.ng_after_install = NG_AFTER_INSTALL,
		.ng_after_trial = NG_AFTER_TRIAL,
	};
}

static enum db_status
set_texts(struct work *work, const struct publication *publication,
    struct software software)
{
	enum db_status status = DB_OK;

	for (size_t i = 0; i < publication->text_count && status == DB_OK;
	     i++) {
		const struct publication_text *text = &publication->texts[i];

		software.language = text->language;
		software.name = text->name;
		software.summary = text->summary;
		software.description = text->description;
		status = software_set_text(work, &software);
	}
	return status;
}

/* A code named twice, or the software itself, adds nothing. */
static enum db_status
set_related(struct work *work, const struct publication *publication,
    int64_t software_id)
{
	enum db_status status = software_clear_related(work, software_id);

	for (size_t i = 0; i < publication->related_count && status == DB_OK;
	     i++) {
		if (strcmp(publication->related[i], publication->code) == 0)
			continue;
		status = software_add_related(
		    work, software_id, publication->related[i]);
		if (status == DB_DUPLICATE)
			status = DB_OK;
	}
	return status;
}

static enum db_status
set_screenshots(struct work *work, const struct publication *publication,
    int64_t version_id)
{
	enum db_status status = DB_OK;

	for (size_t i = 0; i < publication->screenshot_count && status == DB_OK;
	     i++)
		status = version_add_screenshot(work, version_id,
		    (int64_t)i + 1, publication->screenshots[i]);
	return status;
}

static const char *
features_of(struct work *work, const struct publication *publication)
{
	struct text *lines = text_new(work->arena, FEATURES_MOST);

	for (size_t i = 0; i < publication->text_count; i++)
		if (*publication->texts[i].feature)
			text_print(lines, "%s%s=%s", lines->length ? "\n" : "",
			    publication->texts[i].language,
			    publication->texts[i].feature);
	return lines->bytes;
}

/* versions: newest first. The place by the version's name, so that one that
 * is read late stands where it belongs. */
static int64_t
position_among(const struct version *versions, size_t count, const char *name)
{
	int64_t above = 0;

	for (size_t i = 0; i < count; i++) {
		const int64_t below = versions[i].position;

		if (strverscmp(name, versions[i].version) > 0)
			return above == 0 ? below + STEP
					  : below + (above - below) / 2;
		above = below;
	}
	return above == 0 ? STEP : above / 2;
}

static enum db_status
add_version(struct work *work, const struct publication *publication,
    int64_t software_id, int64_t position)
{
	const struct version version = {
		.software_id = software_id,
		.version = publication->version,
		.position = position,
		.released_on = publication->released_on,
		.manifest_sha256 = publication->manifest_sha256,
		.archive_size = publication->archive_size,
		.unpacked_size = publication->unpacked_size,
		.file_count = publication->file_count,
		.os = publication->os,
		.php_min = publication->php_min,
		.mariadb_min = publication->mariadb_min,
		.entry = publication->entry,
		.icon = publication->icon,
		.features = features_of(work, publication),
		.upgrade_from = publication->upgrade_from,
	};
	int64_t version_id;
	enum db_status status =
	    version_add(work, &version, publication->manifest, &version_id);

	return status == DB_OK ? set_screenshots(work, publication, version_id)
			       : status;
}

static bool
is_highest(const struct version *versions, size_t count, int64_t position)
{
	return count == 0 || versions[0].position < position;
}

static enum db_status
add_to(struct work *work, const struct publication *publication,
    const struct software *software, bool *highest_r)
{
	const struct version *versions;
	size_t count;
	int64_t position;
	enum db_status status =
	    version_list(work, software->software_id, &versions, &count);

	if (status != DB_OK)
		return status;
	position = position_among(versions, count, publication->version);
	*highest_r = is_highest(versions, count, position);
	return add_version(work, publication, software->software_id, position);
}

static enum db_status
describe(struct work *work, const struct publication *publication,
    const struct software *software, bool is_new)
{
	enum db_status status = is_new ? DB_OK : software_set(work, software);

	if (status == DB_OK)
		status = set_texts(work, publication, *software);
	if (status == DB_OK)
		status = set_related(work, publication, software->software_id);
	return status;
}

static enum db_status
publish_new(struct work *work, const struct publication *publication,
    struct software *software, bool is_new)
{
	bool highest = true;
	enum db_status status = DB_OK;

	if (is_new)
		status = software_add(work, software, &software->software_id);
	if (status == DB_OK)
		status = add_to(work, publication, software, &highest);
	if (status == DB_OK && highest)
		status = describe(work, publication, software, is_new);
	if (status == DB_OK)
		status = software_set_latest(work, software->software_id);
	if (status == DB_OK)
		status = audit_add(work, "software.publish", publication->code,
		    publication->version);
	return status;
}

static bool
is_same(const struct version *version, const struct publication *publication)
{
	const struct db_bytes *a = &version->manifest_sha256;
	const struct db_bytes *b = &publication->manifest_sha256;

	return a->length == b->length &&
	       memcmp(a->bytes, b->bytes, a->length) == 0;
}

enum db_status
publish_version(struct work *work, const struct depot *depot,
    const struct publication *publication, enum publish *publish_r)
{
	struct software software = software_of(depot, publication);
	const struct software *known;
	const struct version *version;
	enum db_status status =
	    software_any(work, publication->code, "", &known);
	const bool is_new = status == DB_NONE;

	must(publication->text_count > 0);
	if (status != DB_OK && !is_new)
		return status;
	if (!is_new && known->depot_id != depot->depot_id) {
		*publish_r = PUBLISH_OTHER_DEPOT;
		return DB_OK;
	}
	if (!is_new)
		software.software_id = known->software_id;
	status = version_by_name(
	    work, publication->code, publication->version, &version);
	if (status == DB_OK)
		*publish_r = is_same(version, publication)
				 ? PUBLISH_SAME
				 : PUBLISH_OTHER_BYTES;
	if (status != DB_NONE)
		return status;
	*publish_r = PUBLISH_NEW;
	return publish_new(work, publication, &software, is_new);
}
