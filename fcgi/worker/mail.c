/* mail: hands waiting mails to sendmail, each in transactions of its own, so
 * that a mail is never lost and hardly ever sent twice. */

#include "data/mail.h"

#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/setting.h"
#include "data/work.h"
#include "worker/letter.h"
#include "worker/worker.h"

extern char **environ;

enum { MAILS_A_TURN = 50 };

static enum db_status
take(struct work *work, void *context)
{
	const struct mail **mail_r = context;
	const enum db_status status = mail_next(work, mail_r);

	return status != DB_OK ? status : mail_take(work, (*mail_r)->mail_id);
}

static bool
start_sendmail(int input, pid_t *pid_r)
{
	char path[512], sender[300];
	char *const arguments[] = { path, (char[]){ "-t" }, (char[]){ "-i" },
		(char[]){ "-f" }, sender, NULL };
	posix_spawn_file_actions_t actions;

	snprintf(path, sizeof(path), "%s", setting_text("mail.command"));
	snprintf(sender, sizeof(sender), "%s", setting_text("mail.from"));
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
	const int error =
	    posix_spawn(pid_r, path, &actions, NULL, arguments, environ);
	posix_spawn_file_actions_destroy(&actions);
	errno = error;
	return error == 0;
}

static bool
write_all(int to, const char *bytes)
{
	size_t left = strlen(bytes);

	while (left > 0) {
		const ssize_t n = write(to, bytes, left);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		bytes += n;
		left -= (size_t)n;
	}
	return true;
}

/* Whole before anybody reads it: with a pipe, sendmail would take what came
 * before our death for all of it. */
static int
hold_message(const char *message)
{
	const int fd = memfd_create("mail", MFD_CLOEXEC);

	if (fd < 0)
		return -1;
	if (write_all(fd, message) && lseek(fd, 0, SEEK_SET) == 0)
		return fd;
	close(fd);
	return -1;
}

/* sendmail's exit status (sysexits.h). */
static int
send_message(const char *message)
{
	const int held = hold_message(message);
	int state;
	pid_t pid;

	if (held < 0)
		return EX_OSERR;
	const bool started = start_sendmail(held, &pid);
	close(held);
	if (!started)
		return EX_UNAVAILABLE;
	while (waitpid(pid, &state, 0) < 0)
		if (errno != EINTR)
			return EX_OSERR;
	return WIFEXITED(state) ? WEXITSTATUS(state) : EX_TEMPFAIL;
}

struct outcome {
	const struct mail *mail;
	const char *error; /* NULL: it is sent */
};

static enum db_status
note(struct work *work, void *context)
{
	const struct outcome *outcome = context;

	if (outcome->error == NULL)
		return mail_set_sent(work, outcome->mail->mail_id);
	return mail_set_failed(work, outcome->mail->mail_id, outcome->error);
}

static enum db_status
post(struct work *work, const struct mail *mail)
{
	struct outcome outcome = { .mail = mail };
	const struct page *page;
	const enum db_status status = letter_page(work, mail, &page);

	if (status != DB_OK && status != DB_NONE)
		return status;
	const char *message =
	    status == DB_OK ? letter_message(work, mail, page) : NULL;
	if (message == NULL) {
		outcome.error = status == DB_NONE ? "its subject is gone"
						  : "the stylesheet failed";
	} else {
		const int code = send_message(message);
		if (code != EX_OK)
			outcome.error = arena_print(
			    work->arena, "sendmail ended with %d", code);
	}
	if (outcome.error != NULL)
		log_event(LOG_WARN, "mail.failed", "kind=%s error=%s",
		    mail->kind, outcome.error);
	return db_transact(work, note, &outcome);
}

enum db_status
worker_mail(struct work *work)
{
	for (int i = 0; i < MAILS_A_TURN; i++) {
		const struct mail *mail;
		enum db_status status = db_transact(work, take, &mail);
		if (status == DB_NONE)
			return DB_OK;
		if (status == DB_OK)
			status = post(work, mail);
		if (status != DB_OK)
			return status;
	}
	return DB_OK;
}
