/* listing: what a tar of a customer's tree does not say by the rules for
 * archives (regular files and folders, names that are text): modes, times,
 * links, pipes, other names. One more file in the tar. Inside the child. */

#ifndef AGENT_LISTING_H
#define AGENT_LISTING_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>

struct arena;

/* In the root of such a tar; whoever has files of these names has odd ones. */
#define LISTING_NAME ".kagiya-tree"
#define LISTING_ODD ".kagiya-odd"	/* files whose names are no text */
#define LISTING_DUMP ".kagiya-database.sql"
#define LISTING_MANIFEST ".kagiya-manifest.xml"
#define LISTING_RECORD ".kagiya-record"

/* May the path stand in the tar as it is? */
bool listing_is_plain(const char *path);

/* Lines of the listing go to fd. */
struct listing;
struct listing *listing_new(struct arena *arena, int fd);
/* In the order of tree_visit. target: of a link. odd: the number under which
 * a file that is not plain lies in LISTING_ODD; 0 for none. False when the
 * descriptor takes no more. */
bool listing_add(struct listing *listing, const char *path,
    const struct stat *status, const char *target, int64_t odd);
bool listing_end(struct listing *listing);

/* The tree becomes what its listing says; the files above go from it, those of
 * other names by way of the stage. Right too when it has none. False with
 * errno, EINVAL for a listing that is none; path_r says where. */
bool listing_apply(
    struct arena *arena, int tree, int stage, const char **path_r);

#endif
