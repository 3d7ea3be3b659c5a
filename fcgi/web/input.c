/* input: a request as the web server hands it over. */

#include "web/input.h"

#include <arpa/inet.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/setting.h"
#include "base/text.h"

enum { MOST_PARAMETERS = 200, MOST_BYTES = 65536 };

/* A list divided by commas or semicolons, blanks around the items taken off.
 * NULL when there is no more. */
static const char *
next_item(struct arena *arena, const char **list, const char *divider)
{
	const char *begin = *list + strspn(*list, " \t");
	size_t length = strcspn(begin, divider);

	if (*begin == '\0')
		return NULL;
	*list = begin + length + (begin[length] != '\0');
	while (length > 0 && strchr(" \t", begin[length - 1]) != NULL)
		length--;
	return arena_copy_n(arena, begin, length);
}

static bool
is_of_name(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
	       (c >= '0' && c <= '9') || c == '_' || c == '-';
}

static size_t
name_length(const char *parameter)
{
	size_t n = 0;

	while (is_of_name(parameter[n]))
		n++;
	return n;
}

static bool
is_good(const char *parameter)
{
	size_t n = name_length(parameter);

	if (n == 0 || parameter[n] != '=')
		return false;
	for (const char *c = parameter + n; *c != '\0'; c++)
		if (((unsigned char)*c < 0x20 && *c != '\t') || *c == 0x7F)
			return false;
	return true;
}

/* Twice the same is harmless: nginx sends a parameter again that its own list
 * and a location both set. */
static bool
contradicts(char *const *parameters, size_t at)
{
	size_t n = name_length(parameters[at]) + 1;

	for (size_t i = 0; i < at; i++)
		if (strncmp(parameters[i], parameters[at], n) == 0 &&
		    strcmp(parameters[i], parameters[at]) != 0)
			return true;
	return false;
}

static bool
are_good(char *const *parameters)
{
	size_t bytes = 0;

	for (size_t i = 0; parameters[i] != NULL; i++) {
		bytes += strlen(parameters[i]);
		if (i == MOST_PARAMETERS || bytes > MOST_BYTES)
			return false;
		if (!is_good(parameters[i]) || contradicts(parameters, i))
			return false;
	}
	return true;
}

void
input_begin(struct input *input, struct arena *arena, char *const *parameters)
{
	*input = (struct input){
		.arena = arena, .parameters = parameters, .body = ""
	};
	if (!are_good(parameters)) {
		static char *const none[] = { NULL };

		input->parameters = none;
		input->fault = 400;
	}
	input->method = input_text(input, "REQUEST_METHOD");
	if (input->method[0] == '\0')
		input->fault = 400;
	input->head = strcmp(input->method, "HEAD") == 0;
	if (input->head)
		input->method = "GET";
}

size_t
input_length(struct input *input, size_t limit)
{
	const char *said = input_text(input, "CONTENT_LENGTH");
	int64_t length = 0;

	if (input->fault != 0)
		return 0;
	if (said[0] == '\0' && strcmp(input->method, "POST") != 0)
		return 0;
	if (!text_number(said, 0, INT64_MAX, &length))
		input->fault = 400;
	else if ((uint64_t)length > limit)
		input->fault = 413;
	return input->fault == 0 ? (size_t)length : 0;
}

const char *
input_parameter(const struct input *input, const char *name)
{
	size_t n = strlen(name);

	for (size_t i = 0; input->parameters[i] != NULL; i++)
		if (strncmp(input->parameters[i], name, n) == 0 &&
		    input->parameters[i][n] == '=')
			return input->parameters[i] + n + 1;
	return NULL;
}

const char *
input_text(const struct input *input, const char *name)
{
	const char *value = input_parameter(input, name);

	return value != NULL ? value : "";
}

const char *
input_cookie(const struct input *input, const char *name)
{
	const char *list = input_text(input, "HTTP_COOKIE");
	size_t n = strlen(name);
	const char *item;

	while ((item = next_item(input->arena, &list, ";")) != NULL) {
		if (strncmp(item, name, n) != 0 || item[n] != '=')
			continue;
		item += n + 1;
		return item[name_length(item)] == '\0' ? item : "";
	}
	return "";
}

static bool
is_trusted(const struct input *input, const char *address)
{
	const char *list = setting_text("proxy.trusted");
	const char *item;

	while ((item = next_item(input->arena, &list, ",")) != NULL)
		if (strcmp(item, address) == 0)
			return true;
	return false;
}

const char *
input_address(const struct input *input)
{
	const char *address = input_text(input, "REMOTE_ADDR");
	const char *list = input_text(input, "HTTP_X_FORWARDED_FOR");
	const char *item;
	const char *last = "";
	unsigned char bytes[sizeof(struct in6_addr)];

	if (!is_trusted(input, address))
		return address;
	while ((item = next_item(input->arena, &list, ",")) != NULL)
		last = item;
	return inet_pton(AF_INET, last, bytes) == 1 ||
		       inet_pton(AF_INET6, last, bytes) == 1
		   ? last
		   : address;
}

/* The weight of a type in thousandths; 0 when it is not there. */
static int
weight(const struct input *input, const char *type)
{
	const char *list = input_text(input, "HTTP_ACCEPT");
	const char *item;

	while ((item = next_item(input->arena, &list, ",")) != NULL) {
		const char *name = next_item(input->arena, &item, ";");
		const char *word;
		int thousandths = 1000;

		if (name == NULL || strcasecmp(name, type) != 0)
			continue;
		while ((word = next_item(input->arena, &item, ";")) != NULL)
			if (strncasecmp(word, "q=", 2) == 0)
				thousandths =
				    (int)(strtod(word + 2, NULL) * 1000);
		return thousandths;
	}
	return 0;
}

bool
input_prefers(const struct input *input, const char *type)
{
	return weight(input, type) > weight(input, "text/html");
}
