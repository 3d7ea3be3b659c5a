/* setting: the table of all settings, and the reader of their file. */

#include "base/setting.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "base/must.h"
#include "base/text.h"

/* The build gives the places of the installed program. */
#ifndef KAGIYA_CONF
#define KAGIYA_CONF "/etc/kagiya/kagiya.conf"
#endif
#ifndef KAGIYA_ETC
#define KAGIYA_ETC "/etc/kagiya"
#endif
#ifndef KAGIYA_SHARE
#define KAGIYA_SHARE "/usr/share/kagiya"
#endif
#ifndef KAGIYA_STATE
#define KAGIYA_STATE "/var/lib/kagiya"
#endif

enum kind { TEXT, NUMBER, FLAG, URL, ZONE, REGISTRATION };

struct setting {
	const char *name;
	const char *standard;
	enum kind kind;
	int64_t least;
	int64_t most;
	const char *meaning;
};

static const struct setting table[] = {
	{ "site.name", "鍵屋", TEXT, 0, 0, "the shop's name" },
	{ "site.url", "http://127.0.0.1:8080/", URL, 0, 0,
	    "where browsers and installed programs find the shop" },
	{ "site.zone", "Asia/Tokyo", ZONE, 0, 0,
	    "the zone in which days begin and end" },
	{ "site.language", "ja", TEXT, 0, 0,
	    "language of those who have not chosen one" },
	{ "site.legal_url", "", TEXT, 0, 0,
	    "page with the seller's legal notice" },
	{ "seller.name", "", TEXT, 0, 0, "the seller's name on invoices" },
	{ "seller.address", "", TEXT, 0, 0, "the seller's address" },
	{ "seller.tel", "", TEXT, 0, 0, "the seller's telephone" },
	{ "seller.email", "", TEXT, 0, 0, "the seller's mail address" },
	{ "seller.registration_no", "T1234567890123", REGISTRATION, 0, 0,
	    "the seller's number as issuer of qualified invoices" },
	{ "seller.bank", "", TEXT, 0, 0, "the account to pay into" },
	{ "database.socket", "/run/mysqld/mysqld.sock", TEXT, 0, 0,
	    "the database's socket when there is no host" },
	{ "database.host", "", TEXT, 0, 0,
	    "database servers, host:port by commas, the writer first" },
	{ "database.replica", "", TEXT, 0, 0,
	    "servers that the key check reads from when the others are away" },
	{ "database.name", "kagiya", TEXT, 0, 0, "the database's name" },
	{ "database.user", "kagiya_%p", TEXT, 0, 0,
	    "the user a program logs in as" },
	{ "database.password_file", "", TEXT, 0, 0,
	    "file with the user's password; none without it" },
	{ "secret.form_file", KAGIYA_ETC "/secret/form", TEXT, 0, 0,
	    "file with the secret of the form tokens" },
	{ "secret.key_file", KAGIYA_ETC "/secret/key", TEXT, 0, 0,
	    "file with the secret of the license keys' digests" },
	{ "secret.setting_file", KAGIYA_ETC "/secret/setting", TEXT, 0, 0,
	    "file with the secret that seals passwords for new installs" },
	{ "key.dir", KAGIYA_ETC "/key", TEXT, 0, 0,
	    "folder of the shop's signing keys" },
	{ "key.announce_days", "30", NUMBER, 1, 366,
	    "days from a new key's announcement until it signs" },
	{ "key.accept_days", "30", NUMBER, 15, 366,
	    "days that the key before it is still accepted" },
	{ "keycheck.dir", KAGIYA_STATE "/keycheck", TEXT, 0, 0,
	    "folder of what the key check's processes share and keep" },
	{ "keycheck.wrong_minute", "10", NUMBER, 1, 1000000,
	    "wrong keys that an address may try in a minute" },
	{ "keycheck.wrong_burst", "20", NUMBER, 1, 1000000,
	    "wrong keys that an address may try at once" },
	{ "keycheck.right_minute", "60", NUMBER, 1, 1000000,
	    "right checks that a license may make in a minute" },
	{ "keycheck.spool_kb", "65536", NUMBER, 1, 16777216,
	    "checks kept by a process while the database takes none" },
	{ "skin.dir", KAGIYA_SHARE "/xslt/stock", TEXT, 0, 0,
	    "folder of the skin" },
	{ "skin.schema_dir", KAGIYA_SHARE "/schema/page", TEXT, 0, 0,
	    "folder of the pages' RELAX NG files" },
	{ "page.validate", "no", FLAG, 0, 0,
	    "whether each page is checked against its schema" },
	{ "asset.url", "asset/", TEXT, 0, 0, "where the skin's files are" },
	{ "media.dir", KAGIYA_STATE "/media", TEXT, 0, 0,
	    "folder of icons and screenshots" },
	{ "media.url", "media/", TEXT, 0, 0, "where icons and such are" },
	{ "mail.command", "/usr/sbin/sendmail", TEXT, 0, 0,
	    "program that takes mail as sendmail does" },
	{ "mail.from", "kagiya@localhost", TEXT, 0, 0, "sender of the mail" },
	{ "invoice.due_days", "30", NUMBER, 1, 366,
	    "days from an invoice's issue until it is due" },
	{ "session.idle_minutes", "30", NUMBER, 1, 24 * 60,
	    "minutes without a request after which a session ends" },
	{ "session.hours", "12", NUMBER, 1, 24 * 31,
	    "hours after which a session ends in any case" },
	{ "process.requests", "10000", NUMBER, 1, 1000000000,
	    "requests after which a program ends" },
	{ "process.seconds", "60", NUMBER, 0, 86400,
	    "seconds that a program lives at least" },
	{ "proxy.trusted", "", TEXT, 0, 0,
	    "addresses whose X-Forwarded-For is believed" },
	{ "worker.depot_seconds", "60", NUMBER, 1, 86400,
	    "seconds between two readings of a depot's index" },
	{ "agent.poll_seconds", "2", NUMBER, 1, 3600,
	    "seconds between two questions of an agent" },
	{ "agent.jobs_per_hour", "600", NUMBER, 1, 1000000,
	    "new instructions that a server gets in an hour" },
	{ "upgrade.keep_days", "14", NUMBER, 1, 366,
	    "days for which what was replaced can be brought back" },
	{ "parcel.dir", KAGIYA_STATE "/parcel", TEXT, 0, 0,
	    "folder of programs on their way to another area" },
	{ "parcel.limit_mb", "20480", NUMBER, 1, 1000000,
	    "largest program that can be moved" },
	{ "schema.dir", KAGIYA_SHARE "/schema/sql", TEXT, 0, 0,
	    "folder of the database's schema" },
	{ "log.trace", "no", FLAG, 0, 0, "whether traces are logged" },
};

