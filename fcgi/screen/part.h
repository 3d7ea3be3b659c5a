/* part: what several screens show or ask in the same way. */

#ifndef SCREEN_PART_H
#define SCREEN_PART_H

#include <stdbool.h>

#include "data/license.h"
#include "shop/enter.h"
#include "shop/wish.h"
#include "web/screen.h"

bool part_same(const char *a, const char *b);
bool part_is_get(const struct visit *visit);

/* false, and a problem beside the field, when nothing good came for it: for
 * clients that do not say which of a page's forms they send. */
bool part_came(struct visit *visit, const char *name);

/* Elements name, summary and maker (a NULL adds none); language is that of
 * name and summary, NULL for the page's. */
void part_texts(struct page *page, const char *language, const char *name,
    const char *summary, const char *maker);

/* <element> for each line that is not empty. */
void part_each_line(struct visit *visit, const char *element, const char *text);

/* <element> with a <line> for each line; nothing for an empty text. */
void part_lines(struct visit *visit, const char *element, const char *text);

/* The acting customer's license that the field serial names; an uninstalled
 * one is DB_NONE when live is asked for. */
enum db_status part_license(
    struct visit *visit, bool live, const struct license **license_r);

/* Address of the running program; NULL while there is none. */
const char *part_license_url(
    struct visit *visit, const struct license *license);

/* The newest version when it is not the installed one; else NULL. */
const char *part_update(const struct license *license);

/* "" as NULL, so that no attribute is made of it. */
const char *part_some(const char *text);

/* NULL when it is the page's own. */
const char *part_language(const struct visit *visit, const char *language);

const char *part_number(struct arena *arena, int64_t number);

/* Yen for one user with tax. */
int64_t part_with_tax(int64_t amount, int64_t percent);

/* What is new, out of version.features (may be NULL), in the visitor's
 * language; NULL for nothing. */
const char *part_feature(struct visit *visit, const char *features);

/* What a wish came to. Refused, the page has a problem beside the right field
 * and the outcome is SHOW; other: the problem's id where a page has its own
 * words for it (nothing to do, too late). */
enum outcome part_wish(struct visit *visit, enum wish_result result,
    const struct wish_done *done, const char *other);

/* Where the visitor comes from, for the rules of logging in. */
struct enter_from part_from(const struct visit *visit);

/* What was wrong with a password: a problem beside old, which was to be right,
 * or beside new, which was to be good. */
void part_enter_problem(
    struct visit *visit, enum enter end, const char *old, const char *new);

#endif
