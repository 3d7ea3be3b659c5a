/* path: which relative paths may be written into an area. */

#include "depot/path.h"

#include <string.h>

#include "base/text.h"

static const char *
part_problem(const char *part, size_t length)
{
	if (length == 0)
		return "has an empty part or is absolute";
	if (length > PATH_PART)
		return "has a part of more than 255 bytes";
	if ((length == 1 && part[0] == '.') ||
	    (length == 2 && part[0] == '.' && part[1] == '.'))
		return "has a part . or ..";
	if (part[0] == ' ' || part[length - 1] == ' ')
		return "has a part that begins or ends with a blank";
	return NULL;
}

const char *
path_problem(const char *path)
{
	const size_t length = strlen(path);
	int depth = 0;

	if (length > PATH_WHOLE)
		return "is longer than 1024 bytes";
	if (!text_is_utf8(path, length))
		return "is not UTF-8";
	if (!text_is_plain(path))
		return "has control characters";
	if (strchr(path, '\\') != NULL)
		return "has a backslash";
	for (const char *part = path;; part++) {
		const size_t part_length = strcspn(part, "/");
		const char *problem = part_problem(part, part_length);

		if (problem != NULL)
			return problem;
		if (++depth > PATH_DEPTH)
			return "is deeper than 32 folders";
		part += part_length;
		if (*part == '\0')
			return NULL;
	}
}

const char *
path_fold(struct arena *arena, const char *path)
{
	return text_fold(arena, path);
}

bool
path_is_in(const char *path, const char *folder)
{
	const size_t length = strlen(folder);

	return strncmp(path, folder, length) == 0 &&
	       (path[length] == '/' || path[length] == '\0');
}
