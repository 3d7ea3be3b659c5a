/* skin: turns a page document into HTML (or a mail into text). A skin is the
 * work of people who are trusted with looks and with nothing else. */

#include "web/skin.h"

#include <libexslt/exslt.h>
#include <libxml/parser.h>
#include <libxml/uri.h>
#include <libxslt/documents.h>
#include <libxslt/security.h>
#include <libxslt/transform.h>
#include <libxslt/xsltutils.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/log.h"
#include "web/heap.h"
#include "web/inspect.h"
#include "web/page.h"
#include "web/skin_file.h"
#include "web/skin_words.h"
#include "web/valid.h"

enum {
	LONGEST_RESULT = 8 << 20,
	MOST_FILES = 100,
	MOST_OPERATIONS = 2000000,
	DEEPEST_TEMPLATE = 200,
	MOST_VARIABLES = 2000,
};

struct sheet {
	struct sheet *next;
	struct arena *arena;
	const char *path;
	xsltStylesheetPtr style; /* NULL: it does not compile */
	struct skin_file files[MOST_FILES];
	size_t count;
};

/* These live as long as the process. */
static struct sheet *sheets;
static xsltSecurityPrefsPtr prefs;
/* Takes down the files while a sheet is compiled, else NULL. */
static struct sheet *compiling;

static void __attribute__((format(printf, 2, 3)))
tell(void *context, const char *format, ...)
{
	char line[500];
	va_list list;

	(void)context;
	va_start(list, format);
	vsnprintf(line, sizeof(line), format, list);
	va_end(list);
	line[strcspn(line, "\n")] = '\0';
	if (line[0] != '\0')
		log_event(LOG_WARN, "skin.message", "text=%s", line);
}

static void
tell_parser(void *context, xmlErrorPtr error)
{
	(void)context;
	log_event(LOG_WARN, "skin.xml", "file=%s line=%d text=%s",
	    error->file != NULL ? error->file : "", error->line,
	    error->message != NULL ? error->message : "");
}

/* No DTD, no entity, no network, no huge document; one dictionary of names
 * for all of a style sheet's files. */
static xmlDocPtr
parse(const char *bytes, size_t length, const char *uri, xmlDictPtr names)
{
	xmlParserCtxtPtr parser = xmlNewParserCtxt();
	xmlDocPtr tree;

	if (names != NULL) {
		xmlDictFree(parser->dict);
		parser->dict = names;
		xmlDictReference(names);
	}
	tree = xmlCtxtReadMemory(parser, bytes, (int)length, uri, NULL,
	    XML_PARSE_NONET | XML_PARSE_NOCDATA);
	xmlFreeParserCtxt(parser);
	return tree;
}

static const char *
trouble_of(xmlDocPtr tree, xsltLoadType type)
{
	if (tree == NULL)
		return "not well-formed";
	if (type != XSLT_LOAD_DOCUMENT)
		return inspect_sheet(tree);
	return tree->intSubset != NULL ? "a document type" : NULL;
}

/* A sheet of more files than can be watched is refused. */
static bool
note(const struct skin_file *file)
{
	if (compiling == NULL)
		return true;
	if (compiling->count == MOST_FILES)
		return false;
	compiling->files[compiling->count] = *file;
	compiling->files[compiling->count++].path =
	    arena_copy(compiling->arena, file->path);
	return true;
}

static xmlDocPtr
read_tree(struct arena *arena, const char *uri, xmlDictPtr names,
    xsltLoadType type, struct skin_file *file_r)
{
	size_t length = 0;
	const char *bytes = skin_file_read(arena, uri, file_r, &length);
	const char *trouble = "not a file of the skin";
	xmlDocPtr tree = NULL;

	if (bytes != NULL && note(file_r)) {
		tree = parse(bytes, length, uri, names);
		trouble = trouble_of(tree, type);
	}
	if (trouble == NULL)
		return tree;
	log_event(LOG_WARN, "skin.refused", "file=%s why=%s", uri, trouble);
	xmlFreeDoc(tree);
	return NULL;
}

