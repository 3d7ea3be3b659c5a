/* limit: how often something may be done, counted in memory that all
 * processes of a program share. Names are hashed with a secret, so that nobody
 * can aim at another's place; there is no lock that a killed process could
 * leave behind, and what is lost in a race is one count. */

#ifndef GATE_LIMIT_H
#define GATE_LIMIT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/secret.h"

struct limit;

/* The file is made when it is not there. Without it (logged) each process
 * counts for itself. Lives as long as the process. */
struct limit *limit_open(
    const char *path, const unsigned char secret[SECRET_DIGEST]);

/* What is counted (SipHash-2-4); kinds keep the same bytes apart. */
enum limit_kind {
	LIMIT_ADDRESS,
	LIMIT_LICENSE,
	LIMIT_ASKER,
	LIMIT_PAIR,
	LIMIT_ALL,
};
uint64_t limit_name(const struct limit *limit, uint64_t kind,
    const void *bytes, size_t n);

/* One each so many milliseconds, and `burst` at once after a quiet time;
 * each_ms 0: no limit. */
struct limit_rule {
	int64_t each_ms;
	int64_t burst;
};

/* Milliseconds until one is allowed; 0: now. limit_take counts it then. */
int64_t limit_wait(const struct limit *limit, const struct limit_rule *rule,
    uint64_t name, int64_t now_ms);
int64_t limit_take(struct limit *limit, const struct limit_rule *rule,
    uint64_t name, int64_t now_ms);

/* Who was seen before; forgotten when many others came. */
bool limit_knows(const struct limit *limit, uint64_t name);
void limit_learn(struct limit *limit, uint64_t name);

#endif
