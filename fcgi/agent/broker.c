/* broker: the process that may become others. */

#include "agent/broker.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "agent/agent.h"
#include "agent/area.h"
#include "agent/request.h"
#include "agent/task.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/must.h"
#include "depot/sign.h"

enum { LONGEST = 3600000 }; /* ms without a look at the clock */

struct running {
	pid_t pid; /* 0: a free place */
	uint32_t id;
	int64_t until; /* ms of the monotonic clock */
};

struct broker {
	const struct agent *agent;
	int socket;
	int lock;
	pid_t chief; /* 0 when it has ended */
	int status;  /* its */
	struct running running[BROKER_TASKS];
	uint32_t last;
};

/* One request on its way; descriptors that are not taken are closed. */
struct hearing {
	struct broker *broker;
	struct arena *arena;
	struct broker_request request;
	size_t length;
	bool cut;
	int fds[BROKER_FDS];
	size_t count;
};

static volatile sig_atomic_t stopping;

static void
on_stop(int signal_number)
{
	stopping = signal_number;
}

static void
on_child(int signal_number)
{
	(void)signal_number;
}

void
broker_catch_signals(void)
{
	const struct sigaction stop = { .sa_handler = on_stop };
	const struct sigaction child = { .sa_handler = on_child };
	sigset_t ours;

	must(sigemptyset(&ours) == 0 && sigaddset(&ours, SIGTERM) == 0 &&
	     sigaddset(&ours, SIGINT) == 0 && sigaddset(&ours, SIGCHLD) == 0 &&
	     sigprocmask(SIG_BLOCK, &ours, NULL) == 0);
	must(sigaction(SIGTERM, &stop, NULL) == 0 &&
	     sigaction(SIGINT, &stop, NULL) == 0 &&
	     sigaction(SIGCHLD, &child, NULL) == 0);
	(void)signal(SIGPIPE, SIG_IGN);
}

/* The chief waits for each answer, so it always finds room. */
static void
answer(struct broker *broker, const struct broker_answer *words)
{
	while (send(broker->socket, words, sizeof(*words), MSG_NOSIGNAL) < 0)
		if (errno != EINTR)
			return;
}

static void
refuse(struct hearing *hearing, const char *why)
{
	struct broker_answer words = { .word = BROKER_REFUSED };

	log_event(LOG_WARN, "agent.broker-refused", "why=%s", why);
	(void)snprintf(words.why, sizeof(words.why), "%s", why);
	answer(hearing->broker, &words);
}

static void
take_descriptors(struct hearing *hearing, struct msghdr *head)
{
	for (struct cmsghdr *at = CMSG_FIRSTHDR(head); at != NULL;
	     at = CMSG_NXTHDR(head, at)) {
		if (at->cmsg_level != SOL_SOCKET || at->cmsg_type != SCM_RIGHTS)
			continue;
		for (size_t i = 0;
		     CMSG_LEN((i + 1) * sizeof(int)) <= at->cmsg_len; i++) {
			must(hearing->count < BROKER_FDS);
			memcpy(&hearing->fds[hearing->count++],
			    CMSG_DATA(at) + i * sizeof(int), sizeof(int));
		}
	}
}

/* False at the end of the talk. */
static bool
hear(struct hearing *hearing)
{
	union {
		struct cmsghdr head;
		char room[CMSG_SPACE(BROKER_FDS * sizeof(int))];
	} control;
	struct iovec bytes = { &hearing->request, sizeof(hearing->request) };
	struct msghdr head = {
		.msg_iov = &bytes,
		.msg_iovlen = 1,
		.msg_control = &control,
		.msg_controllen = sizeof(control),
	};
	const ssize_t n = recvmsg(hearing->broker->socket, &head,
	    MSG_CMSG_CLOEXEC | MSG_DONTWAIT | MSG_TRUNC);

	if (n < 0)
		return errno == EINTR || errno == EAGAIN;
	take_descriptors(hearing, &head);
	hearing->length = (size_t)n;
	hearing->cut = (head.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) != 0;
	return n > 0;
}

