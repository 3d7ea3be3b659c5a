/* forged: a chief in other hands asks the broker for what it must not do. Each
 * time it is refused, and the broker goes on serving. */

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <pwd.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "agent/dir.h"
#include "base/arena.h"
#include "base/secret.h"
#include "broker.h"
#include "depot/sign.h"
#include "tap.h"

enum { FDS = 8, NUMBER = 7 };

static struct agent agent;
static struct arena *arena;
static char top[] = "/tmp/kagiya-forged.XXXXXX";
static const char *owner;

/* A request that would be carried out; tests spoil it. */
static struct broker_request
request(void)
{
	struct broker_request right = {
		.wish = BROKER_START,
		.number = NUMBER,
		.task = "place",
		.action = "install",
		.area = "anna",
	};

	(void)snprintf(right.owner, sizeof(right.owner), "%s", owner);
	return right;
}

static void
sign(struct broker_request *asked)
{
	const char *grant = sign_grant_make(arena, agent.conf.manager_key,
	    &(struct sign_grant){ "host1", asked->number, asked->action,
		asked->area, asked->owner });

	(void)snprintf(asked->grant, sizeof(asked->grant), "%s", grant);
}

static void
say(const void *bytes, size_t length, const int *fds, size_t count)
{
	union {
		struct cmsghdr head;
		char room[CMSG_SPACE(FDS * sizeof(int))];
	} control = { .room = { 0 } };
	struct iovec part = { (void *)(uintptr_t)bytes, length };
	struct msghdr head = { .msg_iov = &part, .msg_iovlen = 1 };

	if (count > 0) {
		head.msg_control = &control;
		head.msg_controllen = CMSG_SPACE(count * sizeof(int));
		control.head.cmsg_level = SOL_SOCKET;
		control.head.cmsg_type = SCM_RIGHTS;
		control.head.cmsg_len = CMSG_LEN(count * sizeof(int));
		memcpy(CMSG_DATA(&control.head), fds, count * sizeof(int));
	}
	must(sendmsg(broker_socket, &head, MSG_NOSIGNAL) == (ssize_t)length);
}

static struct broker_answer
hear(void)
{
	struct broker_answer answer = { 0 };

	must(recv(broker_socket, &answer, sizeof(answer), 0) == sizeof(answer));
	return answer;
}

/* Does nothing in the area; what comes of it. */
static struct broker_answer
ask(struct broker_request *asked, const int *fds, size_t count)
{
	say(asked, sizeof(*asked), fds, count);
	return hear();
}

static int
message(void)
{
	static const char lines[] = "kind nothing\n";
	const struct message_part parts[] = { { lines, sizeof(lines) - 1 },
		{ "", 0 }, { "", 0 } };

	return message_make(parts, 3);
}

/* The right request is carried out: the broker lives. */
static bool
is_right(void)
{
	struct broker_request asked = request();
	struct broker_answer answer;
	const int fds[] = { message(), memfd_create("out", 0) };

	sign(&asked);
	asked.fds = 1 << BROKER_MESSAGE | 1 << BROKER_OUT;
	answer = ask(&asked, fds, 2);
	(void)close(fds[0]);
	(void)close(fds[1]);
	if (answer.word != BROKER_STARTED)
		return false;
	answer = hear();
	return answer.word == BROKER_ENDED && answer.status == 0;
}

static void
is_refused(const char *what, struct broker_answer answer, const char *why)
{
	const bool right = answer.word == BROKER_REFUSED &&
			   strncmp(answer.why, why, strlen(why)) == 0;

	if (!right)
		printf("# word %u, why %s\n", answer.word, answer.why);
	tap(right && is_right(), what);
}

static void
refuse(const char *what, struct broker_request asked, const char *why)
{
	is_refused(what, ask(&asked, NULL, 0), why);
}

