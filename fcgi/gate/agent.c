/* agent: gives signed jobs to the hosting servers' agents and takes their
 * reports; both sides prove themselves with their keys over the raw body. */

#include <jansson.h>
#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/secret.h"
#include "base/setting.h"
#include "base/text.h"
#include "data/depot.h"
#include "data/server.h"
#include "depot/order.h"
#include "depot/sign.h"
#include "depot/ticket.h"
#include "shop/delivery.h"
#include "shop/key_set.h"
#include "shop/parcel.h"
#include "shop/sealed.h"
#include "web/gate.h"

enum {
	CLOCK_SLACK = 300,    /* seconds between the two clocks */
	VALID = 600,          /* seconds that a job is good for */
	PARCEL_VALID = 86400, /* seconds in which it must be packed and sent */
};

/* Live as long as the process. */
static struct secret_key *job_key;

static bool
start(void)
{
	static struct arena *kept;

	kept = arena_new();
	job_key = secret_key_load(
	    kept, arena_print(kept, "%s/job.pem", setting_text("key.dir")));
	if (job_key == NULL)
		log_event(LOG_FAULT, "agent.no-key", "dir=%s",
		    setting_text("key.dir"));
	return job_key != NULL && key_set_now() != NULL;
}

/* One poll on its way through the transaction. */
struct hearing {
	const struct call *call;
	const struct server *server;
	const struct order_poll *poll;
	const struct order_job *job;
	struct order_heard *heard;
	int64_t *held; /* jobs that the agent has set aside */
	size_t held_count;
};

static const char *
lines(struct arena *arena, const struct order_report *report)
{
	struct text *text;

	if (report->left_count == 0)
		return NULL;
	text = text_new(arena, 60000);
	for (size_t i = 0; i < report->left_count; i++)
		text_print(text, "%s\n", report->left[i]);
	return text->bytes;
}

static enum db_status
hear_report(struct hearing *hearing, struct work *work, size_t i)
{
	const struct order_report *report = &hearing->poll->reports[i];
	const struct delivery_report delivery = {
		.job_id = report->job,
		.step = report->step,
		.state = report->state,
		.detail = report->detail,
		.bytes_done = report->bytes,
		.bytes_total = report->total,
		.left_over = lines(work->arena, report),
	};

	if (strcmp(report->state, "held") == 0)
		hearing->held[hearing->held_count++] = report->job;
	hearing->heard[i] = (struct order_heard){ .job = report->job };
	switch (delivery_report(work, hearing->server->server_id, &delivery)) {
	case DELIVERY_DONE:
		return DB_OK;
	case DELIVERY_NOTHING:
	case DELIVERY_REFUSED:
	case DELIVERY_OVER:
		hearing->heard[i].over = true;
		return DB_OK;
	case DELIVERY_RETRY:
		return DB_RETRY;
	case DELIVERY_BROKEN:
		break;
	}
	return DB_FAILED;
}

static const struct order_setting *
settings_of(struct arena *arena, const char *text, size_t *count_r)
{
	json_t *json = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
	struct order_setting *settings =
	    arena_array(arena, json_object_size(json), sizeof(*settings));
	const char *name;
	json_t *value;

	json_object_foreach(json, name, value) if (json_is_string(value))
	    settings[(*count_r)++] = (struct order_setting){
		    .name = arena_copy(arena, name),
		    .value = arena_copy(
			arena, sealed_open(arena, json_string_value(value))),
	    };
	json_decref(json);
	return settings;
}

/* One address for all: the ticket says which parcel, and whether it comes or
 * goes. */
static const struct order_parcel *
parcel_of(struct work *work, const struct job_order *order)
{
	struct arena *arena = work->arena;
	struct order_parcel *parcel = arena_alloc(arena, sizeof(*parcel));
	const bool comes = strcmp(order->action, "export") == 0;
	const struct ticket ticket = {
		.package = comes ? PARCEL_PUT : PARCEL_GET,
		.version =
		    arena_print(arena, "%lld", (long long)order->move_id),
		.server = order->server,
		.job = order->job_id,
		.expires = work->now + PARCEL_VALID,
	};

	if (!comes && strcmp(order->action, "import") != 0)
		return NULL;
	*parcel = (struct order_parcel){
		.url = arena_print(arena, "%sparcel", setting_text("site.url")),
		.ticket = ticket_make(arena, job_key, &ticket),
		.size = order->parcel_size,
	};
	if (order->parcel_sha256.length == SECRET_DIGEST)
		memcpy(
		    parcel->sha256, order->parcel_sha256.bytes, SECRET_DIGEST);
	return parcel;
}

