/* without: runs a program on a kernel that lacks some system calls:
 *   without NAME[,NAME]... PROGRAM [WORD]... */

#include <errno.h>
#include <seccomp.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/must.h"

int
main(int argc, char **argv)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);

	if (argc < 3)
		return 2;
	must(filter != NULL);
	for (char *name = strtok(argv[1], ","); name != NULL;
	     name = strtok(NULL, ","))
		must(seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS),
			 seccomp_syscall_resolve_name(name), 0) == 0);
	must(seccomp_load(filter) == 0);
	(void)execv(argv[2], argv + 2);
	perror(argv[2]);
	return 127;
}
