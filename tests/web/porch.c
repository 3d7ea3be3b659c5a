/* porch: a screen for anybody, for tests of forms before login. */

#include "web/screen.h"

static const struct field fields[] = {
	{ .name = "text", .kind = FIELD_TEXT, .required = true },
	{ .name = NULL },
};

static enum outcome
show(struct visit *visit)
{
	form_show(visit, "porch", "post", "porch", NULL);
	page_open(visit->page, "porch");
	page_attribute(visit->page, "said", form_text(visit, "text"));
	page_close(visit->page);
	return SHOW;
}

const struct screen screen = {
	.name = "porch",
	.visitor = ANYBODY,
	.fields = fields,
	.show = show,
	.act = show,
};
