/* buyer: contact and company of an order, found again or stored. */

#ifndef SHOP_BUYER_H
#define SHOP_BUYER_H

#include "data/db.h"
#include "shop/purchase.h"

/* The code of the contact. The same person of the same company, after folding
 * width and case and leaving blanks out, has one code for ever (seed 0063,
 * 0078). Call it holding a lock that all orders take (the contract's counter),
 * or two orders may both find nobody. */
enum db_status buyer_contact(struct work *work, const struct buyer *buyer,
    const char **contact_code_r);

#endif
