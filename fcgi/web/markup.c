/* markup: text and fragments from outside, made fit for a page. */

#include "web/markup.h"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"

enum { LONGEST = 65536, DEEPEST = 32 };

/* What may stand in a place, and what place an element makes. */
enum place { ANYTHING, PHRASES, ITEMS, NOTHING };

static const struct allowed {
	const char *name;
	enum place inside;
	bool block, item;
} allowed[] = {
	{ "p", PHRASES, true, false },
	{ "h3", PHRASES, true, false },
	{ "ul", ITEMS, true, false },
	{ "ol", ITEMS, true, false },
	{ "li", ANYTHING, false, true },
	{ "em", PHRASES, false, false },
	{ "strong", PHRASES, false, false },
	{ "code", PHRASES, false, false },
	{ "a", PHRASES, false, false },
	{ "br", NOTHING, false, false },
};

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

/* The rule for an element in that place; NULL when it may not stand there. */
static const struct allowed *
rule_of(const xmlNode *node, enum place place)
{
	for (size_t i = 0; i < sizeof(allowed) / sizeof(allowed[0]); i++) {
		const struct allowed *rule = &allowed[i];

		if (!xmlStrEqual(node->name, (const xmlChar *)rule->name))
			continue;
		if (place == ITEMS)
			return rule->item ? rule : NULL;
		if (rule->item || (rule->block && place == PHRASES))
			return NULL;
		return place == NOTHING ? NULL : rule;
	}
	return NULL;
}

/* XSLT escapes text, but passes javascript: on. NULL: no link at all. */
static xmlChar *
good_link(const xmlNode *node)
{
	xmlChar *href = xmlGetNoNsProp(node, (const xmlChar *)"href");

	if (href != NULL && xmlStrchr(href, ' ') == NULL &&
	    (xmlStrncmp(href, (const xmlChar *)"https://", 8) == 0 ||
		xmlStrncmp(href, (const xmlChar *)"http://", 7) == 0))
		return href;
	xmlFree(href);
	return NULL;
}

/* The copy's own element, or the parent when it may not be there. */
static xmlNodePtr
copy_element(const xmlNode *from, xmlNodePtr to, enum place *place)
{
	const struct allowed *rule = rule_of(from, *place);
	bool is_link = xmlStrEqual(from->name, (const xmlChar *)"a");
	xmlChar *href = is_link ? good_link(from) : NULL;
	xmlNodePtr copy;

	if (rule == NULL || (is_link && href == NULL)) {
		xmlFree(href);
		return to;
	}
	*place = rule->inside;
	copy = xmlNewTextChild(to, NULL, from->name, NULL);
	if (href != NULL)
		xmlNewProp(copy, (const xmlChar *)"href", href);
	xmlFree(href);
	return copy;
}

static bool
is_text(const xmlNode *node)
{
	return node->type == XML_TEXT_NODE ||
	       node->type == XML_CDATA_SECTION_NODE;
}

static void
copy_nodes(const xmlNode *from, xmlNodePtr to, enum place place, unsigned depth)
{
	for (; from != NULL; from = from->next) {
		enum place inside = place;
		xmlNodePtr copy;

		if (is_text(from) && place != ITEMS && place != NOTHING)
			xmlAddChild(to, xmlNewDocText(to->doc, from->content));
		if (from->type != XML_ELEMENT_NODE || depth == DEEPEST)
			continue;
		copy = copy_element(from, to, &inside);
		copy_nodes(from->children, copy, inside, depth + 1);
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
		copy_nodes(
		    xmlDocGetRootElement(tree)->children, parent, ANYTHING, 0);
	else
		xmlAddChild(
		    parent, xmlNewDocText(parent->doc, (const xmlChar *)xhtml));
}
