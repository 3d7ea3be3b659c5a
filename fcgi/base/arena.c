/* arena: memory in blocks, or, under AddressSanitizer, in one malloc for each
 * allocation, so that every overrun and every use after the end is seen. */

#include "base/arena.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/must.h"
#include "base/sanitizer.h"

enum { BLOCK = 16 * 1024 };

struct block {
	struct block *next;
	size_t used;
	size_t room;
	_Alignas(max_align_t) unsigned char bytes[];
};

struct deferred {
	struct deferred *next;
	void (*release)(void *handle);
	void *handle;
};

struct arena {
	struct block *blocks;
	struct deferred *deferred;
};

struct arena *
arena_new(void)
{
	struct arena *arena = calloc(1, sizeof *arena);

	must(arena != NULL);
	return arena;
}

/* What a request held may be a password: it does not stay in the heap. */
static void
wipe(struct block *block)
{
	explicit_bzero(block->bytes, block->used);
	free(block);
}

void
arena_free(struct arena *arena)
{
	while (arena->deferred != NULL) {
		struct deferred *last = arena->deferred;
		arena->deferred = last->next;
		last->release(last->handle);
	}
	while (arena->blocks != NULL) {
		struct block *block = arena->blocks;
		arena->blocks = block->next;
		wipe(block);
	}
	free(arena);
}

static struct block *
add_block(struct arena *arena, size_t room)
{
	must(room <= SIZE_MAX - sizeof(struct block));
	struct block *block = calloc(1, sizeof *block + room);

	must(block != NULL);
	block->room = room;
	block->next = arena->blocks;
	arena->blocks = block;
	return block;
}

static struct block *
block_for(struct arena *arena, size_t size)
{
	struct block *first = arena->blocks;

	if (SANITIZER)
		return add_block(arena, size);
	if (first != NULL && first->room - first->used >= size)
		return first;
	return add_block(arena, size > BLOCK ? size : BLOCK);
}

void *
arena_alloc(struct arena *arena, size_t size)
{
	const size_t step = _Alignof(max_align_t);

	must(size <= PTRDIFF_MAX - step);
	/* To the byte when alone, so that the sanitizer sees the first byte
	 * behind. */
	size_t taken = size + (size == 0);
	size_t rounded = SANITIZER ? taken : (taken + step - 1) / step * step;
	struct block *block = block_for(arena, rounded);
	void *place = block->bytes + block->used;

	block->used += rounded;
	return place;
}

void *
arena_array(struct arena *arena, size_t count, size_t size)
{
	size_t total;

	must(!__builtin_mul_overflow(count, size, &total));
	return arena_alloc(arena, total);
}

char *
arena_copy_n(struct arena *arena, const void *bytes, size_t length)
{
	must(length < PTRDIFF_MAX);
	char *copy = arena_alloc(arena, length + 1);

	if (length > 0)
		memcpy(copy, bytes, length);
	return copy;
}

char *
arena_copy(struct arena *arena, const char *string)
{
	return arena_copy_n(arena, string, strlen(string));
}

char *
arena_vprint(struct arena *arena, const char *format, va_list list)
{
	va_list again;

	va_copy(again, list);
	int length = vsnprintf(NULL, 0, format, again);
	va_end(again);
	must(length >= 0);

	size_t room = (size_t)length + 1;
	char *string = arena_alloc(arena, room);
	must(vsnprintf(string, room, format, list) == length);
	return string;
}

char *
arena_print(struct arena *arena, const char *format, ...)
{
	va_list list;

	va_start(list, format);
	char *string = arena_vprint(arena, format, list);
	va_end(list);
	return string;
}

void
arena_defer(struct arena *arena, void (*release)(void *handle), void *handle)
{
	struct deferred *last = arena_alloc(arena, sizeof *last);

	last->release = release;
	last->handle = handle;
	last->next = arena->deferred;
	arena->deferred = last;
}
