/* license_set: the steps of its life. */

#ifndef DATA_LICENSE_SET_H
#define DATA_LICENSE_SET_H

#include <stddef.h>

#include "data/db.h"

struct license;

struct license_new {
	const char *serial;
	const char *os_model;
	const char *ip_address;
	const char *directory;
	const char *product;
	const char *instance;
	const char *settings;
	int64_t users;
	int64_t software_id;
	int64_t version_id;
	int64_t area_id;
};
enum db_status license_add(
    struct work *work, const struct license_new *license);

/* Holds the directories of an area until the transaction ends: who looks and
 * then takes one is alone. DB_NONE when there is no such area. */
enum db_status license_hold_area(struct work *work, int64_t area_id);

/* The live directories of an area, but for one serial ("" for none), those on
 * their way to it included. An install that failed or was cancelled does not
 * hold its directory. */
struct license_directory {
	const char *directory;
};
enum db_status license_directories(struct work *work, int64_t area_id,
    const char *but_serial, const struct license_directory **list_r,
    size_t *count_r);

enum db_status license_set_settings(
    struct work *work, const char *serial, const char *settings);

/* The steps of a life. Each is conditional on the step before: DB_NONE when
 * the license is not there. */
enum db_status license_set_installed(struct work *work, const char *serial,
    int32_t trial_start, int32_t trial_end);
/* From one version to another; the one before is kept until then (0: not). */
struct license_step {
	int64_t from_version_id;
	int64_t version_id;
	int64_t kept_until;
};
enum db_status license_set_version(struct work *work, const char *serial,
    const struct license_step *step);
/* It is in another place now; nothing is kept there. */
struct license_place {
	int64_t from_area_id;
	int64_t area_id;
	const char *directory;
	const char *os_model;
	const char *ip_address;
};
enum db_status license_set_place(struct work *work, const char *serial,
    const struct license_place *place);
enum db_status license_set_uninstalled(struct work *work, const char *serial);
/* 1 -> 2, of the acting customer. */
enum db_status license_set_ordered(struct work *work, const char *serial,
    const char *contract_code, int64_t users);
/* 2 -> 3; DB_DUPLICATE when the key exists already. */
enum db_status license_set_key(struct work *work, const char *serial,
    const char *key, const void *digest);
/* Another key in place of the one it has, of the acting customer. The old
 * digest is kept as revoked; the new key is not entered yet. */
enum db_status license_replace_key(struct work *work,
    const struct license *license, const char *key, const void *digest);
/* Where none was entered since the key was issued. */
enum db_status license_set_key_entered(
    struct work *work, const char *serial);
/* Where there is no invoice yet. */
enum db_status license_set_invoiced(struct work *work, const char *serial,
    const char *invoice_no, int32_t ng_from, const char *ng_rule);
/* paid 1, permission 0, no ng_from. Only where not paid before. */
enum db_status license_set_paid(struct work *work, const char *serial,
    const char *certificate_no);
/* permission 1, only where unpaid, 0 before and ng_from is not after day. */
enum db_status license_set_ng(
    struct work *work, const char *serial, int32_t day);

/* Only the revision goes up: the day changed the verdict. */
enum db_status license_raise(struct work *work, const char *serial);

#endif
