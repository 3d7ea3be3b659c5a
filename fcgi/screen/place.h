/* place: the customer's areas as a choice of a form. */

#ifndef SCREEN_PLACE_H
#define SCREEN_PLACE_H

#include <stddef.h>

#include "data/area.h"
#include "web/screen.h"

struct place {
	const struct area *areas;
	size_t count;
	const struct area *area;	/* the chosen one, or NULL */
};

/* His areas; chosen is what the field area names, by name or by number; as
 * long as nobody chose, that of first (0: the first one). */
enum db_status place_find(
    struct visit *visit, int64_t first, struct place *place_r);

/* What stands for an area in the form: its name, or, where another server has
 * one of that name, its number. */
const char *place_value(struct visit *visit, const struct place *place,
    const struct area *area);

/* Adds the choices to the field area. */
void place_choices(struct visit *visit, const struct place *place);

#endif
