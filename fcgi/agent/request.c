/* request: the form of what the chief asks of the broker. */

#include "agent/request.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

bool
request_is_word(const char *text)
{
	static const char known[] = "abcdefghijklmnopqrstuvwxyz"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
	const size_t length = strnlen(text, BROKER_WORD);

	return length > 0 && length < BROKER_WORD &&
	       strspn(text, known) == length && *text != '.' && *text != '-';
}

bool
request_names_area(const struct broker_request *request)
{
	return request_is_word(request->action) &&
	       request_is_word(request->area) &&
	       request_is_word(request->owner) &&
	       strnlen(request->grant, BROKER_GRANT) < BROKER_GRANT &&
	       request->number > 0;
}

static bool
are_plain(const int *fds, size_t count)
{
	struct stat status;

	for (size_t i = 0; i < count; i++) {
		if (fstat(fds[i], &status) != 0 ||
		    fcntl(fds[i], F_GETFL) & O_PATH)
			return false;
		if (!S_ISREG(status.st_mode) && !S_ISFIFO(status.st_mode))
			return false;
	}
	return true;
}

const char *
request_problem(const struct broker_request *request, size_t length,
    const int *fds, size_t count)
{
	if (length != sizeof(*request))
		return "agent.broker length";
	if (request->fds >= 1 << BROKER_FDS ||
	    (size_t)__builtin_popcount(request->fds) != count ||
	    !are_plain(fds, count))
		return "agent.broker descriptors";
	return "";
}
