/* lab: what the unit tests share: cmocka's headers in their order, throw-away
 * folders, and processes that are meant to die. */

#ifndef BASE_LAB_H
#define BASE_LAB_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

struct arena;

/* Whether AddressSanitizer watches: gcc and clang say it differently. */
#if defined(__SANITIZE_ADDRESS__)
#define LAB_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define LAB_ASAN 1
#endif
#endif
#ifndef LAB_ASAN
#define LAB_ASAN 0
#endif

/* Elements of an array. */
#define LENGTH(array) (sizeof(array) / sizeof *(array))

/* Whether act, in a child, ends by must() and names the broken promise. */
bool lab_breaks(void (*act)(void), const char *promise);

/* What act, in a child, writes to standard error. The wait status goes to
 * status_r unless that is NULL. */
const char *lab_complaint(
    struct arena *arena, void (*act)(void), int *status_r);

/* A new folder, removed with all in it when the arena is freed. */
const char *lab_folder(struct arena *arena);

/* Writes the file; its path. */
const char *lab_file(struct arena *arena, const char *folder,
    const char *name, const char *content);

#endif
