/* manifest: the document into the structure. */

#include "depot/manifest.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/must.h"
#include "base/text.h"
#include "depot/manifest_part.h"

static const char *const kind_names[] = {
	[MANIFEST_PROGRAM] = "program",
	[MANIFEST_CONFIG] = "config",
	[MANIFEST_DATA] = "data",
	[MANIFEST_CACHE] = "cache",
};

const char *
manifest_kind_name(enum manifest_kind kind)
{
	return kind_names[kind];
}

bool
manifest_kind_named(const char *name, enum manifest_kind *kind_r)
{
	for (size_t i = 0; i < sizeof(kind_names) / sizeof(*kind_names); i++)
		if (strcmp(name, kind_names[i]) == 0) {
			*kind_r = (enum manifest_kind)i;
			return true;
		}
	return false;
}

void
manifest_tell(struct manifest_run *run, int line, const char *format, ...)
{
	va_list list;
	const char *problem;

	run->ok = false;
	if (run->watcher == NULL)
		return;
	va_start(list, format);
	problem = arena_vprint(run->arena, format, list);
	va_end(list);
	run->watcher->tell(run->watcher->context, line, problem);
}

/* The grammar has said that numbers are numbers. */
static int64_t
number(struct arena *arena, struct xml_node *node, const char *name,
    int64_t absent)
{
	int64_t value = absent;

	(void)xml_number(arena, node, name, INT64_MIN, INT64_MAX, &value);
	return value;
}

static enum manifest_kind
kind_of(struct arena *arena, struct xml_node *node)
{
	enum manifest_kind kind = MANIFEST_PROGRAM;

	(void)manifest_kind_named(xml_attribute(arena, node, "kind"), &kind);
	return kind;
}

static void
digest_of(struct arena *arena, struct xml_node *node,
    unsigned char digest_r[SECRET_DIGEST])
{
	(void)text_unhex(
	    xml_attribute(arena, node, "sha256"), digest_r, SECRET_DIGEST);
}

static void
read_identity(
    struct arena *arena, struct xml_node *root, struct manifest *manifest)
{
	struct xml_node *maker = xml_child(root, "maker");
	struct xml_node *license = xml_child(root, "license");
	struct xml_node *model = xml_child(root, "model");

	manifest->name = xml_attribute(arena, root, "name");
	manifest->version = xml_attribute(arena, root, "version");
	manifest->released = CLOCK_NO_DAY;
	(void)clock_day_parse(
	    xml_attribute(arena, root, "released"), &manifest->released);
	manifest->kind = xml_attribute(arena, root, "kind");
	manifest->maker = xml_attribute(arena, maker, "name");
	manifest->maker_url = xml_attribute(arena, maker, "url");
	manifest->license = xml_attribute(arena, license, "name");
	manifest->license_url = xml_attribute(arena, license, "url");
	manifest->model = xml_attribute(arena, model, "kind");
	manifest->trial_days = number(arena, model, "trial_days", 60);
	manifest->upgrade_from =
	    xml_attribute(arena, xml_child(root, "upgrade"), "from");
	manifest->license_file = xml_attribute(arena, license, "file");
}

static const char *const *
read_words(struct arena *arena, struct xml_node *root, const char *name,
    size_t *count_r)
{
	const char **words =
	    arena_array(arena, xml_count(root, name), sizeof(*words));
	size_t count = 0;

	for (struct xml_node *at = xml_child(root, name); at != NULL;
	     at = xml_next(at, name))
		words[count++] = xml_text(arena, at);
	*count_r = count;
	return words;
}

static void
read_texts(
    struct arena *arena, struct xml_node *root, struct manifest *manifest)
{
	struct manifest_text *texts =
	    arena_array(arena, xml_count(root, "text"), sizeof(*texts));
	size_t count = 0;

	for (struct xml_node *at = xml_child(root, "text"); at != NULL;
	     at = xml_next(at, "text"))
		texts[count++] = (struct manifest_text){
			.language = xml_language(arena, at),
			.name = xml_text(arena, xml_child(at, "name")),
			.summary = xml_text(arena, xml_child(at, "summary")),
			.description =
			    xml_inside(arena, xml_child(at, "description")),
			.features = xml_text(arena, xml_child(at, "features")),
		};
	manifest->texts = texts;
	manifest->text_count = count;
	manifest->categories =
	    read_words(arena, root, "category", &manifest->category_count);
	manifest->category = manifest->categories[0];
	manifest->related =
	    read_words(arena, root, "related", &manifest->related_count);
}

