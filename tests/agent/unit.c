/* unit: the readers and writers of what agent, depot and manager exchange,
 * given right and wrong things. */

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "agent/ini.h"
#include "agent/lines.h"
#include "agent/rule.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/must.h"
#include "base/text.h"
#include "depot/index.h"
#include "depot/order.h"
#include "depot/path.h"
#include "depot/sign.h"
#include "depot/ticket.h"
#include "tap.h"

static struct arena *arena;

static void
test_paths(void)
{
	static const char *const right[] = { "a", "a/b", "Program Files/x",
		"日本語/読む.txt", ".htaccess", "a.b/..c" };
	static const char *const wrong[] = { "", "/", "/a", "a/", "a//b", ".",
		"..", "a/..", "a/./b", "a\\b", "a\nb", "a\x7f", " a", "a ",
		"a/ b", "\xff", "\xed\xa0\x80", "\xc0\xaf" };
	int good = 0, bad = 0;

	for (size_t i = 0; i < sizeof(right) / sizeof(*right); i++)
		good += path_problem(right[i]) == NULL;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++)
		bad += path_problem(wrong[i]) != NULL;
	tap(good == sizeof(right) / sizeof(*right), "right paths");
	tap(bad == sizeof(wrong) / sizeof(*wrong), "wrong paths");
	tap(path_is_in("a/b", "a") && path_is_in("a", "a") &&
		!path_is_in("ab", "a") && !path_is_in("a", "a/b"),
	    "inside a folder");
}

static struct xml_node *
read_xml(const char *text)
{
	return xml_read(arena, text, strlen(text), 1 << 20, NULL);
}

static void
test_xml(void)
{
	struct text *deep = text_new(arena, 1 << 20);
	struct text *wide = text_new(arena, 1 << 20);
	struct text *out = text_new(arena, 1000);

	tap(read_xml("<a b='&amp;'>c</a>") != NULL, "a document");
	tap(read_xml("<!DOCTYPE a><a/>") == NULL, "a document type");
	tap(read_xml("<!DOCTYPE a [<!ENTITY x SYSTEM '/etc/passwd'>]>"
		     "<a>&x;</a>") == NULL,
	    "an entity of somebody's");
	tap(read_xml("<a>&x;</a>") == NULL, "an entity of nobody's");
	tap(read_xml("<a>") == NULL && read_xml("") == NULL &&
		read_xml("<a/>x") == NULL,
	    "cut documents");
	tap(read_xml("<a>\xff</a>") == NULL, "bytes that are not UTF-8");
	tap(xml_read(arena, "<a/>", 4, 3, NULL) == NULL, "too long");
	for (int i = 0; i < 5000; i++)
		text_add(deep, "<a>");
	tap(read_xml(deep->bytes) == NULL, "endlessly deep");
	text_add(wide, "<a");
	for (int i = 0; i < 20000; i++)
		text_print(wide, " a%d='1'", i);
	text_add(wide, "/>");
	tap(read_xml(wide->bytes) == NULL, "endlessly many attributes");
	xml_put(out, "x", "<&\">\n\x01");
	is_text(out->bytes, " x=\"&lt;&amp;&quot;&gt;&#10;\xEF\xBF\xBD\"",
	    "markup is escaped");
}

static void
test_signatures(void)
{
	struct secret_key *key = secret_key_make(arena);
	const char *signature = sign_make(arena, key, SIGN_JOB, "body", 4);
	int64_t time;

	tap(sign_is_right(arena, key, SIGN_JOB, "body", 4, signature),
	    "a signature");
	tap(!sign_is_right(arena, key, SIGN_POLL, "body", 4, signature),
	    "for something else");
	tap(!sign_is_right(arena, key, SIGN_JOB, "bodY", 4, signature) &&
		!sign_is_right(arena, key, SIGN_JOB, "body", 4, "") &&
		!sign_is_right(arena, key, SIGN_JOB, "body", 4, NULL) &&
		!sign_is_right(arena, key, SIGN_JOB, "body", 4, "!!!"),
	    "of other bytes, or none");
	tap(sign_time_parse("2026-11-22T00:21:21Z", &time) &&
		time == 1795306881,
	    "a moment");
	tap(!sign_time_parse("2026-11-31T00:21:21Z", &time) &&
		!sign_time_parse("2026-11-22T25:21:21Z", &time) &&
		!sign_time_parse("2026-11-22 00:21:21Z", &time) &&
		!sign_time_parse("", &time),
	    "no moments");
}

