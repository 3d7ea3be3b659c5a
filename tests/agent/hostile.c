/* hostile: archives that a maker must not get away with, each refused with
 * its own reason, nothing of it left and nothing outside touched. */

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "agent/agent.h"
#include "agent/dir.h"
#include "agent/place.h"
#include "base/arena.h"
#include "base/must.h"
#include "broker.h"
#include "depot/sign.h"
#include "tap.h"

enum { ROOM = 1 << 20, BLOCK = 512 };

static struct agent agent;
static const char *owner, *grant;
static const struct manifest *known;
static struct arena *arena;
static const char *area_path;
static int area;
static int archives; /* hostile ones, so far */

/* A tar by hand: libarchive would not write most of these. */
static char tar[ROOM];
static size_t length;

struct entry {
	const char *name;
	char type;
	unsigned mode;
	const char *link;
	const char *content;
	int64_t size; /* in the header; -1: of the content */
};

static void
seal(char *header)
{
	unsigned sum = 0;

	memset(header + 148, ' ', 8);
	for (int i = 0; i < BLOCK; i++)
		sum += (unsigned char)header[i];
	(void)snprintf(header + 148, 8, "%06o", sum);
}

static void
put(const struct entry *entry)
{
	char *header = tar + length;
	const char *content = entry->content == NULL ? "" : entry->content;
	const size_t n = strlen(content);
	const int64_t size = entry->size < 0 ? (int64_t)n : entry->size;

	must(length + 4 * BLOCK + n < ROOM);
	memset(header, 0, BLOCK);
	memcpy(header, entry->name, strnlen(entry->name, 100));
	(void)snprintf(header + 100, 8, "%07o", entry->mode);
	(void)snprintf(header + 108, 8, "%07o", 0);
	(void)snprintf(header + 116, 8, "%07o", 0);
	(void)snprintf(header + 124, 12, "%011llo",
	    (unsigned long long)size & 077777777777ULL);
	(void)snprintf(header + 136, 12, "%011o", 0);
	header[156] = entry->type;
	if (entry->link != NULL)
		memcpy(header + 157, entry->link, strnlen(entry->link, 100));
	memcpy(header + 257, "ustar\00000", 8);
	seal(header);
	length += BLOCK;
	memset(tar + length, 0, (n + BLOCK - 1) / BLOCK * BLOCK);
	memcpy(tar + length, content, n);
	length += (n + BLOCK - 1) / BLOCK * BLOCK;
}

static void
put_file(const char *name, const char *content)
{
	put(&(struct entry){ name, '0', 0644, NULL, content, -1 });
}

static void
put_kind(const char *name, char type, unsigned mode, const char *link)
{
	put(&(struct entry){ name, type, mode, link, NULL, 0 });
}

/* A pax header before the next entry: "LENGTH key=value\n". */
static void
put_pax(const char *key, const char *value)
{
	char line[4096];
	size_t n = strlen(key) + strlen(value) + 3;

	n += n + 2 > 99 ? (n + 3 > 999 ? 4 : 3) : 2;
	(void)snprintf(line, sizeof(line), "%zu %s=%s\n", n, key, value);
	put(&(struct entry){ "PaxHeader", 'x', 0644, NULL, line, -1 });
}

static void
put_good(void)
{
	put_file("a.txt", "hello");
	put_file("lib/b.txt", "world");
}

static void
put_end(void)
{
	memset(tar + length, 0, 2 * BLOCK);
	length += 2 * BLOCK;
}

static char packed[ROOM];
static size_t packed_length;

static void
pack_by(int (*filter)(struct archive *), const void *bytes, size_t n)
{
	struct archive *archive = archive_write_new();
	struct archive_entry *entry = archive_entry_new();

	packed_length = 0;
	must(archive_write_set_format_raw(archive) == ARCHIVE_OK);
	must(filter(archive) == ARCHIVE_OK);
	must(archive_write_set_bytes_in_last_block(archive, 1) == ARCHIVE_OK);
	must(archive_write_open_memory(archive, packed, sizeof(packed),
		 &packed_length) == ARCHIVE_OK);
	archive_entry_set_filetype(entry, AE_IFREG);
	archive_entry_set_pathname(entry, "x");
	must(archive_write_header(archive, entry) == ARCHIVE_OK);
	must(archive_write_data(archive, bytes, n) == (la_ssize_t)n);
	must(archive_write_close(archive) == ARCHIVE_OK);
	archive_entry_free(entry);
	archive_write_free(archive);
}

static int
descriptor(void)
{
	char path[] = "/tmp/kagiya-hostile.XXXXXX";
	const int fd = mkstemp(path);

	must(fd >= 0 && unlink(path) == 0);
	must(write(fd, packed, packed_length) == (ssize_t)packed_length);
	return fd;
}