/* All that a sheet names comes through here: import, include, and, with a
 * transformation's context, document(). */
static xmlDocPtr
load(const xmlChar *uri, xmlDictPtr names, int options, void *context,
    xsltLoadType type)
{
	struct arena *arena = arena_new();
	struct skin_file file;
	xmlDocPtr tree =
	    read_tree(arena, (const char *)uri, names, type, &file);

	(void)options;
	if (tree != NULL && type == XSLT_LOAD_DOCUMENT)
		skin_words_keep(context, (const char *)uri, &file, tree);
	arena_free(arena);
	return tree;
}

static int
may_read(xsltSecurityPrefsPtr which, xsltTransformContextPtr context,
    const char *path)
{
	(void)which;
	(void)context;
	return skin_file_is_inside(path);
}

/* Both as default, which counts while a sheet is compiled, and for each
 * transformation. */
static void
forbid(void)
{
	prefs = xsltNewSecurityPrefs();
	xsltSetSecurityPrefs(prefs, XSLT_SECPREF_READ_FILE, may_read);
	xsltSetSecurityPrefs(
	    prefs, XSLT_SECPREF_WRITE_FILE, xsltSecurityForbid);
	xsltSetSecurityPrefs(
	    prefs, XSLT_SECPREF_CREATE_DIRECTORY, xsltSecurityForbid);
	xsltSetSecurityPrefs(
	    prefs, XSLT_SECPREF_READ_NETWORK, xsltSecurityForbid);
	xsltSetSecurityPrefs(
	    prefs, XSLT_SECPREF_WRITE_NETWORK, xsltSecurityForbid);
	xsltSetDefaultSecurityPrefs(prefs);
}

static xmlParserInputPtr
deny(const char *uri, const char *id, xmlParserCtxtPtr context)
{
	(void)id;
	(void)context;
	log_event(
	    LOG_WARN, "skin.refused", "entity=%s", uri != NULL ? uri : "");
	return NULL;
}

void
skin_start(void)
{
	heap_start();
	valid_start();
	skin_file_start();
	xmlSetExternalEntityLoader(deny);
	xmlSetStructuredErrorFunc(NULL, tell_parser);
	xsltSetGenericErrorFunc(NULL, tell);
	xsltInit();
	exsltCommonRegister();
	xsltSetLoaderFunc(load);
	forbid();
}

/* xsltParseStylesheetDoc takes the tree only when it likes it. */
static xsltStylesheetPtr
compile(const char *path)
{
	xmlChar *uri = xmlPathToURI((const xmlChar *)path);
	xmlDocPtr tree = load(uri, NULL, 0, NULL, XSLT_LOAD_START);
	xsltStylesheetPtr style =
	    tree != NULL ? xsltParseStylesheetDoc(tree) : NULL;

	xmlFree(uri);
	if (style == NULL) {
		xmlFreeDoc(tree);
		return NULL;
	}
	if (style->errors == 0)
		return style;
	xsltFreeStylesheet(style);
	return NULL;
}

static void
release_style(void *style)
{
	skin_words_forget(style);
	xsltFreeStylesheet(style);
}

static struct sheet *
sheet_new(const char *path)
{
	struct arena *arena = arena_new();
	struct sheet *sheet = arena_alloc(arena, sizeof(*sheet));

	sheet->arena = arena;
	sheet->path = arena_copy(arena, path);
	compiling = sheet;
	sheet->style = compile(sheet->path);
	compiling = NULL;
	if (sheet->style != NULL)
		arena_defer(arena, release_style, sheet->style);
	return sheet;
}

static bool
is_fresh(const struct sheet *sheet)
{
	for (size_t i = 0; i < sheet->count; i++)
		if (!skin_file_is_same(&sheet->files[i]))
			return false;
	return sheet->style != NULL;
}

