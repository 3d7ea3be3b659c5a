/* ini: the two files that the agent writes for the installed program, as
 * PHP's parse_ini_file reads them in its default mode. */

#ifndef AGENT_INI_H
#define AGENT_INI_H

#include "depot/manifest.h"
#include "depot/order.h"

struct arena;
struct database_access;

const char *ini_license(struct arena *arena, const struct order_job *order);

/* What the manifest asks for, as answered or by default, where the program is
 * to be found, and how to reach its database (NULL for none); NULL when there
 * is neither question nor database. Secrets are left out. */
const char *ini_setting(struct arena *arena, const struct order_job *order,
    const struct manifest *manifest, const struct database_access *database);

/* The secrets among the answers, for hooks alone: "KAGIYA_SECRET_NAME=value",
 * NULL at the end. */
const char *const *ini_secrets(struct arena *arena,
    const struct order_job *order, const struct manifest *manifest);

#endif