static void
test_grants(void)
{
	struct broker_request asked = request();
	struct secret_key *other = secret_key_make(arena);

	refuse("no grant", asked, "agent.grant");
	(void)snprintf(asked.grant, sizeof(asked.grant), "%s",
	    sign_grant_make(arena, other,
		&(struct sign_grant){
		    "host1", NUMBER, "install", "anna", owner }));
	refuse("another's grant", asked, "agent.grant");
	(void)snprintf(asked.grant, sizeof(asked.grant), "%s",
	    sign_grant_make(arena, agent.conf.manager_key,
		&(struct sign_grant){
		    "host2", NUMBER, "install", "anna", owner }));
	refuse("a grant for another server", asked, "agent.grant");
	sign(&asked);
	asked.number++;
	refuse("a grant for another job", asked, "agent.grant");
	asked = request();
	sign(&asked);
	strcpy(asked.action, "uninstall");
	refuse("a grant for another action", asked, "agent.grant");
	asked = request();
	sign(&asked);
	strcpy(asked.area, "bert");
	refuse("a grant for another area", asked, "agent.grant");
	asked = request();
	sign(&asked);
	strcpy(asked.owner, "games");
	refuse("a grant for another owner", asked, "agent.grant");
	memset(asked.grant, 'A', sizeof(asked.grant));
	refuse("a grant without an end", asked, "agent.broker words");
}

/* Signed by the manager, even so. */
static void
test_owners(void)
{
	static const char *const names[] = { "root", "nobody-at-all" };
	struct broker_request asked;

	for (size_t i = 0; i < 2; i++) {
		asked = request();
		strcpy(asked.owner, names[i]);
		sign(&asked);
		refuse(names[i], asked, "agent.owner");
	}
	asked = request();
	strcpy(asked.owner, "daemon");
	sign(&asked);
	refuse("an owner below the least number", asked, "agent.owner");
	asked = request();
	strcpy(asked.area, "foreign");
	sign(&asked);
	refuse("an area that is not the owner's", asked, "agent.area");
	asked = request();
	strcpy(asked.area, "link");
	sign(&asked);
	refuse("an area that is a link", asked, "agent.area");
	asked = request();
	strcpy(asked.area, "file");
	sign(&asked);
	refuse("an area that is a file", asked, "agent.area");
	asked = request();
	strcpy(asked.area, "none");
	sign(&asked);
	refuse("an area that is not there", asked, "agent.area");
}

static void
test_words(void)
{
	static const char *const names[] = { "..", ".", "/", "../anna",
		"anna/..", "anna\nb", "-anna", "", "\xc3\xa4" };
	static const int64_t numbers[] = { 0, -1, INT64_MIN };
	struct broker_request asked;

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		asked = request();
		strcpy(asked.area, names[i]);
		sign(&asked);
		refuse(
		    "a name that leads elsewhere", asked, "agent.broker words");
	}
	for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++) {
		asked = request();
		asked.number = numbers[i];
		sign(&asked);
		refuse("a number that is none", asked, "agent.broker words");
	}
	asked = request();
	asked.number = INT64_MAX;
	refuse("a huge number", asked, "agent.grant");
	asked = request();
	memset(asked.owner, 'a', sizeof(asked.owner));
	refuse("a name without an end", asked, "agent.broker words");
	asked = request();
	strcpy(asked.task, "shell");
	refuse("a task nobody knows", asked, "agent.broker task");
	memset(asked.task, 'a', sizeof(asked.task));
	refuse("a task without an end", asked, "agent.broker task");
	asked = request();
	asked.wish = 99;
	refuse("a wish nobody knows", asked, "agent.broker wish");
	asked.wish = BROKER_LOCK;
	refuse("a second lock", asked, "agent.broker lock");
}

static void
test_shapes(void)
{
	struct broker_request asked = request();
	char large[8 * sizeof(asked)] = { 0 };

	say(&asked, sizeof(asked) - 1, NULL, 0);
	is_refused("a short request", hear(), "agent.broker length");
	say(&asked, 1, NULL, 0);
	is_refused("a byte", hear(), "agent.broker length");
	memcpy(large, &asked, sizeof(asked));
	say(large, sizeof(large), NULL, 0);
	is_refused("a long request", hear(), "agent.broker length");
}