static void
test_tickets(void)
{
	struct secret_key *key = secret_key_make(arena);
	struct secret_key *other = secret_key_make(arena);
	const struct ticket ticket = { "wiki", "1.0", "host1", 7, 1000 };
	const char *jws = ticket_make(arena, key, &ticket);
	struct ticket read;

	tap(ticket_read(arena, key, jws, 999, &read) &&
		strcmp(read.package, "wiki") == 0 && read.job == 7,
	    "a ticket");
	tap(!ticket_read(arena, key, jws, 1000, &read), "that is over");
	tap(!ticket_read(arena, other, jws, 999, &read), "by another key");
	tap(!ticket_read(arena, key, "", 0, &read) &&
		!ticket_read(arena, key, "a.b.c", 0, &read),
	    "that is none");
}

static const struct order_job *
sample_job(void)
{
	static const char *const keys[] = {
		"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
	};
	static const struct order_setting settings[] = {
		{ "team", "A & <B> \"C\"" },
	};
	static const struct order_job job = {
		.number = 12,
		.action = "install",
		.server = "host1",
		.area = "anna",
		.owner = "www-data",
		.directory = "Program Files/ウィキ",
		.url = "http://127.0.0.2/anna/",
		.package = "wiki",
		.version = "1.0",
		.manifest = { 1, 2, 3 },
		.serial = "2026-0001",
		.valid_until = 1795306881,
		.backup = true,
		.depot = "shelf",
		.depot_url = "http://127.0.0.3/",
		.ticket = "a.b.c",
		.check_url = "http://127.0.0.1/keycheck",
		.buy_url = "http://127.0.0.1/purchase?serial=2026-0001&x=1",
		.product = "wiki",
		.instance = "0123456789ABCDEFGHJKMNPQRS",
		.public_keys = keys,
		.public_key_count = 1,
		.settings = settings,
		.setting_count = 1,
	};

	return &job;
}

static void
test_orders(void)
{
	const struct order_heard heard[] = { { 11, true } };
	const struct order_answer answer = {
		.server = "host1",
		.time = 1795306881,
		.nonce = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
		.poll_seconds = 2,
		.heard = heard,
		.heard_count = 1,
		.job = sample_job(),
	};
	struct text *out = text_new(arena, ORDER_LIMIT);
	const struct order_answer *read;
	int taken = 0;

	order_answer_write(out, &answer);
	read = order_answer_read(arena, out->bytes, out->length);
	tap(read != NULL && read->job != NULL && read->job->number == 12 &&
		strcmp(read->job->directory, answer.job->directory) == 0 &&
		strcmp(read->job->buy_url, answer.job->buy_url) == 0 &&
		strcmp(read->job->settings[0].value,
		    answer.job->settings[0].value) == 0 &&
		memcmp(read->job->manifest, answer.job->manifest,
		    SECRET_DIGEST) == 0 &&
		read->job->backup && read->heard[0].over,
	    "an answer goes and comes back");
	for (size_t i = 0; i < out->length; i += 7)
		taken += order_answer_read(arena, out->bytes, i) != NULL;
	tap(taken == 0, "a cut answer is none");
	tap(order_poll_read(arena, out->bytes, out->length) == NULL,
	    "an answer is no poll");
}

