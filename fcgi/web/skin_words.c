/* skin_words: the documents that sheets read while they run, kept parsed. */

#include "web/skin_words.h"

#include <libxml/tree.h>
#include <libxslt/documents.h>
#include <libxslt/imports.h>
#include <libxslt/transform.h>
#include <libxslt/xsltInternals.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "web/skin_file.h"

enum { MOST = 20 };

/* Live as long as the process, or until their file changes. */
static struct words {
	struct arena *arena;
	const void *style; /* whose they are */
	const char *uri;
	struct skin_file file;
	xmlDocPtr tree;
} words[MOST];
static size_t count;

static void
release(void *tree)
{
	xmlFreeDoc(tree);
}

static void
forget(size_t at)
{
	arena_free(words[at].arena);
	words[at] = words[--count];
}

static bool
is_of(const struct words *which, const void *style, const char *uri)
{
	return which->style == style && strcmp(which->uri, uri) == 0;
}

void
skin_words_keep(struct _xsltTransformContext *context, const char *uri,
    const struct skin_file *file, const struct _xmlDoc *tree)
{
	struct arena *arena = arena_new();
	xmlDocPtr copy = xmlCopyDoc((xmlDocPtr)(uintptr_t)tree, 1);

	arena_defer(arena, release, copy);
	if (xsltNeedElemSpaceHandling(context))
		xsltApplyStripSpaces(context, xmlDocGetRootElement(copy));
	for (size_t i = count; i-- > 0;)
		if (is_of(&words[i], context->style, uri))
			forget(i);
	if (count == MOST)
		forget(0);
	words[count] = (struct words){ arena, context->style,
		arena_copy(arena, uri), *file, copy };
	words[count++].file.path = arena_copy(arena, file->path);
}

/* A document of the list that is called main is not freed with it. */
static void
give(struct _xsltTransformContext *context, xmlDocPtr tree)
{
	xsltDocumentPtr document = xsltNewDocument(context, tree);

	if (document != NULL)
		document->main = 1;
}

void
skin_words_give(struct _xsltTransformContext *context)
{
	for (size_t i = count; i-- > 0;) {
		if (words[i].style != context->style)
			continue;
		if (skin_file_is_same(&words[i].file))
			give(context, words[i].tree);
		else
			forget(i);
	}
}

void
skin_words_forget(const void *style)
{
	for (size_t i = count; i-- > 0;)
		if (words[i].style == style)
			forget(i);
}