static void
refuse_descriptor(const char *what, int fd)
{
	struct broker_request asked = request();

	sign(&asked);
	asked.fds = 1 << BROKER_MESSAGE;
	is_refused(what, ask(&asked, &fd, 1), "agent.broker descriptors");
	(void)close(fd);
}

static void
test_descriptors(void)
{
	struct broker_request asked = request();
	const int many[FDS] = { 2, 2, 2, 2, 2, 2, 2, 2 };

	sign(&asked);
	is_refused("descriptors that are not named", ask(&asked, many, 2),
	    "agent.broker descriptors");
	asked.fds = 1 << BROKER_MESSAGE | 1 << BROKER_OUT;
	is_refused("descriptors that do not come", ask(&asked, NULL, 0),
	    "agent.broker descriptors");
	asked.fds = UINT32_MAX;
	is_refused("descriptors nobody knows", ask(&asked, many, 4),
	    "agent.broker descriptors");
	is_refused("too many descriptors", ask(&asked, many, FDS),
	    "agent.broker length");
	refuse_descriptor("a folder", open("/", O_RDONLY | O_DIRECTORY));
	refuse_descriptor("a name only", open("/etc/passwd", O_PATH));
	refuse_descriptor("a device", open("/dev/zero", O_RDONLY));
	refuse_descriptor("a socket", socket(AF_UNIX, SOCK_STREAM, 0));
}

/* A right request with a message that is none: the task ends, no more. */
static void
test_messages(void)
{
	bool ended = true;

	for (int i = 0; i < 20; i++) {
		struct broker_request asked = request();
		const int fds[] = { memfd_create("m", 0),
			memfd_create("o", 0) };
		char noise[4096];
		struct broker_answer answer;

		secret_random(noise, sizeof(noise));
		must(write(fds[0], noise, (size_t)(i * 200)) == i * 200);
		sign(&asked);
		asked.fds = 1 << BROKER_MESSAGE | 1 << BROKER_OUT;
		answer = ask(&asked, fds, 2);
		if (answer.word == BROKER_STARTED)
			answer = hear();
		ended =
		    ended && answer.word == BROKER_ENDED && answer.status == 1;
		(void)close(fds[0]);
		(void)close(fds[1]);
	}
	tap(ended && is_right(), "messages that are noise");
}

static void
test_noise(void)
{
	int refused = 0;

	for (int i = 0; i < 1000; i++) {
		struct broker_request asked;

		secret_random(&asked, sizeof(asked));
		if (i % 2 == 0)
			asked.wish = BROKER_START;
		asked.fds = i % 3 == 0 ? asked.fds : 0;
		if (asked.wish == BROKER_KILL)
			continue;
		refused += ask(&asked, NULL, 0).word == BROKER_REFUSED;
	}
	tap(refused >= 999 && is_right(), "a thousand requests that are noise");
}

/* A server that takes connections and says nothing: its port. */
static int
be_silent(void)
{
	struct sockaddr_in here = { .sin_family = AF_INET };
	socklen_t length = sizeof(here);
	const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	must(bind(fd, (const struct sockaddr *)&here, length) == 0 &&
	     listen(fd, 100) == 0 &&
	     getsockname(fd, (struct sockaddr *)&here, &length) == 0);
	return ntohs(here.sin_port);
}

static struct broker_answer
start_waiting(int port)
{
	const char *lines = arena_print(
	    arena, "url http://127.0.0.1:%d/\nlimit 9\nsize 0\n", port);
	const struct message_part parts[] = { { lines, strlen(lines) },
		{ "", 0 } };
	struct broker_request asked = { .wish = BROKER_START,
		.task = "fetch",
		.fds = 1 << BROKER_MESSAGE | 1 << BROKER_OUT };
	const int fds[] = { message_make(parts, 2), memfd_create("o", 0) };
	const struct broker_answer answer = ask(&asked, fds, 2);

	(void)close(fds[0]);
	(void)close(fds[1]);
	return answer;
}

