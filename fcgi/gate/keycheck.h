/* keycheck: what the parts of the key check's gate share: a question, the
 * reply to it, and the words of the reply. */

#ifndef GATE_KEYCHECK_H
#define GATE_KEYCHECK_H

#include <stdbool.h>
#include <stdint.h>

#include "shop/verdict.h"

struct answer;
struct arena;
struct call;
struct secret_key;

/* The fields of DESIGN 7 as they came, all there, UTF-8 and short enough. */
struct question {
	const char *product;
	const char *serial;
	const char *instance;
	const char *key;	/* "" for none */
	const char *version;
	const char *nonce;
	const char *why;	/* start daily activate */
};

/* False with one line for the caller's maker in problem_r. */
bool question_read(const struct call *call, struct question *question_r,
    const char **problem_r);

/* For the columns that hold ASCII: any other byte becomes '?', which no serial
 * has. */
const char *question_ascii(struct arena *arena, const char *value);

/* The answer's payload, in the order in which it is sent. */
struct reply {
	const char *result;
	const char *code;
	const char *key;
	int64_t permission;
	const char *product;
	const char *serial;
	const char *instance;
	int64_t users;
	const char *nonce;
	const char *trial_end;	/* days, "" for none */
	const char *ng_from;
	int64_t iat;
	int64_t next_check;
	int64_t cache_until;
	int64_t grace_until;
	int64_t revision;
	const char *latest;
	int64_t notices;
	const char *text;
	const char *url;
};

/* What is known of the license when the reply is made. */
struct standing {
	struct verdict verdict;
	const char *language;
	const char *latest;
	const char *invoice_no;	/* NULL for none */
	bool bought;		/* a purchase was made */
	int64_t users;
	int64_t revision;
	int64_t notices;
	int32_t trial_end;
	int32_t ng_from;
};

/* All but the verdict, which must be there; check NULL: no such license. */
void standing_fill(
    struct standing *standing, const struct license_check *check);

struct reply reply_of(struct arena *arena, int64_t now,
    const struct question *question, const struct standing *standing);

/* Signs the reply and writes it in the form that Accept asks for. type is the
 * signature's: an answer to a TEST- key must not pass for a real one. */
void reply_write(const struct call *call, const struct reply *reply,
    const struct secret_key *key, const char *type, struct answer *answer);

/* Does the key ask for a code on demand ("TEST-TRIAL_ENDED")? */
bool demand_of(struct arena *arena, const struct question *question,
    int32_t today, struct standing *standing_r);

/* Reads the message catalogs of the skin; false, logged, when one is not
 * readable. */
bool word_start(void);

/* "keycheck.CODE" in that language, {1} replaced by the day; for CLOCK_NO_DAY
 * "keycheck.CODE.no-day" where there is one. The code itself when the
 * catalogs do not have it. */
const char *word_of(struct arena *arena, const char *language,
    const char *code, int32_t day);

#endif
