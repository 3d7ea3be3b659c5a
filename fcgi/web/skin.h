/* skin: turns a page document into HTML (or a mail into text) by the
 * style sheets of a skin. A brand's that does not compile or run is replaced
 * by stock's. The only module that includes libxslt. */

#ifndef WEB_SKIN_H
#define WEB_SKIN_H

#include <stddef.h>

struct arena;
struct page;

/* Once per process: allocators that end the process, security preferences,
 * the loader that reads only below the skin. */
void skin_start(void);

/* Forgets the compiled sheets, at the end of the process. */
void skin_end(void);

/* folder "screen" or "mail", name the stylesheet's. NULL when it does not
 * compile or run (logged). Compiled sheets are kept until a file changes. */
const char *skin_apply(struct arena *arena, const struct page *page,
    const char *folder, const char *name, size_t *length_r);

/* The document itself, UTF-8. */
const char *skin_document(
    struct arena *arena, const struct page *page, size_t *length_r);

#endif