/* The sheet of that path as its files are now. */
static const struct sheet *
sheet_of(const char *path)
{
	struct sheet **place = &sheets;
	struct sheet *sheet;

	while (*place != NULL && strcmp((*place)->path, path) != 0)
		place = &(*place)->next;
	sheet = *place;
	if (sheet != NULL && is_fresh(sheet))
		return sheet;
	if (sheet != NULL) {
		*place = sheet->next;
		arena_free(sheet->arena);
	}
	sheet = sheet_new(path);
	sheet->next = sheets;
	sheets = sheet;
	return sheet;
}

void
skin_end(void)
{
	while (sheets != NULL) {
		struct sheet *sheet = sheets;

		sheets = sheet->next;
		arena_free(sheet->arena);
	}
	xsltFreeSecurityPrefs(prefs);
	xsltCleanupGlobals();
	xmlCleanupParser();
}

static void
limit(xsltTransformContextPtr context)
{
	xsltSetCtxtSecurityPrefs(prefs, context);
	xsltSetTransformErrorFunc(context, NULL, tell);
	context->opLimit = MOST_OPERATIONS;
	context->xpathCtxt->opLimit = MOST_OPERATIONS;
	context->maxTemplateDepth = DEEPEST_TEMPLATE;
	context->maxTemplateVars = MOST_VARIABLES;
}

/* NULL unless the transformation ended well from its first to its last
 * instruction. */
static xmlDocPtr
transform(xsltStylesheetPtr style, xmlDocPtr page)
{
	xsltTransformContextPtr context = xsltNewTransformContext(style, page);
	xmlDocPtr result;
	bool good;

	limit(context);
	skin_words_give(context);
	result =
	    xsltApplyStylesheetUser(style, page, NULL, NULL, NULL, context);
	good = context->state == XSLT_STATE_OK;
	skin_words_take_back(context);
	xsltFreeTransformContext(context);
	if (good)
		return result;
	xmlFreeDoc(result);
	return NULL;
}

static const char *
text_of(struct arena *arena, xmlDocPtr result, xsltStylesheetPtr style,
    size_t *length_r)
{
	xmlChar *bytes = NULL;
	const char *copy = NULL;
	int length = 0;

	if (xsltSaveResultToString(&bytes, &length, result, style) == 0 &&
	    bytes != NULL && length <= LONGEST_RESULT) {
		copy = arena_copy_n(arena, bytes, (size_t)length);
		*length_r = (size_t)length;
	}
	xmlFree(bytes);
	return copy;
}

static const char *
apply(struct arena *arena, const char *path, const struct page *page,
    size_t *length_r)
{
	const struct sheet *sheet = sheet_of(path);
	xmlDocPtr result = NULL;
	const char *bytes = NULL;

	if (sheet->style != NULL)
		result = transform(sheet->style, page_tree(page));
	if (result != NULL)
		bytes = text_of(arena, result, sheet->style, length_r);
	xmlFreeDoc(result);
	if (bytes == NULL)
		log_event(LOG_FAULT, "skin.broken", "sheet=%s", path);
	return bytes;
}

const char *
skin_apply(struct arena *arena, const struct page *page, const char *folder,
    const char *name, size_t *length_r)
{
	const char *path;

	for (size_t n = 0;; n++) {
		const char *bytes = NULL;

		path = skin_file_place(arena, folder, name, n);
		if (path == NULL)
			return NULL;
		if (access(path, F_OK) == 0)
			bytes = apply(arena, path, page, length_r);
		if (bytes != NULL)
			return bytes;
	}
}

const char *
skin_document(struct arena *arena, const struct page *page, size_t *length_r)
{
	xmlChar *bytes = NULL;
	const char *copy;
	int length = 0;

	xmlDocDumpMemoryEnc(page_tree(page), &bytes, &length, "UTF-8");
	copy = arena_copy_n(arena, bytes, (size_t)length);
	*length_r = (size_t)length;
	xmlFree(bytes);
	return copy;
}
