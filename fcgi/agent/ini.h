/* ini: the two files that the agent writes for the installed program, as
 * PHP's parse_ini_file reads them. */

#ifndef AGENT_INI_H
#define AGENT_INI_H

#include "depot/manifest.h"
#include "depot/order.h"

struct arena;

const char *ini_license(struct arena *arena, const struct order_job *order);

/* What the manifest asks for, as answered or by default; NULL when it asks
 * for nothing. */
const char *ini_setting(struct arena *arena, const struct order_job *order,
    const struct manifest *manifest);

#endif
