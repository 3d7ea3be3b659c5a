/* manifest_setting: what a package asks when it is installed. */

#include "depot/manifest_setting.h"

#include <fnmatch.h>
#include <string.h>

#include "base/text.h"
#include "depot/manifest.h"

bool
manifest_setting_is_secret(const struct manifest_setting *setting)
{
	return strcmp(setting->kind, "secret") == 0;
}

const struct manifest_setting *
manifest_setting(const struct manifest *manifest, const char *name)
{
	for (size_t i = 0; i < manifest->setting_count; i++)
		if (strcmp(manifest->settings[i].name, name) == 0)
			return &manifest->settings[i];
	return NULL;
}

const char *
manifest_label(
    const struct manifest_label *labels, size_t count, const char *language)
{
	const char *english = NULL;

	for (size_t i = 0; i < count; i++) {
		if (strcmp(labels[i].language, language) == 0)
			return labels[i].text;
		if (strcmp(labels[i].language, "en") == 0)
			english = labels[i].text;
	}
	if (english != NULL)
		return english;
	return count > 0 ? labels[0].text : "";
}

static const char *
number_problem(const struct manifest_setting *setting, const char *value)
{
	int64_t number;

	if (!text_number(value, INT64_MIN, INT64_MAX, &number))
		return "problem.not-a-number";
	if (number < setting->least)
		return "problem.too-small";
	return number > setting->most ? "problem.too-large" : NULL;
}

static const char *
choice_problem(const struct manifest_setting *setting, const char *value)
{
	for (size_t i = 0; i < setting->choice_count; i++)
		if (strcmp(setting->choices[i].value, value) == 0)
			return NULL;
	return "problem.not-a-choice";
}

static bool
is_like(const char *pattern, const char *value)
{
	return fnmatch(pattern, value, 0) == 0 &&
	       strpbrk(value, " <>\"'\\") == NULL;
}

const char *
manifest_setting_problem(
    const struct manifest_setting *setting, const char *value)
{
	if (*value == '\0')
		return setting->required ? "problem.missing" : NULL;
	if (!text_is_utf8(value, strlen(value)) || !text_is_plain(value))
		return "problem.not-utf8";
	if ((int64_t)text_count(value) > setting->longest)
		return "problem.too-long";
	if (strcmp(setting->kind, "number") == 0)
		return number_problem(setting, value);
	if (strcmp(setting->kind, "choice") == 0)
		return choice_problem(setting, value);
	if (strcmp(setting->kind, "flag") == 0)
		return strcmp(value, "yes") == 0 || strcmp(value, "no") == 0
			   ? NULL
			   : "problem.not-a-choice";
	if (strcmp(setting->kind, "email") == 0)
		return is_like("?*@?*", value) ? NULL : "problem.bad-email";
	if (strcmp(setting->kind, "url") == 0)
		return is_like("http://?*", value) ||
			       is_like("https://?*", value)
			   ? NULL
			   : "problem.bad-address";
	return NULL;
}