static const struct manifest_picture *
read_pictures(struct arena *arena, struct xml_node *root, const char *name,
    size_t *count_r)
{
	struct manifest_picture *pictures =
	    arena_array(arena, xml_count(root, name), sizeof(*pictures));
	size_t count = 0;

	for (struct xml_node *at = xml_child(root, name); at != NULL;
	     at = xml_next(at, name)) {
		struct manifest_picture *picture = &pictures[count++];

		picture->file = xml_attribute(arena, at, "file");
		picture->size = number(arena, at, "size", 0);
		digest_of(arena, at, picture->sha256);
	}
	*count_r = count;
	return pictures;
}

static void
read_needs(
    struct arena *arena, struct xml_node *root, struct manifest_needs *needs)
{
	struct xml_node *node = xml_child(root, "requires");
	const char **names =
	    arena_array(arena, xml_count(node, "extension"), sizeof(*names));

	needs->os = xml_attribute(arena, node, "os");
	needs->php = xml_attribute(arena, node, "php");
	needs->mariadb = xml_attribute(arena, node, "mariadb");
	needs->agent = xml_attribute(arena, node, "agent");
	needs->disk_mb = number(arena, node, "disk_mb", 0);
	needs->database = xml_child(root, "database") != NULL;
	for (struct xml_node *at = xml_child(node, "extension"); at != NULL;
	     at = xml_next(at, "extension"))
		names[needs->extension_count++] =
		    xml_attribute(arena, at, "name");
	needs->extensions = names;
}

static const struct manifest_label *
read_labels(struct arena *arena, struct xml_node *node, size_t *count_r)
{
	struct manifest_label *labels =
	    arena_array(arena, xml_count(node, "label"), sizeof(*labels));
	size_t count = 0;

	for (struct xml_node *at = xml_child(node, "label"); at != NULL;
	     at = xml_next(at, "label"))
		labels[count++] = (struct manifest_label){
			.language = xml_language(arena, at),
			.text = xml_text(arena, at),
		};
	*count_r = count;
	return labels;
}

static void
read_entries(
    struct arena *arena, struct xml_node *root, struct manifest *manifest)
{
	struct manifest_entry *entries =
	    arena_array(arena, xml_count(root, "entry"), sizeof(*entries));

	for (struct xml_node *at = xml_child(root, "entry"); at != NULL;
	     at = xml_next(at, "entry")) {
		struct manifest_entry *entry =
		    &entries[manifest->entry_count++];

		entry->path = xml_attribute(arena, at, "path");
		entry->labels = read_labels(arena, at, &entry->label_count);
	}
	manifest->entries = entries;
	manifest->entry = manifest->entry_count > 0 ? entries[0].path : "";
	manifest->health =
	    xml_attribute(arena, xml_child(root, "health"), "path");
	if (*manifest->health == '\0')
		manifest->health = manifest->entry;
}

static void
read_choices(struct arena *arena, struct xml_node *node,
    struct manifest_setting *setting)
{
	struct manifest_choice *choices =
	    arena_array(arena, xml_count(node, "choice"), sizeof(*choices));

	for (struct xml_node *at = xml_child(node, "choice"); at != NULL;
	     at = xml_next(at, "choice")) {
		struct manifest_choice *choice =
		    &choices[setting->choice_count++];

		choice->value = xml_attribute(arena, at, "value");
		choice->labels = read_labels(arena, at, &choice->label_count);
	}
	setting->choices = choices;
}

static void
read_setting(struct arena *arena, struct xml_node *node,
    struct manifest_setting *setting)
{
	setting->name = xml_attribute(arena, node, "name");
	setting->kind = xml_attribute(arena, node, "kind");
	setting->value = xml_attribute(arena, node, "value");
	setting->required =
	    strcmp(xml_attribute(arena, node, "required"), "yes") == 0;
	setting->least = number(arena, node, "least", 0);
	setting->most = number(arena, node, "most", 1000000000);
	setting->longest = number(arena, node, "longest", 300);
	setting->labels = read_labels(arena, node, &setting->label_count);
	read_choices(arena, node, setting);
}

static void
read_behaviour(
    struct arena *arena, struct xml_node *root, struct manifest *manifest)
{
	struct manifest_setting *settings =
	    arena_array(arena, xml_count(root, "setting"), sizeof(*settings));
	struct manifest_folder *folders =
	    arena_array(arena, xml_count(root, "folder"), sizeof(*folders));
	struct manifest_hook *hooks =
	    arena_array(arena, xml_count(root, "hook"), sizeof(*hooks));

	for (struct xml_node *at = xml_child(root, "setting"); at != NULL;
	     at = xml_next(at, "setting"))
		read_setting(arena, at, &settings[manifest->setting_count++]);
	for (struct xml_node *at = xml_child(root, "folder"); at != NULL;
	     at = xml_next(at, "folder"))
		folders[manifest->folder_count++] = (struct manifest_folder){
			.path = xml_attribute(arena, at, "path"),
			.kind = kind_of(arena, at),
		};
	for (struct xml_node *at = xml_child(root, "hook"); at != NULL;
	     at = xml_next(at, "hook"))
		hooks[manifest->hook_count++] = (struct manifest_hook){
			.name = xml_attribute(arena, at, "name"),
			.command = xml_attribute(arena, at, "command"),
			.seconds = number(arena, at, "seconds", 60),
		};
	manifest->settings = settings;
	manifest->folders = folders;
	manifest->hooks = hooks;
}

