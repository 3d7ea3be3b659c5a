/* stage: what happens in the shop beside its screens, done by the same rules:
 * makers publish, agents report, programs check their keys, banks pay. For
 * tests: `stage VERB ARGUMENT...`, settings as for any program. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/secret.h"
#include "base/setting.h"
#include "data/account.h"
#include "data/area.h"
#include "data/depot.h"
#include "data/keycheck_event.h"
#include "data/license.h"
#include "data/price.h"
#include "data/server.h"
#include "data/software.h"
#include "data/work.h"
#include "shop/action.h"
#include "shop/delivery.h"
#include "shop/invoice.h"
#include "shop/notify.h"
#include "shop/pay.h"
#include "shop/publish.h"

static void
done(enum db_status status, const char *what)
{
	if (status == DB_OK)
		return;
	fprintf(stderr, "stage: %s: status %d\n", what, (int)status);
	exit(1);
}

static int64_t
number(const char *text)
{
	return strtoll(text, NULL, 10);
}

/* NAME OS IP PHP MARIADB */
static enum db_status
server(struct work *work, char **word)
{
	const struct server server = {
		.name = word[0],
		.os_model = word[1],
		.ip_address = word[2],
		.php = word[3],
		.mariadb = word[4],
		.public_key = { "01234567890123456789012345678901", 32 },
	};
	int64_t id;

	return server_add(work, &server, &id);
}

/* LOGIN SERVER NAME URL */
static enum db_status
area(struct work *work, char **word)
{
	const struct account *owner;
	const struct server *host;
	int64_t id;
	enum db_status status = account_by_login(work, word[0], &owner);

	if (status == DB_OK)
		status = server_by_name(work, word[1], &host);
	if (status != DB_OK)
		return status;
	return area_add(work,
	    &(struct area){
		.account_id = owner->account_id,
		.server_id = host->server_id,
		.name = word[2],
		.owner = "www",
		.url = word[3],
		.quota_mb = 100,
	    },
	    &id);
}

/* NAME URL */
static enum db_status
depot(struct work *work, char **word)
{
	const struct depot depot = {
		.name = word[0],
		.url = word[1],
		.public_key = { "98765432109876543210987654321098", 32 },
	};
	int64_t id;

	return depot_add(work, &depot, &id);
}

static struct publication
publication_of(struct work *work, char **word)
{
	struct publication_text *texts =
	    arena_array(work->arena, 2, sizeof(*texts));
	unsigned char *digest = arena_alloc(work->arena, SECRET_DIGEST);

	secret_sha256(word[9], strlen(word[9]), digest);
	for (size_t i = 0; i < 2; i++)
		texts[i] = (struct publication_text){
			.language = i == 0 ? "ja" : "en",
			.name = word[6 + i],
			.summary = i == 0 ? "概要" : "summary & more",
			.description = "<p>It <em>works</em>.</p>",
			.feature = word[8],
		};
	return (struct publication){
		.code = word[1],
		.version = word[2],
		.maker = "Maker",
		.maker_url = "https://maker.example/",
		.category = word[3],
		.kind = "program",
		.model = word[4],
		.trial_days = number(word[5]),
		.released_on = work->today,
		.manifest = word[9],
		.manifest_sha256 = { digest, SECRET_DIGEST },
		.archive_size = 1000,
		.unpacked_size = number(word[10]) << 20,
		.file_count = 3,
		.os = "",
		.php_min = word[11],
		.mariadb_min = "",
		.entry = "index.php",
		.icon = "",
		.texts = texts,
		.text_count = 2,
	};
}

/* DEPOT CODE VERSION CATEGORY MODEL DAYS NAME_JA NAME_EN FEATURE MANIFEST
 * MIB PHP [RELATED] */