enum { COUNT = sizeof table / sizeof *table, FILE_LIMIT = 256 * 1024 };

struct reader {
	const char *path;
	int line;
	const char *values[COUNT];
};

static struct arena *arena;
static const char *program_name;
static const char *values[COUNT];
static const char *raws[COUNT]; /* before expand */

/* COUNT when unknown. */
static size_t
find(const char *name)
{
	size_t i = 0;

	while (i < COUNT && strcmp(table[i].name, name) != 0)
		i++;
	return i;
}

__attribute__((format(printf, 2, 3))) static bool
refuse(const struct reader *reader, const char *format, ...)
{
	va_list list;

	va_start(list, format);
	const char *reason = arena_vprint(arena, format, list);
	va_end(list);
	if (reader->line == 0)
		(void)fprintf(stderr, "%s: %s\n", reader->path, reason);
	else
		(void)fprintf(
		    stderr, "%s:%d: %s\n", reader->path, reader->line, reason);
	return false;
}

static bool
is_url(const char *value)
{
	const char *host = NULL;

	if (strncmp(value, "http://", 7) == 0)
		host = value + 7;
	else if (strncmp(value, "https://", 8) == 0)
		host = value + 8;
	return host != NULL && *host != '\0' && *host != '/' &&
	       value[strlen(value) - 1] == '/' &&
	       strpbrk(value, " \n?#\"<>") == NULL;
}

static bool
is_registration(const char *value)
{
	return *value == '\0' || (strlen(value) == 14 && *value == 'T' &&
				     strspn(value + 1, "0123456789") == 13);
}

/* What the value should have been, or NULL when it is right. */
static const char *
wanted(const struct setting *setting, const char *value)
{
	int64_t number;

	switch (setting->kind) {
	case TEXT:
		return NULL;
	case NUMBER:
		if (text_number(value, setting->least, setting->most, &number))
			return NULL;
		return arena_print(arena, "a number from %lld to %lld",
		    (long long)setting->least, (long long)setting->most);
	case FLAG:
		if (strcmp(value, "yes") == 0 || strcmp(value, "no") == 0)
			return NULL;
		return "yes or no";
	case URL:
		return is_url(value) ? NULL
				     : "an address that begins with http:// or "
				       "https:// and "
				       "ends in /";
	case ZONE:
		return clock_has_zone(value) ? NULL
					     : "a name of the zone database";
	case REGISTRATION:
		return is_registration(value) ? NULL : "T and 13 digits";
	}
	must_broken("a kind of setting", __FILE__, __LINE__);
}

