/* parcel: takes a program that moves from the agent of one server and gives
 * it to the agent of another, each against the manager's ticket. */

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/secret.h"
#include "base/setting.h"
#include "base/text.h"
#include "data/move.h"
#include "depot/ticket.h"
#include "shop/parcel.h"
#include "web/gate.h"

enum { PIECE = 65536, MIB = 1 << 20, RESERVE = 16 * MIB };

static struct secret_key *job_key; /* lives as long as the process */

static bool
start(void)
{
	static struct arena *kept;

	kept = arena_new();
	job_key = secret_key_load(
	    kept, arena_print(kept, "%s/job.pub", setting_text("key.dir")));
	if (job_key == NULL)
		log_event(LOG_FAULT, "parcel.no-key", "dir=%s",
		    setting_text("key.dir"));
	return job_key != NULL;
}

/* One transfer. */
struct transfer {
	const struct call *call;
	bool comes;
	struct ticket ticket;
	int64_t move_id;
	const char *path;
	const char *part;
	int file;
	unsigned char sha256[SECRET_DIGEST];
	int64_t size;
	const char *error; /* of the disk */
};

/* The job that the ticket is for must still run: a ticket is good for a day,
 * a job may end before. */
static enum db_status
find(struct work *work, void *context)
{
	const struct transfer *transfer = context;

	return move_is_at(work, transfer->move_id, transfer->ticket.job,
	    transfer->comes ? "export" : "import", transfer->ticket.server);
}

static bool
has_ticket(struct transfer *transfer)
{
	const struct call *call = transfer->call;
	const char *ticket = call_header(call, "HTTP_KAGIYA_TICKET");
	struct arena *arena = call->work->arena;

	return ticket != NULL &&
	       ticket_read(arena, job_key, ticket, call->work->now,
		   &transfer->ticket) &&
	       strcmp(transfer->ticket.package,
		   transfer->comes ? PARCEL_PUT : PARCEL_GET) == 0 &&
	       text_number(
		   transfer->ticket.version, 1, INT64_MAX, &transfer->move_id);
}

static bool
is_allowed(struct transfer *transfer, struct answer *answer)
{
	enum db_status status;

	if (!has_ticket(transfer)) {
		log_event(LOG_WARN, "parcel.no-ticket", "address=%s",
		    transfer->call->address);
		gate_say(answer, 403, "A ticket of the manager is wanted.\n");
		return false;
	}
	status = db_transact(transfer->call->work, find, transfer);
	if (status == DB_NONE)
		gate_say(answer, 403, "No such job is under way.\n");
	else if (status != DB_OK)
		gate_say(answer, 503, "Not now.\n");
	return status == DB_OK;
}

/* Space for all of it, and something for the others. */
static bool
has_room(struct transfer *transfer)
{
	const size_t wanted = transfer->call->length;
	struct statvfs facts;

	if (fstatvfs(transfer->file, &facts) != 0)
		return true;
	return (uint64_t)facts.f_bavail * facts.f_frsize >= wanted + RESERVE;
}

static bool
write_all(int file, const char *bytes, size_t length)
{
	while (length > 0) {
		const ssize_t n = write(file, bytes, length);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		bytes += n;
		length -= (size_t)n;
	}
	return true;
}

static int
fail(struct transfer *transfer)
{
	transfer->error = strerror(errno);
	return 507;
}

/* 0, or the status it is refused with. */
static int
store(struct transfer *transfer)
{
	struct arena *arena = transfer->call->work->arena;
	struct secret_hash *hash = secret_hash_new(arena);
	char *piece = arena_alloc(arena, PIECE);
	ssize_t n;

	while ((n = call_read(transfer->call, piece, PIECE)) > 0) {
		secret_hash_add(hash, piece, (size_t)n);
		transfer->size += n;
		if (!write_all(transfer->file, piece, (size_t)n))
			return fail(transfer);
	}
	secret_hash_end(hash, transfer->sha256);
	if (n < 0 || (size_t)transfer->size != transfer->call->length ||
	    transfer->size == 0)
		return 400;
	return fsync(transfer->file) == 0 ? 0 : fail(transfer);
}

/* Whole or not there: an agent that sends it again replaces it. */
static int
keep(struct transfer *transfer)
{
	int status = 507;

	if (has_room(transfer))
		status = store(transfer);
	if (status == 0 && rename(transfer->part, transfer->path) != 0)
		status = fail(transfer);
	if (status != 0)
		(void)unlink(transfer->part);
	(void)close(transfer->file);
	return status;
}

static void
say_stored(struct transfer *transfer, struct answer *answer)
{
	struct arena *arena = transfer->call->work->arena;

	log_event(LOG_NOTE, "parcel.stored", "move=%lld job=%lld size=%lld",
	    (long long)transfer->move_id, (long long)transfer->ticket.job,
	    (long long)transfer->size);
	gate_say(answer, 200,
	    arena_print(arena, "parcel %s %lld\n",
		text_hex(arena, transfer->sha256, SECRET_DIGEST),
		(long long)transfer->size));
}

static void
say_not_stored(struct transfer *transfer, int status, struct answer *answer)
{
	log_event(LOG_WARN, "parcel.not-stored",
	    "move=%lld status=%d size=%lld of=%zu error=%s",
	    (long long)transfer->move_id, status, (long long)transfer->size,
	    transfer->call->length,
	    transfer->error == NULL ? "none" : transfer->error);
	gate_say(answer, status,
	    status == 507 ? "There is no room for it.\n"
			  : "It did not come whole.\n");
}

static void
take(struct transfer *transfer, struct answer *answer)
{
	const struct call *call = transfer->call;
	int status;

	if (call->length / MIB > (size_t)setting_number("parcel.limit_mb")) {
		gate_say(answer, 413, "It is larger than may be moved.\n");
		return;
	}
	transfer->part = parcel_part_path(
	    call->work->arena, transfer->move_id, call->request_id);
	transfer->file = open(transfer->part,
	    O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0640);
	status = transfer->file < 0 ? fail(transfer) : keep(transfer);
	if (status == 0)
		say_stored(transfer, answer);
	else
		say_not_stored(transfer, status, answer);
}

/* A web server that can send files by itself says where it has the folder;
 * for the others we send it. */
static void
give(struct transfer *transfer, struct answer *answer)
{
	const struct call *call = transfer->call;
	const char *accel = call_header(call, "KAGIYA_ACCEL");
	struct stat facts;

	transfer->file =
	    open(transfer->path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	if (transfer->file < 0 || fstat(transfer->file, &facts) != 0 ||
	    facts.st_size <= 0) {
		gate_say(answer, 404, "It is not here.\n");
		return;
	}
	answer->status = 200;
	answer->content_type = "application/octet-stream";
	if (accel == NULL) {
		answer->file = transfer->file;
		answer->length = (size_t)facts.st_size;
		return;
	}
	(void)close(transfer->file);
	answer->headers[0] = "X-Accel-Redirect";
	answer->headers[1] = arena_print(
	    call->work->arena, "%s%lld", accel, (long long)transfer->move_id);
}

static void
act(const struct call *call, struct answer *answer)
{
	struct transfer transfer = {
		.call = call,
		.comes = strcmp(call->method, "POST") == 0,
	};

	if (!is_allowed(&transfer, answer))
		return;
	transfer.path = parcel_path(call->work->arena, transfer.move_id);
	if (transfer.comes)
		take(&transfer, answer);
	else
		give(&transfer, answer);
}

const struct gate gate = {
	.name = "parcel",
	.methods = GATE_POST | GATE_GET,
	.streams = true,
	.start = start,
	.act = act,
};
