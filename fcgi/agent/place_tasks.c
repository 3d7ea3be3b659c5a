/* place_tasks: all tasks that can be done in an area, by name. */

#include <string.h>

#include "agent/place_part.h"

static const struct place_kind *const tables[] = {
	place_kinds,
	place_backup_kinds,
	place_change_kinds,
	place_install_kinds,
	place_move_kinds,
	place_remove_kinds,
	place_restore_kinds,
};

const struct place_kind *
place_kind_named(const char *name)
{
	for (size_t i = 0; i < sizeof(tables) / sizeof(*tables); i++)
		for (const struct place_kind *kind = tables[i];
		     kind->name != NULL; kind++)
			if (strcmp(kind->name, name) == 0)
				return kind;
	return NULL;
}

const struct place_kind *
place_kind_of(bool (*run)(struct place_task *task))
{
	for (size_t i = 0; i < sizeof(tables) / sizeof(*tables); i++)
		for (const struct place_kind *kind = tables[i];
		     kind->name != NULL; kind++)
			if (kind->run == run)
				return kind;
	return NULL;
}
