/* cellar: a screen that forgot to say whom it is for, and takes nothing. */

#include "web/screen.h"

static enum outcome
show(struct visit *visit)
{
	page_open(visit->page, "cellar");
	page_close(visit->page);
	return SHOW;
}

const struct screen screen = { .name = "cellar", .show = show };
