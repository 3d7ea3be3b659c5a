/* pack: kagiya-pack, the software maker's command. */

#include "tool/pack.h"

#include <getopt.h>
#include <locale.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"

static const char usage[] =
    "usage: kagiya-pack keygen KEY.pem KEY.pub\n"
    "       kagiya-pack build [OPTIONS] FOLDER DEPOT\n"
    "       kagiya-pack check FOLDER...\n"
    "       kagiya-pack index --depot NAME --key KEY.pem [--days 30] DEPOT\n"
    "       kagiya-pack rotate --depot NAME --key OLD.pem --new NEW.pem DEPOT\n"
    "\n"
    "keygen makes the key pair that signs a depot: keep KEY.pem to yourself,\n"
    "give KEY.pub to those who are to take packages from you.\n"
    "\n"
    "build makes DEPOT/NAME/VERSION out of FOLDER: package.xml, the pictures\n"
    "it names, and the program below files/ (or beside package.xml, when\n"
    "there is no files/).\n"
    "  --deb FILE.deb     also take files out of this Debian package; the\n"
    "                     FOLDER's own files go over them; may be repeated\n"
    "  --root PATH        the folder inside it that becomes the program\n"
    "  --map FROM=TO      put this of its paths there; may be repeated\n"
    "  --link TARGET=PATH take links to TARGET for links to PATH\n"
    "  --drop PATH        leave this out; may be repeated\n"
    "  --package FILE     another description than FOLDER/package.xml\n"
    "  --version VERSION  another version than the description's\n"
    "  --released DAY     another day (2026-11-22)\n"
    "\n"
    "check looks at a description, a version or a whole depot and says what\n"
    "is wrong as FILE:LINE: WORDS.\n"
    "\n"
    "index writes DEPOT/index.xml, good for so many days, and its signature.\n"
    "\n"
    "rotate makes NEW.pem the depot's key: both keys sign that in keys.xml,\n"
    "and whoever believes the old one follows. From then on index wants the\n"
    "new one.\n"
    "\n"
    "Exit status: 0 done, 1 refused, 2 usage, 3 the world failed.\n";

static const struct {
	const char *name;
	int (*run)(struct pack_options *options);
} commands[] = {
	{ "keygen", pack_keygen },
	{ "build", pack_build },
	{ "check", pack_check },
	{ "index", pack_index },
	{ "rotate", pack_rotate },
};

void
pack_say(const char *format, ...)
{
	va_list list;

	fputs("kagiya-pack: ", stderr);
	va_start(list, format);
	vfprintf(stderr, format, list);
	va_end(list);
	fputc('\n', stderr);
}

static void
tell(void *context, int line, const char *problem)
{
	struct pack_reader *reader = context;

	reader->problems++;
	fprintf(stderr, "%s:%d: %s\n", reader->file, line, problem);
}

void
pack_reader_begin(struct pack_reader *reader, const char *file)
{
	*reader = (struct pack_reader){ .file = file };
	reader->watcher = (struct xml_watcher){ tell, reader };
}

static bool
keep(const char *list[], size_t *count, size_t most, const char *value)
{
	if (*count == most) {
		pack_say("more than %zu of one kind: %s", most, value);
		return false;
	}
	list[(*count)++] = value;
	return true;
}

static bool
take_option(struct pack_options *options, int letter, const char *value)
{
	switch (letter) {
	case 1:
		return keep(options->words, &options->word_count, 64, value);
	case 'd':
		return keep(options->debs, &options->deb_count, 16, value);
	case 'm':
		return keep(options->maps, &options->map_count, 64, value);
	case 'l':
		return keep(options->links, &options->link_count, 64, value);
	case 'x':
		return keep(options->drops, &options->drop_count, 64, value);
	case 'r':
		options->root = value;
		return true;
	case 'p':
		options->package = value;
		return true;
	case 'v':
		options->version = value;
		return true;
	case 'e':
		options->released = value;
		return true;
	case 'n':
		options->depot = value;
		return true;
	case 'k':
		options->key = value;
		return true;
	case 'w':
		options->new_key = value;
		return true;
	case 't':
		options->days = value;
		return true;
	default:
		return false;
	}
}

static bool
parse(struct pack_options *options, int argc, char **argv)
{
	static const struct option known[] = {
		{ "deb", required_argument, NULL, 'd' },
		{ "map", required_argument, NULL, 'm' },
		{ "link", required_argument, NULL, 'l' },
		{ "drop", required_argument, NULL, 'x' },
		{ "root", required_argument, NULL, 'r' },
		{ "package", required_argument, NULL, 'p' },
		{ "version", required_argument, NULL, 'v' },
		{ "released", required_argument, NULL, 'e' },
		{ "depot", required_argument, NULL, 'n' },
		{ "key", required_argument, NULL, 'k' },
		{ "new", required_argument, NULL, 'w' },
		{ "days", required_argument, NULL, 't' },
		{ NULL, 0, NULL, 0 },
	};
	int letter;

	while ((letter = getopt_long(argc, argv, "-", known, NULL)) != -1)
		if (!take_option(options, letter, optarg))
			return false;
	for (; optind < argc; optind++)
		if (!take_option(options, 1, argv[optind]))
			return false;
	return true;
}

static int
run(const char *name, int argc, char **argv)
{
	struct arena *arena = arena_new();
	struct pack_options options = { .arena = arena };
	int code = PACK_USAGE;

	for (size_t i = 0; i < sizeof(commands) / sizeof(*commands); i++)
		if (strcmp(name, commands[i].name) == 0 &&
		    parse(&options, argc, argv))
			code = commands[i].run(&options);
	arena_free(arena);
	if (code == PACK_USAGE)
		fputs(usage, stderr);
	return code;
}

int
main(int argc, char **argv)
{
	/* Names in archives are UTF-8 whatever the caller's locale is. */
	(void)setlocale(LC_CTYPE, "C.UTF-8");
	if (argc >= 2 && strcmp(argv[1], "--help") == 0) {
		fputs(usage, stdout);
		return PACK_DONE;
	}
	if (argc >= 2 && strcmp(argv[1], "--version") == 0) {
		puts("kagiya-pack " KAGIYA_VERSION);
		return PACK_DONE;
	}
	if (argc < 2) {
		fputs(usage, stderr);
		return PACK_USAGE;
	}
	return run(argv[1], argc - 1, argv + 1);
}