static void
read_archive(
    struct arena *arena, struct xml_node *root, struct manifest *manifest)
{
	struct xml_node *node = xml_child(root, "archive");

	manifest->archive.file = xml_attribute(arena, node, "file");
	manifest->archive.size = number(arena, node, "size", 0);
	manifest->archive.unpacked = number(arena, node, "unpacked", 0);
	manifest->archive.count = number(arena, node, "count", 0);
	digest_of(arena, node, manifest->archive.sha256);
}

/* In a description they stand below the root; only their kinds do. */
static void
read_kinds(
    struct arena *arena, struct xml_node *node, struct manifest *manifest)
{
	struct manifest_file *files =
	    arena_array(arena, xml_count(node, "file"), sizeof(*files));

	for (struct xml_node *at = xml_child(node, "file"); at != NULL;
	     at = xml_next(at, "file")) {
		struct manifest_file *file = &files[manifest->file_count++];

		file->path = xml_attribute(arena, at, "path");
		file->kind = kind_of(arena, at);
	}
	manifest->files = files;
}

static const struct manifest *
read_all(struct manifest_run *run, struct xml_node *root)
{
	struct arena *arena = run->arena;
	struct manifest *manifest = arena_alloc(arena, sizeof(*manifest));
	const struct manifest_picture *icon;
	size_t icons;

	read_identity(arena, root, manifest);
	read_texts(arena, root, manifest);
	icon = read_pictures(arena, root, "icon", &icons);
	manifest->icon = icons > 0 ? icon : NULL;
	manifest->screenshots = read_pictures(
	    arena, root, "screenshot", &manifest->screenshot_count);
	read_needs(arena, root, &manifest->needs);
	read_behaviour(arena, root, manifest);
	read_entries(arena, root, manifest);
	if (xml_is(root, "manifest")) {
		read_archive(arena, root, manifest);
		manifest->files = run->files;
		manifest->file_count = run->file_count;
	} else {
		read_kinds(arena, root, manifest);
	}
	return manifest;
}

/* The grammar refuses these too, but not in words that help. */
static void
explain_identity(struct manifest_run *run, struct xml_node *root)
{
	const char *name = xml_attribute(run->arena, root, "name");
	const char *version = xml_attribute(run->arena, root, "version");

	if (!manifest_is_name(name))
		manifest_tell(run, xml_line(root),
		    "name=\"%s\": 1 to 40 of a-z, 0-9 and -", name);
	if (!manifest_is_version(version))
		manifest_tell(run, xml_line(root),
		    "version=\"%s\": a digit, then digits, letters and "
		    ".+~-, 40 at most",
		    version);
}

static const struct manifest *
read_as(struct manifest_run *run, const char *root_name, const void *bytes,
    size_t length)
{
	const struct xml_taker files = { "files", "file", manifest_take_file,
		run };
	struct xml_node *root = xml_read_taking(
	    run->arena, bytes, length, MANIFEST_LIMIT, run->watcher, &files);
	const struct manifest *manifest;

	if (root == NULL)
		return NULL;
	if (!xml_is(root, root_name)) {
		manifest_tell(run, xml_line(root),
		    "the document's element must be %s", root_name);
		return NULL;
	}
	explain_identity(run, root);
	if (!manifest_is_valid(run, root))
		return NULL;
	manifest = read_all(run, root);
	manifest_check(run, root, manifest);
	return run->ok ? manifest : NULL;
}

const struct manifest *
manifest_read(struct arena *arena, const void *bytes, size_t length,
    const struct xml_watcher *watcher)
{
	struct manifest_run run = {
		.arena = arena, .watcher = watcher, .ok = true
	};

	return read_as(&run, "manifest", bytes, length);
}

const struct manifest *
manifest_read_description(struct arena *arena, const void *bytes, size_t length,
    const struct xml_watcher *watcher)
{
	struct manifest_run run = {
		.arena = arena, .watcher = watcher, .ok = true
	};

	return read_as(&run, "package", bytes, length);
}

static int
compare_file(const void *key, const void *file)
{
	return strcmp(key, ((const struct manifest_file *)file)->path);
}

const struct manifest_file *
manifest_file(const struct manifest *manifest, const char *path)
{
	return bsearch(path, manifest->files, manifest->file_count,
	    sizeof(*manifest->files), compare_file);
}