/* a.txt has "hello" in it, lib/b.txt "world". */
static const char manifest[] =
    "<manifest format='1' name='wiki' version='1.0' released='2026-11-01'"
    " kind='program'><maker name='Kagiya'/>"
    "<text xml:lang='en'><name>Wiki</name><summary>A wiki.</summary>"
    "<description><p>A wiki.</p></description></text>"
    "<category>test</category><license name='MIT'/><model kind='free'/>"
    "<folder path='data' kind='data'/>"
    "<archive file='archive.tar.gz' size='100' unpacked='10' count='2' sha256='"
    "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824'/>"
    "<files><file path='a.txt' size='5' kind='program' sha256='"
    "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824'/>"
    "<file path='lib/b.txt' size='5' kind='program' sha256='"
    "486ea46224d1bb4fb680f34f7c9ad96a8f24ec88be73ea8e5a6c65260e9cb8a7'/>"
    "</files></manifest>";

/* What the agent says; "" when it took the archive. */
static const char *
try(void)
{
	struct place place = {
		.agent = &agent,
		.arena = arena,
		.area = { .name = area_path + strlen("/tmp/"),
		    .owner = owner,
		    .action = "install",
		    .grant = grant },
		.file = -1,
		.number = 7,
		.directory = "wiki",
		.manifest = known,
		.paper = { manifest, sizeof(manifest) - 1 },
		.mode = 0755,
		.license = "",
		.why = "",
	};
	const int fd = descriptor();
	const bool right = place_stage(&place, fd);
	const char *why = right ? "" : place.why;

	(void)close(fd);
	must(place_undo(&place));
	return why;
}

static bool
area_is_empty(void)
{
	return dir_count(area, ".", 1) == 0;
}

static void
expect(const char *what, const char *wanted)
{
	const char *why = try();
	const size_t n = strlen(wanted);

	archives += n > 0;
	tap(area_is_empty() && (n == 0 ? *why == '\0'
				       : strncmp(why, wanted, n) == 0 &&
					     (why[n] == '\0' || why[n] == ' ')),
	    what);
	if (n == 0 ? *why != '\0' : strncmp(why, wanted, n) != 0)
		printf("# got: %s, wanted: %s\n", why, wanted);
}

/* The tar so far, ended and packed. */
static void
expect_sealed(const char *what, const char *wanted)
{
	put_end();
	pack_by(archive_write_add_filter_gzip, tar, length);
	expect(what, wanted);
}

/* After the good files comes one more entry. */
static void
with(const char *what, const struct entry *entry, const char *wanted)
{
	length = 0;
	put_good();
	put(entry);
	expect_sealed(what, wanted);
}

static void
with_name(const char *what, const char *name, const char *wanted)
{
	with(what, &(struct entry){ name, '0', 0644, NULL, "", -1 }, wanted);
}

static void
test_names(void)
{
	char deep[200] = "d";
	char part[101];

	for (int i = 0; i < 33; i++)
		strcat(deep, "/d");
	memset(part, 'p', 99);
	part[99] = '\0';
	with_name("absolute", "/etc/x", "archive.bad-path");
	with_name("above", "../x", "archive.bad-path");
	with_name("above from inside", "lib/../../x", "archive.bad-path");
	with_name("a dot", "lib/./x", "archive.bad-path");
	with_name("two slashes", "lib//x", "archive.bad-path");
	with_name("only dots", "..", "archive.bad-path");
	with_name("a backslash", "lib\\x", "archive.bad-path");
	with_name("a newline", "a\nb", "archive.bad-path");
	with_name("an escape", "a\033[2Jb", "archive.bad-path");
	with_name("a delete", "a\177", "archive.bad-path");
	with_name("a control character of C1", "a\302\205", "archive.bad-path");
	with_name("not UTF-8", "a\377", "archive.bad-path");
	with_name("half a character", "a\343\201", "archive.bad-path");
	with_name("a surrogate", "a\355\240\200", "archive.bad-path");
	with_name("a blank at the end", "x ", "archive.bad-path");
	with_name("a blank in front", "lib/ x", "archive.bad-path");
	with_name("too deep", deep, "archive.bad-path");
	with_name("nothing known", "x", "archive.extra");
	with_name("the stage's own name", ".kagiya/7/x", "archive.extra");
	with_name("the license file", "kagiya-license.ini", "archive.extra");
	with_name("the same but for case", "A.TXT", "archive.extra");
	with_name("twice", "a.txt", "archive.twice");
	with_name("a folder as a file", "lib", "archive.extra");
	with_name("inside a file", "a.txt/x", "archive.extra");
	with_name("in the customer's folder", "data/x", "archive.extra");
	with_name("a long part", part, "archive.extra");
}

