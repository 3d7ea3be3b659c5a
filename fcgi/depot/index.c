/* index: the signed list of a depot's packages. */

#include "depot/index.h"

#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/text.h"
#include "depot/grammar.h"
#include "depot/sign.h"

void
index_sign(const struct secret_key *key, const void *bytes, size_t n,
    struct text *signature)
{
	text_add(
	    signature, sign_make(signature->arena, key, SIGN_INDEX, bytes, n));
	text_add(signature, "\n");
}

bool
index_is_signed(struct arena *arena, const struct secret_key *key,
    const void *bytes, size_t n, const char *signature)
{
	for (const char *line = signature; *line != '\0';) {
		const size_t length = strcspn(line, "\n");

		if (sign_is_right(arena, key, SIGN_INDEX, bytes, n,
			arena_copy_n(arena, line, length)))
			return true;
		line += length + (line[length] == '\n');
	}
	return false;
}

static const struct index_package *
read_packages(struct arena *arena, struct xml_node *root, size_t *count_r)
{
	struct index_package *packages =
	    arena_array(arena, xml_count(root, "package"), sizeof(*packages));
	size_t count = 0;

	for (struct xml_node *at = xml_child(root, "package"); at != NULL;
	     at = xml_next(at, "package")) {
		struct index_package *package = &packages[count++];

		package->name = xml_attribute(arena, at, "name");
		package->version = xml_attribute(arena, at, "version");
		(void)text_unhex(xml_attribute(arena, at, "manifest"),
		    package->manifest, SECRET_DIGEST);
	}
	*count_r = count;
	return packages;
}

const struct index *
index_read(struct arena *arena, const void *bytes, size_t n,
    const struct xml_watcher *watcher)
{
	struct xml_node *root = xml_read(arena, bytes, n, INDEX_LIMIT, watcher);
	struct index *index;

	if (root == NULL ||
	    !xml_is_valid(
		arena, xml_grammar_new(arena, grammar_index), root, watcher))
		return NULL;
	index = arena_alloc(arena, sizeof(*index));
	index->depot = xml_attribute(arena, root, "depot");
	(void)xml_number(arena, root, "serial", 1, INT64_MAX, &index->serial);
	if (!sign_time_parse(
		xml_attribute(arena, root, "expires"), &index->expires))
		return NULL;
	index->packages = read_packages(arena, root, &index->package_count);
	return index;
}

enum index_end
index_open(struct arena *arena, const struct index_pin *pin, const void *bytes,
    size_t n, const char *signature, const struct index **index_r)
{
	const struct index *index;

	if (!index_is_signed(arena, pin->key, bytes, n, signature))
		return INDEX_UNSIGNED;
	index = index_read(arena, bytes, n, NULL);
	if (index == NULL)
		return INDEX_MALFORMED;
	if (strcmp(index->depot, pin->depot) != 0)
		return INDEX_OTHER_DEPOT;
	if (index->serial < pin->serial)
		return INDEX_OLDER;
	if (index->expires <= pin->now)
		return INDEX_EXPIRED;
	*index_r = index;
	return INDEX_OK;
}

const char *
index_reason(enum index_end end)
{
	static const char *const reasons[] = {
		[INDEX_OK] = "",
		[INDEX_UNSIGNED] = "depot.index-unsigned",
		[INDEX_MALFORMED] = "depot.index-malformed",
		[INDEX_OTHER_DEPOT] = "depot.index-of-another",
		[INDEX_OLDER] = "depot.index-older",
		[INDEX_EXPIRED] = "depot.index-expired",
	};

	return reasons[end];
}

void
index_write(struct text *out, const struct index *index)
{
	text_add(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<index");
	xml_put(out, "format", "1");
	xml_put(out, "depot", index->depot);
	xml_put_number(out, "serial", index->serial);
	xml_put(out, "expires", clock_time_text(out->arena, index->expires));
	text_add(out, ">\n");
	for (size_t i = 0; i < index->package_count; i++) {
		const struct index_package *package = &index->packages[i];

		text_add(out, "\t<package");
		xml_put(out, "name", package->name);
		xml_put(out, "version", package->version);
		xml_put(out, "manifest",
		    text_hex(out->arena, package->manifest, SECRET_DIGEST));
		text_add(out, "/>\n");
	}
	text_add(out, "</index>\n");
}

const struct index_package *
index_package(const struct index *index, const char *name, const char *version)
{
	for (size_t i = 0; i < index->package_count; i++)
		if (strcmp(index->packages[i].name, name) == 0 &&
		    strcmp(index->packages[i].version, version) == 0)
			return &index->packages[i];
	return NULL;
}
