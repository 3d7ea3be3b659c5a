/* xml: libxml2 behind a small and suspicious interface. */

#include "base/xml.h"

#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/relaxng.h>
#include <libxml/tree.h>
#include <libxml/xmlmemory.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/must.h"
#include "base/text.h"

struct xml_grammar {
	xmlRelaxNG *schema;
};

/* libxml2 goes on with half a tree when memory runs out, so it must not. */
static void *
take(size_t size)
{
	void *memory = malloc(size);

	must(memory != NULL || size == 0);
	return memory;
}

static void *
retake(void *old, size_t size)
{
	void *memory = realloc(old, size);

	must(memory != NULL || size == 0);
	return memory;
}

static char *
duplicate(const char *string)
{
	char *copy = strdup(string);

	must(copy != NULL);
	return copy;
}

/* A program that shows pages has set libxml2's memory up by now (web/heap):
 * what was taken from one must not be given to another. */
static void
start(void)
{
	static bool started;
	xmlFreeFunc give_back;
	xmlMallocFunc take_now;
	xmlReallocFunc take_again;
	xmlStrdupFunc take_copy;

	if (started)
		return;
	started = true;
	xmlMemGet(&give_back, &take_now, &take_again, &take_copy);
	if (take_now == malloc)
		xmlMemSetup(free, take, retake, duplicate);
	xmlInitParser();
}

static xmlNode *
in(struct xml_node *node)
{
	return (xmlNode *)(void *)node;
}

static struct xml_node *
out_of(xmlNode *node)
{
	return (struct xml_node *)(void *)node;
}

static const xmlChar *
chars(const char *string)
{
	return (const xmlChar *)string;
}

static void
tell(const struct xml_watcher *watcher, int line, const char *problem)
{
	char text[400];
	size_t length = strcspn(problem, "\n");

	if (watcher == NULL)
		return;
	if (length >= sizeof(text))
		length = sizeof(text) - 1;
	memcpy(text, problem, length);
	text[length] = '\0';
	watcher->tell(watcher->context, line, text);
}

static void
hear(void *watcher, xmlError *error)
{
	tell(watcher, error->line,
	    error->message != NULL ? error->message : "unreadable");
}

static void
hear_nothing(void *context, xmlError *error)
{
	(void)context;
	(void)error;
}

/* A document type could define entities; no document of ours has one. */
static void
refuse_type(void *context, const xmlChar *name, const xmlChar *external,
    const xmlChar *system)
{
	xmlParserCtxt *parser = context;

	(void)name;
	(void)external;
	(void)system;
	parser->wellFormed = 0;
	xmlStopParser(parser);
}

static void
free_parser(void *parser)
{
	xmlFreeParserCtxt(parser);
}

static void
free_document(void *document)
{
	xmlFreeDoc(document);
}

/* The parser adds text to text that comes right before it, by what it
 * remembers of that: none may be left where an element was. */
static void
drop_from(xmlNode *above, xmlNode *node)
{
	xmlUnlinkNode(node);
	xmlFreeNode(node);
	while (above->last != NULL && above->last->type == XML_TEXT_NODE) {
		xmlNode *blank = above->last;

		xmlUnlinkNode(blank);
		xmlFreeNode(blank);
	}
}

static void
end_element(void *context, const xmlChar *name, const xmlChar *prefix,
    const xmlChar *uri)
{
	xmlParserCtxt *parser = context;
	const struct xml_taker *taker = parser->_private;
	xmlNode *node = parser->node;
	xmlNode *above = node == NULL ? NULL : node->parent;

	xmlSAX2EndElementNs(context, name, prefix, uri);
	if (above != NULL && above->type == XML_ELEMENT_NODE &&
	    xmlStrEqual(node->name, chars(taker->name)) &&
	    xmlStrEqual(above->name, chars(taker->above)) &&
	    taker->take(taker->context, out_of(node)))
		drop_from(above, node);
}

