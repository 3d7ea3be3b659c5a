/* heap: libxml2's memory. A page takes twenty thousand small blocks of a few
 * sizes and gives them all back: each size has its own slabs and a list of
 * the blocks that are free, so that taking one is a look into the list. Large
 * blocks are malloc's. */

#include "web/heap.h"

#include <libxml/parser.h>
#include <libxml/xmlmemory.h>
#include <malloc.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/log.h"
#include "base/must.h"
#include "base/sanitizer.h"

enum {
	STEP = 16,
	LARGEST = 4608, /* libxml2's buffers begin with 4096 */
	CLASSES = LARGEST / STEP + 1,
	SLAB = 64 * 1024,
	GROWTH = 1 << 20,
	MOST = 256 << 20,
	SLABS = MOST / SLAB,
};

/* Blocks of one size: those given back, and the rest of the newest slab. */
struct class
{
	void *free;
	char *fresh;
	size_t fresh_count;
};

static struct class classes[CLASSES];
static unsigned short class_of_slab[SLABS];
/* Addresses for all slabs; only the first `open` bytes can be used yet. */
static char *region;
static size_t open, taken;
static size_t large; /* bytes of malloc's */

static void
leave(const char *why, size_t size)
{
	log_event(LOG_FAULT, "heap.end", "why=%s size=%zu", why, size);
	_exit(70);
}

static bool
is_ours(const void *block)
{
	return (uintptr_t)block - (uintptr_t)region < taken;
}

static size_t
class_of(size_t size)
{
	return size > 0 ? (size + STEP - 1) / STEP : 1;
}

static size_t
class_at(const void *block)
{
	return class_of_slab[((uintptr_t)block - (uintptr_t)region) / SLAB];
}

static void
add_slab(size_t class)
{
	if (taken + SLAB + large > MOST)
		leave("limit", SLAB);
	if (taken == open) {
		if (mprotect(region + open, GROWTH, PROT_READ | PROT_WRITE))
			leave("no memory", GROWTH);
		open += GROWTH;
	}
	class_of_slab[taken / SLAB] = (unsigned short)class;
	classes[class].fresh = region + taken;
	classes[class].fresh_count = SLAB / (class * STEP);
	taken += SLAB;
}

static void *
take_fresh(size_t which)
{
	struct class *class = &classes[which];
	char *block;

	if (class->fresh_count == 0)
		add_slab(which);
	block = class->fresh;
	class->fresh += which * STEP;
	class->fresh_count--;
	return block;
}

static void *
count(void *memory, size_t size)
{
	if (memory == NULL)
		leave("no memory", size);
	large += malloc_usable_size(memory);
	if (taken + large > MOST)
		leave("limit", size);
	return memory;
}

static void *
take(size_t size)
{
	struct class *class;
	void *block;

	if (SANITIZER || size > LARGEST)
		return count(malloc(size > 0 ? size : 1), size);
	class = &classes[class_of(size)];
	block = class->free;
	if (block == NULL)
		return take_fresh(class_of(size));
	memcpy(&class->free, block, sizeof(class->free));
	return block;
}

static void
give_back(void *block)
{
	struct class *class;

	if (!is_ours(block)) {
		large -= malloc_usable_size(block);
		free(block);
		return;
	}
	class = &classes[class_at(block)];
	must(class->free != block);
	memcpy(block, &class->free, sizeof(class->free));
	class->free = block;
}

/* A small block that grows is copied; a large one stays malloc's. */
static void *
take_again(void *old, size_t size)
{
	size_t room;
	void *block;

	if (old == NULL)
		return take(size);
	if (!is_ours(old)) {
		large -= malloc_usable_size(old);
		return count(realloc(old, size > 0 ? size : 1), size);
	}
	room = class_at(old) * STEP;
	if (size <= room)
		return old;
	block = take(size);
	memcpy(block, old, room);
	give_back(old);
	return block;
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
	void *place = mmap(NULL, MOST, PROT_NONE,
	    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	if (place == MAP_FAILED)
		leave("no addresses", MOST);
	region = place;
	/* A page takes and gives back about as much as the one before. */
	mallopt(M_TRIM_THRESHOLD, 16 << 20);
	must(xmlMemSetup(give_back, take, take_again, take_copy) == 0);
	xmlInitParser();
}
