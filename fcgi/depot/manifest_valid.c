/* manifest_valid: the grammar of a manifest, and what its words mean for who
 * has to mend one. */

#include <string.h>

#include "base/arena.h"
#include "depot/grammar.h"
#include "depot/manifest_part.h"

/* What belongs into an element: attributes, then what stands inside. */
static const struct element {
	const char *name;
	const char *wanted;
} elements[] = {
	{ "package", "format=\"1\" name version released=\"2026-11-22\" kind="
		     "\"program|content|shareware\"; inside, in this order: "
		     "maker, packager?, text..., category..., related*, icon?, "
		     "screenshot*, license, model, requires?, setting*, "
		     "folder*, database?, hook*, upgrade?, entry*, health?, "
		     "file*" },
	{ "manifest", "what kagiya-pack build makes of package.xml: build it "
		      "again" },
	{ "files", "what kagiya-pack build writes: build it again" },
	{ "archive", "what kagiya-pack build writes: build it again" },
	{ "maker", "name (80 characters), url=\"https://...\"?, mail?" },
	{ "packager", "name (80 characters), url=\"https://...\"?" },
	{ "text", "xml:lang=\"ja\"; inside: name (80 characters), summary "
		  "(150), description, features? (300), note*" },
	{ "name", "1 to 80 characters" },
	{ "summary", "1 to 150 characters" },
	{ "description", "only p, ul, ol, li, strong, em, code, br and "
			 "a href=\"https://...\"" },
	{ "features", "at most 300 characters" },
	{ "note", "after=\"install|upgrade|uninstall\", at most 300 "
		  "characters" },
	{ "category", "1 to 40 of a-z, 0-9 and -" },
	{ "related", "the name of a package: 1 to 40 of a-z, 0-9 and -" },
	{ "icon", "file=\"icon.svg\": a-z, 0-9 and -, then .svg, .png, .jpg "
		  "or .webp" },
	{ "screenshot", "file=\"one.png\": a-z, 0-9 and -, then .svg, .png, "
			".jpg or .webp" },
	{ "license", "name (SPDX), url=\"https://...\"?, file? (a path in the "
		     "package)" },
	{ "model", "kind=\"license|credit|free\", trial_days? (0 to 3650)" },
	{ "requires", "os? php? mariadb? agent? (versions) disk_mb?; inside: "
		      "extension name=\"...\" for each one of PHP's" },
	{ "extension", "name, letters, digits and _" },
	{ "setting", "name (a-z, 0-9, _), kind=\"text|number|flag|choice|email|"
		     "url|secret\", required=\"yes|no\"?, value?, least? "
		     "most? (numbers), longest? (1 to 300); inside: label..., "
		     "choice*" },
	{ "label", "xml:lang=\"ja\", 1 to 80 characters" },
	{ "choice", "value; inside: label..." },
	{ "folder", "path, kind=\"program|config|data|cache\"" },
	{ "database", "kind=\"mariadb\"" },
	{ "hook", "name=\"verify|install|configure|upgrade|remove|backup|"
		  "restore|health\", command (a path in the package), seconds "
		  "(1 to 600)" },
	{ "upgrade", "from, a version" },
	{ "entry", "path; inside a further one: label..." },
	{ "health", "path" },
	{ "file", "path, kind=\"program|config|data|cache\"" },
};

static const struct element *
element_of(struct xml_node *node)
{
	for (size_t i = 0; i < sizeof(elements) / sizeof(*elements); i++)
		if (xml_is(node, elements[i].name))
			return &elements[i];
	return NULL;
}

/* The last known element that begins in that line or above it. */
static const struct element *
find_line(struct xml_node *node, int line)
{
	const struct element *found = element_of(node);

	for (struct xml_node *at = xml_child(node, NULL);
	     at != NULL && xml_line(at) <= line; at = xml_next(at, NULL)) {
		const struct element *inside = find_line(at, line);

		if (inside != NULL)
			found = inside;
	}
	return found;
}

struct helper {
	struct manifest_run *run;
	struct xml_node *root;
	int line; /* helped with last */
};

static void
help(void *context, int line, const char *problem)
{
	struct helper *helper = context;
	const struct element *element = find_line(helper->root, line);

	manifest_tell(helper->run, line, "%s", problem);
	if (element == NULL || line == helper->line)
		return;
	helper->line = line;
	manifest_tell(
	    helper->run, line, "%s wants: %s", element->name, element->wanted);
}

bool
manifest_is_valid(struct manifest_run *run, struct xml_node *root)
{
	struct helper helper = { .run = run, .root = root };
	const struct xml_watcher watcher = { help, &helper };

	return xml_is_valid(run->arena,
	    xml_grammar_new(run->arena, grammar_manifest), root, &watcher);
}
