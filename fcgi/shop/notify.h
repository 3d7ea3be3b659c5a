/* notify: notices of figure 12 (i), from what was installed and bought. */

#ifndef SHOP_NOTIFY_H
#define SHOP_NOTIFY_H

#include <stddef.h>

#include "data/db.h"

struct work;

/* upgrade: he has an older version than the newest (bought or on trial).
 * feature: he tried it, did not buy, has it no more or his trial is over, and
 * since then a newer version came. related: what the maker names as related to
 * what he tried or bought and he never had. Each thing is told once; with a
 * mail when he wants mails. Each notice in a transaction of its own. */
enum db_status notify_all(struct work *work, size_t *count_r);

#endif
