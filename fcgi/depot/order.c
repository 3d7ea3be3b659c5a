/* order: what agent and manager say to each other. */

#include "depot/order.h"

#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/text.h"
#include "depot/grammar.h"
#include "depot/sign.h"

#define HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"

static const char *
yes(bool flag)
{
	return flag ? "yes" : "no";
}

static void
put_time(struct text *out, const char *name, int64_t time)
{
	xml_put(out, name, clock_time_text(out->arena, time));
}

static void
put_known(struct text *out, const char *name, const char *value)
{
	if (value != NULL && *value != '\0')
		xml_put(out, name, value);
}

static void
add_element(struct text *out, const char *name, const char *value)
{
	text_print(out, "<%s>", name);
	xml_escape(out, value);
	text_print(out, "</%s>\n", name);
}

void
order_poll_write(struct text *out, const struct order_poll *poll)
{
	text_add(out, HEAD "<poll");
	xml_put(out, "server", poll->server);
	put_time(out, "time", poll->time);
	xml_put(out, "nonce", poll->nonce);
	xml_put(out, "version", poll->version);
	xml_put(out, "busy", yes(poll->busy));
	put_known(out, "sandbox", poll->sandbox);
	text_add(out, ">\n");
	for (size_t i = 0; i < poll->report_count; i++) {
		const struct order_report *report = &poll->reports[i];

		text_add(out, "<report");
		xml_put_number(out, "job", report->job);
		xml_put(out, "step", report->step);
		xml_put(out, "state", report->state);
		xml_put_number(out, "bytes", report->bytes);
		xml_put_number(out, "total", report->total);
		text_add(out, ">");
		add_element(out, "detail", report->detail);
		for (size_t j = 0; j < report->left_count; j++)
			add_element(out, "left", report->left[j]);
		text_add(out, "</report>\n");
	}
	text_add(out, "</poll>\n");
}

static void
write_license(struct text *out, const struct order_job *job)
{
	text_add(out, "<license");
	xml_put(out, "check_url", job->check_url);
	xml_put(out, "buy_url", job->buy_url);
	xml_put(out, "product", job->product);
	xml_put(out, "instance", job->instance);
	text_add(out, ">\n");
	for (size_t i = 0; i < job->public_key_count; i++)
		add_element(out, "public_key", job->public_keys[i]);
	text_add(out, "</license>\n");
}

static void
write_parcel(struct text *out, const struct order_parcel *parcel)
{
	text_add(out, "<parcel");
	xml_put(out, "url", parcel->url);
	if (parcel->size > 0) {
		xml_put(out, "sha256",
		    text_hex(out->arena, parcel->sha256, SECRET_DIGEST));
		xml_put_number(out, "size", parcel->size);
	}
	text_add(out, ">\n");
	add_element(out, "ticket", parcel->ticket);
	text_add(out, "</parcel>\n");
}

static void
write_job(struct text *out, const struct order_job *job)
{
	text_add(out, "<job");
	xml_put_number(out, "number", job->number);
	xml_put(out, "action", job->action);
	xml_put(out, "server", job->server);
	xml_put(out, "area", job->area);
	xml_put(out, "owner", job->owner);
	xml_put(out, "directory", job->directory);
	xml_put(out, "url", job->url);
	xml_put(out, "package", job->package);
	xml_put(out, "version", job->version);
	xml_put(out, "manifest",
	    text_hex(out->arena, job->manifest, SECRET_DIGEST));
	xml_put(out, "serial", job->serial);
	put_time(out, "valid_until", job->valid_until);
	xml_put(out, "backup", yes(job->backup));
	put_known(out, "from", job->from);
	if (job->keep_days > 0)
		xml_put_number(out, "keep_days", job->keep_days);
	put_known(out, "restore", job->restore);
	text_add(out, ">\n");
	if (job->grant != NULL && *job->grant != '\0')
		add_element(out, "grant", job->grant);
	if (job->parcel != NULL)
		write_parcel(out, job->parcel);
	text_add(out, "<depot");
	xml_put(out, "name", job->depot);
	xml_put(out, "url", job->depot_url);
	text_add(out, ">\n");
	add_element(out, "ticket", job->ticket);
	text_add(out, "</depot>\n");
	write_license(out, job);
	for (size_t i = 0; i < job->setting_count; i++) {
		text_add(out, "<setting");
		xml_put(out, "name", job->settings[i].name);
		text_add(out, ">");
		xml_escape(out, job->settings[i].value);
		text_add(out, "</setting>\n");
	}
	text_add(out, "</job>\n");
}

