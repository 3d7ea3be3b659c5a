/* manifest_check: what a grammar cannot say of a manifest, and questions
 * about one that was read. */

#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "depot/manifest_part.h"
#include "depot/path.h"

static const char *
attribute(struct manifest_run *run, struct xml_node *node, const char *name)
{
	return xml_attribute(run->arena, node, name);
}

/* What the agent writes beside the files, or keeps there for a while. */
static bool
is_ours(const char *path)
{
	return strncmp(path, "kagiya-license.ini", 18) == 0 ||
	       strncmp(path, "kagiya-setting.ini", 18) == 0 ||
	       strncmp(path, ".kagiya", 7) == 0;
}

void
manifest_check_path(struct manifest_run *run, int line, const char *path)
{
	const char *problem = path_problem(path);

	if (problem != NULL)
		manifest_tell(run, line, "the path %s %s: give it another name",
		    path, problem);
	if (is_ours(path))
		manifest_tell(run, line,
		    "%s is a name the agent uses: take it out", path);
}

static void
check_paths(struct manifest_run *run, struct xml_node *root)
{
	static const char *const names[] = { "file", "folder", "entry",
		"health", NULL };

	for (size_t i = 0; names[i] != NULL; i++)
		for (struct xml_node *at = xml_child(root, names[i]);
		     at != NULL; at = xml_next(at, names[i]))
			manifest_check_path(
			    run, xml_line(at), attribute(run, at, "path"));
	for (struct xml_node *at = xml_child(root, "hook"); at != NULL;
	     at = xml_next(at, "hook"))
		manifest_check_path(
		    run, xml_line(at), attribute(run, at, "command"));
}

/* So many that looking at each would take forever. */
static bool
has_many(struct manifest_run *run, struct xml_node *root)
{
	enum { MANY = 1000 };
	static const char *const names[] = { "text", "category", "related",
		"screenshot", "setting", "folder", "hook", "entry", "file",
		NULL };
	bool many = false;

	for (size_t i = 0; names[i] != NULL; i++)
		if (xml_count(root, names[i]) > MANY) {
			manifest_tell(run, xml_line(root),
			    "more than %d elements %s: use fewer", MANY,
			    names[i]);
			many = true;
		}
	return many;
}

/* What stands more than once among the elements of a name. */
static void
check_doubles(struct manifest_run *run, struct xml_node *root, const char *name,
    const char *(*value)(struct manifest_run *run, struct xml_node *node))
{
	for (struct xml_node *at = xml_child(root, name); at != NULL;
	     at = xml_next(at, name))
		for (struct xml_node *before = xml_child(root, name);
		     before != at; before = xml_next(before, name))
			if (strcmp(value(run, before), value(run, at)) == 0)
				manifest_tell(run, xml_line(at),
				    "two elements %s for %s: one of them is "
				    "too many",
				    name, value(run, at));
}

static const char *
path_of(struct manifest_run *run, struct xml_node *node)
{
	return attribute(run, node, "path");
}

static const char *
name_of(struct manifest_run *run, struct xml_node *node)
{
	return attribute(run, node, "name");
}

static const char *
language_of(struct manifest_run *run, struct xml_node *node)
{
	return xml_language(run->arena, node);
}

static const char *
words_of(struct manifest_run *run, struct xml_node *node)
{
	return xml_text(run->arena, node);
}

static void
check_identity(struct manifest_run *run, struct xml_node *root,
    const struct manifest *manifest)
{
	struct xml_node *at = xml_child(root, "related");

	if (manifest->released == CLOCK_NO_DAY)
		manifest_tell(
		    run, xml_line(root), "released is no day of the calendar");
	for (size_t i = 0; i < manifest->related_count; i++) {
		if (strcmp(manifest->related[i], manifest->name) == 0)
			manifest_tell(run, xml_line(at),
			    "related to itself: take that out");
		at = xml_next(at, "related");
	}
	if (strverscmp(manifest->upgrade_from, manifest->version) > 0)
		manifest_tell(run, xml_line(xml_child(root, "upgrade")),
		    "upgrade from %s, but this is %s: name an older version",
		    manifest->upgrade_from, manifest->version);
}

static void
check_entries(struct manifest_run *run, struct xml_node *root)
{
	for (struct xml_node *at = xml_next(xml_child(root, "entry"), "entry");
	     at != NULL; at = xml_next(at, "entry"))
		if (xml_child(at, "label") == NULL)
			manifest_tell(run, xml_line(at),
			    "a further entry wants a label in each language");
}

static bool
has_hook(const struct manifest *manifest, const char *name)
{
	for (size_t i = 0; i < manifest->hook_count; i++)
		if (strcmp(manifest->hooks[i].name, name) == 0)
			return true;
	return false;
}

static void
check_secret(struct manifest_run *run, struct xml_node *node,
    const struct manifest *manifest, const struct manifest_setting *setting)
{
	if (!manifest_setting_is_secret(setting))
		return;
	if (*setting->value != '\0')
		manifest_tell(run, xml_line(node),
		    "setting %s: a secret that stands here is none: take out "
		    "value",
		    setting->name);
	if (!has_hook(manifest, "install"))
		manifest_tell(run, xml_line(node),
		    "setting %s: a secret is told to the hook install alone, "
		    "and there is none: add it",
		    setting->name);
}

static void
check_setting(struct manifest_run *run, struct xml_node *node,
    const struct manifest *manifest, const struct manifest_setting *setting)
{
	const char *problem;

	if (strncmp(setting->name, "kagiya_", 7) == 0 ||
	    strncmp(setting->name, "database_", 9) == 0)
		manifest_tell(run, xml_line(node),
		    "setting %s: names with kagiya_ and database_ are the "
		    "agent's: choose another",
		    setting->name);
	if ((strcmp(setting->kind, "choice") == 0) !=
	    (setting->choice_count > 0))
		manifest_tell(run, xml_line(node),
		    "setting %s: choices belong to kind choice, and to it "
		    "alone",
		    setting->name);
	if (setting->least > setting->most)
		manifest_tell(run, xml_line(node),
		    "setting %s: least is above most", setting->name);
	check_secret(run, node, manifest, setting);
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

	if (has_many(run, root))
		return;
	check_identity(run, root, manifest);
	check_doubles(run, root, "text", language_of);
	check_doubles(run, root, "category", words_of);
	check_doubles(run, root, "related", words_of);
	check_doubles(run, root, "setting", name_of);
	check_doubles(run, root, "folder", path_of);
	check_doubles(run, root, "hook", name_of);
	check_doubles(run, root, "entry", path_of);
	check_doubles(run, root, "file", path_of);
	check_paths(run, root);
	check_entries(run, root);
	for (size_t i = 0; i < manifest->setting_count; i++) {
		check_setting(run, at, manifest, &manifest->settings[i]);
		at = xml_next(at, "setting");
	}
	if (xml_is(root, "manifest"))
		manifest_check_files(run, root, manifest);
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