static void
test_later_orders(void)
{
	const struct order_parcel parcel = { "http://127.0.0.1/parcel", "d.e.f",
		123, { 7 } };
	struct order_job job = *sample_job();
	const struct order_answer answer = {
		.server = "host1",
		.time = 1795306881,
		.nonce = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
		.poll_seconds = 2,
		.job = &job,
	};
	const struct sign_grant grant = { "host1", 12, "import", "anna",
		"www-data" };
	struct secret_key *key = secret_key_make(arena);
	struct text *out = text_new(arena, ORDER_LIMIT);
	const struct order_answer *read;
	const struct order_job *got;

	job.action = "import";
	job.from = "0.9";
	job.keep_days = 14;
	job.restore = "backup-wiki-1.tar.gz";
	job.grant = sign_grant_make(arena, key, &grant);
	job.parcel = &parcel;
	order_answer_write(out, &answer);
	read = order_answer_read(arena, out->bytes, out->length);
	got = read == NULL ? NULL : read->job;
	tap(got != NULL && strcmp(got->from, "0.9") == 0 &&
		got->keep_days == 14 && strcmp(got->restore, job.restore) == 0,
	    "what upgrade and restore need goes and comes back");
	tap(got != NULL && got->parcel != NULL && got->parcel->size == 123 &&
		strcmp(got->parcel->ticket, "d.e.f") == 0 &&
		memcmp(got->parcel->sha256, parcel.sha256, SECRET_DIGEST) == 0,
	    "so does a parcel");
	tap(got != NULL && sign_grant_is_right(arena, key, &grant, got->grant),
	    "so does a grant");
}

static void
test_grants(void)
{
	struct secret_key *key = secret_key_make(arena);
	const struct sign_grant right = { "host1", 12, "install", "anna",
		"bert" };
	const struct sign_grant wrong[] = {
		{ "host2", 12, "install", "anna", "bert" },
		{ "host1", 13, "install", "anna", "bert" },
		{ "host1", 12, "uninstall", "anna", "bert" },
		{ "host1", 12, "install", "berta", "bert" },
		{ "host1", 12, "install", "anna", "root" },
		{ "host1", 12, "install\nanna", "anna", "bert" },
	};
	const struct sign_grant shifted = { "h", 1, "a\nb", "c", "d" };
	const struct sign_grant other = { "h", 1, "a", "b\nc", "d" };
	const char *signature = sign_grant_make(arena, key, &right);
	int taken = 0;

	tap(sign_grant_is_right(arena, key, &right, signature), "a grant");
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++)
		taken += sign_grant_is_right(arena, key, &wrong[i], signature);
	tap(taken == 0, "for nothing else");
	signature = sign_grant_make(arena, key, &shifted);
	tap(!sign_grant_is_right(arena, key, &other, signature) &&
		!sign_grant_is_right(arena, key, &shifted, signature),
	    "no word reaches into the next line");
	tap(!sign_grant_is_right(arena, key, &right, "") &&
		!sign_grant_is_right(arena, key, &right, NULL),
	    "none is wrong");
}

static void
test_polls(void)
{
	const char *const left[] = { "a/b c", "<日本>" };
	const struct order_report reports[] = {
		{ 7, "REPORTED", "done", "x & y", 1, 2, left, 2 },
		{ 8, "FETCHED", "running", "", 10, 20, NULL, 0 },
	};
	const struct order_poll poll = {
		.server = "host1",
		.time = 1795306881,
		.nonce = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
		.version = "0.1",
		.sandbox = "landlock=7 seccomp=yes",
		.busy = true,
		.reports = reports,
		.report_count = 2,
	};
	struct text *out = text_new(arena, ORDER_LIMIT);
	const struct order_poll *read;

	order_poll_write(out, &poll);
	read = order_poll_read(arena, out->bytes, out->length);
	tap(read != NULL && read->busy && read->report_count == 2 &&
		read->reports[0].left_count == 2 &&
		strcmp(read->reports[0].left[1], "<日本>") == 0 &&
		strcmp(read->reports[0].detail, "x & y") == 0 &&
		read->reports[1].total == 20 &&
		strcmp(read->sandbox, poll.sandbox) == 0,
	    "a poll goes and comes back");
}

