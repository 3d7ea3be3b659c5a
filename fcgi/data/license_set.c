/* license_set: the steps of its life, each conditional on the step before. */

#include "data/license_set.h"

#include "data/license.h"
#include "data/work.h"

static const struct db_column serial_columns[] = {
	DB_TEXT_AT(struct license_due, serial),
};

static const struct db_statement add = { "license_add",
	"INSERT INTO license (serial, users, os_model, ip_address, directory,"
	" account_id, software_id, version_id, area_id, product, instance,"
	" settings, created_at)"
	" VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
	NULL, 0, 0 };

static const struct db_statement hold_area = { "license_hold_area",
	"SELECT name AS serial FROM area WHERE area_id = ? FOR UPDATE",
	DB_ROW(struct license_due, serial_columns) };

static const struct db_column directory_columns[] = {
	DB_TEXT_AT(struct license_directory, directory),
};

static const struct db_statement directories = { "license_directories",
	"(SELECT l.directory FROM license l WHERE l.area_id = ?"
	" AND l.serial <> ? AND l.status <> 'U' AND (l.status <> '0' OR"
	" EXISTS (SELECT 1 FROM job j WHERE j.serial = l.serial"
	"  AND j.state IN ('waiting', 'running') LOCK IN SHARE MODE))"
	" LOCK IN SHARE MODE)"
	" UNION ALL (SELECT m.to_directory FROM move m WHERE m.to_area_id = ?"
	" AND m.serial <> ? AND m.ended_at IS NULL LOCK IN SHARE MODE)",
	DB_ROW(struct license_directory, directory_columns) };

static const struct db_statement set_installed = { "license_set_installed",
	"UPDATE license SET status = '1', trial_start = ?, trial_end = ?,"
	" permission_code = 0, installed_at = ?, revision = revision + 1"
	" WHERE serial = ? AND status = '0'",
	NULL, 0, 0 };

static const struct db_statement set_version = { "license_set_version",
	"UPDATE license SET version_id = ?, kept_version_id = ?,"
	" kept_until = ?, revision = revision + 1"
	" WHERE serial = ? AND version_id = ? AND status <> 'U'",
	NULL, 0, 0 };

static const struct db_statement set_place = { "license_set_place",
	"UPDATE license SET area_id = ?, directory = ?, os_model = ?,"
	" ip_address = ?, kept_version_id = NULL, kept_until = NULL,"
	" revision = revision + 1"
	" WHERE serial = ? AND area_id = ? AND status <> 'U'",
	NULL, 0, 0 };

static const struct db_statement set_uninstalled = { "license_set_uninstalled",
	"UPDATE license SET status = 'U', uninstalled_at = ?,"
	" kept_version_id = NULL, kept_until = NULL, revision = revision + 1 "
	"WHERE serial = ? AND status <> 'U'",
	NULL, 0, 0 };

static const struct db_statement set_ordered = { "license_set_ordered",
	"UPDATE license SET status = '2', contract_code = ?, users = ?,"
	" revision = revision + 1"
	" WHERE serial = ? AND account_id = ? AND status = '1'",
	NULL, 0, 0 };

static const struct db_statement set_key = { "license_set_key",
	"UPDATE license SET status = '3', license_key = ?, key_digest = ?,"
	" revision = revision + 1"
	" WHERE serial = ? AND status = '2' AND license_key IS NULL",
	NULL, 0, 0 };

static const struct db_statement keep_revoked = { "license_keep_revoked",
	"INSERT INTO revoked_key (key_digest, serial, revoked_at)"
	" SELECT key_digest, serial, ? FROM license WHERE serial = ?"
	" AND account_id = ? AND license_key = ?",
	NULL, 0, 0 };

static const struct db_statement replace_key = { "license_replace_key",
	"UPDATE license SET license_key = ?, key_digest = ?, key_revoked = 0,"
	" key_entered_at = NULL, revision = revision + 1"
	" WHERE serial = ? AND account_id = ? AND license_key = ?",
	NULL, 0, 0 };

static const struct db_statement set_key_entered = { "license_set_key_entered",
	"UPDATE license SET key_entered_at = ?, revision = revision + 1"
	" WHERE serial = ? AND key_entered_at IS NULL",
	NULL, 0, 0 };

static const struct db_statement set_invoiced = { "license_set_invoiced",
	"UPDATE license SET invoice_no = ?, ng_from = ?, ng_rule = ?,"
	" revision = revision + 1 WHERE serial = ? AND invoice_no IS NULL",
	NULL, 0, 0 };

static const struct db_statement set_paid = { "license_set_paid",
	"UPDATE license SET paid = 1, permission_code = 0, certificate_no = ?,"
	" ng_from = NULL, ng_rule = '', revision = revision + 1"
	" WHERE serial = ? AND paid = 0",
	NULL, 0, 0 };

static const struct db_statement set_ng = { "license_set_ng",
	"UPDATE license SET permission_code = 1, revision = revision + 1"
	" WHERE serial = ? AND paid = 0 AND permission_code = 0"
	" AND ng_from <= ? AND status <> 'U'",
	NULL, 0, 0 };

