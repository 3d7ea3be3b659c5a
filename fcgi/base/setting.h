/* setting: the configuration file, lines `name = value`, # for comments.
 * Every known name, its default and its meaning stand in one table here and
 * in conf/kagiya.conf.in; a test compares the two. */

#ifndef BASE_SETTING_H
#define BASE_SETTING_H

#include <stdbool.h>
#include <stdint.h>

/* Reads the file that the environment's KAGIYA_CONF names or, when unset, the
 * installed one, and sets the clock's zone. program is the name that stands
 * for %p in values. On failure writes one sentence to stderr and returns
 * false: file unreadable, unknown name, name set twice, value out of range. */
bool setting_load(const char *program);

/* The program's name as given to setting_load. */
const char *setting_program(void);

/* Name must be in the table: anything else is a bug. Never NULL. */
const char *setting_text(const char *name);
int64_t setting_number(const char *name);
bool setting_flag(const char *name);

/* The value that another program finds: %p is its name. For what prepares
 * their files. */
const char *setting_text_for(const char *name, const char *program);

#endif
