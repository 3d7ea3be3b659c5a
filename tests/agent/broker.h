/* broker: a test becomes the chief of a broker of its own. */

#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "agent/agent.h"
#include "agent/broker.h"
#include "agent/task.h"
#include "base/must.h"

/* The chief's end of the talk. */
static int broker_socket __attribute__((unused)) = -1;

/* run(agent, context) in a process whose agent->line leads to this one; its
 * exit status. */
static int
under_broker(struct agent *agent,
    int (*run)(struct agent *agent, void *context), void *context)
{
	int ends[2];
	pid_t chief;

	sandbox_find(&agent->sandbox);
	agent->sandbox.programs = agent->conf.database_programs;
	broker_catch_signals();
	must(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) == 0);
	chief = fork();
	must(chief >= 0);
	if (chief == 0) {
		(void)close(ends[0]);
		broker_socket = ends[1];
		agent->line = task_line_new(agent->arena, ends[1]);
		must(task_lock(agent, memfd_create("lock", MFD_CLOEXEC)));
		exit(run(agent, context));
	}
	(void)close(ends[1]);
	return broker_serve(agent, ends[0], chief);
}
