/* manifest_check: what a grammar cannot say of a manifest, and questions
 * about one that was read. */

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/text.h"
#include "depot/manifest_part.h"
#include "depot/path.h"

static void
check_path(
    struct manifest_run *run, int line, const char *what, const char *path)
{
	const char *problem = path_problem(path);

	if (problem != NULL)
		manifest_tell(
		    run, line, "%s: the path %s %s", what, path, problem);
	if (strncmp(path, "kagiya-license.ini", 18) == 0 ||
	    strncmp(path, "kagiya-setting.ini", 18) == 0)
		manifest_tell(run, line,
		    "%s: %s is written by the agent: take it out", what, path);
}

static void
check_paths(struct manifest_run *run, struct xml_node *root)
{
	static const char *const names[] = { "file", "folder", NULL };

	for (size_t i = 0; names[i] != NULL; i++)
		for (struct xml_node *at = xml_child(root, names[i]);
		     at != NULL; at = xml_next(at, names[i]))
			check_path(run, xml_line(at), names[i],
			    xml_attribute(run->arena, at, "path"));
}

static int
compare_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* A file system that does not tell case apart would lose one of two. */
static void
check_doubles(
    struct manifest_run *run, int line, const struct manifest *manifest)
{
	const size_t count = manifest->file_count;
	const char **folded = arena_array(run->arena, count, sizeof(*folded));

	for (size_t i = 0; i < count; i++)
		folded[i] = path_fold(run->arena, manifest->files[i].path);
	qsort(folded, count, sizeof(*folded), compare_text);
	for (size_t i = 1; i < count; i++)
		if (strcmp(folded[i - 1], folded[i]) == 0)
			manifest_tell(run, line,
			    "two files are the same but for case: %s",
			    folded[i]);
}

static void
check_order(struct manifest_run *run, int line, const struct manifest *manifest)
{
	for (size_t i = 1; i < manifest->file_count; i++) {
		const char *before = manifest->files[i - 1].path;
		const char *path = manifest->files[i].path;

		if (strcmp(before, path) >= 0)
			manifest_tell(run, line,
			    "files are not in byte order: %s before %s", before,
			    path);
		/* Between a and a/b there may stand a.b: look further. */
		for (const char *slash = strchr(path, '/'); slash != NULL;
		     slash = strchr(slash + 1, '/')) {
			const char *above = arena_copy_n(
			    run->arena, path, (size_t)(slash - path));

			if (manifest_file(manifest, above) != NULL)
				manifest_tell(run, line,
				    "%s is a file and a folder", above);
		}
	}
}

static void
check_sums(struct manifest_run *run, int line, const struct manifest *manifest)
{
	int64_t total = 0;

	for (size_t i = 0; i < manifest->file_count; i++) {
		if (manifest->files[i].size > MANIFEST_FILE)
			manifest_tell(run, line,
			    "%s is larger than 512 MiB: split it",
			    manifest->files[i].path);
		total += manifest->files[i].size;
	}
	if (total > MANIFEST_TOTAL)
		manifest_tell(run, line, "the package is larger than 2 GiB");
	if (manifest->file_count > MANIFEST_FILES)
		manifest_tell(run, line, "more than 50000 files");
	if (total != manifest->archive.unpacked)
		manifest_tell(run, line,
		    "unpacked is %lld, but the files have %lld bytes",
		    (long long)manifest->archive.unpacked, (long long)total);
	if ((int64_t)manifest->file_count != manifest->archive.count)
		manifest_tell(run, line, "count is %lld, but there are %zu",
		    (long long)manifest->archive.count, manifest->file_count);
}

