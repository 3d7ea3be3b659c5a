/* page: the document a screen makes. Attributes for machines, elements for
 * people; nothing here can fail, text is mended before it enters. */

#ifndef WEB_PAGE_H
#define WEB_PAGE_H

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct page;

struct page *page_new(struct arena *arena, const char *screen,
    const char *language);

/* Opens an element inside the open one; element and attribute names are
 * literals. */
void page_open(struct page *page, const char *element);
void page_close(struct page *page);

/* Attributes of the open element. NULL, CLOCK_NO_DAY and time 0 add none. */
void page_attribute(struct page *page, const char *name, const char *value);
void page_number(struct page *page, const char *name, int64_t number);
void page_flag(struct page *page, const char *name, bool flag); /* yes|no */
void page_day(struct page *page, const char *name, int32_t day);
void page_time(struct page *page, const char *name, int64_t time);

/* A child element with text; language may be NULL. text NULL adds none. */
void page_text(struct page *page, const char *element, const char *text);
void page_text_in(struct page *page, const char *element,
    const char *language, const char *text);

/* A child element with the nodes of a checked XHTML fragment. Anything but p,
 * ul, ol, li, em, strong, code, a (href http/https), br, h3, and these where
 * schema/page/common.rng does not have them, is dropped, its text kept. */
void page_markup(struct page *page, const char *element,
    const char *language, const char *xhtml);

/* What the visitor did wrong: an id of the message catalog, beside a field
 * or, with field NULL, of the page. argument (may be NULL) fills {1}. */
void page_problem(struct page *page, const char *field, const char *id,
    const char *argument);
/* What went well, for the top of the page. */
void page_message(struct page *page, const char *id, const char *argument);

bool page_has_problem(const struct page *page);

/* For the frame. A child of <page> before the screen's own element, in this
 * order whatever the order of the calls; page_close leads back to where it
 * was. */
enum page_part {
	PAGE_SITE,
	PAGE_SESSION,
	PAGE_LANGUAGE,
	PAGE_FORM,
	PAGE_PROBLEM,
	PAGE_MESSAGE,
	PAGE_SCREEN
};
void page_part_open(
    struct page *page, enum page_part part, const char *element);

/* The content of the open element. NULL adds none. */
void page_content(struct page *page, const char *text);

/* Only the page itself is open: a screen that forgot page_close is a bug. */
void page_end(struct page *page);

/* libxml2's tree, for skin.c; lives as long as the arena. */
struct _xmlDoc *page_tree(const struct page *page);

#endif