/* What an upgrade, its way back, a restoration and a move need beside. */
static void
describe_change(
    struct work *work, const struct job_order *order, struct order_job *job)
{
	job->from = order->from == NULL ? "" : order->from;
	job->restore = order->restore == NULL ? "" : order->restore;
	if (order->from != NULL)
		job->keep_days = setting_number("upgrade.keep_days");
	if (order->move_id != 0)
		job->parcel = parcel_of(work, order);
}

static const struct order_job *
describe(struct work *work, const struct job_order *order)
{
	struct arena *arena = work->arena;
	const char **check_keys =
	    arena_array(arena, KEY_SET_MOST, sizeof(*check_keys));
	struct order_job *job = arena_alloc(arena, sizeof(*job));
	const struct ticket ticket = {
		.package = order->product,
		.version = order->version,
		.server = order->server,
		.job = order->job_id,
		.expires = work->now + VALID,
	};

	*job = (struct order_job){
		.number = order->job_id,
		.action = order->action,
		.server = order->server,
		.area = order->area,
		.owner = order->owner,
		.directory = order->directory,
		.url = order->area_url,
		.package = order->product,
		.version = order->version,
		.serial = order->serial,
		.valid_until = work->now + VALID,
		.backup = order->backup != 0,
		.depot = order->depot,
		.depot_url = order->depot_url,
		.ticket = ticket_make(arena, job_key, &ticket),
		.check_url =
		    arena_print(arena, "%skeycheck", setting_text("site.url")),
		.buy_url = arena_print(arena, "%spurchase?serial=%s",
		    setting_text("site.url"), order->serial),
		.product = order->product,
		.instance = order->instance,
		.public_keys = check_keys,
		.public_key_count =
		    key_set_accepted(key_set_now(), work->now, check_keys),
	};
	describe_change(work, order, job);
	job->grant = sign_grant_make(arena, job_key,
	    &(struct sign_grant){ order->server, order->job_id, order->action,
		order->area, order->owner });
	if (order->manifest_sha256.length == SECRET_DIGEST)
		memcpy(
		    job->manifest, order->manifest_sha256.bytes, SECRET_DIGEST);
	job->settings =
	    settings_of(arena, order->settings, &job->setting_count);
	return job;
}

static enum db_status
next_job(struct hearing *hearing, struct work *work)
{
	const struct delivery_held held = { hearing->held,
		hearing->held_count };
	const struct job_order *order;

	switch (
	    delivery_next(work, hearing->server->server_id, &held, &order)) {
	case DELIVERY_DONE:
		hearing->job = describe(work, order);
		return DB_OK;
	case DELIVERY_NOTHING:
	case DELIVERY_REFUSED:
	case DELIVERY_OVER:
		return DB_OK;
	case DELIVERY_RETRY:
		return DB_RETRY;
	case DELIVERY_BROKEN:
		break;
	}
	return DB_FAILED;
}

/* Depots that nothing is installed from any more: asked for once a second,
 * not for each of a thousand servers. */
static struct {
	struct arena *arena;
	int64_t read_at;
	const char **names;
	size_t count;
} revoked;

static enum db_status
find_revoked(struct work *work)
{
	const struct depot_name *found;
	size_t count;
	enum db_status status;

	if (revoked.arena != NULL && revoked.read_at == work->now)
		return DB_OK;
	status = depot_list_revoked(work, &found, &count);
	if (status != DB_OK)
		return status;
	if (revoked.arena != NULL)
		arena_free(revoked.arena);
	revoked.arena = arena_new();
	revoked.read_at = work->now;
	revoked.names =
	    arena_array(revoked.arena, count, sizeof(*revoked.names));
	revoked.count = count;
	for (size_t i = 0; i < count; i++)
		revoked.names[i] = arena_copy(revoked.arena, found[i].name);
	return DB_OK;
}

