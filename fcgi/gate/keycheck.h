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
struct key_set_key;
struct work;

/* The fields of DESIGN 7 as they came, all there, UTF-8 and short enough. */
struct question {
	const char *product;
	const char *serial;
	const char *instance;
	const char *key;	/* "" for none */
	const char *version;
	const char *nonce;
	const char *why;	/* start daily activate */
	struct key_typed typed;	/* the key, ready to be looked up */
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
	bool entered;		/* its key was entered before */
	bool strange;		/* the asker's license it is not */
	int64_t users;
	int64_t revision;
	int64_t notices;
	int32_t trial_end;
	int32_t ng_from;
};

/* All but the verdict, which must be there; check NULL: no such license.
 * Whoever names a license without its key or its instance is a stranger and
 * learns nothing of it. */
void standing_fill(
    struct standing *standing, const struct license_check *check);

struct reply reply_of(struct arena *arena, int64_t now,
    const struct question *question, const struct standing *standing);

/* Signs the reply and writes it in the form that Accept asks for. type is the
 * signature's: an answer to a TEST- key must not pass for a real one. */
#define REPLY_REAL "kagiya-check"
#define REPLY_TEST "kagiya-check-test"
void reply_write(const struct call *call, const struct reply *reply,
    const struct key_set_key *key, const char *type, struct answer *answer);

/* Does the key ask for a code on demand ("TEST-TRIAL_ENDED")? */
bool demand_of(struct arena *arena, const struct question *question,
    int32_t today, struct standing *standing_r);

/* What is known of the license that the question names: DB_NONE for no such
 * one. read_start opens the way to the replicas. */
void read_start(void);
void read_end(void);
enum db_status read_license(struct work *work,
    const struct question *question, const struct license_check **check_r);
/* Is the server that is written to away, and only a replica answers? */
bool read_is_away(void);
void read_is_back(void);

/* One asker before the limits. */
struct brake {
	int64_t now_ms;
	const char *address;
	uint64_t network, license, asker;	/* names of buckets */
	bool known;	/* was right before */
};
void brake_start(void);
/* Before the database is asked, and when it is known whether he was right:
 * 0 to go on, or the seconds that he is to wait. */
int64_t brake_before(const struct call *call, const struct question *question,
    struct brake *brake_r);
int64_t brake_after(const struct brake *brake, bool was_right);

/* Writes down a check of a license's own program; of strangers' tries (by
 * verdict code, NOTE_REFUSED for those who are to wait) only the number. */
enum { NOTE_REFUSED = VERDICT_SUSPENDED + 1, NOTE_CODES };
bool note_start(void);
void note_end(void);
void note_check(const struct call *call, const struct question *question,
    const struct standing *standing);
void note_strange(int code);

/* Reads the message catalogs of the skin; false, logged, when one is not
 * readable. */
bool word_start(void);

/* "keycheck.CODE" in that language, {1} replaced by the day; for CLOCK_NO_DAY
 * "keycheck.CODE.no-day" where there is one. The code itself when the
 * catalogs do not have it. */
const char *word_of(struct arena *arena, const char *language,
    const char *code, int32_t day);

#endif