static void
test_index(void)
{
	struct secret_key *key = secret_key_make(arena);
	const struct index_package packages[] = { { "wiki", "1.0", { 9 } } };
	const struct index index = { "shelf", 5, 2000, packages, 1 };
	struct index_pin pin = { "shelf", key, 5, 1999 };
	struct text *out = text_new(arena, INDEX_LIMIT);
	struct text *signature = text_new(arena, 1000);
	const struct index *read;

	index_write(out, &index);
	index_sign(key, out->bytes, out->length, signature);
	tap(index_open(arena, &pin, out->bytes, out->length, signature->bytes,
		&read) == INDEX_OK &&
		index_package(read, "wiki", "1.0") != NULL &&
		index_package(read, "wiki", "1.1") == NULL,
	    "an index");
	tap(index_is_signed(arena, key, out->bytes, out->length,
		arena_print(arena, "other\n%s", signature->bytes)),
	    "signed in the second line");
	tap(!index_is_signed(arena, key, out->bytes, out->length, "\n\n"),
	    "not signed");
	pin.serial = 6;
	tap(index_open(arena, &pin, out->bytes, out->length, signature->bytes,
		&read) == INDEX_OLDER,
	    "an older one");
	pin.serial = 5;
	pin.now = 2000;
	tap(index_open(arena, &pin, out->bytes, out->length, signature->bytes,
		&read) == INDEX_EXPIRED,
	    "an expired one");
}

static void
test_lines(void)
{
	struct text *out = text_new(arena, 1000);
	struct lines lines;
	size_t count;

	lines_write(out, "parent", "a\nb%c 日本");
	lines_write(out, "parent", "");
	lines_write(out, "mode", "493");
	text_add(out, "mode 1");
	lines_read(&lines, arena, out->bytes);
	tap(lines_number(&lines, "mode") == 493, "a cut line does not count");
	tap(strcmp(lines_all(&lines, "parent", &count)[0], "a\nb%c 日本") ==
		    0 &&
		count == 2,
	    "values come back as they were");
	tap(lines_value(&lines, "none") == NULL, "what is not there");
	lines_read(&lines, arena, "\n\n \n% x\n");
	tap(lines_value(&lines, "x") == NULL, "rubbish");
}

static void
test_ini(void)
{
	static const struct manifest_setting asked[] = {
		{ .name = "team", .kind = "text", .value = "", .longest = 60 },
		{ .name = "size",
		    .kind = "number",
		    .value = "3",
		    .most = 9,
		    .longest = 60 },
	};
	const struct manifest manifest = { .settings = asked,
		.setting_count = 2 };
	const char *text = ini_setting(arena, sample_job(), &manifest, NULL);

	tap(strstr(text, "team = 'A & <B> \"C\"'\nsize = \"3\"\n") != NULL,
	    "answers, and what was not answered");
	text = ini_license(arena, sample_job());
	tap(strstr(text, "serial = \"2026-0001\"\n") != NULL &&
		strstr(text, "public_key[] = \"AAAA") != NULL,
	    "the license file");
}

/* One letter is a file's content. */
static bool
letter_digest(void *context, unsigned char digest_r[SECRET_DIGEST])
{
	secret_sha256(context, 1, digest_r);
	return true;
}

static struct manifest_file
letter_file(const char *path, enum manifest_kind kind, const char *letter)
{
	struct manifest_file file = { .path = path, .size = 1, .kind = kind };

	secret_sha256(letter, 1, file.sha256);
	return file;
}

static char
fate(const struct rules *rules, const char *path, const char *letter)
{
	char content[2] = { *letter, '\0' };
	const struct rule_file file = {
		.path = path,
		.regular = *letter != '@',
		.size = 1,
		.digest = letter_digest,
		.context = content,
	};

	return "-KNO"[rule_fate(rules, &file)];
}

/* What there is, of which content, and what becomes of it: dropped, Kept, kept
 * with the New one beside, or as .Orig. */
static const struct {
	const char *path;
	const char *content;
	char fate;
} fates[] = {
	{ "code", "a", '-' },
	{ "code", "b", '-' },
	{ "code", "x", 'O' },
	{ "code", "@", 'O' },
	{ "conf/main", "a", '-' },
	{ "conf/main", "x", 'N' },
	{ "conf/main", "@", 'N' },
	{ "conf/main", "b", '-' },
	{ "conf/same", "x", 'K' },
	{ "conf/gone", "a", '-' },
	{ "conf/gone", "x", 'K' },
	{ "conf/hers", "x", 'K' },
	{ "conf/come", "x", 'N' },
	{ "conf/code", "x", 'O' },
	{ "data/page", "x", 'K' },
	{ "data/shipped", "a", 'K' },
	{ "data/code", "a", '-' },
	{ "data/code", "x", 'O' },
	{ "gone", "a", '-' },
	{ "gone", "x", 'O' },
	{ "hers", "x", 'K' },
	{ "hers", "@", 'K' },
	{ "new", "x", 'O' },
	{ "new", "b", '-' },
	{ "folder", "x", 'O' },
	{ "kagiya-license.ini", "a", '-' },
	{ "kagiya-license.ini", "x", 'O' },
};

