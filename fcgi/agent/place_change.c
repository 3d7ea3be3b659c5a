/* place_change: one tree takes the place of another, and back. */

#include "agent/place_change.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "agent/carry.h"
#include "agent/dir.h"
#include "agent/place_part.h"
#include "agent/tree.h"
#include "base/arena.h"

struct sum {
	int64_t bytes;
	int64_t files;
};

static bool
add(void *context, const struct tree_entry *entry)
{
	struct sum *sum = context;

	sum->bytes += entry->status->st_blocks * 512;
	sum->files++;
	return true;
}

static bool
measure(struct place_task *task)
{
	struct place *place = task->place;
	struct sum sum = { 0, 0 };
	const char *where;
	struct stat status;

	if (!dir_stat(place->area.fd, place->directory, &status) &&
	    !dir_is_hindered(errno))
		return place_fail_errno(task, place->directory);
	if (place_inode(task, place->directory) <= 0)
		return place_fail(
		    task, "agent.directory-missing", place->directory);
	if (!tree_visit(place->area.fd, place->directory, add, &sum, &where))
		return errno == ENAMETOOLONG
			   ? place_fail(task, "agent.too-deep", where)
			   : place_fail_errno(task, where);
	place_tell_number(task, "inode", (int64_t)status.st_ino);
	place_tell_number(task, "mode", status.st_mode & 0777);
	place_tell_number(task, "tree-bytes", sum.bytes);
	place_tell_number(task, "tree-files", sum.files);
	return place_tell_room(task);
}

bool
place_measure(struct place *place)
{
	return place_run(place, measure, -1);
}

/* From one tree to the other, both relative to the area. */
struct trees {
	int from;
	int to;
	int stage;
};

static bool
open_trees(struct place_task *task, const char *from, const char *to,
    struct trees *trees_r)
{
	const int area = task->place->area.fd;

	*trees_r = (struct trees){
		.from = dir_open_folder(area, from),
		.to = dir_open_folder(area, to),
		.stage = dir_open_folder(area, task->stage),
	};
	return (trees_r->from >= 0 && trees_r->to >= 0 &&
		   trees_r->stage >= 0) ||
	       place_fail_errno(task, from);
}

static struct carry *
new_carry(struct place_task *task, const struct trees *trees)
{
	const struct place *place = task->place;
	struct carry *carry = arena_alloc(place->arena, sizeof(*carry));

	carry->task = task;
	carry->scratch = trees->stage;
	carry->rules = (struct rules){
		.before = place->before,
		.now = place->manifest,
		.wrote = place->wrote,
		.wrote_count = place->wrote_count,
	};
	return carry;
}

static bool
mark(struct place_task *task, const struct trees *trees, const char *name)
{
	return carry_mark(trees->stage, name) || place_fail_errno(task, name);
}

static bool
carry(struct place_task *task)
{
	struct place *place = task->place;
	struct trees trees;

	return open_trees(task, place->directory, place->aside, &trees) &&
	       mark(task, &trees, CARRY_BEGUN) &&
	       carry_tree(new_carry(task, &trees), trees.from, trees.to) &&
	       mark(task, &trees, CARRY_COPIED);
}

bool
place_carry(struct place *place)
{
	return place_run(place, carry, -1);
}

static bool
exchange(struct place_task *task)
{
	struct place *place = task->place;
	const int area = place->area.fd;
	const int64_t inode = place_inode(task, place->directory);
	struct trees trees;

	if (inode > 0 && inode == place->inode)
		return true;
	if (inode <= 0 || inode != place->replaced)
		return place_fail(
		    task, "agent.directory-missing", place->directory);
	if (!place_make_hidden(task, task->stage) ||
	    !open_trees(task, place->directory, place->aside, &trees) ||
	    !mark(task, &trees, CARRY_SWAPPED))
		return false;
	return dir_exchange(area, place->aside, place->directory) ||
	       place_fail_errno(task, place->directory);
}

bool
place_exchange(struct place *place)
{
	return place_run(place, exchange, -1);
}

/* What this pass does not see, the next one does. */
static bool
settle(struct place_task *task)
{
	struct place *place = task->place;
	struct trees trees;
	struct carry *carry;
	bool right;

	if (!open_trees(task, place->aside, place->directory, &trees))
		return false;
	carry = new_carry(task, &trees);
	carry->after = true;
	carry->since = carry_moment(trees.stage, CARRY_SETTLED);
	if (carry->since.tv_sec == 0)
		carry->since = carry_moment(trees.stage, CARRY_BEGUN);
	carry->copied = carry_moment(trees.stage, CARRY_COPIED);
	carry->swapped = carry_moment(trees.stage, CARRY_SWAPPED);
	if (!mark(task, &trees, "settling"))
		return false;
	right = carry_tree(carry, trees.from, trees.to);
	if (right &&
	    (syncfs(trees.to) != 0 || renameat(trees.stage, "settling",
					  trees.stage, CARRY_SETTLED) != 0))
		right = place_fail_errno(task, task->stage);
	return right;
}

