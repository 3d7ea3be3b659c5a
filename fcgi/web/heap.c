/* heap: libxml2's memory. */

#include "web/heap.h"

#include <libxml/parser.h>
#include <libxml/xmlmemory.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/must.h"

static const size_t most = (size_t)256 << 20;
static size_t used;

static void
leave(const char *why, size_t size)
{
	log_event(LOG_FAULT, "heap.end", "why=%s size=%zu", why, size);
	_exit(70);
}

static void *
count(void *memory, size_t size)
{
	if (memory == NULL)
		leave("no memory", size);
	used += malloc_usable_size(memory);
	if (used > most)
		leave("limit", size);
	return memory;
}

static void
give_back(void *memory)
{
	if (memory != NULL)
		used -= malloc_usable_size(memory);
	free(memory);
}

static void *
take(size_t size)
{
	return count(malloc(size > 0 ? size : 1), size);
}

static void *
take_again(void *memory, size_t size)
{
	if (memory != NULL)
		used -= malloc_usable_size(memory);
	return count(realloc(memory, size > 0 ? size : 1), size);
}

static char *
take_copy(const char *string)
{
	size_t size = strlen(string) + 1;

	return memcpy(take(size), string, size);
}

void
heap_start(void)
{
	/* A page takes and gives back about as much as the one before. */
	mallopt(M_TRIM_THRESHOLD, 16 << 20);
	must(xmlMemSetup(give_back, take, take_again, take_copy) == 0);
	xmlInitParser();
}