void
order_answer_write(struct text *out, const struct order_answer *answer)
{
	text_add(out, HEAD "<answer");
	xml_put(out, "server", answer->server);
	put_time(out, "time", answer->time);
	xml_put(out, "nonce", answer->nonce);
	text_add(out, ">\n<poll");
	xml_put_number(out, "seconds", answer->poll_seconds);
	text_add(out, "/>\n");
	for (size_t i = 0; i < answer->heard_count; i++) {
		text_add(out, "<heard");
		xml_put_number(out, "job", answer->heard[i].job);
		xml_put(out, "over", yes(answer->heard[i].over));
		text_add(out, "/>\n");
	}
	for (size_t i = 0; i < answer->revoked_count; i++) {
		text_add(out, "<revoked");
		xml_put(out, "depot", answer->revoked[i]);
		text_add(out, "/>\n");
	}
	if (answer->job != NULL)
		write_job(out, answer->job);
	text_add(out, "</answer>\n");
}

/* The grammar has said that numbers and flags are such. */
static int64_t
number(struct arena *arena, struct xml_node *node, const char *name)
{
	int64_t value = 0;

	(void)xml_number(arena, node, name, 0, INT64_MAX, &value);
	return value;
}

static bool
flag(struct arena *arena, struct xml_node *node, const char *name)
{
	return strcmp(xml_attribute(arena, node, name), "yes") == 0;
}

static struct xml_node *
open_root(
    struct arena *arena, const void *bytes, size_t length, const char *name)
{
	struct xml_node *root =
	    xml_read(arena, bytes, length, ORDER_LIMIT, NULL);

	if (!xml_is(root, name) ||
	    !xml_is_valid(
		arena, xml_grammar_new(arena, grammar_job), root, NULL))
		return NULL;
	return root;
}

static const char *const *
read_words(struct arena *arena, struct xml_node *node, const char *name,
    size_t *count_r)
{
	const char **words =
	    arena_array(arena, xml_count(node, name), sizeof(*words));
	size_t count = 0;

	for (struct xml_node *at = xml_child(node, name); at != NULL;
	     at = xml_next(at, name))
		words[count++] = xml_text(arena, at);
	*count_r = count;
	return words;
}

static const struct order_report *
read_reports(struct arena *arena, struct xml_node *root, size_t *count_r)
{
	struct order_report *reports =
	    arena_array(arena, xml_count(root, "report"), sizeof(*reports));
	size_t count = 0;

	for (struct xml_node *at = xml_child(root, "report"); at != NULL;
	     at = xml_next(at, "report")) {
		struct order_report *report = &reports[count++];

		report->job = number(arena, at, "job");
		report->step = xml_attribute(arena, at, "step");
		report->state = xml_attribute(arena, at, "state");
		report->bytes = number(arena, at, "bytes");
		report->total = number(arena, at, "total");
		report->detail = xml_text(arena, xml_child(at, "detail"));
		report->left =
		    read_words(arena, at, "left", &report->left_count);
	}
	*count_r = count;
	return reports;
}

const struct order_poll *
order_poll_read(struct arena *arena, const void *bytes, size_t length)
{
	struct xml_node *root = open_root(arena, bytes, length, "poll");
	struct order_poll *poll = arena_alloc(arena, sizeof(*poll));

	if (root == NULL ||
	    !sign_time_parse(xml_attribute(arena, root, "time"), &poll->time))
		return NULL;
	poll->server = xml_attribute(arena, root, "server");
	poll->nonce = xml_attribute(arena, root, "nonce");
	poll->version = xml_attribute(arena, root, "version");
	poll->busy = flag(arena, root, "busy");
	poll->sandbox = xml_attribute(arena, root, "sandbox");
	poll->reports = read_reports(arena, root, &poll->report_count);
	return poll;
}

static void
read_settings(struct arena *arena, struct xml_node *node, struct order_job *job)
{
	struct order_setting *settings =
	    arena_array(arena, xml_count(node, "setting"), sizeof(*settings));

	for (struct xml_node *at = xml_child(node, "setting"); at != NULL;
	     at = xml_next(at, "setting"))
		settings[job->setting_count++] = (struct order_setting){
			.name = xml_attribute(arena, at, "name"),
			.value = xml_text(arena, at),
		};
	job->settings = settings;
}