/* %p is the program's name, %% one percent sign, \n a new line. */
static const char *
expand(const char *value, const char *program)
{
	struct text *text = text_new(arena, FILE_LIMIT);

	for (; *value != '\0'; value++) {
		if (strncmp(value, "%p", 2) == 0)
			text_add(text, program);
		else if (strncmp(value, "%%", 2) == 0)
			text_add(text, "%");
		else if (strncmp(value, "\\n", 2) == 0)
			text_add(text, "\n");
		else {
			text_add_n(text, value, 1);
			continue;
		}
		value++;
	}
	return text->bytes;
}

static bool
set(struct reader *reader, const char *name, const char *raw)
{
	const size_t i = find(name);

	if (i == COUNT)
		return refuse(reader, "no setting has the name \"%s\"", name);
	if (reader->values[i] != NULL)
		return refuse(reader, "%s is set twice", name);
	const char *value = expand(raw, program_name);
	const char *want = wanted(&table[i], value);
	if (want != NULL)
		return refuse(reader, "%s (%s) must be %s, not \"%s\"", name,
		    table[i].meaning, want, value);
	reader->values[i] = value;
	raws[i] = raw;
	return true;
}

static bool
read_line(struct reader *reader, const char *line)
{
	const char *trimmed = text_trim(arena, line);
	const char *equal = strchr(trimmed, '=');

	if (*trimmed == '\0' || *trimmed == '#')
		return true;
	if (!text_is_utf8(trimmed, strlen(trimmed)))
		return refuse(reader, "the line is not UTF-8");
	if (equal == NULL)
		return refuse(reader, "the line has no '='");
	return set(reader,
	    text_trim(
		arena, arena_copy_n(arena, trimmed, (size_t)(equal - trimmed))),
	    text_trim(arena, equal + 1));
}

static bool
read_lines(struct reader *reader, const char *content, size_t length)
{
	if (strlen(content) != length)
		return refuse(reader, "the file holds a NUL");
	while (*content != '\0') {
		size_t n = strcspn(content, "\n");
		reader->line++;
		if (!read_line(reader, arena_copy_n(arena, content, n)))
			return false;
		content += n + (content[n] == '\n');
	}
	return true;
}

static bool
read_conf(struct reader *reader)
{
	size_t length;
	const char *content =
	    file_read(arena, reader->path, FILE_LIMIT, &length);

	if (content == NULL)
		return refuse(reader, "cannot be read: %s", strerror(errno));
	return read_lines(reader, content, length);
}

static void
begin(const char *program)
{
	if (arena != NULL)
		arena_free(arena);
	arena = arena_new();
	program_name = arena_copy(arena, program);
	memset(values, 0, sizeof values);
	for (size_t i = 0; i < COUNT; i++)
		raws[i] = table[i].standard;
}

bool
setting_load(const char *program)
{
	const char *path = getenv("KAGIYA_CONF");
	struct reader reader = { .path = KAGIYA_CONF };

	begin(program);
	if (path != NULL)
		reader.path = path;
	if (!read_conf(&reader))
		return false;
	for (size_t i = 0; i < COUNT; i++)
		values[i] = reader.values[i] != NULL
				? reader.values[i]
				: expand(table[i].standard, program_name);
	log_trace(setting_flag("log.trace"));
	clock_zone(setting_text("site.zone"));
	return true;
}

const char *
setting_program(void)
{
	must(program_name != NULL);
	return program_name;
}

static const char *
value_of(const char *name, bool right_kind, size_t i)
{
	if (i < COUNT && right_kind && values[i] != NULL)
		return values[i];
	must_broken(name, __FILE__, __LINE__);
}

const char *
setting_text(const char *name)
{
	return value_of(name, true, find(name));
}

int64_t
setting_number(const char *name)
{
	const size_t i = find(name);
	int64_t number = 0;

	must(
	    text_number(value_of(name, i < COUNT && table[i].kind == NUMBER, i),
		table[i].least, table[i].most, &number));
	return number;
}

bool
setting_flag(const char *name)
{
	const size_t i = find(name);

	return strcmp(value_of(name, i < COUNT && table[i].kind == FLAG, i),
		   "yes") == 0;
}

const char *
setting_text_for(const char *name, const char *program)
{
	const size_t i = find(name);

	(void)value_of(name, true, i);
	return expand(raws[i], program);
}
