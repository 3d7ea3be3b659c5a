/* must: says what was broken, then ends the process. */

#include "base/must.h"

#include <stdlib.h>

#include "base/log.h"

_Noreturn void
must_broken(const char *promise, const char *file, int line)
{
	log_event(LOG_FAULT, "bug", "promise=\"%s\" file=%s line=%d", promise,
	    file, line);
	abort();
}