static void
read_license(struct arena *arena, struct xml_node *node, struct order_job *job)
{
	struct xml_node *license = xml_child(node, "license");
	struct xml_node *depot = xml_child(node, "depot");

	job->depot = xml_attribute(arena, depot, "name");
	job->depot_url = xml_attribute(arena, depot, "url");
	job->ticket = xml_text(arena, xml_child(depot, "ticket"));
	job->check_url = xml_attribute(arena, license, "check_url");
	job->buy_url = xml_attribute(arena, license, "buy_url");
	job->product = xml_attribute(arena, license, "product");
	job->instance = xml_attribute(arena, license, "instance");
	job->public_keys =
	    read_words(arena, license, "public_key", &job->public_key_count);
}

static const struct order_parcel *
read_parcel(struct arena *arena, struct xml_node *node)
{
	struct order_parcel *parcel;

	if (node == NULL)
		return NULL;
	parcel = arena_alloc(arena, sizeof(*parcel));
	parcel->url = xml_attribute(arena, node, "url");
	parcel->ticket = xml_text(arena, xml_child(node, "ticket"));
	parcel->size = number(arena, node, "size");
	(void)text_unhex(xml_attribute(arena, node, "sha256"), parcel->sha256,
	    SECRET_DIGEST);
	return parcel;
}

static const struct order_job *
read_job(struct arena *arena, struct xml_node *node)
{
	struct order_job *job = arena_alloc(arena, sizeof(*job));

	if (!sign_time_parse(
		xml_attribute(arena, node, "valid_until"), &job->valid_until))
		return NULL;
	job->number = number(arena, node, "number");
	job->action = xml_attribute(arena, node, "action");
	job->server = xml_attribute(arena, node, "server");
	job->area = xml_attribute(arena, node, "area");
	job->owner = xml_attribute(arena, node, "owner");
	job->directory = xml_attribute(arena, node, "directory");
	job->url = xml_attribute(arena, node, "url");
	job->package = xml_attribute(arena, node, "package");
	job->version = xml_attribute(arena, node, "version");
	(void)text_unhex(xml_attribute(arena, node, "manifest"), job->manifest,
	    SECRET_DIGEST);
	job->serial = xml_attribute(arena, node, "serial");
	job->backup = flag(arena, node, "backup");
	job->from = xml_attribute(arena, node, "from");
	job->keep_days = number(arena, node, "keep_days");
	job->restore = xml_attribute(arena, node, "restore");
	job->grant = xml_text(arena, xml_child(node, "grant"));
	job->parcel = read_parcel(arena, xml_child(node, "parcel"));
	read_license(arena, node, job);
	read_settings(arena, node, job);
	return job;
}

static const char *const *
read_revoked(struct arena *arena, struct xml_node *root, size_t *count_r)
{
	const char **names =
	    arena_array(arena, xml_count(root, "revoked"), sizeof(*names));
	size_t count = 0;

	for (struct xml_node *at = xml_child(root, "revoked"); at != NULL;
	     at = xml_next(at, "revoked"))
		names[count++] = xml_attribute(arena, at, "depot");
	*count_r = count;
	return names;
}

static const struct order_heard *
read_heard(struct arena *arena, struct xml_node *root, size_t *count_r)
{
	struct order_heard *heard =
	    arena_array(arena, xml_count(root, "heard"), sizeof(*heard));
	size_t count = 0;

	for (struct xml_node *at = xml_child(root, "heard"); at != NULL;
	     at = xml_next(at, "heard"))
		heard[count++] = (struct order_heard){
			.job = number(arena, at, "job"),
			.over = flag(arena, at, "over"),
		};
	*count_r = count;
	return heard;
}

const struct order_answer *
order_answer_read(struct arena *arena, const void *bytes, size_t length)
{
	struct xml_node *root = open_root(arena, bytes, length, "answer");
	struct order_answer *answer = arena_alloc(arena, sizeof(*answer));
	struct xml_node *job = xml_child(root, "job");

	if (root == NULL ||
	    !sign_time_parse(xml_attribute(arena, root, "time"), &answer->time))
		return NULL;
	answer->server = xml_attribute(arena, root, "server");
	answer->nonce = xml_attribute(arena, root, "nonce");
	answer->poll_seconds =
	    number(arena, xml_child(root, "poll"), "seconds");
	answer->heard = read_heard(arena, root, &answer->heard_count);
	answer->revoked = read_revoked(arena, root, &answer->revoked_count);
	if (job != NULL) {
		answer->job = read_job(arena, job);
		if (answer->job == NULL)
			return NULL;
	}
	return answer;
}
