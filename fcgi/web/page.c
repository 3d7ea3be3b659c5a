/* page: the document a screen makes, a libxml2 tree whose head keeps its
 * order whatever the order of the calls. */

#include "web/page.h"

#include <inttypes.h>
#include <libxml/tree.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/must.h"
#include "web/markup.h"

struct page {
	struct arena *arena;
	xmlDocPtr tree;
	xmlNodePtr root;
	xmlNodePtr open;
	xmlNodePtr head;    /* the open child of the head, or NULL */
	xmlNodePtr outside; /* what was open before it */
	unsigned problems;
	xmlNodePtr last[PAGE_SCREEN]; /* of each part of the head */
};

static const xmlChar *
xml(const char *string)
{
	return (const xmlChar *)string;
}

static void
release(void *tree)
{
	xmlFreeDoc(tree);
}

struct page *
page_new(struct arena *arena, const char *screen, const char *language)
{
	struct page *page = arena_alloc(arena, sizeof(*page));

	page->arena = arena;
	page->tree = xmlNewDoc(xml("1.0"));
	arena_defer(arena, release, page->tree);
	page->root = xmlNewDocNode(page->tree, NULL, xml("page"), NULL);
	xmlDocSetRootElement(page->tree, page->root);
	page->open = page->root;
	page_attribute(page, "screen", screen);
	xmlNodeSetLang(page->root, xml(language));
	return page;
}

struct _xmlDoc *
page_tree(const struct page *page)
{
	return page->tree;
}

void
page_open(struct page *page, const char *element)
{
	page->open = xmlNewTextChild(page->open, NULL, xml(element), NULL);
}

void
page_close(struct page *page)
{
	must(page->open != page->root);
	if (page->open == page->head) {
		page->open = page->outside;
		page->head = NULL;
		return;
	}
	page->open = page->open->parent;
}

void
page_end(struct page *page)
{
	must(page->open == page->root && page->head == NULL);
}

void
page_part_open(struct page *page, enum page_part part, const char *element)
{
	xmlNodePtr node = xmlNewDocNode(page->tree, NULL, xml(element), NULL);
	xmlNodePtr before = NULL;

	must(page->head == NULL && part < PAGE_SCREEN);
	for (int i = (int)part; i >= 0 && before == NULL; i--)
		before = page->last[i];
	if (before != NULL)
		xmlAddNextSibling(before, node);
	else if (page->root->children != NULL)
		xmlAddPrevSibling(page->root->children, node);
	else
		xmlAddChild(page->root, node);
	page->last[part] = node;
	page->outside = page->open;
	page->head = page->open = node;
}

void
page_attribute(struct page *page, const char *name, const char *value)
{
	if (value != NULL)
		xmlSetProp(page->open, xml(name),
		    xml(markup_mend(page->arena, value)));
}

void
page_number(struct page *page, const char *name, int64_t number)
{
	page_attribute(
	    page, name, arena_print(page->arena, "%" PRId64, number));
}

void
page_flag(struct page *page, const char *name, bool flag)
{
	page_attribute(page, name, flag ? "yes" : "no");
}

void
page_day(struct page *page, const char *name, int32_t day)
{
	if (day != CLOCK_NO_DAY)
		page_attribute(page, name, clock_day_text(page->arena, day));
}

void
page_time(struct page *page, const char *name, int64_t time)
{
	if (time != 0)
		page_attribute(page, name, clock_time_text(page->arena, time));
}

void
page_content(struct page *page, const char *text)
{
	if (text != NULL)
		xmlAddChild(
		    page->open, xmlNewDocText(page->tree,
				    xml(markup_mend(page->arena, text))));
}

void
page_text_in(struct page *page, const char *element, const char *language,
    const char *text)
{
	if (text == NULL)
		return;
	page_open(page, element);
	if (language != NULL)
		xmlNodeSetLang(
		    page->open, xml(markup_mend(page->arena, language)));
	page_content(page, text);
	page_close(page);
}

void
page_text(struct page *page, const char *element, const char *text)
{
	page_text_in(page, element, NULL, text);
}

void
page_markup(struct page *page, const char *element, const char *language,
    const char *xhtml)
{
	page_open(page, element);
	if (language != NULL)
		xmlNodeSetLang(
		    page->open, xml(markup_mend(page->arena, language)));
	markup_add(page->arena, page->open, xhtml);
	page_close(page);
}

void
page_problem(
    struct page *page, const char *field, const char *id, const char *argument)
{
	page_part_open(page, PAGE_PROBLEM, "problem");
	page_attribute(page, "id", id);
	page_attribute(page, "field", field);
	page_text(page, "argument", argument);
	page_close(page);
	page->problems++;
}

void
page_message(struct page *page, const char *id, const char *argument)
{
	page_part_open(page, PAGE_MESSAGE, "message");
	page_attribute(page, "id", id);
	page_text(page, "argument", argument);
	page_close(page);
}

bool
page_has_problem(const struct page *page)
{
	return page->problems > 0;
}
