/* area: a customer's folder, found by its name and looked at. */

#include "agent/area.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <pwd.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "agent/agent.h"
#include "base/arena.h"

/* O_PATH: nothing of it is read before the rights are its owner's. */
static int
open_folder(const char *root, const char *name)
{
	/* An area may be a file system of its own. */
	const struct open_how how = {
		.flags = O_PATH | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW,
		.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS |
			   RESOLVE_NO_MAGICLINKS,
	};
	const int at = open(root, O_PATH | O_DIRECTORY | O_CLOEXEC);
	int fd;

	if (at < 0)
		return -1;
	fd = (int)syscall(SYS_openat2, at, name, &how, sizeof(how));
	(void)close(at);
	return fd;
}

static bool
may_own(const struct agent *agent, const struct passwd *user)
{
	if (user == NULL || user->pw_uid == 0)
		return false;
	if (!agent->root)
		return user->pw_uid == geteuid();
	return user->pw_uid >= agent->conf.least_uid && user->pw_gid != 0;
}

const char *
area_open(const struct agent *agent, struct arena *arena, const char *name,
    const char *owner, struct area *area_r)
{
	const struct passwd *user = getpwnam(owner);
	struct statx status;

	area_r->fd = -1;
	if (!may_own(agent, user))
		return arena_print(arena, "agent.owner %s", owner);
	area_r->rights = (struct rights){
		.drop = agent->root,
		.uid = user->pw_uid,
		.gid = user->pw_gid,
	};
	area_r->fd = open_folder(agent->conf.area_root, name);
	if (area_r->fd < 0)
		return arena_print(
		    arena, "agent.area %s: %s", name, strerror(errno));
	/* What is known of it is enough: a file system of the owner's own is
	 * not asked, who might never answer. */
	if (statx(area_r->fd, "", AT_EMPTY_PATH | AT_STATX_DONT_SYNC, STATX_UID,
		&status) == 0 &&
	    status.stx_uid == area_r->rights.uid)
		return "";
	(void)close(area_r->fd);
	area_r->fd = -1;
	return arena_print(arena, "agent.area %s: not %s's", name, owner);
}