static enum db_status
hear(struct work *work, void *context)
{
	struct hearing *hearing = context;
	const struct order_poll *poll = hearing->poll;
	enum db_status status =
	    server_seen(work, hearing->server->server_id, poll->version);

	hearing->job = NULL;
	hearing->heard = arena_array(
	    work->arena, poll->report_count, sizeof(*hearing->heard));
	hearing->held = arena_array(
	    work->arena, poll->report_count, sizeof(*hearing->held));
	hearing->held_count = 0;
	for (size_t i = 0; status == DB_OK && i < poll->report_count; i++)
		status = hear_report(hearing, work, i);
	if (status == DB_OK)
		status = find_revoked(work);
	if (status == DB_OK && !poll->busy)
		status = next_job(hearing, work);
	return status;
}

/* What the body's own words are worth is known by its signature alone, so
 * the server's name comes in a header. */
static enum db_status
find_server(struct work *work, void *context)
{
	struct hearing *hearing = context;
	const char *name = call_header(hearing->call, "HTTP_KAGIYA_SERVER");

	return name == NULL ? DB_NONE
			    : server_by_name(work, name, &hearing->server);
}

static const char *
doubt(struct hearing *hearing)
{
	const struct call *call = hearing->call;
	const struct server *server = hearing->server;
	struct arena *arena = call->work->arena;

	if (server->revoked_at != 0)
		return "This server's key was revoked.\n";
	if (server->public_key.length != SECRET_PUBLIC ||
	    !sign_is_right(arena,
		secret_key_public(arena, server->public_key.bytes), SIGN_POLL,
		call->body, call->length,
		call_header(call, "HTTP_KAGIYA_SIGNATURE")))
		return "The signature is not this server's.\n";
	hearing->poll = order_poll_read(arena, call->body, call->length);
	if (hearing->poll == NULL)
		return "This is no poll.\n";
	if (strcmp(hearing->poll->server, server->name) != 0)
		return "The poll is another server's.\n";
	if (hearing->poll->time < call->work->now - CLOCK_SLACK ||
	    hearing->poll->time > call->work->now + CLOCK_SLACK)
		return "The clocks differ by more than five minutes.\n";
	return NULL;
}

static void
reply(struct hearing *hearing, struct answer *answer)
{
	struct work *work = hearing->call->work;
	const struct order_answer order = {
		.server = hearing->server->name,
		.time = work->now,
		.nonce = hearing->poll->nonce,
		.poll_seconds = setting_number("agent.poll_seconds"),
		.heard = hearing->heard,
		.heard_count = hearing->poll->report_count,
		.revoked = revoked.names,
		.revoked_count = revoked.count,
		.job = hearing->job,
	};
	struct text *out = text_new(work->arena, ORDER_LIMIT);

	order_answer_write(out, &order);
	answer->status = 200;
	answer->content_type = "application/xml";
	answer->body = out->bytes;
	answer->length = out->length;
	answer->headers[0] = "Kagiya-Signature";
	answer->headers[1] =
	    sign_make(work->arena, job_key, SIGN_JOB, out->bytes, out->length);
}

static void
act(const struct call *call, struct answer *answer)
{
	struct hearing hearing = { .call = call };
	enum db_status status = db_transact(call->work, find_server, &hearing);
	const char *words;

	if (status == DB_NONE) {
		gate_say(answer, 403, "No such server.\n");
		return;
	}
	words = status == DB_OK ? doubt(&hearing) : NULL;
	if (words != NULL) {
		log_event(LOG_WARN, "agent.refused",
		    "server=%s address=%s why=%s", hearing.server->name,
		    call->address, words);
		gate_say(answer, 403, words);
		return;
	}
	if (status == DB_OK)
		status = db_transact(call->work, hear, &hearing);
	if (status == DB_OK)
		reply(&hearing, answer);
	else
		gate_say(answer, 503, "Not now.\n");
}

const struct gate gate = {
	.name = "agent",
	.methods = GATE_POST,
	.limit = ORDER_LIMIT,
	.start = start,
	.act = act,
};