static enum db_status
publish(struct work *work, char **word)
{
	const struct depot *from;
	const struct software *software;
	enum publish how;
	struct publication publication = publication_of(work, word);
	const char *related[] = { word[12] };
	enum db_status status = depot_by_name(work, word[0], &from);

	publication.related = related;
	publication.related_count = word[12] != NULL ? 1 : 0;
	if (status == DB_OK)
		status = publish_version(work, from, &publication, &how);
	if (status == DB_OK)
		status = software_any(work, word[1], "ja", &software);
	if (status == DB_OK)
		status =
		    software_set_visible(work, software->software_id, true);
	return status;
}

/* CODE */
static enum db_status
hide(struct work *work, char **word)
{
	const struct software *software;
	const enum db_status status =
	    software_any(work, word[0], "ja", &software);

	if (status != DB_OK)
		return status;
	return software_set_visible(work, software->software_id, false);
}

/* CODE USERS_FROM YEN */
static enum db_status
price(struct work *work, char **word)
{
	const struct software *software;
	const enum db_status status =
	    software_any(work, word[0], "ja", &software);

	if (status != DB_OK)
		return status;
	return price_set(work, &(struct price){
				   .software_id = software->software_id,
				   .users_from = number(word[1]),
				   .amount = number(word[2]),
				   .tax_percent = 10,
				   .valid_from = work->today,
			       });
}

#define DIGEST "0123456789abcdef0123456789abcdef"

/* What the end of a job that went well says beside. */
static void
add_end(struct work *work, const struct job_order *order,
    struct delivery_report *told)
{
	if (strcmp(told->step, "REPORTED") != 0)
		return;
	if (strcmp(order->action, "export") == 0)
		told->detail = "parcel " DIGEST DIGEST " 4000";
	if (strcmp(order->action, "backup") == 0) {
		told->detail = "backup 2048";
		told->left_over =
		    arena_print(work->arena, "backup-%s-%lld.tar.gz\n",
			order->serial, (long long)order->job_id);
	}
	if (strcmp(order->action, "upgrade") == 0)
		told->left_over = "conf/site.ini.new\nindex.php.orig\n";
}

static enum db_status
report(struct work *work, const struct job_order *order, int64_t server_id,
    const char *step, const char *state, const char *detail)
{
	struct delivery_report told = {
		.job_id = order->job_id,
		.step = step,
		.state = state,
		.detail = detail,
		.bytes_done = order->archive_size,
		.bytes_total = order->archive_size,
		.left_over = "",
	};
	enum delivery_result result;

	if (strcmp(state, "done") == 0)
		add_end(work, order, &told);
	result = delivery_report(work, server_id, &told);
	return result == DELIVERY_DONE || result == DELIVERY_OVER ? DB_OK
								  : DB_FAILED;
}

/* SERVER [STEP DETAIL]: the agent does its next job, up to a failure in that
 * step. */
static enum db_status
deliver(struct work *work, char **word)
{
	const struct server *host;
	const struct job_order *order;
	const struct action_step *step;
	enum db_status status = server_by_name(work, word[0], &host);

	if (status == DB_OK)
		status = server_seen(work, host->server_id, "1");
	if (status == DB_OK &&
	    delivery_next(work, host->server_id, NULL, &order) != DELIVERY_DONE)
		return DB_NONE;
	if (status != DB_OK)
		return status;
	for (step = action_find(order->action)->steps;
	     status == DB_OK && step->name != NULL; step++) {
		const bool fails =
		    word[1] != NULL && strcmp(word[1], step->name) == 0;

		status = report(work, order, host->server_id, step->name,
		    fails ? "failed" : "done", fails ? word[2] : "");
		if (fails)
			break;
	}
	return status;
}

/* SERVER: the agent fetches its next job and has begun. */
static enum db_status
begin(struct work *work, char **word)
{
	const struct server *host;
	const struct job_order *order;
	enum db_status status = server_by_name(work, word[0], &host);

	if (status == DB_OK)
		status = server_seen(work, host->server_id, "1");
	if (status == DB_OK &&
	    delivery_next(work, host->server_id, NULL, &order) != DELIVERY_DONE)
		return DB_NONE;
	if (status == DB_OK)
		status = report(
		    work, order, host->server_id, "PLANNED", "running", "");
	return status;
}

