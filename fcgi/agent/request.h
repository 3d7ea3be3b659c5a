/* request: the form of what the chief asks of the broker, before anything of
 * it is believed. */

#ifndef AGENT_REQUEST_H
#define AGENT_REQUEST_H

#include <stdbool.h>
#include <stddef.h>

#include "agent/broker.h"

/* What came, of that length, with so many descriptors: "" or why not. Only
 * files and pipes may come: a folder would lead somewhere. */
const char *request_problem(const struct broker_request *request,
    size_t length, const int *fds, size_t count);

/* Of BROKER_WORD bytes: letters, digits and what stands in names; never
 * empty. */
bool request_is_word(const char *text);

/* Are number, action, area, owner and grant all there? */
bool request_names_area(const struct broker_request *request);

#endif
