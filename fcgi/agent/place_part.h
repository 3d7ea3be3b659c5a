/* place_part: what the files of place share; inside the child. */

#ifndef AGENT_PLACE_PART_H
#define AGENT_PLACE_PART_H

#include "agent/message.h"
#include "agent/place.h"

/* One task in the child, with the pipes it has. */
struct place_task {
	struct place *place;
	const struct place_kind *kind;
	int in;			/* frames, -1 for none */
	int out;		/* lines to the agent */
	bool untold;		/* one of them did not get there */
	const char *stage;	/* .kagiya/NUMBER */
	const char *tree;	/* .kagiya/NUMBER/tree */
};

/* A task that place_run() may be given: each file has a table of its own,
 * named in place_tasks.c. Names are unique; { NULL } ends a table. */
struct place_kind {
	const char *name;
	bool (*run)(struct place_task *task);
	unsigned needs;		/* manifests it reads, of the next line */
};
enum { PLACE_MANIFEST = 1, PLACE_BEFORE = 2 };
extern const struct place_kind place_kinds[];
extern const struct place_kind place_backup_kinds[];
extern const struct place_kind place_change_kinds[];
extern const struct place_kind place_install_kinds[];
extern const struct place_kind place_move_kinds[];
extern const struct place_kind place_remove_kinds[];
extern const struct place_kind place_restore_kinds[];
/* NULL when there is none of that name, or that function. */
const struct place_kind *place_kind_named(const char *name);
const struct place_kind *place_kind_of(bool (*run)(struct place_task *task));

/* Has the task done with the owner's rights, in a process of its own that has
 * the area, `in`, place->file and what place_pass.c says; reads its lines.
 * False with place->why. in may be -1. */
bool place_run(
    struct place *place, bool (*run)(struct place_task *task), int in);

/* The struct as a message, and back with its task's kind: false when it is
 * none. A result is a line `word rest`. */
enum { PLACE_PARTS = 3 };
bool place_pack(const struct place *place, const struct place_kind *kind,
    struct message_part parts_r[PLACE_PARTS]);
bool place_unpack(
    struct place *place, int fd, const struct place_kind **kind_r);
void place_take_result(
    struct place *place, const char *word, const char *rest);

/* Both say why it failed and return false. */
bool place_fail(struct place_task *task, const char *id, const char *words);
bool place_fail_errno(struct place_task *task, const char *what);
void place_tell(struct place_task *task, const char *word, const char *rest);
void place_tell_number(
    struct place_task *task, const char *word, int64_t number);

/* Names a path of the program's directory as one of those in `left`. */
void place_tell_left(struct place_task *task, const char *path, bool folder);

/* A new, empty tree in the stage; tells its inode. */
bool place_begin_stage(struct place_task *task);

/* The frames of an archive into the tree: of the manifest's files, each of
 * them, or of any. */
bool place_take_frames(struct place_task *task);
bool place_take_any_frames(struct place_task *task);
/* Has an archive unpacked for the task, who reads its frames. */
struct tarball_limit;
bool place_stage_by(struct place *place, int archive,
    const struct tarball_limit *limit,
    bool (*run)(struct place_task *task));
/* What stands in the directory's place, if anything, goes beside and is
 * named; an empty folder goes. */
bool place_make_way(struct place_task *task);
/* The empty directory that was there before the program. */
bool place_restore_empty(struct place_task *task);

/* The stage, or another folder below .kagiya, which is the owner's alone. */
bool place_make_hidden(struct place_task *task, const char *path);
/* The stage goes; then parents of ours that are empty. */
bool place_clean_stage(struct place_task *task);
bool place_clean_parents(struct place_task *task);
/* Says free-bytes and free-files. */
bool place_tell_room(struct place_task *task);
/* Of a folder; 0 when there is none, -1 when that cannot be seen: it has said
 * why then. */
int64_t place_inode(struct place_task *task, const char *path);
/* Is the tree of place->inode there? */
bool place_is_at(struct place_task *task, const char *path);
/* "a/b" in "a/b/c"; NULL for the area itself. */
const char *place_above(struct arena *arena, const char *path);

#endif
