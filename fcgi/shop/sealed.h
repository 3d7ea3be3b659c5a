/* sealed: secret answers to a package's settings, on their way from the form to
 * the agent. In the database they are sealed, and gone when the program is
 * installed. */

#ifndef SHOP_SEALED_H
#define SHOP_SEALED_H

struct arena;

/* As it is stored; NULL (logged) without the secret of
 * secret.setting_file. */
const char *sealed_make(struct arena *arena, const char *words);

/* Any stored answer as it was typed; "" for one that cannot be opened. */
const char *sealed_open(struct arena *arena, const char *answer);

/* The JSON object of the answers without the secret ones. */
const char *sealed_strip(struct arena *arena, const char *answers);

#endif