static void
check_files(struct manifest_run *run, struct xml_node *root,
    const struct manifest *manifest)
{
	struct xml_node *files = xml_child(root, "files");
	const int line = xml_line(files);
	bool paths_were_right;

	check_paths(run, files);
	paths_were_right = run->ok;
	check_sums(run, line, manifest);
	if (!paths_were_right || manifest->file_count > MANIFEST_FILES)
		return;
	check_order(run, line, manifest);
	check_doubles(run, line, manifest);
	if (*manifest->entry != '\0' &&
	    manifest_file(manifest, manifest->entry) == NULL)
		manifest_tell(run, xml_line(xml_child(root, "entry")),
		    "entry: there is no file %s", manifest->entry);
	for (size_t i = 0; i < manifest->hook_count; i++)
		if (manifest_file(manifest, manifest->hooks[i].command) == NULL)
			manifest_tell(run, xml_line(xml_child(root, "hook")),
			    "hook %s: there is no file %s",
			    manifest->hooks[i].name,
			    manifest->hooks[i].command);
}

static void
check_texts(struct manifest_run *run, struct xml_node *root,
    const struct manifest *manifest)
{
	for (size_t i = 0; i < manifest->text_count; i++)
		for (size_t j = 0; j < i; j++)
			if (strcmp(manifest->texts[i].language,
				manifest->texts[j].language) == 0)
				manifest_tell(run,
				    xml_line(xml_child(root, "text")),
				    "two texts in language %s",
				    manifest->texts[i].language);
	if (manifest->released == CLOCK_NO_DAY)
		manifest_tell(
		    run, xml_line(root), "released is no day of the calendar");
}

static void
check_setting(struct manifest_run *run, struct xml_node *node,
    const struct manifest *manifest, const struct manifest_setting *setting)
{
	const char *problem;

	if (manifest_setting(manifest, setting->name) != setting)
		manifest_tell(
		    run, xml_line(node), "two settings %s", setting->name);
	if ((strcmp(setting->kind, "choice") == 0) !=
	    (setting->choice_count > 0))
		manifest_tell(run, xml_line(node),
		    "setting %s: choices belong to kind choice, and to it "
		    "alone",
		    setting->name);
	if (setting->least > setting->most)
		manifest_tell(run, xml_line(node),
		    "setting %s: least is above most", setting->name);
	if (*setting->value == '\0')
		return;
	problem = manifest_setting_problem(setting, setting->value);
	if (problem != NULL)
		manifest_tell(run, xml_line(node),
		    "setting %s: its own value is refused (%s)", setting->name,
		    problem);
}

void
manifest_check(struct manifest_run *run, struct xml_node *root,
    const struct manifest *manifest)
{
	struct xml_node *at = xml_child(root, "setting");

	check_texts(run, root, manifest);
	check_paths(run, root);
	for (size_t i = 0; i < manifest->setting_count; i++) {
		check_setting(run, at, manifest, &manifest->settings[i]);
		at = xml_next(at, "setting");
	}
	if (*manifest->entry != '\0')
		check_path(run, xml_line(xml_child(root, "entry")), "entry",
		    manifest->entry);
	if (*manifest->health != '\0')
		check_path(run, xml_line(xml_child(root, "health")), "health",
		    manifest->health);
	if (xml_is(root, "manifest"))
		check_files(run, root, manifest);
}

const struct manifest_folder *
manifest_folder(const struct manifest *manifest, const char *path)
{
	const struct manifest_folder *best = NULL;

	for (size_t i = 0; i < manifest->folder_count; i++) {
		const struct manifest_folder *folder = &manifest->folders[i];

		if (path_is_in(path, folder->path) &&
		    (best == NULL || strlen(folder->path) > strlen(best->path)))
			best = folder;
	}
	return best;
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

static bool
is_made_of(const char *string, const char *allowed)
{
	const size_t length = strlen(string);

	return length >= 1 && length <= 40 && strspn(string, allowed) == length;
}

bool
manifest_is_name(const char *string)
{
	return is_made_of(string, "abcdefghijklmnopqrstuvwxyz0123456789-") &&
	       string[0] != '-';
}

bool
manifest_is_version(const char *string)
{
	return is_made_of(string, "0123456789abcdefghijklmnopqrstuvwxyz"
				  "ABCDEFGHIJKLMNOPQRSTUVWXYZ.+~-") &&
	       string[0] >= '0' && string[0] <= '9';
}
