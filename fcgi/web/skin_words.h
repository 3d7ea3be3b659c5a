/* skin_words: the documents that sheets read while they run, mostly the words
 * of a language, kept parsed from one page to the next. */

#ifndef WEB_SKIN_WORDS_H
#define WEB_SKIN_WORDS_H

struct _xmlDoc;
struct _xsltTransformContext;
struct skin_file;

/* Keeps a copy of the tree under its address, as the file is now, for the
 * style sheet of this context: blanks are stripped by its rules. */
void skin_words_keep(struct _xsltTransformContext *context, const char *uri,
    const struct skin_file *file, const struct _xmlDoc *tree);

/* Hands its sheet's documents to a transformation, those whose files have not
 * changed; it does not ask the loader for them then. */
void skin_words_give(struct _xsltTransformContext *context);

/* Before the context ends: what it found out about them (where each message
 * stands, for key()) is kept, too. */
void skin_words_take_back(struct _xsltTransformContext *context);

/* Forgets those of a style sheet that ends. */
void skin_words_forget(const void *style);

#endif