static void
test_kinds(void)
{
	with("a link", &(struct entry){ "l", '2', 0777, "/etc", NULL, 0 },
	    "archive.link");
	with("a link to inside",
	    &(struct entry){ "l", '2', 0777, "a.txt", NULL, 0 },
	    "archive.link");
	with("a hard link", &(struct entry){ "l", '1', 0644, "a.txt", NULL, 0 },
	    "archive.hard-link");
	with("a hard link to outside",
	    &(struct entry){ "l", '1', 0644, "/etc/passwd", NULL, 0 },
	    "archive.hard-link");
	with("a character device",
	    &(struct entry){ "l", '3', 0644, NULL, NULL, 0 },
	    "archive.not-a-file");
	with("a block device", &(struct entry){ "l", '4', 0644, NULL, NULL, 0 },
	    "archive.not-a-file");
	with("a pipe", &(struct entry){ "l", '6', 0644, NULL, NULL, 0 },
	    "archive.not-a-file");
	with("set-uid", &(struct entry){ "l", '0', 04755, NULL, "x", -1 },
	    "archive.set-id");
	with("set-gid", &(struct entry){ "l", '0', 02755, NULL, "x", -1 },
	    "archive.set-id");
	with("sticky", &(struct entry){ "l/", '5', 01777, NULL, NULL, 0 },
	    "archive.set-id");
	with("a folder nobody knows",
	    &(struct entry){ "l/", '5', 0755, NULL, NULL, 0 }, "archive.extra");
	with("a folder in a file's place",
	    &(struct entry){ "a.txt/", '5', 0755, NULL, NULL, 0 },
	    "archive.extra");
}

static void
test_sizes(void)
{
	with("a huge size",
	    &(struct entry){ "l", '0', 0644, NULL, "x", 0x7fffffffffLL },
	    "archive.too-big");
	length = 0;
	put_file("a.txt", "hello!");
	expect_sealed("longer than the manifest says", "archive.other-bytes");
	length = 0;
	put_file("a.txt", "hell");
	expect_sealed("shorter", "archive.other-bytes");
	length = 0;
	put_file("a.txt", "hellO");
	put_file("lib/b.txt", "world");
	expect_sealed("other bytes", "archive.other-bytes");
	length = 0;
	put_file("a.txt", "hello");
	expect_sealed("a file is missing", "archive.missing");
	length = 0;
	put_file("lib/b.txt", "world");
	put_file("lib/b.txt", "world");
	expect_sealed("the same file instead of another", "archive.twice");
	length = 0;
	put(&(struct entry){ "a.txt", '0', 0644, NULL, "hel", 5 });
	pack_by(archive_write_add_filter_gzip, tar, length - BLOCK + 3);
	expect("ends inside a file", "archive.damaged");
}

/* The size in base 256, negative. */
static void
test_negative(void)
{
	length = 0;
	put_file("a.txt", "hello");
	memset(tar + 124, 0xff, 12);
	seal(tar);
	expect_sealed("a negative size", "archive.damaged");
}

static void
test_headers(void)
{
	length = 0;
	put_good();
	put_pax("path", "../../x");
	put_file("y", "x");
	expect_sealed("another path in a pax header", "archive.bad-path");
	length = 0;
	put_pax("SCHILY.xattr.user.x", "1");
	put_file("a.txt", "hello");
	put_file("lib/b.txt", "world");
	expect_sealed("attributes", "archive.attributes");
	length = 0;
	put_pax("SCHILY.acl.access", "user::rw-,user:0:rwx");
	put_file("a.txt", "hello");
	put_file("lib/b.txt", "world");
	expect_sealed("an access list", "archive.attributes");
	length = 0;
	put_pax("GNU.sparse.map", "0,1,4,1");
	put_file("a.txt", "hello");
	put_file("lib/b.txt", "world");
	expect_sealed("a file with holes", "archive.sparse");
	length = 0;
	put_good();
	put(&(struct entry){
	    "././@LongLink", 'L', 0644, NULL, "../../../tmp/x", -1 });
	put_file("y", "x");
	expect_sealed("a long name that leads out", "archive.bad-path");
	length = 0;
	put_good();
	tar[0] = 'A';
	expect_sealed("a wrong checksum", "archive.damaged");
}

static void
good(void)
{
	length = 0;
	put_good();
	put_end();
	pack_by(archive_write_add_filter_gzip, tar, length);
}

