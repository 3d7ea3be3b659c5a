/* license_change: what its owner can have done with an installed program:
 * upgrade, roll back, back up, restore, move. Sections and forms of the page
 * license. */

#ifndef SCREEN_LICENSE_CHANGE_H
#define SCREEN_LICENSE_CHANGE_H

#include "data/license.h"
#include "web/screen.h"

/* Inside the license's element: what could be done, with what is needed to
 * choose it; and the forms, as long as no other work is under way. */
enum db_status license_change_show(
    struct visit *visit, const struct license *license);

/* Orders what the form asks for. false when it asks for nothing of this; else
 * the outcome, SHOW when it was refused. */
bool license_change_act(struct visit *visit, enum outcome *outcome_r);

#endif
