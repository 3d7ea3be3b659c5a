/* arena: the memory and the foreign handles of one lifetime, mostly one
 * request. Nothing taken from it is freed by hand. */

#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct arena;

struct arena *arena_new(void);

/* Releases the deferred handles, last first, then all memory. */
void arena_free(struct arena *arena);

/* Memory is zeroed and aligned for any type. Running out of it ends the
 * process, so no result is ever NULL. */
void *arena_alloc(struct arena *arena, size_t size);
void *arena_array(struct arena *arena, size_t count, size_t size);

/* Copies end in NUL; the counted form may hold NULs. */
char *arena_copy(struct arena *arena, const char *string);
char *arena_copy_n(struct arena *arena, const void *bytes, size_t length);
char *arena_print(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
char *arena_vprint(struct arena *arena, const char *format, va_list list)
    __attribute__((format(printf, 2, 0)));

/* release(handle) is called when the arena is freed. */
void arena_defer(
    struct arena *arena, void (*release)(void *handle), void *handle);

#endif