static void
test_streams(void)
{
	good();
	expect("the archive itself is taken", "");
	length = 0;
	put_kind("lib/", '5', 0755, NULL);
	put_kind("data/", '5', 0755, NULL);
	put_good();
	put_end();
	pack_by(archive_write_add_filter_zstd, tar, length);
	expect("with folders, and by zstd", "");
	pack_by(archive_write_add_filter_none, tar, length);
	expect("not packed", "archive.format");
	pack_by(archive_write_add_filter_bzip2, tar, length);
	expect("packed by bzip2", "archive.damaged");
	pack_by(archive_write_add_filter_xz, tar, length);
	expect("packed by xz", "archive.damaged");
	good();
	memcpy(tar, packed, packed_length);
	pack_by(archive_write_add_filter_gzip, tar, packed_length);
	expect("packed twice", "archive.format");
	good();
	packed_length -= 9;
	expect("the end is cut", "archive.damaged");
	good();
	packed_length /= 2;
	expect("half of it", "archive.damaged");
	good();
	memcpy(packed + packed_length, "trailing", 8);
	packed_length += 8;
	expect("bytes behind", "archive.trailing-bytes");
	packed_length = 0;
	expect("nothing", "archive.damaged");
	pack_by(archive_write_add_filter_gzip, "", 0);
	expect("nothing, packed", "archive.damaged");
	pack_by(archive_write_add_filter_gzip, "PK\003\004 not a tar", 14);
	expect("not a tar", "archive.damaged");
	length = 0;
	put_good();
	put_end();
	put_file("x", "behind the end");
	expect_sealed("an entry behind the end", "archive.too-big");
	length = 0;
	put_good();
	put_end();
	memset(tar + length, 'x', BLOCK);
	length += BLOCK;
	pack_by(archive_write_add_filter_gzip, tar, length);
	expect("rubbish behind the end", "archive.damaged");
	static const char zeros[BLOCK * 1024];
	pack_by(archive_write_add_filter_gzip, zeros, sizeof(zeros));
	expect("half a million zeros", "archive.missing");
}

static unsigned
dice(unsigned sides)
{
	static unsigned seed = 20261122;

	seed = seed * 1103515245 + 12345;
	return (seed >> 8) % sides;
}

/* Of the tar in it, of the packed bytes, or of where they end. */
static void
mutate(void)
{
	const unsigned kind = dice(4);

	length = 0;
	put_good();
	put_end();
	if (kind < 2)
		tar[dice((unsigned)length)] = (char)dice(256);
	pack_by(archive_write_add_filter_gzip, tar, length);
	if (kind == 2)
		packed[dice((unsigned)packed_length)] ^= (char)(1 << dice(8));
	if (kind == 3)
		packed_length = dice((unsigned)packed_length);
}

/* Each is taken with the very files, or not at all. */
static void
test_mutants(int count)
{
	int taken = 0, left = 0, silent = 0;

	for (int i = 0; i < count; i++) {
		const char *why;

		mutate();
		why = try();
		taken += *why == '\0';
		left += !area_is_empty();
		if (*why != '\0' && strncmp(why, "archive.", 8) != 0) {
			printf("# got: %s\n", why);
			silent++;
		}
	}
	printf("# %d mutants taken whole, %d refused\n", taken, count - taken);
	printf("# mutants=%d\n", count);
	tap(left == 0, "no mutant leaves anything behind");
	tap(silent == 0, "each that is refused has a reason of archives");
}

/* As root the area belongs to somebody without rights, as it would. */
static void
prepare(void)
{
	const struct passwd *user;

	agent.root = geteuid() == 0;
	user = agent.root ? getpwnam("nobody") : getpwuid(geteuid());
	must(user != NULL);
	owner = arena_copy(arena, user->pw_name);
	agent.stranger = (struct rights){
		.drop = agent.root, .uid = user->pw_uid, .gid = user->pw_gid
	};
	agent.arena = arena;
	agent.conf.area_root = "/tmp";
	agent.conf.least_uid = 1;
	agent.conf.server = "host1";
	agent.conf.manager_key = secret_key_make(arena);
	grant = sign_grant_make(arena, agent.conf.manager_key,
	    &(struct sign_grant){
		"host1", 7, "install", area_path + strlen("/tmp/"), owner });
	must(chown(area_path, user->pw_uid, user->pw_gid) == 0);
}

static int
all(struct agent *chief, void *context)
{
	(void)chief;
	test_names();
	test_kinds();
	test_sizes();
	test_negative();
	test_headers();
	test_streams();
	printf("# archives=%d\n", archives);
	tap(archives >= 60, "at least sixty hostile archives");
	test_mutants(*(const int *)context);
	return tap_end();
}

int
main(int argc, char **argv)
{
	char path[] = "/tmp/kagiya-hostile.XXXXXX";
	int mutants = argc > 1                        ? atoi(argv[1])
		      : getenv("KAGIYA_FULL") != NULL ? 3000
						      : 300;
	int code;

	arena = arena_new();
	area_path = mkdtemp(path);
	known = manifest_read(arena, manifest, sizeof(manifest) - 1, NULL);
	must(known != NULL);
	prepare();
	area = open(area_path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	must(area >= 0);
	code = under_broker(&agent, all, &mutants);
	(void)close(area);
	(void)rmdir(area_path);
	arena_free(arena);
	return code;
}
