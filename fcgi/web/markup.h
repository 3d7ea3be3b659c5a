/* markup: text and fragments from outside, made fit for a page. Includes
 * libxml2 beside page.c and skin.c. */

#ifndef WEB_MARKUP_H
#define WEB_MARKUP_H

struct arena;
struct _xmlNode;

/* Broken UTF-8 and what XML 1.0 forbids become '?'. The same string when
 * nothing is wrong with it. */
const char *markup_mend(struct arena *arena, const char *text);

/* Adds the nodes of an XHTML fragment to the element: those on the list of
 * page.h, the text of all others. What is not well-formed, has a DOCTYPE or
 * is longer than 64 KiB goes in as text. */
void markup_add(
    struct arena *arena, struct _xmlNode *parent, const char *xhtml);

#endif
