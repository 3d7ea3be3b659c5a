/* state: the folder of the agent's own files, which is the chief's. */

#include "agent/state.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "agent/agent.h"
#include "agent/dir.h"
#include "base/arena.h"
#include "base/file.h"

enum { ENTRIES = 1000000 };

struct giving {
	const struct agent *agent;
	int folder;
};

static bool
give_one(void *context, const char *path, const struct stat *status)
{
	const struct giving *giving = context;
	const struct rights *user = &giving->agent->user;
	const char *name;
	const int above = dir_open_above(giving->folder, path, &name);
	bool right;

	(void)status;
	if (above < 0)
		return false;
	right = fchownat(above, name, user->uid, user->gid,
		    AT_SYMLINK_NOFOLLOW) == 0;
	(void)close(above);
	return right;
}

/* The folder itself comes last: while it is root's, nobody else has put
 * anything into it, and cut short it is done again. */
static bool
give_to_chief(const struct agent *agent, int folder)
{
	struct giving giving = { agent, folder };
	struct stat status;

	if (!agent->root)
		return true;
	if (fstat(folder, &status) != 0)
		return false;
	return status.st_uid != 0 ||
	       (dir_walk(
		    agent->arena, folder, ".", ENTRIES, give_one, &giving) &&
		   fchown(folder, agent->user.uid, agent->user.gid) == 0);
}

int
state_open(const struct agent *agent)
{
	const char *path = agent->conf.state_dir;
	struct stat status;
	int fd;

	if (stat(path, &status) != 0 && !file_make_folder(path, 0700))
		return -1;
	/* One that is the chief's need not be open to us. */
	if (stat(path, &status) != 0 || (agent->root && status.st_uid != 0))
		return open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
	if (fd >= 0 && !give_to_chief(agent, fd)) {
		(void)close(fd);
		return -1;
	}
	return fd;
}

int
state_lock(const struct agent *agent)
{
	const char *state = agent->conf.state_dir;
	const char *const folders[] = { "job", "installed" };
	int fd;

	for (size_t i = 0; i < sizeof(folders) / sizeof(*folders); i++)
		if (!file_make_folder(
			arena_print(agent->arena, "%s/%s", state, folders[i]),
			0700)) {
			fprintf(stderr, "kagiya-agent: %s: %s\n", state,
			    strerror(errno));
			return -1;
		}
	fd = open(arena_print(agent->arena, "%s/lock", state),
	    O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0)
		fprintf(stderr, "kagiya-agent: %s/lock: %s\n", state,
		    strerror(errno));
	return fd;
}

bool
state_is_locked(int lock)
{
	return flock(lock, LOCK_EX | LOCK_NB) == 0;
}
