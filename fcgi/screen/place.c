/* place: the customer's areas as a choice of a form. */

#include "screen/place.h"

#include "base/arena.h"
#include "screen/part.h"

static const struct area *
first_of(const struct place *place, int64_t first)
{
	for (size_t i = 0; i < place->count; i++)
		if (place->areas[i].area_id == first)
			return &place->areas[i];
	return place->count > 0 ? &place->areas[0] : NULL;
}

static const struct area *
find(struct visit *visit, const struct place *place, int64_t first)
{
	const char *wanted = form_text(visit, "area");

	if (wanted[0] == '\0')
		return first_of(place, first);
	for (size_t i = 0; i < place->count; i++)
		if (part_same(place->areas[i].name, wanted) ||
		    part_same(part_number(
				  visit->work->arena, place->areas[i].area_id),
			wanted))
			return &place->areas[i];
	return NULL;
}

enum db_status
place_find(struct visit *visit, int64_t first, struct place *place_r)
{
	const enum db_status status = area_list(visit->work,
	    visit->work->account, &place_r->areas, &place_r->count);

	if (status == DB_OK)
		place_r->area = find(visit, place_r, first);
	return status;
}

const char *
place_value(
    struct visit *visit, const struct place *place, const struct area *area)
{
	for (size_t i = 0; i < place->count; i++)
		if (part_same(place->areas[i].name, area->name) &&
		    place->areas[i].area_id != area->area_id)
			return part_number(visit->work->arena, area->area_id);
	return area->name;
}

void
place_choices(struct visit *visit, const struct place *place)
{
	for (size_t i = 0; i < place->count; i++) {
		const struct area *area = &place->areas[i];

		form_choice(visit, "area", place_value(visit, place, area),
		    arena_print(visit->work->arena, "%s (%s)", area->name,
			area->server_name));
	}
}
