/* ini: the two files that the agent writes for the installed program, as
 * PHP's parse_ini_file reads them. */

#ifndef AGENT_INI_H
#define AGENT_INI_H

#include "depot/manifest.h"
#include "depot/order.h"

struct arena;
struct database_access;

const char *ini_license(struct arena *arena, const struct order_job *order);

/* What the manifest asks for, as answered or by default, and how to reach the
 * program's database (NULL for none); NULL when there is neither. */
const char *ini_setting(struct arena *arena, const struct order_job *order,
    const struct manifest *manifest, const struct database_access *database);

#endif