static void
test_rule(void)
{
	const struct manifest_folder folders[] = { { "conf", MANIFEST_CONFIG },
		{ "data", MANIFEST_DATA } };
	const struct manifest_file old[] = {
		letter_file("code", MANIFEST_PROGRAM, "a"),
		letter_file("conf/code", MANIFEST_CONFIG, "a"),
		letter_file("conf/gone", MANIFEST_CONFIG, "a"),
		letter_file("conf/main", MANIFEST_CONFIG, "a"),
		letter_file("conf/same", MANIFEST_CONFIG, "a"),
		letter_file("data/code", MANIFEST_DATA, "a"),
		letter_file("data/shipped", MANIFEST_DATA, "a"),
		letter_file("gone", MANIFEST_PROGRAM, "a"),
		letter_file("old.txt", MANIFEST_PROGRAM, "a"),
		letter_file("old/in", MANIFEST_PROGRAM, "a"),
	};
	const struct manifest_file new[] = {
		letter_file("code", MANIFEST_PROGRAM, "b"),
		letter_file("conf/code", MANIFEST_PROGRAM, "b"),
		letter_file("conf/come", MANIFEST_CONFIG, "b"),
		letter_file("conf/main", MANIFEST_CONFIG, "b"),
		letter_file("conf/same", MANIFEST_CONFIG, "a"),
		letter_file("data/code", MANIFEST_PROGRAM, "b"),
		letter_file("data/shipped", MANIFEST_DATA, "b"),
		letter_file("folder-x", MANIFEST_PROGRAM, "b"),
		letter_file("folder.x", MANIFEST_PROGRAM, "b"),
		letter_file("folder/in", MANIFEST_PROGRAM, "b"),
		letter_file("folder0", MANIFEST_PROGRAM, "b"),
		letter_file("new", MANIFEST_PROGRAM, "b"),
	};
	const struct manifest before = { .files = old,
		.file_count = sizeof(old) / sizeof(*old),
		.folders = folders,
		.folder_count = 2 };
	const struct manifest now = { .files = new,
		.file_count = sizeof(new) / sizeof(*new),
		.folders = folders,
		.folder_count = 2 };
	const struct manifest_file ours =
	    letter_file("x", MANIFEST_PROGRAM, "a");
	const char *wrote = arena_print(arena, "%s kagiya-license.ini",
	    text_hex(arena, ours.sha256, SECRET_DIGEST));
	const struct rules rules = { &before, &now, &wrote, 1 };

	for (size_t i = 0; i < sizeof(fates) / sizeof(*fates); i++)
		tap(fate(&rules, fates[i].path, fates[i].content) ==
			fates[i].fate,
		    arena_print(arena, "an upgrade: %s, %s: %c", fates[i].path,
			fates[i].content, fates[i].fate));
	tap(rule_has_folder(&now, "folder") && !rule_has_folder(&now, "code") &&
		!rule_has_folder(&now, "fold") && rule_has_folder(&now, "data"),
	    "a manifest's folders");
	tap(!rule_is_own_folder(&rules, "old") &&
		rule_is_own_folder(&rules, "mine") &&
		rule_is_own_folder(&rules, "data/deep"),
	    "a customer's folders");
}

int
main(void)
{
	arena = arena_new();
	test_paths();
	test_xml();
	test_signatures();
	test_tickets();
	test_orders();
	test_later_orders();
	test_grants();
	test_polls();
	test_index();
	test_lines();
	test_ini();
	test_rule();
	arena_free(arena);
	return tap_end();
}
