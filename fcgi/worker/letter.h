/* letter: the page document of a mail, and the message made from it. */

#ifndef WORKER_LETTER_H
#define WORKER_LETTER_H

#include "data/db.h"

struct mail;
struct page;
struct work;

/* Everything the mail's kind speaks of, read now. DB_NONE when what it speaks
 * of is gone. */
enum db_status letter_page(
    struct work *work, const struct mail *mail, const struct page **page_r);

/* The whole message: headers (RFC 5322, 2047, 3834) and a UTF-8 text in
 * base64. NULL when the stylesheet fails. */
const char *letter_message(
    struct work *work, const struct mail *mail, const struct page *page);

#endif