/* SERVER: the agent hears that its job was called off and undoes it. */
static enum db_status
stop(struct work *work, char **word)
{
	const struct server *host;
	const struct job *jobs;
	size_t count;
	struct delivery_report told = { .step = "CHECKED", .state = "running" };
	enum db_status status = server_by_name(work, word[0], &host);

	if (status == DB_OK)
		status = job_list_open(work, host->server_id, &jobs, &count);
	if (status != DB_OK || count == 0)
		return DB_NONE;
	told.job_id = jobs[0].job_id;
	if (delivery_report(work, host->server_id, &told) != DELIVERY_OVER)
		return DB_FAILED;
	told.state = "failed";
	told.detail = "agent.cancelled";
	return delivery_report(work, host->server_id, &told) == DELIVERY_DONE
		   ? DB_OK
		   : DB_FAILED;
}

/* SERIAL: the program was started with the right key. */
static enum db_status
enter(struct work *work, char **word)
{
	const struct license *license;
	enum db_status status = license_any(work, word[0], &license);

	if (status != DB_OK)
		return status;
	return keycheck_event_add(work, &(struct keycheck_event){
					    .serial = license->serial,
					    .instance = license->instance,
					    .version = license->version,
					    .why = "activate",
					    .code = "VALID",
					    .key_state = "valid",
					    .address = "127.0.0.1",
					});
}

/* INVOICE YEN */
static enum db_status
pay(struct work *work, char **word)
{
	const struct pay_money money = {
		.invoice_no = word[0],
		.amount = number(word[1]),
		.received_on = work->today,
		.reference = word[0],
	};

	return pay_record(work, &money, NULL) == PAY_RECORDED ? DB_OK
							      : DB_FAILED;
}

static const struct {
	const char *name;
	int words;
	enum db_status (*act)(struct work *work, char **word);
} verbs[] = {
	{ "server", 5, server },
	{ "area", 4, area },
	{ "depot", 2, depot },
	{ "publish", 12, publish },
	{ "hide", 1, hide },
	{ "price", 3, price },
	{ "deliver", 1, deliver },
	{ "begin", 1, begin },
	{ "stop", 1, stop },
	{ "enter", 1, enter },
	{ "pay", 2, pay },
};

struct act {
	enum db_status (*act)(struct work *work, char **word);
	char **word;
};

static enum db_status
run(struct work *work, void *context)
{
	const struct act *act = context;

	return act->act(work, act->word);
}

static int
usage(void)
{
	fprintf(stderr, "usage: stage VERB ARGUMENT...\n");
	return 2;
}

static int
find_and_run(struct work *work, int count, char **word)
{
	size_t n = 0;

	for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++) {
		struct act act = { verbs[i].act, word + 2 };

		if (strcmp(word[1], verbs[i].name) != 0)
			continue;
		if (count - 2 < verbs[i].words)
			return usage();
		done(db_transact(work, run, &act), word[1]);
		return 0;
	}
	/* These make their own transactions. */
	if (strcmp(word[1], "invoice") == 0)
		done(invoice_from_events(work, &n), word[1]);
	else if (strcmp(word[1], "notify") == 0)
		done(notify_all(work, &n), word[1]);
	else
		return usage();
	printf("%zu\n", n);
	return 0;
}

int
main(int count, char **word)
{
	struct arena *arena = arena_new();
	struct work work;
	int code;

	if (count < 2)
		return usage();
	if (!setting_load("stage"))
		return 3;
	work = work_now(arena, db_new());
	code = find_and_run(&work, count, word);
	db_free(work.db);
	arena_free(arena);
	return code;
}