/* In an area: the manager's word first, then what is there. */
static const char *
open_area(struct hearing *hearing, struct area *area_r)
{
	const struct agent *agent = hearing->broker->agent;
	const struct broker_request *request = &hearing->request;
	const struct sign_grant grant = {
		.server = agent->conf.server,
		.number = request->number,
		.action = request->action,
		.area = request->area,
		.owner = request->owner,
	};

	if (!request_names_area(request))
		return "agent.broker words";
	if (!agent->sandbox.openat2)
		return "agent.no-openat2";
	if (!sign_grant_is_right(hearing->arena, agent->conf.manager_key,
		&grant, request->grant))
		return arena_print(hearing->arena, "agent.grant %s of %s",
		    request->area, request->owner);
	return area_open(
	    agent, hearing->arena, request->area, request->owner, area_r);
}

static struct running *
free_place(struct broker *broker)
{
	for (size_t i = 0; i < BROKER_TASKS; i++)
		if (broker->running[i].pid == 0)
			return &broker->running[i];
	return NULL;
}

struct start {
	const struct task_kind *kind;
	struct broker_task task;
};

static int
run(void *context)
{
	const struct start *start = context;

	return start->kind->run(&start->task);
}

static pid_t
fork_task(struct hearing *hearing, struct start *start, const struct area *area)
{
	const struct agent *agent = hearing->broker->agent;
	int keep[CHILD_KEEPS], kept = 0;
	struct child child = {
		.name = start->kind->name,
		.sandbox = &agent->sandbox,
		.rights = start->kind->chief ? agent->user : agent->stranger,
		.keep = keep,
		.run = run,
		.context = start,
	};

	if (start->kind->area)
		child.rights = area->rights;
	child.rights.kind = start->kind->rights;
	child.rights.beneath = area->fd;
	keep[kept++] = hearing->broker->lock;
	for (size_t i = 0; i < hearing->count; i++)
		keep[kept++] = hearing->fds[i];
	if (area->fd >= 0)
		keep[kept++] = area->fd;
	keep[kept] = -1;
	return child_fork(&child);
}

static void
name_descriptors(const struct hearing *hearing, int fds_r[BROKER_FDS])
{
	size_t next = 0;

	for (size_t i = 0; i < BROKER_FDS; i++)
		fds_r[i] =
		    hearing->request.fds & 1u << i ? hearing->fds[next++] : -1;
}

static const char *
start_in(struct hearing *hearing, struct running *place,
    const struct task_kind *kind, const struct area *area)
{
	struct broker *broker = hearing->broker;
	struct start start = {
		.kind = kind,
		.task = {
			.agent = broker->agent,
			.number = hearing->request.number,
			.area = area->fd,
		},
	};
	pid_t pid;

	name_descriptors(hearing, start.task.fds);
	pid = fork_task(hearing, &start, area);
	if (pid < 0)
		return arena_print(
		    hearing->arena, "agent.no-process %s", strerror(errno));
	*place = (struct running){ pid, ++broker->last,
		clock_monotonic_ms() + 1000 * kind->seconds };
	answer(broker,
	    &(struct broker_answer){ .word = BROKER_STARTED, .id = place->id });
	return "";
}

static const char *
start(struct hearing *hearing)
{
	struct running *place = free_place(hearing->broker);
	const struct broker_request *request = &hearing->request;
	const struct task_kind *kind = request_is_word(request->task)
					   ? task_kind_named(request->task)
					   : NULL;
	struct area area = { .fd = -1 };
	const char *why = "";

	if (kind == NULL)
		return "agent.broker task";
	if (place == NULL)
		return "agent.no-process too many";
	if (hearing->broker->lock < 0)
		return "agent.broker lock";
	if (kind->area)
		why = open_area(hearing, &area);
	if (*why == '\0')
		why = start_in(hearing, place, kind, &area);
	if (area.fd >= 0)
		(void)close(area.fd);
	return why;
}

static const char *
take_lock(struct hearing *hearing)
{
	struct broker *broker = hearing->broker;

	if (broker->lock >= 0 || hearing->request.fds != 1 << BROKER_FILE)
		return "agent.broker lock";
	broker->lock = hearing->fds[0];
	hearing->count = 0;
	return "";
}

static void
stop_task(struct broker *broker, uint32_t id)
{
	for (size_t i = 0; i < BROKER_TASKS; i++)
		if (broker->running[i].pid > 0 && broker->running[i].id == id)
			(void)kill(broker->running[i].pid, SIGKILL);
}

