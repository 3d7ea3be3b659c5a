/* place_change: the directory's tree is replaced by the one aside. As in
 * place.h: false with why set, and each can be done again. */

#ifndef AGENT_PLACE_CHANGE_H
#define AGENT_PLACE_CHANGE_H

#include "agent/place.h"

/* How much there is, how much is free. */
bool place_measure(struct place *place);
/* What is the customer's in the directory, into the tree aside. */
bool place_carry(struct place *place);
/* They change places, in one step. */
bool place_exchange(struct place *place);
/* What changed in the one that was there while it was copied. */
bool place_settle(struct place *place);
/* The tree aside, of that inode, becomes the kept one. */
bool place_keep(struct place *place);
/* The tree aside, of that inode, is in the directory again, even if the
 * customer has put something else there: that lies beside. */
bool place_put_back(struct place *place);
/* And what was written into the other one meanwhile comes to it. */
bool place_bring_back(struct place *place);
/* No tree is kept. */
bool place_forget(struct place *place);

#endif
