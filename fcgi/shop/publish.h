/* publish: a verified manifest becomes software and version of the shop. */

#ifndef SHOP_PUBLISH_H
#define SHOP_PUBLISH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "data/db.h"

struct depot;

struct publication_text {
	const char *language;
	const char *name;
	const char *summary;
	const char *description;	/* XHTML subset */
	const char *feature;		/* what is new; "" for nothing */
};

/* Texts are "" where there is nothing, never NULL. */
struct publication {
	const char *code;
	const char *version;
	const char *maker;
	const char *maker_url;
	const char *category;
	const char *kind;	/* program, content, shareware */
	const char *model;	/* license, credit, free */
	int64_t trial_days;
	int32_t released_on;
	const char *manifest;	/* the file itself */
	struct db_bytes manifest_sha256;
	int64_t archive_size;
	int64_t unpacked_size;
	int64_t file_count;
	const char *os;
	const char *php_min;
	const char *mariadb_min;
	const char *entry;
	const char *upgrade_from;	/* "" or NULL: any older version */
	const char *icon;	/* below media.dir */
	const struct publication_text *texts;	/* at least one */
	size_t text_count;
	const char *const *related;
	size_t related_count;
	const char *const *screenshots;	/* below media.dir */
	size_t screenshot_count;
};

enum publish {
	PUBLISH_NEW,		/* a new version */
	PUBLISH_SAME,		/* known already, nothing changed */
	PUBLISH_OTHER_BYTES,	/* refused: the version is known, with
				   another manifest */
	PUBLISH_OTHER_DEPOT,	/* refused: another depot has that code */
};

/* Texts, category and related software follow the highest version; a language
 * that it no longer has keeps its text. New software stays invisible until
 * staff show it; what staff chose is left. */
enum db_status publish_version(struct work *work, const struct depot *depot,
    const struct publication *publication, enum publish *publish_r);

#endif
