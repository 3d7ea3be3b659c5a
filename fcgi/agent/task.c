/* task: the chief's side of the talk with the broker. */

#include "agent/task.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "agent/agent.h"
#include "agent/place.h"
#include "base/arena.h"
#include "base/log.h"

/* Ends that came while another was waited for. */
struct task_line {
	int socket;
	struct broker_answer ended[BROKER_TASKS];
	size_t count;
};

struct task_line *
task_line_new(struct arena *arena, int socket)
{
	struct task_line *line = arena_alloc(arena, sizeof(*line));

	line->socket = socket;
	return line;
}

static bool
say(const struct task_line *line, struct broker_request *request,
    const int fds[BROKER_FDS])
{
	union {
		struct cmsghdr head;
		char room[CMSG_SPACE(BROKER_FDS * sizeof(int))];
	} control = { .room = { 0 } };
	struct iovec bytes = { request, sizeof(*request) };
	struct msghdr head = { .msg_iov = &bytes, .msg_iovlen = 1 };
	size_t count = 0;
	ssize_t n;

	for (size_t i = 0; i < BROKER_FDS; i++) {
		if (fds[i] < 0)
			continue;
		request->fds |= 1u << i;
		memcpy(CMSG_DATA(&control.head) + count++ * sizeof(int),
		    &fds[i], sizeof(int));
	}
	if (count > 0) {
		head.msg_control = &control;
		head.msg_controllen = CMSG_SPACE(count * sizeof(int));
		control.head.cmsg_level = SOL_SOCKET;
		control.head.cmsg_type = SCM_RIGHTS;
		control.head.cmsg_len = CMSG_LEN(count * sizeof(int));
	}
	do
		n = sendmsg(line->socket, &head, MSG_NOSIGNAL);
	while (n < 0 && errno == EINTR);
	return n == sizeof(*request);
}

static bool
listen_once(const struct task_line *line, struct broker_answer *answer_r)
{
	ssize_t n;

	do
		n = recv(line->socket, answer_r, sizeof(*answer_r), 0);
	while (n < 0 && errno == EINTR);
	answer_r->why[BROKER_WHY - 1] = '\0';
	return n == sizeof(*answer_r);
}

static void
note_end(struct task_line *line, const struct broker_answer *answer)
{
	if (answer->word == BROKER_ENDED && line->count < BROKER_TASKS)
		line->ended[line->count++] = *answer;
}

bool
task_lock(const struct agent *agent, int lock)
{
	struct broker_request request = { .wish = BROKER_LOCK };

	return say(agent->line, &request, (const int[]){ -1, -1, -1, lock });
}

static bool
put_word(char *room, size_t size, const char *word)
{
	const int n = snprintf(room, size, "%s", word);

	return n >= 0 && (size_t)n < size;
}

static bool
fill(struct broker_request *request, const struct task_wish *wish)
{
	const struct place *place = wish->place;

	request->wish = BROKER_START;
	if (!put_word(request->task, BROKER_WORD, wish->name))
		return false;
	if (place == NULL)
		return true;
	request->number = place->number;
	return put_word(request->action, BROKER_WORD, place->area.action) &&
	       put_word(request->area, BROKER_WORD, place->area.name) &&
	       put_word(request->owner, BROKER_WORD, place->area.owner) &&
	       put_word(request->grant, BROKER_GRANT, place->area.grant);
}

/* The answer to what was just asked; ends of others may come before it. */
static const char *
hear_start(const struct agent *agent, struct arena *arena, struct task *task_r)
{
	struct broker_answer answer;

	for (;;) {
		if (!listen_once(agent->line, &answer))
			return "agent.no-broker";
		if (answer.word == BROKER_REFUSED)
			return arena_copy(arena, answer.why);
		if (answer.word == BROKER_STARTED)
			break;
		note_end(agent->line, &answer);
	}
	*task_r = (struct task){ agent, answer.id };
	return "";
}

const char *
task_start(const struct agent *agent, struct arena *arena,
    const struct task_wish *wish, struct task *task_r)
{
	struct broker_request request = { 0 };
	const char *why = "agent.no-broker";
	int message;

	if (!fill(&request, wish))
		return "agent.broker words";
	message = message_make(wish->parts, wish->part_count);
	if (message < 0)
		return arena_print(
		    arena, "agent.no-process %s", strerror(errno));
	if (say(agent->line, &request,
		(const int[]){ message, wish->in, wish->out, wish->file }))
		why = hear_start(agent, arena, task_r);
	(void)close(message);
	return why;
}

static bool
take_end(struct task_line *line, uint32_t id, int *status_r)
{
	for (size_t i = 0; i < line->count; i++)
		if (line->ended[i].id == id) {
			*status_r = line->ended[i].status;
			line->ended[i] = line->ended[--line->count];
			return true;
		}
	return false;
}

int
task_wait(const struct task *task)
{
	struct task_line *line = task->agent->line;
	struct broker_answer answer;
	int status = 255;

	while (!take_end(line, task->id, &status)) {
		if (!listen_once(line, &answer))
			break;
		note_end(line, &answer);
	}
	return status;
}

void
task_kill(const struct task *task)
{
	struct broker_request request = { .wish = BROKER_KILL, .id = task->id };

	(void)say(task->agent->line, &request, (const int[]){ -1, -1, -1, -1 });
}
