/* version: the published versions of a software. */

#ifndef DATA_VERSION_H
#define DATA_VERSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "data/db.h"

struct version {
	int64_t version_id;
	int64_t software_id;
	const char *version;
	int64_t position;	/* rises with the versions of the software */
	int32_t released_on;
	struct db_bytes manifest_sha256;
	int64_t archive_size;	/* bytes */
	int64_t unpacked_size;
	int64_t file_count;
	const char *os;		/* "" for any */
	const char *php_min;	/* "" for none needed */
	const char *mariadb_min;
	const char *entry;	/* path of the start page in the install */
	const char *icon;	/* below media.dir, "" for none */
	const char *features;	/* lines "ja=..." */
	/* The oldest that can become this one; "" (or NULL, to add): any. */
	const char *upgrade_from;
	int64_t may_retry_trial;
	int64_t withdrawn_at;
};

struct screenshot {
	int64_t position;
	const char *file;	/* below media.dir */
};

enum db_status version_by_id(
    struct work *work, int64_t version_id, const struct version **version_r);
/* By software.code and the version's name. */
enum db_status version_by_name(struct work *work, const char *code,
    const char *name, const struct version **version_r);
/* What software.latest_version_id names. */
enum db_status version_latest(struct work *work, int64_t software_id,
    const struct version **version_r);
/* Newest first, withdrawn ones too. */
enum db_status version_list(struct work *work, int64_t software_id,
    const struct version **versions_r, size_t *count_r);
enum db_status version_manifest(
    struct work *work, int64_t version_id, const char **manifest_r);
enum db_status version_screenshots(struct work *work, int64_t version_id,
    const struct screenshot **screenshots_r, size_t *count_r);

/* The line of features in that language, or in another; "" for none. */
const char *version_feature(struct work *work, const struct version *version,
    const char *language);

enum db_status version_add(struct work *work, const struct version *version,
    const char *manifest, int64_t *version_id_r);
enum db_status version_add_screenshot(struct work *work, int64_t version_id,
    int64_t position, const char *file);
enum db_status version_set_retry(
    struct work *work, int64_t version_id, bool may_retry_trial);
/* No new installs; software_set_latest comes after it. */
enum db_status version_withdraw(struct work *work, int64_t version_id);

#endif
