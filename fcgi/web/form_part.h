/* form_part: inside of a form, for form.c, which reads it, and form_show.c,
 * which puts it onto the page. */

#ifndef WEB_FORM_PART_H
#define WEB_FORM_PART_H

#include <stdbool.h>
#include <stdint.h>

#include "web/form.h"

struct query;

struct form_choice {
	struct form_choice *next;
	const char *value;
	const char *label;
};

struct form_value {
	struct form_value *next;
	const struct field *field;
	const char *label;	/* NULL: the catalog knows it */
	const char *typed;	/* as it came, "" when it did not */
	const char *checked;
	const char *prefill;	/* or NULL */
	struct form_choice *choices;
	int64_t number;
	bool came;
	bool wrong;
};

struct form {
	const struct query *body;
	const struct query *address;
	struct form_value *first;
	struct form_value **end;
};

/* NULL when there is no such field. */
struct form_value *form_value(struct visit *visit, const char *name);

#endif