static void
test_crowd(int port)
{
	struct broker_request asked = { .wish = BROKER_KILL };
	struct broker_answer answers[BROKER_TASKS + 1];
	bool killed = true;

	for (size_t i = 0; i <= BROKER_TASKS; i++)
		answers[i] = start_waiting(port);
	tap(answers[BROKER_TASKS - 1].word == BROKER_STARTED,
	    "so many tasks at a time");
	tap(answers[BROKER_TASKS].word == BROKER_REFUSED,
	    "and no more of them");
	asked.id = UINT32_MAX;
	say(&asked, sizeof(asked), NULL, 0);
	for (size_t i = 0; i < BROKER_TASKS; i++) {
		asked.id = answers[i].id;
		say(&asked, sizeof(asked), NULL, 0);
		killed = killed && hear().status == 128 + SIGKILL;
	}
	tap(killed && is_right(), "they are ended one by one");
}

/* The broker's child that is not this process. */
static pid_t
other_child(void)
{
	const char *path = arena_print(
	    arena, "/proc/%d/task/%d/children", getppid(), getppid());
	FILE *children = fopen(path, "r");
	long pid;

	must(children != NULL);
	while (fscanf(children, "%ld", &pid) == 1 && pid == getpid())
		;
	(void)fclose(children);
	return (pid_t)pid;
}

/* As the owner of an area can do with what runs with his rights. */
static void
test_stop(int port)
{
	struct broker_answer answer = start_waiting(port);

	must(answer.word == BROKER_STARTED);
	must(kill(other_child(), SIGSTOP) == 0);
	answer = hear();
	tap(answer.word == BROKER_ENDED && answer.status == 128 + SIGKILL &&
		is_right(),
	    "a task that somebody stops is ended");
}

static int
all(struct agent *chief, void *context)
{
	const int port = be_silent();

	(void)context;
	arena = chief->arena;
	tap(is_right(), "a right request");
	test_grants();
	test_owners();
	test_words();
	test_shapes();
	test_descriptors();
	test_messages();
	test_noise();
	test_crowd(port);
	test_stop(port);
	/* And what is under way when the chief goes, goes too. */
	must(start_waiting(port).word == BROKER_STARTED);
	return tap_end();
}

static void
prepare(void)
{
	const struct passwd *user =
	    geteuid() == 0 ? getpwnam("nobody") : getpwuid(geteuid());
	int at;

	must(user != NULL && mkdtemp(top) != NULL && chmod(top, 0755) == 0);
	at = open(top, O_RDONLY | O_DIRECTORY);
	owner = arena_copy(arena, user->pw_name);
	agent = (struct agent){
		.arena = arena,
		.root = geteuid() == 0,
		.stranger = { .drop = geteuid() == 0,
		    .uid = user->pw_uid,
		    .gid = user->pw_gid },
		.conf = { .server = "host1",
		    .area_root = top,
		    .least_uid = 100,
		    .manager_key = secret_key_make(arena) },
	};
	must(mkdirat(at, "anna", 0700) == 0 &&
	     fchownat(at, "anna", user->pw_uid, user->pw_gid, 0) == 0);
	must(symlinkat("anna", at, "link") == 0 &&
	     close(openat(at, "file", O_CREAT | O_WRONLY, 0644)) == 0);
	/* Root's, or, for anybody else, not there. */
	if (agent.root)
		must(mkdirat(at, "foreign", 0755) == 0);
	(void)close(at);
}

/* Killed before the broker returned: nothing is left to wait for. */
static bool
nobody_is_left(void)
{
	return waitpid(-1, NULL, WNOHANG) < 0 && errno == ECHILD;
}

int
main(void)
{
	int code, at;

	arena = arena_new();
	prepare();
	code = under_broker(&agent, all, NULL);
	if (!nobody_is_left())
		code = 1;
	at = open(top, O_RDONLY | O_DIRECTORY);
	must(dir_clear(at, ".") && rmdir(top) == 0);
	(void)close(at);
	arena_free(arena);
	return code;
}
