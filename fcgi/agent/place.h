/* place: everything that touches a customer's area, in a process with its
 * owner's rights and nobody else's. */

#ifndef AGENT_PLACE_H
#define AGENT_PLACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "agent/message.h"
#include "depot/manifest.h"

struct agent;
struct arena;
struct broker_task;

enum { PLACE_LEFT = 1000 };	/* left-over paths that are named */

/* An area, and the manager's word for what is done in it. It is opened anew
 * for each task, by the broker, who checks all of this each time. */
struct place_area {
	const char *name;
	const char *owner;
	const char *action;	/* of the job whose number the place has */
	const char *grant;
	bool there;		/* place_open() found it */
	int fd;			/* in a task; nowhere else */
};

/* What is done where. Paths are relative to the area. What a task needs of it
 * and what it says back stands in the table of place_pass.c. */
struct place {
	const struct agent *agent;
	struct arena *arena;
	struct place_area area;
	int64_t number;		/* of the job: names its stage */
	const char *directory;
	const char *aside;	/* the tree that comes to the directory */
	const char *kept;	/* .kagiya/kept/SERIAL: the one before */
	const char *out;	/* .kagiya/out/SERIAL: on its way elsewhere */
	const struct manifest *manifest;
	struct message_part paper;	/* its bytes: a task reads them again */
	const struct manifest *before;	/* of the version that is replaced */
	struct message_part before_paper;
	int file;		/* one more descriptor for the task; -1 */
	/* Found by place_check, needed to put things back. */
	const char **parents;	/* folders above that were not there */
	size_t parent_count;
	bool existed;		/* the directory was there, empty */
	int64_t mode;
	int64_t inode;		/* of the tree that comes to the directory */
	int64_t replaced;	/* of the one that goes aside for it */
	const char **wrote;	/* "SHA256 NAME" of what was written into the
				   tree before */
	size_t wrote_count;
	/* Written into the tree. */
	const char *license;	/* kagiya-license.ini */
	const char *setting;	/* kagiya-setting.ini; NULL for none */
	const char *backup;	/* where to, or where from; NULL for none */
	const char *record;	/* goes along in a parcel */
	/* Results. */
	int64_t aside_inode;
	int64_t size;		/* of a backup or a dump */
	int64_t tree_bytes;	/* of all that is in the directory */
	int64_t tree_files;
	int64_t free_bytes;
	int64_t free_files;
	int64_t bytes;
	const char **left;
	size_t left_count;
	const char *why;	/* id and words when a task failed */
	bool (*progress)(void *context, int64_t bytes);	/* false: no more */
	void *context;
};

/* Is the area of place->area there, the owner's, and the grant right? "" or
 * why not; sets there. */
const char *place_open(struct place *place);

/* Each returns false with why set, and can be done again after any of them
 * was cut short. */

/* The directory is absent or empty; parents, existed, mode, free. */
bool place_check(struct place *place);
/* Unpacks beside, each file compared with the manifest; the declared folders;
 * inode. */
bool place_stage(struct place *place, int archive);
/* The files of our own; all of it to the disk. */
bool place_configure(struct place *place);
/* What others wrote into the tree aside, to the disk. */
bool place_flush(struct place *place);
/* The staged tree becomes the directory, in one step. */
bool place_swap(struct place *place);
/* As if nothing had been. */
bool place_undo(struct place *place);
/* Only the stage goes; the swapped directory stays. */
bool place_tidy(struct place *place);

/* The inodes of the directory and of the tree aside; 0 when there is no such
 * folder. */
bool place_look(struct place *place);

/* In place_backup.c: a tar of the whole directory, readable by its owner alone,
 * with the database's dump from that descriptor (-1 for none): size. */
bool place_backup(struct place *place, int dump);
bool place_drop_backup(struct place *place);
/* The same of the tree that is out, to place->file. */
bool place_parcel(struct place *place, int dump);

/* In place_restore.c: is place->backup one of the owner's: size. Its bytes to
 * a descriptor of ours. */
bool place_look_backup(struct place *place);
bool place_take_backup(struct place *place, int to);
/* Unpacks such a tar beside; at most what is free comes out. */
bool place_stage_any(struct place *place, int archive);
/* Modes, times, links as they were; the dump that lay in it to a descriptor
 * of ours (-1: nobody wants it): size, 0 for none. */
bool place_unfold(struct place *place, int dump);

/* In place_move.c: the tree of that inode to place->out, and back from there.
 * All of what is out goes, and what was made for it. */
bool place_move_out(struct place *place);
bool place_move_back(struct place *place);
bool place_drop(struct place *place);
/* The inode of what is out; 0 for nothing. */
bool place_look_out(struct place *place);

/* Takes the directory away, in one step, and removes what was installed;
 * foreign files come back to it and are named in left. */
bool place_take_out(struct place *place);
bool place_remove(struct place *place);

/* In the process that does a task. */
int place_task(const struct broker_task *task);

#endif