static const struct db_statement set_settings = { "license_set_settings",
	"UPDATE license SET settings = ? WHERE serial = ?", NULL, 0, 0 };

static const struct db_statement raise_revision = { "license_raise",
	"UPDATE license SET revision = revision + 1 WHERE serial = ?", NULL, 0,
	0 };

static const struct db_statement *const statements[] = { &add, &hold_area,
	&directories, &set_installed, &set_version, &set_place,
	&set_uninstalled, &set_ordered, &set_key, &keep_revoked, &replace_key,
	&set_key_entered, &set_invoiced, &set_paid, &set_ng, &set_settings,
	&raise_revision };
DB_REGISTER("license_set", statements)

enum db_status
license_set_settings(
    struct work *work, const char *serial, const char *settings)
{
	return db_change(
	    work, &set_settings, DB_ARGS(db_text(settings), db_text(serial)));
}

enum db_status
license_add(struct work *work, const struct license_new *license)
{
	return db_change(work, &add,
	    DB_ARGS(db_text(license->serial), db_int(license->users),
		db_text(license->os_model), db_text(license->ip_address),
		db_text(license->directory), db_int(work->account),
		db_int(license->software_id), db_int(license->version_id),
		db_int(license->area_id), db_text(license->product),
		db_text(license->instance), db_text(license->settings),
		db_time(work->now)));
}

enum db_status
license_hold_area(struct work *work, int64_t area_id)
{
	const struct license_due *row;

	return db_row(work, &hold_area, DB_ARGS(db_int(area_id)), &row);
}

enum db_status
license_directories(struct work *work, int64_t area_id, const char *but_serial,
    const struct license_directory **list_r, size_t *count_r)
{
	return db_rows(work, &directories,
	    DB_ARGS(db_int(area_id), db_text(but_serial), db_int(area_id),
		db_text(but_serial)),
	    list_r, count_r);
}

enum db_status
license_set_installed(struct work *work, const char *serial,
    int32_t trial_start, int32_t trial_end)
{
	return db_change(work, &set_installed,
	    DB_ARGS(db_day(trial_start), db_day(trial_end), db_time(work->now),
		db_text(serial)));
}

enum db_status
license_set_version(
    struct work *work, const char *serial, const struct license_step *step)
{
	return db_change(work, &set_version,
	    DB_ARGS(db_int(step->version_id), db_int(step->from_version_id),
		db_time(step->kept_until), db_text(serial),
		db_int(step->from_version_id)));
}

enum db_status
license_set_place(
    struct work *work, const char *serial, const struct license_place *place)
{
	return db_change(work, &set_place,
	    DB_ARGS(db_int(place->area_id), db_text(place->directory),
		db_text(place->os_model), db_text(place->ip_address),
		db_text(serial), db_int(place->from_area_id)));
}

enum db_status
license_set_uninstalled(struct work *work, const char *serial)
{
	return db_change(work, &set_uninstalled,
	    DB_ARGS(db_time(work->now), db_text(serial)));
}

enum db_status
license_set_ordered(struct work *work, const char *serial,
    const char *contract_code, int64_t users)
{
	return db_change(work, &set_ordered,
	    DB_ARGS(db_text(contract_code), db_int(users), db_text(serial),
		db_int(work->account)));
}

enum db_status
license_set_key(
    struct work *work, const char *serial, const char *key, const void *digest)
{
	return db_change(work, &set_key,
	    DB_ARGS(db_text(key), db_bytes(digest, 32), db_text(serial)));
}

enum db_status
license_replace_key(struct work *work, const struct license *license,
    const char *key, const void *digest)
{
	enum db_status status = db_change(work, &keep_revoked,
	    DB_ARGS(db_time(work->now), db_text(license->serial),
		db_int(work->account), db_text(license->license_key)));
	if (status != DB_OK)
		return status;
	return db_change(work, &replace_key,
	    DB_ARGS(db_text(key), db_bytes(digest, 32),
		db_text(license->serial), db_int(work->account),
		db_text(license->license_key)));
}

enum db_status
license_set_key_entered(struct work *work, const char *serial)
{
	return db_change(work, &set_key_entered,
	    DB_ARGS(db_time(work->now), db_text(serial)));
}

enum db_status
license_set_invoiced(struct work *work, const char *serial,
    const char *invoice_no, int32_t ng_from, const char *ng_rule)
{
	return db_change(work, &set_invoiced,
	    DB_ARGS(db_text(invoice_no), db_day(ng_from), db_text(ng_rule),
		db_text(serial)));
}

enum db_status
license_set_paid(
    struct work *work, const char *serial, const char *certificate_no)
{
	return db_change(
	    work, &set_paid, DB_ARGS(db_text(certificate_no), db_text(serial)));
}

enum db_status
license_set_ng(struct work *work, const char *serial, int32_t day)
{
	return db_change(work, &set_ng, DB_ARGS(db_text(serial), db_day(day)));
}

enum db_status
license_raise(struct work *work, const char *serial)
{
	return db_change(work, &raise_revision, DB_ARGS(db_text(serial)));
}
