/* software: what the shop offers, with its texts in the asked language or,
 * when there are none, in another. */

#ifndef DATA_SOFTWARE_H
#define DATA_SOFTWARE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "data/db.h"

struct software {
	int64_t software_id;
	const char *code;
	int64_t depot_id;
	const char *maker;
	const char *maker_url;	/* "" for none */
	const char *category;
	const char *kind;	/* program, content, shareware */
	const char *model;	/* license, credit, free */
	int64_t trial_days;
	int64_t ng_after_install; /* days */
	int64_t ng_after_trial;	/* days */
	int64_t latest_version_id; /* 0 for none */
	int64_t visible;
	int64_t created_at;
	const char *language;	/* of the texts below */
	const char *name;
	const char *summary;
	const char *description; /* checked XHTML subset */
};

/* For customers: only when it is visible, or work's account has a license of
 * it that is not uninstalled. */
enum db_status software_by_code(struct work *work, const char *code,
    const char *language, const struct software **software_r);
/* For staff, gates and the worker. */
enum db_status software_any(struct work *work, const char *code,
    const char *language, const struct software **software_r);
enum db_status software_by_id(struct work *work, int64_t software_id,
    const char *language, const struct software **software_r);
enum db_status software_list(struct work *work, const char *language,
    const struct software **softwares_r, size_t *count_r);

/* What software/related names and customers may see. */
struct software_related {
	int64_t software_id;
	const char *code;
	const char *name;
	const char *summary;
};
enum db_status software_related(struct work *work, int64_t software_id,
    const char *language, const struct software_related **related_r,
    size_t *count_r);

/* Without the texts; latest_version_id, visible and created_at are not taken:
 * new software is invisible. DB_DUPLICATE when the code is taken. */
enum db_status software_add(struct work *work,
    const struct software *software, int64_t *software_id_r);
/* maker to trial_days, by software_id. */
enum db_status software_set(
    struct work *work, const struct software *software);
enum db_status software_set_visible(
    struct work *work, int64_t software_id, bool visible);
/* Points latest_version_id to the highest version not withdrawn. */
enum db_status software_set_latest(struct work *work, int64_t software_id);
/* Adds or replaces the texts of software->language. */
enum db_status software_set_text(
    struct work *work, const struct software *software);
/* Takes all related codes away; none is DB_OK. */
enum db_status software_clear_related(
    struct work *work, int64_t software_id);
enum db_status software_add_related(
    struct work *work, int64_t software_id, const char *code);

#endif
