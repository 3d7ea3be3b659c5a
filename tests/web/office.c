/* office: a screen for the staff, for tests of rights. */

#include "web/screen.h"

static enum outcome
show(struct visit *visit)
{
	page_open(visit->page, "office");
	page_close(visit->page);
	return SHOW;
}

const struct screen screen = {
	.name = "office", .visitor = STAFF, .show = show
};
