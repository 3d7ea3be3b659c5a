/* markup: text and fragments from outside, made fit for a page. */

#include "web/markup.h"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"

enum { LONGEST = 65536, DEEPEST = 32 };

static const char *const allowed[] = { "p", "ul", "ol", "li", "em", "strong",
	"code", "a", "br", "h3", NULL };

static bool
is_in_xml(uint32_t c)
{
	if (c < 0x20)
		return c == '\t' || c == '\n' || c == '\r';
	return c < 0xD800 || (c >= 0xE000 && c <= 0xFFFD) ||
	       (c >= 0x10000 && c <= 0x10FFFF);
}

/* Bytes of a sequence that begins so; 0 for none. C0, C1 and F5.. never
 * begin one. */
static unsigned
sequence_length(unsigned char first)
{
	if (first < 0x80)
		return 1;
	if (first >= 0xC2 && first <= 0xDF)
		return 2;
	if ((first & 0xF0) == 0xE0)
		return 3;
	return first >= 0xF0 && first <= 0xF4 ? 4 : 0;
}

/* Bytes of the good character at s; 0 when there is none. */
static unsigned
good_length(const unsigned char *s)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	unsigned n = sequence_length(s[0]);
	uint32_t c;

	if (n <= 1)
		return n == 1 && is_in_xml(s[0]) ? 1 : 0;
	c = s[0] & (0x7Fu >> n);
	for (unsigned i = 1; i < n; i++) {
		if ((s[i] & 0xC0) != 0x80)
			return 0;
		c = c << 6 | (s[i] & 0x3Fu);
	}
	return c >= least[n] && is_in_xml(c) ? n : 0;
}

const char *
markup_mend(struct arena *arena, const char *text)
{
	size_t at = 0;
	char *mended = NULL;

	while (text[at] != '\0') {
		const char *now = mended != NULL ? mended : text;
		unsigned n = good_length((const unsigned char *)now + at);

		if (n == 0) {
			if (mended == NULL)
				mended = arena_copy(arena, text);
			mended[at] = '?';
			n = 1;
		}
		at += n;
	}
	return mended != NULL ? mended : text;
}

static bool
is_allowed(const xmlNode *node)
{
	for (size_t i = 0; allowed[i] != NULL; i++)
		if (xmlStrEqual(node->name, (const xmlChar *)allowed[i]))
			return true;
	return false;
}

/* XSLT escapes text, but passes javascript: on. */
static void
copy_link(const xmlNode *from, xmlNodePtr to)
{
	xmlChar *href = xmlGetNoNsProp(from, (const xmlChar *)"href");

	if (href == NULL)
		return;
	if (xmlStrncmp(href, (const xmlChar *)"https://", 8) == 0 ||
	    xmlStrncmp(href, (const xmlChar *)"http://", 7) == 0)
		xmlNewProp(to, (const xmlChar *)"href", href);
	xmlFree(href);
}

static void
copy_nodes(const xmlNode *from, xmlNodePtr to, unsigned depth)
{
	for (; from != NULL; from = from->next) {
		xmlNodePtr inside = to;

		if (from->type == XML_TEXT_NODE ||
		    from->type == XML_CDATA_SECTION_NODE)
			xmlAddChild(to, xmlNewDocText(to->doc, from->content));
		if (from->type != XML_ELEMENT_NODE || depth == DEEPEST)
			continue;
		if (is_allowed(from)) {
			inside = xmlNewTextChild(to, NULL, from->name, NULL);
			if (xmlStrEqual(from->name, (const xmlChar *)"a"))
				copy_link(from, inside);
		}
		copy_nodes(from->children, inside, depth + 1);
	}
}

static void
release(void *tree)
{
	xmlFreeDoc(tree);
}

/* The fragment stands inside an element, so a DOCTYPE in it is an error and
 * no entity can be declared. */
static xmlDocPtr
read_fragment(struct arena *arena, const char *xhtml)
{
	size_t length = strlen(xhtml);
	const char *whole;
	xmlDocPtr tree;

	if (length > LONGEST)
		return NULL;
	whole = arena_print(arena, "<x>%s</x>", xhtml);
	tree = xmlReadMemory(whole, (int)strlen(whole), NULL, "UTF-8",
	    XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
	if (tree != NULL)
		arena_defer(arena, release, tree);
	return tree;
}

void
markup_add(struct arena *arena, struct _xmlNode *parent, const char *xhtml)
{
	xmlDocPtr tree;

	if (xhtml == NULL)
		return;
	xhtml = markup_mend(arena, xhtml);
	tree = read_fragment(arena, xhtml);
	if (tree != NULL)
		copy_nodes(xmlDocGetRootElement(tree)->children, parent, 0);
	else
		xmlAddChild(
		    parent, xmlNewDocText(parent->doc, (const xmlChar *)xhtml));
}
