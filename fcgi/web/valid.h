/* valid: is a page as its RELAX NG file says? For tests and for those who
 * write screens. */

#ifndef WEB_VALID_H
#define WEB_VALID_H

struct arena;
struct page;

/* Once, by skin_start. */
void valid_start(void);

/* When page.validate is set: logs what is wrong with the page of that name
 * (file skin.schema_dir/NAME.rng). It is shown all the same. */
void valid_check(
    struct arena *arena, const struct page *page, const char *name);

#endif