static const char *
carry_out(struct hearing *hearing)
{
	switch (hearing->request.wish) {
	case BROKER_LOCK:
		return take_lock(hearing);
	case BROKER_START:
		return start(hearing);
	case BROKER_KILL:
		stop_task(hearing->broker, hearing->request.id);
		return "";
	default:
		return "agent.broker wish";
	}
}

static bool
hear_one(struct broker *broker)
{
	struct hearing hearing = { .broker = broker, .arena = arena_new() };
	const bool on = hear(&hearing);
	const char *why = "";

	if (on && hearing.length > 0) {
		why = hearing.cut
			  ? "agent.broker length"
			  : request_problem(&hearing.request, hearing.length,
				hearing.fds, hearing.count);
		if (*why == '\0')
			why = carry_out(&hearing);
		if (*why != '\0')
			refuse(&hearing, why);
	}
	for (size_t i = 0; i < hearing.count; i++)
		(void)close(hearing.fds[i]);
	arena_free(hearing.arena);
	return on;
}

/* Bubblewrap leaves a child behind when it is killed at its very start. */
static void
end_strays(const struct broker *broker)
{
	pid_t known[BROKER_TASKS + 1];
	size_t count = 0;

	for (size_t i = 0; i < BROKER_TASKS; i++)
		if (broker->running[i].pid > 0)
			known[count++] = broker->running[i].pid;
	if (broker->chief > 0)
		known[count++] = broker->chief;
	child_end_strays(known, count);
}

static void
bury(struct broker *broker, pid_t pid, int status)
{
	struct broker_answer words = { .word = BROKER_ENDED,
		.status = child_status(status) };

	if (pid == broker->chief) {
		broker->chief = 0;
		broker->status = child_status(status);
	}
	for (size_t i = 0; i < BROKER_TASKS; i++)
		if (broker->running[i].pid == pid) {
			words.id = broker->running[i].id;
			broker->running[i].pid = 0;
			answer(broker, &words);
		}
}

/* Whoever stops what is done with his rights is not waited for. */
static void
go_on(const struct broker *broker, pid_t pid)
{
	if (pid != broker->chief)
		(void)kill(pid, SIGKILL);
}

static void
bury_all(struct broker *broker)
{
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, WNOHANG | WUNTRACED)) > 0) {
		if (WIFSTOPPED(status)) {
			go_on(broker, pid);
			continue;
		}
		bury(broker, pid, status);
		end_strays(broker);
	}
}

/* No part of a job goes on without the chief, and he not without us: killed
 * while he ends, he ends as he was about to. */
static void
end_all(struct broker *broker)
{
	int status;
	pid_t pid;

	for (size_t i = 0; i < BROKER_TASKS; i++)
		if (broker->running[i].pid > 0)
			(void)kill(broker->running[i].pid, SIGKILL);
	if (broker->chief > 0)
		(void)kill(broker->chief, SIGKILL);
	(void)close(broker->socket);
	while ((pid = waitpid(-1, &status, 0)) > 0 || errno == EINTR) {
		if (pid > 0 && pid == broker->chief)
			broker->status = child_status(status);
		child_end_strays(NULL, 0);
	}
}

/* Ends what has had its time. The time until the next one, in ms. */
static int64_t
end_late(const struct broker *broker)
{
	const int64_t now = clock_monotonic_ms();
	int64_t least = LONGEST;

	for (size_t i = 0; i < BROKER_TASKS; i++) {
		const struct running *one = &broker->running[i];

		if (one->pid == 0)
			continue;
		if (one->until <= now)
			(void)kill(one->pid, SIGKILL);
		else if (one->until - now < least)
			least = one->until - now;
	}
	return least;
}

int
broker_serve(const struct agent *agent, int socket, pid_t chief)
{
	struct broker broker = {
		.agent = agent, .socket = socket, .lock = -1, .chief = chief
	};
	struct pollfd wait = { .fd = socket, .events = POLLIN };
	struct timespec time;
	sigset_t none;
	int64_t left;
	bool on = true;

	must(sigemptyset(&none) == 0);
	while (on && broker.chief > 0) {
		if (stopping != 0) {
			stopping = 0;
			(void)kill(chief, SIGTERM);
		}
		left = end_late(&broker);
		time = (struct timespec){ left / 1000, left % 1000 * 1000000 };
		wait.revents = 0;
		if (ppoll(&wait, 1, &time, &none) > 0)
			on = hear_one(&broker);
		bury_all(&broker);
	}
	end_all(&broker);
	return broker.status;
}
