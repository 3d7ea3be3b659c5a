/* ask: the settings that a package wants to know at its installation or at an
 * upgrade, as fields `setting.NAME` of the form. */

#ifndef SCREEN_ASK_H
#define SCREEN_ASK_H

#include <stdbool.h>
#include <stdint.h>

#include "web/screen.h"

struct ask;

/* Adds the fields of that version, read and checked at once. */
enum db_status ask_settings(
    struct visit *visit, int64_t version_id, const struct ask **ask_r);

/* Those alone that the version before did not ask, as fields of that form. */
struct ask_change {
	int64_t from_version_id;
	int64_t to_version_id;
	const char *form;
};
enum db_status ask_new_settings(struct visit *visit,
    const struct ask_change *change, const struct ask **ask_r);

/* The names of the fields, for form_show. */
const char *ask_fields(struct visit *visit, const struct ask *ask);

/* Does the package want a database of its own? */
bool ask_wants_database(const struct ask *ask);

/* What the kinds of fields do not check; tells the problems. */
void ask_check(struct visit *visit, const struct ask *ask);

/* The answers as a JSON object of texts, with those known before (a JSON
 * object, too); flags are "yes" or "no", secrets are sealed. NULL when the
 * shop has nothing to seal with. */
const char *ask_answers(
    struct visit *visit, const struct ask *ask, const char *known);

#endif
