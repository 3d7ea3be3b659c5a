/* field: what each kind of field makes of the text that was typed. */

#ifndef WEB_FIELD_H
#define WEB_FIELD_H

#include <stddef.h>
#include <stdint.h>

#include "web/form.h"

struct arena;

/* problem is NULL and value the checked one, or problem is a message id,
 * argument (may be NULL) fills its {1} and value is "". */
struct field_result {
	const char *value;
	int64_t number;
	const char *problem;
	const char *argument;
};

/* typed is UTF-8 without NUL. An empty one gives an empty value. */
struct field_result field_check(
    struct arena *arena, const struct field *field, const char *typed);

/* As the page says it. */
const char *field_kind_name(enum field_kind kind);

/* In code points; 0 for kinds without such a limit. */
size_t field_longest(const struct field *field);

#endif
