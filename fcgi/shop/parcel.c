/* parcel: the folder of programs on their way. */

#include "shop/parcel.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/setting.h"
#include "base/text.h"
#include "data/move.h"
#include "data/work.h"

enum { PART_SECONDS = 86400 }; /* no upload takes longer */

const char *
parcel_path(struct arena *arena, int64_t move_id)
{
	return arena_print(
	    arena, "%s/%lld", setting_text("parcel.dir"), (long long)move_id);
}

const char *
parcel_part_path(struct arena *arena, int64_t move_id, const char *request_id)
{
	return arena_print(arena, "%s/%lld.%s.part", setting_text("parcel.dir"),
	    (long long)move_id, request_id);
}

static bool
is_old_part(struct work *work, int folder, const char *name)
{
	struct stat facts;

	return strstr(name, ".part") != NULL &&
	       fstatat(folder, name, &facts, AT_SYMLINK_NOFOLLOW) == 0 &&
	       work->now - facts.st_mtim.tv_sec > PART_SECONDS;
}

/* Names that are not ours stay. */
static enum db_status
look_at(struct work *work, int folder, const char *name)
{
	int64_t move_id;
	enum db_status status = DB_NONE;

	if (text_number(name, 1, INT64_MAX, &move_id))
		status = move_is_open(work, move_id);
	else if (!is_old_part(work, folder, name))
		return DB_OK;
	if (status != DB_NONE)
		return status;
	log_event(LOG_NOTE, "parcel.removed", "name=%s", name);
	(void)unlinkat(folder, name, 0);
	return DB_OK;
}

static enum db_status
sweep(struct work *work, DIR *folder)
{
	const struct dirent *entry;
	enum db_status status = DB_OK;

	while (status == DB_OK && (entry = readdir(folder)) != NULL)
		status = look_at(work, dirfd(folder), entry->d_name);
	return status;
}

enum db_status
parcel_sweep(struct work *work)
{
	DIR *folder = opendir(setting_text("parcel.dir"));
	enum db_status status;

	/* No program was ever moved here. */
	if (folder == NULL)
		return DB_OK;
	status = sweep(work, folder);
	(void)closedir(folder);
	return status;
}