static xmlDoc *
parse(struct arena *arena, const void *bytes, int length,
    const struct xml_watcher *watcher, const struct xml_taker *taker)
{
	const int options = XML_PARSE_NONET | XML_PARSE_NOERROR |
			    XML_PARSE_NOWARNING | XML_PARSE_NOCDATA |
			    XML_PARSE_COMPACT | XML_PARSE_BIG_LINES;
	xmlParserCtxt *parser = xmlNewParserCtxt();
	xmlDoc *document;
	const xmlError *error;

	must(parser != NULL);
	arena_defer(arena, free_parser, parser);
	parser->sax->internalSubset = refuse_type;
	parser->sax->externalSubset = refuse_type;
	if (taker != NULL) {
		struct xml_taker *kept = arena_alloc(arena, sizeof(*kept));

		*kept = *taker;
		parser->_private = kept;
		parser->sax->endElementNs = end_element;
	}
	document =
	    xmlCtxtReadMemory(parser, bytes, length, NULL, "UTF-8", options);
	if (document != NULL) {
		arena_defer(arena, free_document, document);
		return document;
	}
	error = xmlCtxtGetLastError(parser);
	if (error != NULL && error->message != NULL)
		tell(watcher, error->line, error->message);
	else
		tell(watcher, 1, "no document type is allowed here");
	return NULL;
}

/* The parser looks at each pair of an element's attributes: a start tag with
 * a hundred thousand of them would cost seconds. */
static bool
has_huge_tag(const char *bytes, size_t length)
{
	size_t run = 0;

	for (size_t i = 0; i < length; i++) {
		if (bytes[i] == '=' && ++run > 4096)
			return true;
		if (bytes[i] == '<')
			run = 0;
	}
	return false;
}

struct xml_node *
xml_read_taking(struct arena *arena, const void *bytes, size_t length,
    size_t limit, const struct xml_watcher *watcher,
    const struct xml_taker *taker)
{
	xmlDoc *document;

	start();
	if (length > limit || length > INT32_MAX) {
		tell(watcher, 0, "the document is too long");
		return NULL;
	}
	if (!text_is_utf8(bytes, length)) {
		tell(watcher, 0, "the document is not UTF-8");
		return NULL;
	}
	if (has_huge_tag(bytes, length)) {
		tell(watcher, 0, "an element has too many attributes");
		return NULL;
	}
	document = parse(arena, bytes, (int)length, watcher, taker);
	return document == NULL ? NULL : out_of(xmlDocGetRootElement(document));
}

struct xml_node *
xml_read(struct arena *arena, const void *bytes, size_t length, size_t limit,
    const struct xml_watcher *watcher)
{
	return xml_read_taking(arena, bytes, length, limit, watcher, NULL);
}

static void
free_schema(void *schema)
{
	xmlRelaxNGFree(schema);
}

struct xml_grammar *
xml_grammar_new(struct arena *arena, const char *text)
{
	struct xml_grammar *grammar = arena_alloc(arena, sizeof(*grammar));
	xmlRelaxNGParserCtxt *parser;

	start();
	parser = xmlRelaxNGNewMemParserCtxt(text, (int)strlen(text));
	must(parser != NULL);
	grammar->schema = xmlRelaxNGParse(parser);
	xmlRelaxNGFreeParserCtxt(parser);
	must(grammar->schema != NULL);
	arena_defer(arena, free_schema, grammar->schema);
	return grammar;
}

bool
xml_is_valid(struct arena *arena, struct xml_grammar *grammar,
    struct xml_node *root, const struct xml_watcher *watcher)
{
	struct xml_watcher copy = { NULL, NULL };
	xmlRelaxNGValidCtxt *check = xmlRelaxNGNewValidCtxt(grammar->schema);
	int result;

	(void)arena;
	must(check != NULL);
	if (watcher != NULL)
		copy = *watcher;
	xmlRelaxNGSetValidStructuredErrors(
	    check, watcher != NULL ? hear : hear_nothing, &copy);
	result = xmlRelaxNGValidateDoc(check, in(root)->doc);
	xmlRelaxNGFreeValidCtxt(check);
	must(result >= 0);
	return result == 0;
}

bool
xml_is_bare(struct xml_node *node, size_t attributes)
{
	size_t count = 0;

	for (const xmlAttr *at = in(node)->properties; at != NULL;
	     at = at->next)
		count += at->ns == NULL ? 1 : attributes + 1;
	return count == attributes && in(node)->children == NULL &&
	       in(node)->ns == NULL && in(node)->nsDef == NULL;
}

