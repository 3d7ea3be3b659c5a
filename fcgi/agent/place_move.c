/* place_move: a program's tree leaves its directory for another area, comes
 * back from there when it was not wanted, or goes. */

#include <errno.h>
#include <string.h>

#include "agent/dir.h"
#include "agent/place_part.h"
#include "base/arena.h"

static bool
move_out(struct place_task *task)
{
	struct place *place = task->place;
	const int area = place->area.fd;

	if (place_is_at(task, place->out))
		return true;
	if (!place_is_at(task, place->directory))
		return place_fail(
		    task, "agent.directory-missing", place->directory);
	return (place_make_hidden(
		    task, place_above(place->arena, place->out)) &&
		   dir_move(area, place->directory, place->out)) ||
	       place_fail_errno(task, place->directory);
}

bool
place_move_out(struct place *place)
{
	return place_run(place, move_out, -1);
}

static bool
close_out(struct place_task *task)
{
	struct place *place = task->place;

	(void)dir_remove_empty(
	    place->area.fd, place_above(place->arena, place->out));
	return place_clean_stage(task);
}

static bool
move_back(struct place_task *task)
{
	struct place *place = task->place;
	const int area = place->area.fd;
	const char *above = place_above(place->arena, place->directory);

	if (place_is_at(task, place->directory))
		return close_out(task);
	if (!place_is_at(task, place->out))
		return place_fail(task, "agent.not-out", place->directory);
	if (above != NULL && !dir_make(area, above))
		return place_fail_errno(task, above);
	if (!place_make_way(task))
		return false;
	if (!dir_move(area, place->out, place->directory))
		return place_fail_errno(task, place->directory);
	return close_out(task);
}

bool
place_move_back(struct place *place)
{
	return place_run(place, move_back, -1);
}

static bool
drop(struct place_task *task)
{
	struct place *place = task->place;
	const int area = place->area.fd;
	const char *gone = arena_print(place->arena, "%s/out", task->stage);
	const int64_t inode = place_inode(task, place->out);
	struct stat status;

	if (inode != 0 && (inode < 0 || !place_make_hidden(task, task->stage) ||
			      !dir_remove_all(area, gone) ||
			      !dir_move(area, place->out, gone)))
		return place_fail_errno(task, place->out);
	if (!dir_stat(area, place->directory, &status) && errno == ENOENT &&
	    !place_restore_empty(task))
		return false;
	return place_clean_parents(task) && close_out(task);
}

bool
place_drop(struct place *place)
{
	return place_run(place, drop, -1);
}

static bool
look_out(struct place_task *task)
{
	place_tell_number(task, "inode", place_inode(task, task->place->out));
	return true;
}

bool
place_look_out(struct place *place)
{
	return place_run(place, look_out, -1);
}

const struct place_kind place_move_kinds[] = {
	{ "move-out", move_out, 0 },
	{ "move-back", move_back, 0 },
	{ "drop", drop, 0 },
	{ "look-out", look_out, 0 },
	{ NULL, NULL, 0 },
};
