/* valid: is a page as its RELAX NG file says? */

#include "web/valid.h"

#include <libxml/parser.h>
#include <libxml/relaxng.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/setting.h"
#include "web/page.h"

/* skin.c forbids libxml2 to open files; these are our own. */
static xmlExternalEntityLoader usual;

void
valid_start(void)
{
	usual = xmlGetExternalEntityLoader();
}

static void
tell(void *context, xmlErrorPtr error)
{
	const char *name = context;

	log_event(LOG_WARN, "page.invalid", "page=%s why=%s", name,
	    error->message != NULL ? error->message : "");
}

static void
release_schema(void *schema)
{
	xmlRelaxNGFree(schema);
}

static void
release_context(void *context)
{
	xmlRelaxNGFreeValidCtxt(context);
}

static xmlRelaxNGPtr
read_schema(struct arena *arena, char *name)
{
	const char *path = arena_print(
	    arena, "%s/%s.rng", setting_text("skin.schema_dir"), name);
	xmlRelaxNGParserCtxtPtr parser = xmlRelaxNGNewParserCtxt(path);
	xmlExternalEntityLoader forbidding = xmlGetExternalEntityLoader();
	xmlRelaxNGPtr schema;

	xmlRelaxNGSetParserStructuredErrors(parser, tell, name);
	xmlSetExternalEntityLoader(usual);
	schema = xmlRelaxNGParse(parser);
	xmlSetExternalEntityLoader(forbidding);
	xmlRelaxNGFreeParserCtxt(parser);
	if (schema != NULL)
		arena_defer(arena, release_schema, schema);
	return schema;
}

void
valid_check(struct arena *arena, const struct page *page, const char *name)
{
	char *copy = arena_copy(arena, name);
	xmlRelaxNGPtr schema;
	xmlRelaxNGValidCtxtPtr context;

	if (!setting_flag("page.validate"))
		return;
	schema = read_schema(arena, copy);
	if (schema == NULL)
		return;
	context = xmlRelaxNGNewValidCtxt(schema);
	arena_defer(arena, release_context, context);
	xmlRelaxNGSetValidStructuredErrors(context, tell, copy);
	(void)xmlRelaxNGValidateDoc(context, page_tree(page));
}