bool
xml_is(struct xml_node *node, const char *name)
{
	return node != NULL && xmlStrEqual(in(node)->name, chars(name));
}

int
xml_line(struct xml_node *node)
{
	return node == NULL ? 0 : (int)xmlGetLineNo(in(node));
}

static struct xml_node *
seek(xmlNode *at, const char *name)
{
	while (at != NULL &&
	       (at->type != XML_ELEMENT_NODE ||
		   (name != NULL && !xmlStrEqual(at->name, chars(name)))))
		at = at->next;
	return out_of(at);
}

struct xml_node *
xml_child(struct xml_node *node, const char *name)
{
	return node == NULL ? NULL : seek(in(node)->children, name);
}

struct xml_node *
xml_next(struct xml_node *node, const char *name)
{
	return node == NULL ? NULL : seek(in(node)->next, name);
}

size_t
xml_count(struct xml_node *node, const char *name)
{
	size_t count = 0;

	for (struct xml_node *at = xml_child(node, name); at != NULL;
	     at = xml_next(at, name))
		count++;
	return count;
}

static const char *
keep(struct arena *arena, xmlChar *string)
{
	const char *copy =
	    string == NULL ? "" : arena_copy(arena, (const char *)string);

	xmlFree(string);
	return copy;
}

const char *
xml_attribute(struct arena *arena, struct xml_node *node, const char *name)
{
	if (node == NULL)
		return "";
	return keep(arena, xmlGetNoNsProp(in(node), chars(name)));
}

const char *
xml_language(struct arena *arena, struct xml_node *node)
{
	if (node == NULL)
		return "";
	return keep(
	    arena, xmlGetNsProp(in(node), chars("lang"), XML_XML_NAMESPACE));
}

const char *
xml_text(struct arena *arena, struct xml_node *node)
{
	return node == NULL ? "" : keep(arena, xmlNodeGetContent(in(node)));
}

static const char *
dump(struct arena *arena, xmlNode *first, const xmlNode *end)
{
	xmlBuffer *buffer = xmlBufferCreate();
	const char *copy;

	must(buffer != NULL);
	for (xmlNode *at = first; at != end; at = at->next)
		must(xmlNodeDump(buffer, at->doc, at, 0, 0) >= 0);
	copy = arena_copy(arena, (const char *)xmlBufferContent(buffer));
	xmlBufferFree(buffer);
	return copy;
}

const char *
xml_inside(struct arena *arena, struct xml_node *node)
{
	return node == NULL ? "" : dump(arena, in(node)->children, NULL);
}

const char *
xml_markup(struct arena *arena, struct xml_node *node)
{
	return node == NULL ? "" : dump(arena, in(node), in(node)->next);
}

bool
xml_number(struct arena *arena, struct xml_node *node, const char *name,
    int64_t least, int64_t most, int64_t *number_r)
{
	return text_number(
	    xml_attribute(arena, node, name), least, most, number_r);
}

static const char *
replacement(unsigned char byte)
{
	switch (byte) {
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '&':
		return "&amp;";
	case '"':
		return "&quot;";
	case '\n':
		return "&#10;";
	case '\t':
		return "&#9;";
	case '\r':
		return "&#13;";
	default:
		return byte < 0x20 ? "\xEF\xBF\xBD" : NULL;
	}
}

void
xml_escape(struct text *out, const char *string)
{
	const char *from = string;
	/* In a name that is no text, what is no ASCII is not shown. */
	const bool is_text = text_is_utf8(string, strlen(string));

	for (const char *at = string; *at != '\0'; at++) {
		const unsigned char byte = (unsigned char)*at;
		const char *other = byte >= 0x80 && !is_text
					? "\xEF\xBF\xBD"
					: replacement(byte);

		if (other == NULL)
			continue;
		text_add_n(out, from, (size_t)(at - from));
		text_add(out, other);
		from = at + 1;
	}
	text_add(out, from);
}

void
xml_put(struct text *out, const char *name, const char *value)
{
	text_print(out, " %s=\"", name);
	xml_escape(out, value);
	text_add(out, "\"");
}

void
xml_put_number(struct text *out, const char *name, int64_t value)
{
	text_print(out, " %s=\"%lld\"", name, (long long)value);
}
