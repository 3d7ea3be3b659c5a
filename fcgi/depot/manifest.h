/* manifest: what a package says of itself, manifest.xml read and checked. */

#ifndef DEPOT_MANIFEST_H
#define DEPOT_MANIFEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/secret.h"
#include "base/xml.h"
#include "depot/manifest_setting.h"

struct arena;

enum {
	MANIFEST_LIMIT = 16 << 20,	/* bytes of the document */
	MANIFEST_FILES = 50000,
};
#define MANIFEST_TOTAL ((int64_t)2 << 30)	/* bytes unpacked */
#define MANIFEST_FILE ((int64_t)512 << 20)	/* bytes of one file */

/* Who owns what is in a file: program is the maker's, config was changed by
 * the customer, data is his, cache is nobody's. */
enum manifest_kind {
	MANIFEST_PROGRAM,
	MANIFEST_CONFIG,
	MANIFEST_DATA,
	MANIFEST_CACHE,
};

struct manifest_text {
	const char *language;
	const char *name;
	const char *summary;
	const char *description;	/* XHTML subset, checked */
	const char *features;		/* what is new */
};

/* A file beside the manifest in the depot. */
struct manifest_picture {
	const char *file;
	int64_t size;
	unsigned char sha256[SECRET_DIGEST];
};

struct manifest_file {
	const char *path;
	int64_t size;
	enum manifest_kind kind;
	unsigned char sha256[SECRET_DIGEST];
};

/* What is in it belongs to the program, whoever wrote it. */
struct manifest_folder {
	const char *path;
	enum manifest_kind kind;
};

struct manifest_hook {
	const char *name;
	const char *command;	/* path inside the package */
	int64_t seconds;
};

struct manifest_needs {
	const char *os;
	const char *php;	/* least version */
	const char *mariadb;
	const char *agent;
	const char *const *extensions;	/* of PHP */
	size_t extension_count;
	int64_t disk_mb;
	bool database;		/* wants one of its own */
};

struct manifest_archive {
	const char *file;
	int64_t size;
	int64_t unpacked;
	int64_t count;
	unsigned char sha256[SECRET_DIGEST];
};

/* Absent texts are "", never NULL. */
struct manifest {
	const char *name;
	const char *version;
	int32_t released;	/* day */
	const char *kind;	/* program content shareware */
	const char *maker;
	const char *maker_url;
	const char *license;	/* of the software, SPDX */
	const char *license_url;
	const char *license_file;	/* inside the package */
	const char *category;	/* the first one */
	const char *const *categories;
	size_t category_count;
	const char *const *related;
	size_t related_count;
	const char *model;	/* license credit free */
	int64_t trial_days;
	struct manifest_needs needs;
	const struct manifest_text *texts;
	size_t text_count;
	const struct manifest_picture *icon;	/* NULL for none */
	const struct manifest_picture *screenshots;
	size_t screenshot_count;
	const struct manifest_setting *settings;
	size_t setting_count;
	const struct manifest_folder *folders;
	size_t folder_count;
	const struct manifest_hook *hooks;
	size_t hook_count;
	const char *upgrade_from;
	const struct manifest_entry *entries;
	size_t entry_count;
	const char *entry;	/* path of the first; "" for none */
	const char *health;	/* the same; entry when not given */
	struct manifest_archive archive;
	const struct manifest_file *files;	/* in byte order of path */
	size_t file_count;
};

/* NULL when it is not a manifest: the watcher was told each reason. The whole
 * of it is checked: grammar, paths, doubles, sums. */
const struct manifest *manifest_read(struct arena *arena, const void *bytes,
    size_t length, const struct xml_watcher *watcher);

/* A maker's description package.xml: the same without the computed parts
 * (archive, files, sizes and digests of pictures). */
const struct manifest *manifest_read_description(struct arena *arena,
    const void *bytes, size_t length, const struct xml_watcher *watcher);

/* NULL when there is none. */
const struct manifest_file *manifest_file(
    const struct manifest *manifest, const char *path);
/* The longest declared folder that holds the path; NULL for none. */
const struct manifest_folder *manifest_folder(
    const struct manifest *manifest, const char *path);
const char *manifest_kind_name(enum manifest_kind kind);
bool manifest_kind_named(const char *name, enum manifest_kind *kind_r);

/* "wiki", "4.8.1-1": what may stand for a package and for a version. */
bool manifest_is_name(const char *string);
bool manifest_is_version(const char *string);

#endif
