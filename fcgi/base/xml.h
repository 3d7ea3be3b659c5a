/* xml: the one reader of XML that comes from outside (packages, jobs), and
 * the two functions that write such documents. No document type, no entity,
 * no network; read only what a signature has proved first. */

#ifndef BASE_XML_H
#define BASE_XML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct text;

/* An element; it lives as long as the arena. */
struct xml_node;

/* Takes one problem; line is 0 when it has none. */
struct xml_watcher {
	void (*tell)(void *context, int line, const char *problem);
	void *context;
};

/* The root element, or NULL: not well-formed, not UTF-8, a document type,
 * more than limit bytes. watcher may be NULL. */
struct xml_node *xml_read(struct arena *arena, const void *bytes,
    size_t length, size_t limit, const struct xml_watcher *watcher);

/* For documents with very many elements of a kind: take() is asked about each
 * element `name` right inside one of name `above` as it ends; true when it has
 * what it wants of it, and the element is gone, and text before it. */
struct xml_taker {
	const char *above;
	const char *name;
	bool (*take)(void *context, struct xml_node *node);
	void *context;
};
struct xml_node *xml_read_taking(struct arena *arena, const void *bytes,
    size_t length, size_t limit, const struct xml_watcher *watcher,
    const struct xml_taker *taker);

/* A RELAX NG grammar from its text, which is ours: a bad one is a bug. */
struct xml_grammar;
struct xml_grammar *xml_grammar_new(struct arena *arena, const char *text);

/* Is the whole document of this root as the grammar says? */
bool xml_is_valid(struct arena *arena, struct xml_grammar *grammar,
    struct xml_node *root, const struct xml_watcher *watcher);

bool xml_is(struct xml_node *node, const char *name);
int xml_line(struct xml_node *node);

/* Has it just so many attributes, nothing inside and no namespace? */
bool xml_is_bare(struct xml_node *node, size_t attributes);

/* First child element and next sibling element of that name (NULL: of any);
 * NULL when there is none or node is NULL. */
struct xml_node *xml_child(struct xml_node *node, const char *name);
struct xml_node *xml_next(struct xml_node *node, const char *name);
size_t xml_count(struct xml_node *node, const char *name);

/* The attribute's value; "" when absent or node is NULL. */
const char *xml_attribute(
    struct arena *arena, struct xml_node *node, const char *name);
/* xml:lang of this very element, "" when absent. */
const char *xml_language(struct arena *arena, struct xml_node *node);
/* All text beneath; "" when node is NULL. */
const char *xml_text(struct arena *arena, struct xml_node *node);
/* What stands inside, and the element itself, as markup; "" for NULL. */
const char *xml_inside(struct arena *arena, struct xml_node *node);
const char *xml_markup(struct arena *arena, struct xml_node *node);
/* An attribute that is a whole number in [least, most]. */
bool xml_number(struct arena *arena, struct xml_node *node, const char *name,
    int64_t least, int64_t most, int64_t *number_r);

/* Writing: text with markup escaped, and ` name="value"`. Characters that XML
 * does not allow become U+FFFD. */
void xml_escape(struct text *out, const char *string);
void xml_put(struct text *out, const char *name, const char *value);
void xml_put_number(struct text *out, const char *name, int64_t value);

#endif
