/* directory: cleaned and compared. */

#include "shop/directory.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"

enum { LONGEST = 200 };

static bool
is_dots(const char *part, size_t length)
{
	return (length == 1 && part[0] == '.') ||
	       (length == 2 && part[0] == '.' && part[1] == '.');
}

static bool
is_plain(const char *typed)
{
	return text_is_utf8(typed, strlen(typed)) && text_is_plain(typed) &&
	       strchr(typed, '\\') == NULL && text_count(typed) <= LONGEST;
}

/* Where the agent keeps what is on its way into the area or out of it. */
static bool
is_the_agents(const char *part, size_t length)
{
	static const char name[] = ".kagiya";

	return length == strlen(name) && strncmp(part, name, length) == 0;
}

const char *
directory_clean(struct arena *arena, const char *typed)
{
	if (!is_plain(typed))
		return NULL;
	const char *rest = text_nfc(arena, text_trim(arena, typed));
	struct text *clean = text_new(arena, strlen(rest) + 1);

	while (*(rest += strspn(rest, "/")) != '\0') {
		size_t length = strcspn(rest, "/");

		if (is_dots(rest, length) ||
		    (clean->length == 0 && is_the_agents(rest, length)))
			return NULL;
		if (clean->length > 0)
			text_add(clean, "/");
		text_add_n(clean, rest, length);
		rest += length;
	}
	return clean->bytes;
}

static bool
holds(const char *above, const char *below)
{
	size_t length = strlen(above);

	return length == 0 ||
	       (strncmp(above, below, length) == 0 &&
		   (below[length] == '\0' || below[length] == '/'));
}

bool
directory_meets(const char *a, const char *b)
{
	return holds(a, b) || holds(b, a);
}