bool
place_settle(struct place *place)
{
	return place_run(place, settle, -1);
}

static bool
clear_kept(struct place_task *task)
{
	struct place *place = task->place;
	const int area = place->area.fd;
	const char *gone = arena_print(place->arena, "%s/gone", task->stage);

	const int64_t inode = place_inode(task, place->kept);

	/* Out of the way in one step, then all of it. */
	if (inode != 0 && (inode < 0 || !place_make_hidden(task, task->stage) ||
			      !dir_remove_all(area, gone) ||
			      !dir_move(area, place->kept, gone)))
		return place_fail_errno(task, place->kept);
	return true;
}

static bool
keep(struct place_task *task)
{
	struct place *place = task->place;
	const int area = place->area.fd;

	if (place_is_at(task, place->kept))
		return true;
	if (!place_is_at(task, place->aside))
		return place_fail(task, "agent.file", place->aside);
	if (!clear_kept(task))
		return false;
	return (place_make_hidden(
		    task, place_above(place->arena, place->kept)) &&
		   dir_move(area, place->aside, place->kept)) ||
	       place_fail_errno(task, place->kept);
}

bool
place_keep(struct place *place)
{
	return place_run(place, keep, -1);
}

/* Something of the customer's stands in its place: that goes beside. */
bool
place_make_way(struct place_task *task)
{
	struct place *place = task->place;
	const char *beside = arena_print(place->arena, "%s.left-%lld",
	    place->directory, (long long)place->number);

	if (dir_remove_empty(place->area.fd, place->directory))
		return true;
	if (!dir_move(place->area.fd, place->directory, beside))
		return errno == ENOENT ||
		       place_fail_errno(task, place->directory);
	place_tell(task, "left", beside);
	return true;
}

static bool
put_back(struct place_task *task)
{
	struct place *place = task->place;
	const int area = place->area.fd;
	const char *above = place_above(place->arena, place->directory);
	const int64_t inode = place_inode(task, place->directory);

	if (place_is_at(task, place->directory))
		return true;
	if (inode < 0 || !place_is_at(task, place->aside))
		return place_fail(task, "agent.file", place->aside);
	if (inode > 0 && inode == place->replaced)
		return dir_exchange(area, place->aside, place->directory) ||
		       place_fail_errno(task, place->directory);
	if (above != NULL && !dir_make(area, above))
		return place_fail_errno(task, above);
	return place_make_way(task) &&
	       (dir_move(area, place->aside, place->directory) ||
		   place_fail_errno(task, place->directory));
}

bool
place_put_back(struct place *place)
{
	return place_run(place, put_back, -1);
}

static bool
bring_back(struct place_task *task)
{
	struct place *place = task->place;
	struct trees trees;
	struct carry *carry;

	if (place_inode(task, place->aside) == 0)
		return true;
	if (!open_trees(task, place->aside, place->directory, &trees))
		return false;
	carry = new_carry(task, &trees);
	carry->swapped = carry_moment(trees.stage, CARRY_SWAPPED);
	/* It never was in place. */
	if (carry->swapped.tv_sec == 0)
		return true;
	return carry_back(carry, trees.from, trees.to) &&
	       (syncfs(trees.to) == 0 ||
		   place_fail_errno(task, place->directory));
}

bool
place_bring_back(struct place *place)
{
	return place_run(place, bring_back, -1);
}

static bool
forget(struct place_task *task)
{
	struct place *place = task->place;
	const char *above = place_above(place->arena, place->kept);

	if (!clear_kept(task))
		return false;
	(void)dir_remove_empty(place->area.fd, above);
	return place_clean_stage(task);
}

bool
place_forget(struct place *place)
{
	return place_run(place, forget, -1);
}

const struct place_kind place_change_kinds[] = {
	{ "measure", measure, 0 },
	{ "carry", carry, PLACE_MANIFEST | PLACE_BEFORE },
	{ "exchange", exchange, 0 },
	{ "settle", settle, PLACE_MANIFEST | PLACE_BEFORE },
	{ "keep", keep, 0 },
	{ "put-back", put_back, 0 },
	{ "bring-back", bring_back, PLACE_MANIFEST | PLACE_BEFORE },
	{ "forget", forget, 0 },
	{ NULL, NULL, 0 },
};
