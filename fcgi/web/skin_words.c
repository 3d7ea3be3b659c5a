/* skin_words: the documents that sheets read while they run, kept parsed. */

#include "web/skin_words.h"

#include <libxml/tree.h>
#include <libxslt/documents.h>
#include <libxslt/imports.h>
#include <libxslt/keys.h>
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
	/* Its tables for key() are in here while no transformation runs. */
	struct _xsltDocument index;
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
	xsltFreeDocumentKeys(&words[at].index);
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
	words[count] = (struct words){ .arena = arena,
		.style = context->style,
		.uri = arena_copy(arena, uri),
		.file = *file,
		.tree = copy };
	words[count++].file.path = arena_copy(arena, file->path);
}

static void
move_index(struct _xsltDocument *from, struct _xsltDocument *to)
{
	to->keys = from->keys;
	to->nbKeysComputed = from->nbKeysComputed;
	from->keys = NULL;
	from->nbKeysComputed = 0;
}

/* A document of the list that is called main is not freed with it. */
static void
give(struct _xsltTransformContext *context, struct words *which)
{
	xsltDocumentPtr document = xsltNewDocument(context, which->tree);

	if (document == NULL)
		return;
	document->main = 1;
	move_index(&which->index, document);
}

void
skin_words_take_back(struct _xsltTransformContext *context)
{
	xsltDocumentPtr document = context->docList;

	for (; document != NULL; document = document->next)
		for (size_t i = 0; i < count; i++)
			if (words[i].tree == document->doc)
				move_index(document, &words[i].index);
}

void
skin_words_give(struct _xsltTransformContext *context)
{
	for (size_t i = count; i-- > 0;) {
		if (words[i].style != context->style)
			continue;
		if (skin_file_is_same(&words[i].file))
			give(context, &words[i]);
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
