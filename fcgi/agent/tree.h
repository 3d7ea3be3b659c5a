/* tree: all that is below a folder, one after the other, in little memory
 * however much it is. Inside the child. */

#ifndef AGENT_TREE_H
#define AGENT_TREE_H

#include <stdbool.h>
#include <sys/stat.h>

enum { TREE_DEEP = 200 };	/* folders */

struct tree_entry {
	int at;			/* the folder it is in */
	const char *name;
	const char *path;	/* from where it began */
	const struct stat *status;
};

/* Folders come before what is in them. False with errno when see() returns
 * false, something cannot be read, or it is too deep (ENAMETOOLONG); path_r
 * says where that was and lives as long as the next call. */
bool tree_visit(int at, const char *path,
    bool (*see)(void *context, const struct tree_entry *entry),
    void *context, const char **path_r);

#endif
