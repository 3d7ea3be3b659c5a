/* input: a request as the web server hands it over, checked for being whole
 * and unambiguous before anybody reads it. */

#ifndef WEB_INPUT_H
#define WEB_INPUT_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

struct input {
	struct arena *arena;
	char *const *parameters;	/* "NAME=VALUE", ends with NULL */
	const char *method;	/* "GET" for HEAD */
	bool head;
	const char *body;	/* ends in NUL; may hold others */
	size_t length;
	int fault;	/* 0, or the HTTP status it is refused with */
};

/* Takes the parameters and sets the fault: more than 200 of them or 64 KiB,
 * one twice with two values, without a name, with control characters, no
 * method. */
void input_begin(
    struct input *input, struct arena *arena, char *const *parameters);

/* Bytes that the body must have; sets the fault when a POST does not say it,
 * or it is more than limit. */
size_t input_length(struct input *input, size_t limit);

/* NULL when absent. Header X-Y is "HTTP_X_Y". */
const char *input_parameter(const struct input *input, const char *name);

/* "" when absent. */
const char *input_text(const struct input *input, const char *name);

/* "" when absent or not made of A-Z a-z 0-9 '-' '_'. */
const char *input_cookie(const struct input *input, const char *name);

/* REMOTE_ADDR; behind a server of proxy.trusted the last address that it
 * says it was called from. */
const char *input_address(const struct input *input);

/* Does an Accept header prefer that type to text/html? Patterns with a star
 * do not count. */
bool input_prefers(const struct input *input, const char *type);

#endif
