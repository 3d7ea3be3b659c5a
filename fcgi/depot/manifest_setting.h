/* manifest_setting: what of a package has labels: what it asks when it is
 * installed, and its entry pages. */

#ifndef DEPOT_MANIFEST_SETTING_H
#define DEPOT_MANIFEST_SETTING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct manifest;

struct manifest_label {
	const char *language;
	const char *text;
};

/* A page to begin with; only the first may have no labels. */
struct manifest_entry {
	const char *path;
	const struct manifest_label *labels;
	size_t label_count;
};

struct manifest_choice {
	const char *value;
	const struct manifest_label *labels;
	size_t label_count;
};

struct manifest_setting {
	const char *name;
	const char *kind;	/* text number flag choice email url secret */
	const char *value;	/* default */
	bool required;
	int64_t least;		/* of a number */
	int64_t most;
	int64_t longest;	/* characters */
	const struct manifest_label *labels;
	size_t label_count;
	const struct manifest_choice *choices;
	size_t choice_count;
};

/* A secret is told to hooks and written nowhere. */
bool manifest_setting_is_secret(const struct manifest_setting *setting);

/* NULL when there is none of that name. */
const struct manifest_setting *manifest_setting(
    const struct manifest *manifest, const char *name);
/* In that language, else English, else the first. */
const char *manifest_label(const struct manifest_label *labels, size_t count,
    const char *language);

/* Is the value one the setting takes? NULL, or what is wrong as a problem id
 * ("problem.too-long"). */
const char *manifest_setting_problem(
    const struct manifest_setting *setting, const char *value);

#endif
