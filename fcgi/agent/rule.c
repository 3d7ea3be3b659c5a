/* rule: what becomes of a customer's file in an upgrade. */

#include "agent/rule.h"

#include <string.h>

#include "base/text.h"
#include "depot/path.h"

enum owner { MAKERS, CONFIG, DATA, FOREIGN };

bool
rule_is_agents(const char *path)
{
	return strcmp(path, "kagiya-license.ini") == 0 ||
	       strcmp(path, "kagiya-setting.ini") == 0;
}

/* Files are in byte order: those of a folder follow one another. */
bool
rule_has_folder(const struct manifest *manifest, const char *path)
{
	size_t least = 0, most = manifest->file_count;
	const size_t length = strlen(path);

	while (least < most) {
		const size_t middle = least + (most - least) / 2;
		const char *file = manifest->files[middle].path;
		const int order = strncmp(file, path, length);

		/* As if the path ended in a slash. */
		if (order < 0 ||
		    (order == 0 && (unsigned char)file[length] < '/'))
			least = middle + 1;
		else
			most = middle;
	}
	if (least < manifest->file_count &&
	    path_is_in(manifest->files[least].path, path) &&
	    manifest->files[least].path[length] == '/')
		return true;
	for (size_t i = 0; i < manifest->folder_count; i++)
		if (path_is_in(manifest->folders[i].path, path))
			return true;
	return false;
}

static enum owner
owner_of(enum manifest_kind kind)
{
	switch (kind) {
	case MANIFEST_PROGRAM:
		return MAKERS;
	case MANIFEST_CONFIG:
		return CONFIG;
	case MANIFEST_DATA:
	case MANIFEST_CACHE:
		break;
	}
	return DATA;
}

/* By the manifest that was installed. */
static enum owner
find_owner(const struct rules *rules, const char *path,
    const struct manifest_file *old)
{
	const struct manifest_folder *folder =
	    manifest_folder(rules->before, path);

	if (old != NULL)
		return owner_of(old->kind);
	if (folder == NULL || folder->kind == MANIFEST_PROGRAM)
		return FOREIGN;
	return owner_of(folder->kind);
}

static bool
has_digest(const struct rule_file *file, const unsigned char *wanted)
{
	unsigned char digest[SECRET_DIGEST];

	return file->digest(file->context, digest) &&
	       memcmp(digest, wanted, sizeof(digest)) == 0;
}

static bool
is_same(const struct manifest_file *known, const struct rule_file *file)
{
	return known != NULL && file->regular && known->size == file->size &&
	       has_digest(file, known->sha256);
}

bool
rule_is_as(const struct manifest *manifest, const struct rule_file *file)
{
	return is_same(manifest_file(manifest, file->path), file);
}

static enum rule_fate
agents_fate(const struct rules *rules, const struct rule_file *file)
{
	for (size_t i = 0; i < rules->wrote_count; i++) {
		const char *line = rules->wrote[i];
		char hex[2 * SECRET_DIGEST + 1];
		unsigned char wanted[SECRET_DIGEST];

		if (strlen(line) <= sizeof(hex) ||
		    strcmp(line + sizeof(hex), file->path) != 0)
			continue;
		memcpy(hex, line, sizeof(hex) - 1);
		hex[sizeof(hex) - 1] = '\0';
		if (file->regular && text_unhex(hex, wanted, SECRET_DIGEST) &&
		    has_digest(file, wanted))
			return RULE_DROP;
	}
	return RULE_ORIG;
}

/* He has changed it, or it is his: what of the new one's? */
static enum rule_fate
changed_fate(const struct manifest_file *old, const struct manifest_file *new,
    enum owner owner)
{
	switch (owner_of(new->kind)) {
	case MAKERS:
		return RULE_ORIG;
	case CONFIG:
		/* Is there anything new in it? */
		if (owner == CONFIG && old != NULL &&
		    memcmp(old->sha256, new->sha256, SECRET_DIGEST) == 0)
			return RULE_KEEP;
		return RULE_KEEP_NEW;
	case DATA:
	case FOREIGN:
		break;
	}
	return RULE_KEEP;
}

enum rule_fate
rule_fate(const struct rules *rules, const struct rule_file *file)
{
	const struct manifest_file *old =
	    manifest_file(rules->before, file->path);
	const struct manifest_file *new = manifest_file(rules->now, file->path);
	const enum owner owner = find_owner(rules, file->path, old);

	if (rule_is_agents(file->path))
		return agents_fate(rules, file);
	if ((owner != DATA || (new != NULL &&new->kind == MANIFEST_PROGRAM)) &&
	    (is_same(old, file) || is_same(new, file)))
		return RULE_DROP;
	if (new != NULL)
		return changed_fate(old, new, owner);
	if (owner == MAKERS || rule_has_folder(rules->now, file->path))
		return RULE_ORIG;
	return RULE_KEEP;
}

bool
rule_is_own_folder(const struct rules *rules, const char *path)
{
	const struct manifest_folder *folder =
	    manifest_folder(rules->before, path);

	if (folder != NULL && folder->kind != MANIFEST_PROGRAM)
		return true;
	return !rule_has_folder(rules->before, path);
}
